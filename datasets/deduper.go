package datasets

import (
	"cmp"
	"encoding/hex"
	"slices"
)

// duplicateSimilarity is the least similarity of two signatures that makes their articles the same story.
//
// Chosen on 128,731 news items of mostly 20 to 100 words (title and summary) from 12 outlets. Of made variants this share
// is found (TestDuplicateRecall): last third cut off 1.00, half cut off .98, one word in twenty replaced 1.00, one in ten
// .99, half the title replaced .96, promo lines added 1.00, dateline added and one word in twenty replaced 1.00. Of the
// pairs found among the items as published, a sample of 28 read one by one had 27 of the same event at .50 and above, one
// of 17 had 15 from .45 to .50, and below that every fifth was wrong; the wrong ones are columns that repeat a template.
// Shingles of five words are worse: .11 of texts with one word in ten replaced reach a similarity of .5, with three .92.
const duplicateSimilarity = 0.45

// bandReach is how many neighbours in one band an article is compared with; more are the work of a template.
const bandReach = 64

// Deduper finds articles that tell the same story in the same words: exact copies, edits, truncations. Feed it all
// articles, then ask for Groups. It keeps 200 bytes and the ID per article. The zero value is ready; it is not safe for
// many goroutines at once.
type Deduper struct {
	entries []signed
}

type signed struct {
	sig     Signature
	id      string // "" for articles of earlier runs
	earlier string // group they were given then
}

// Group is a set of articles that are duplicates of one another. An article that has none is a group of one.
type Group struct {
	ID      string   // of earlier runs where there was one, else the least content of the members, in hex
	Members []string // IDs, sorted; the first is the primary one
}

// Add feeds one article of this run.
func (d *Deduper) Add(sig Signature, id string) {
	d.entries = append(d.entries, signed{sig: sig, id: id})
}

// AddEarlier feeds an article of an earlier run, so that its duplicates join its group.
func (d *Deduper) AddEarlier(sig Signature, group string) {
	d.entries = append(d.entries, signed{sig: sig, earlier: group})
}

// Groups returns the groups of all articles fed by Add, ordered by ID. The result does not depend on the order of
// feeding.
func (d *Deduper) Groups() []Group {
	order := d.order()
	sets := newDisjoint(len(order))
	at := func(i int) *signed { return &d.entries[order[i]] }
	type keyed struct {
		key uint64
		at  int32
	}
	keys := make([]keyed, 0, len(order))
	for b := range signBands {
		keys = keys[:0]
		for i := range order {
			if i > 0 && at(i).sig == at(i-1).sig {
				sets.join(i-1, i)
				continue
			}
			keys = append(keys, keyed{at(i).sig.band(b), int32(i)})
		}
		slices.SortFunc(keys, func(x, y keyed) int { return cmp.Or(cmp.Compare(x.key, y.key), cmp.Compare(x.at, y.at)) })
		for i, x := range keys {
			for j := i + 1; j < len(keys) && keys[j].key == x.key && j <= i+bandReach; j++ {
				i, j := int(x.at), int(keys[j].at)
				if sets.find(i) != sets.find(j) && at(i).sig.Similarity(at(j).sig) >= duplicateSimilarity {
					sets.join(i, j)
				}
			}
		}
	}
	return d.groups(order, sets)
}

// order is the entries' indices sorted by content, then by what tells equal content apart. An index is a fiftieth of an
// entry, so entries stay where they are.
func (d *Deduper) order() []int32 {
	order := make([]int32, len(d.entries))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int {
		a, b := &d.entries[i], &d.entries[j]
		return cmp.Or(slices.Compare(a.sig.Content[:], b.sig.Content[:]), slices.Compare(a.sig.Min[:], b.sig.Min[:]),
			cmp.Compare(a.earlier, b.earlier), cmp.Compare(a.id, b.id))
	})
	return order
}

// groups names the sets of ordered entries and lists their members of this run.
func (d *Deduper) groups(order []int32, sets *disjoint) []Group {
	slot, size := make([]int32, len(order)), make([]int32, len(order)) // by root: its group, and its members of this run
	earliest := map[int]string{}                                       // by root: the least group of earlier runs
	for i, k := range order {
		root, e := sets.find(i), &d.entries[k]
		if known, ok := earliest[root]; e.earlier != "" && (!ok || e.earlier < known) {
			earliest[root] = e.earlier
		}
		if e.id != "" {
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
			groups = append(groups, Group{ID: id, Members: make([]string, 0, size[root])})
		}
		if id := d.entries[k].id; id != "" {
			g := &groups[slot[root]]
			g.Members = append(g.Members, id)
		}
	}
	for _, g := range groups {
		slices.Sort(g.Members)
	}
	slices.SortFunc(groups, func(a, b Group) int { return cmp.Or(cmp.Compare(a.ID, b.ID), slices.Compare(a.Members, b.Members)) })
	return groups
}

// disjoint is a family of disjoint sets of 0 to n-1. The root of a set is its least element.
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
