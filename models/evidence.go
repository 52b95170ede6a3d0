package models

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"stance/datasets"
	"stance/features"
	"stance/features/syntax"
	"stance/features/vector"
	"stance/models/learn"
)

// topFeatures is how many features a prediction names.
const topFeatures = 6

// evidence fills in the deciding sentence and the strongest features. Shares
// are exact for a classifier that is an Explainer: a score is a sum over
// columns, and the share of a column is divided evenly among the places it was
// seen in.
func (p *Predictor) evidence(an *syntax.Analysis, seen []vector.Feature, w *work, decided int,
	out *Prediction) {
	h := &p.bundle.heads[0]
	e, ok := h.classifier.(learn.Explainer)
	if ok {
		w.shares = e.Contributions(w.shares, w.x)
		w.leadOf(decided)
		w.weighSentences(seen)
	}
	acting := w.features.Acting()
	best := -1
	for _, among := range [...]func(i int) bool{
		// its own act, when there is one
		func(i int) bool { _, acts := slices.BinarySearch(acting, int32(i)); return acts },
		func(int) bool { return true },
	} {
		for i, s := range w.sentences {
			if s.known && among(i) && (best < 0 || s.weight > w.sentences[best].weight) {
				best = i
			}
		}
		if best >= 0 {
			break
		}
	}
	s := an.Document.Sentences[best]
	out.Evidence = datasets.Span{Start: s.Start, End: s.End}
	if ok {
		w.leadOfSide()
		out.TopFeatures = h.strongestFeatures(w)
	}
}

// sentenceWeight is the weight that falls on one sentence; known tells whether
// a feature with a column was seen in it.
type sentenceWeight struct {
	weight float64
	known  bool
}

// knowSentences marks the sentences, of n, that features with a column were
// seen in, and counts them.
func (w *work) knowSentences(seen []vector.Feature, n int) (known int) {
	w.sentences = slices.Grow(w.sentences[:0], n)[:n]
	clear(w.sentences)
	for i := range seen {
		s := seen[i].Sentence
		if s >= 0 && w.bags[0].Entries[i] >= 0 && !w.sentences[s].known {
			w.sentences[s].known = true
			known++
		}
	}
	return known
}

// weighSentences divides the lead of each entry evenly among the places where
// its feature was seen, and sums it by sentence.
func (w *work) weighSentences(seen []vector.Feature) {
	bag := &w.bags[0]
	for i := range seen {
		s, entry := seen[i].Sentence, bag.Entries[i]
		if s >= 0 && entry >= 0 {
			w.sentences[s].weight += w.lead[entry] / float64(bag.Count(entry))
		}
	}
}

// leadOf sets the lead of each entry to its share of the lead of class over the
// mean of the other classes.
func (w *work) leadOf(class int) {
	const others = float64(len(stanceClasses) - 1)
	w.lead = w.lead[:0]
	for row := range slices.Chunk(w.shares, len(stanceClasses)) {
		lead := 0.0
		for c, v := range row {
			if c == class {
				lead += v
			} else {
				lead -= v / others
			}
		}
		w.lead = append(w.lead, lead)
	}
}

// leadOfSide sets the lead of each entry to its share of the lead of supportive
// over critical.
func (w *work) leadOfSide() {
	w.lead = w.lead[:0]
	for row := range slices.Chunk(w.shares, len(stanceClasses)) {
		w.lead = append(w.lead, row[classSupportive]-row[classCritical])
	}
}

// candidates is how many columns are named to find the strongest features: the
// joined copies of a feature count with it.
const candidates = 6 * topFeatures

// strongestEntries lists the entries of largest lead to either side, at most
// candidates, the largest first and ties in order.
func strongestEntries(dst []int, lead []float64) []int {
	dst = dst[:0]
	for n, v := range lead {
		v = math.Abs(v)
		if len(dst) == candidates {
			if v <= math.Abs(lead[dst[candidates-1]]) {
				continue
			}
			dst = dst[:candidates-1]
		}
		at := len(dst)
		for at > 0 && math.Abs(lead[dst[at-1]]) < v {
			at--
		}
		dst = slices.Insert(dst, at, n)
	}
	return dst
}

// strongestFeatures names the features that lean most to either side, each
// once, a feature and its joined copies taken together.
func (h *head) strongestFeatures(w *work) []string {
	w.order = strongestEntries(w.order, w.lead)
	type term struct {
		name string
		lead float64
	}
	terms := make([]term, 0, candidates)
	for _, n := range w.order {
		name := features.PlainName(h.name(w.x.Index[n]))
		if k := slices.IndexFunc(terms, func(t term) bool { return t.name == name }); k >= 0 {
			terms[k].lead += w.lead[n]
		} else {
			terms = append(terms, term{name, w.lead[n]})
		}
	}
	slices.SortStableFunc(terms, func(a, b term) int {
		return cmp.Or(cmp.Compare(math.Abs(b.lead), math.Abs(a.lead)), cmp.Compare(a.name, b.name))
	})
	var out []string
	for _, t := range terms[:min(topFeatures, len(terms))] {
		if s := fmt.Sprintf("%s:%+.2f", t.name, t.lead); math.Abs(t.lead) >= 0.005 {
			out = append(out, s)
		}
	}
	return out
}
