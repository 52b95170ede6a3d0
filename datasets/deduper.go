package datasets

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"slices"
)

// duplicateSimilarity is the least resemblance of two articles that makes them
// the same story.
//
// Chosen on 128,731 news items of mostly 20 to 100 words (title and summary)
// from 12 outlets. Of the pairs found among the items as published, a sample of
// 28 read one by one had 27 of the same event at .50 and above, one of 17 had
// 15 from .45 to .50, and below that every fifth was wrong. Shingles of five
// words are worse: .11 of texts with one word in ten replaced resemble the
// original at .5, with three .92. TestDuplicateRecall measures what is found.
const duplicateSimilarity = 0.45

// A text that another one contains resembles it the less, the longer the other
// is. Two articles that begin alike are the same story when the shorter one is
// mostly part of the longer.
const (
	containedShare      = 0.6 // of the shingles of the shorter article
	containedSimilarity = 0.1 // below it the estimate is too coarse
)

// briefLeads is how many hashes of the leads of two briefs must agree: one may
// have a dateline.
const briefLeads = leadHashes - 1

// Articles from one template ("Russia lost 1,020 soldiers over the past day")
// have the same words around other numbers. They are not the same story. A slot
// has two contexts, so one changed number counts twice.
const (
	templateSlots = 3  // slots that must differ
	shortShingles = 60 // below it, one is enough
)

// bandReach is how many neighbours in one band an article is compared with;
// more are the work of a template.
const bandReach = 64

// Deduper finds articles that tell the same story in the same words: exact
// copies, edits, truncations, extensions. Feed it all articles, then ask for
// Groups. Beside the signatures it keeps 60 bytes an article. The zero value is
// ready; it is not safe for many goroutines at once.
type Deduper struct {
	// Templates makes articles from one template copies too. Splits want that:
	// a model must not be tested on a text whose twin it has learned from.
	Templates bool

	entries []signed
}

// signed is an article that was fed.
type signed struct {
	sig     *Signature
	earlier string // group of an article of an earlier run
	id      int32  // -1 for those
}

// Group is a set of articles that are duplicates of one another. An article
// that has none is a group of one.
type Group struct {
	// of earlier runs where there was one, else the least content of the
	// members, in hex
	ID      string
	Members []int // as given to Add, sorted
}

// Add feeds one article of this run under a number of the caller's choice, at
// least 0. sig must not change from now on.
func (d *Deduper) Add(sig *Signature, id int) {
	d.entries = append(d.entries, signed{sig: sig, id: int32(id)})
}

// AddEarlier feeds an article of an earlier run, so that its duplicates join
// its group.
func (d *Deduper) AddEarlier(sig *Signature, group string) {
	d.entries = append(d.entries, signed{sig: sig, earlier: group, id: -1})
}

// Groups returns the groups of all articles fed by Add, ordered by ID. The
// result does not depend on the order of feeding.
func (d *Deduper) Groups() []Group {
	order := d.order()
	sets := newDisjoint(len(order))
	sig := func(i int) *Signature { return d.entries[order[i]].sig }
	keys := make([]bandKey, 0, len(order))
	for b := range signBands + leadHashes {
		keys = keys[:0]
		for i := range order {
			if i > 0 && *sig(i) == *sig(i - 1) {
				sets.join(i-1, i)
				continue
			}
			if s := sig(i); b < signBands || s.Lead[b-signBands] != 0 {
				keys = append(keys, bandKey{s.band(b), int32(i)})
			}
		}
		slices.SortFunc(keys, func(x, y bandKey) int {
			return cmp.Or(cmp.Compare(x.key, y.key), cmp.Compare(x.at, y.at))
		})
		for i, x := range keys {
			for j := i + 1; j < len(keys) && keys[j].key == x.key && j <= i+bandReach; j++ {
				i, j := int(x.at), int(keys[j].at)
				if sets.find(i) != sets.find(j) && d.same(sig(i), sig(j)) {
					sets.join(i, j)
				}
			}
		}
	}
	return d.groups(order, sets)
}

// bandKey is the hash of one band of an entry.
type bandKey struct {
	key uint64
	at  int32 // in the order of content
}

// same reports whether two articles tell the same story.
func (d *Deduper) same(s, t *Signature) bool {
	return (alike(s, t) || sameBrief(s, t)) && (d.Templates || !fromTemplate(s, t))
}

// alike reports whether two articles resemble each other, or one contains the
// other.
func alike(s, t *Signature) bool {
	similarity := s.Similarity(t)
	return similarity >= duplicateSimilarity || similarity >= containedSimilarity &&
		s.sharedLeads(t) > 0 && s.containment(t, similarity) >= containedShare
}

// sameBrief reports whether two briefs have the same text. Their headlines may
// make up half of their words. A text that names nothing of its headline may be
// a notice that stands where a text should ("Sign in to read on").
func sameBrief(s, t *Signature) bool {
	return s.Named && t.Named && s.Shingles < shortShingles && t.Shingles < shortShingles &&
		s.sharedLeads(t) >= briefLeads
}

// fromTemplate reports whether two articles of like words differ in what stands
// in most of their slots.
func fromTemplate(s, t *Signature) bool {
	same, other := s.compareSlots(t)
	return other > same && (other >= templateSlots || min(s.Shingles, t.Shingles) < shortShingles)
}

// order is the entries' indices sorted by content, then by what tells equal
// content apart. An index is much smaller than an entry, so entries stay where
// they are.
func (d *Deduper) order() []int32 {
	order := make([]int32, len(d.entries))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int {
		a, b := &d.entries[i], &d.entries[j]
		if c := bytes.Compare(a.sig.Content[:], b.sig.Content[:]); c != 0 {
			return c
		}
		x, _ := a.sig.MarshalBinary() // cannot fail: it is an array of numbers
		y, _ := b.sig.MarshalBinary()
		return cmp.Or(bytes.Compare(x, y), cmp.Compare(a.earlier, b.earlier),
			cmp.Compare(a.id, b.id))
	})
	return order
}

// groups names the sets of ordered entries and lists their members of this run.
func (d *Deduper) groups(order []int32, sets *disjoint) []Group {
	// By root: its group, its members of this run, the least group of earlier
	// runs.
	slot, size := make([]int32, len(order)), make([]int32, len(order))
	earliest := map[int]string{}
	for i, k := range order {
		root, e := sets.find(i), &d.entries[k]
		if known, ok := earliest[root]; e.earlier != "" && (!ok || e.earlier < known) {
			earliest[root] = e.earlier
		}
		if e.id >= 0 {
			size[root]++
		}
	}
	var groups []Group
	for i, k := range order { // in order of content: the root, first of its set, has the least
		root := sets.find(i)
		if size[root] > 0 && i == root {
			id, ok := earliest[root]
			if !ok {
				id = hex.EncodeToString(d.entries[k].sig.Content[:])
			}
			slot[root] = int32(len(groups))
			groups = append(groups, Group{ID: id, Members: make([]int, 0, size[root])})
		}
		if id := d.entries[k].id; id >= 0 {
			g := &groups[slot[root]]
			g.Members = append(g.Members, int(id))
		}
	}
	for _, g := range groups {
		slices.Sort(g.Members)
	}
	slices.SortFunc(groups, func(a, b Group) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), slices.Compare(a.Members, b.Members))
	})
	return groups
}

// disjoint is a family of disjoint sets of 0 to n-1. The root of a set is its
// least element.
type disjoint struct{ parent []int32 }

func newDisjoint(n int) *disjoint {
	d := &disjoint{parent: make([]int32, n)}
	for i := range d.parent {
		d.parent[i] = int32(i)
	}
	return d
}

func (d *disjoint) find(i int) int {
	for int(d.parent[i]) != i {
		d.parent[i] = d.parent[d.parent[i]]
		i = int(d.parent[i])
	}
	return i
}

func (d *disjoint) join(i, j int) {
	i, j = d.find(i), d.find(j)
	d.parent[max(i, j)] = int32(min(i, j))
}
