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

// evidence fills in the deciding sentence and the strongest features. Shares are
// exact for a classifier that is an Explainer: a score is a sum over columns,
// and the share of a column is divided evenly among the places it was seen in.
func (p *Predictor) evidence(an *syntax.Analysis, seen []vector.Feature, w *work, decided int, out *Prediction) {
	h, bag := &p.bundle.heads[0], &w.bags[0]
	e, ok := h.classifier.(learn.Explainer)
	weights := make([]float64, len(w.x.Index))
	if ok {
		weights = leanings(e, w.x, decided)
	}
	sentences := bySentence(an, bag, seen, w.x, weights)
	acting := w.features.Acting()
	best := -1
	for _, among := range [...]func(i int) bool{
		func(i int) bool { _, acts := slices.BinarySearch(acting, int32(i)); return acts }, // its own act, when there is one
		func(int) bool { return true },
	} {
		for i, s := range sentences {
			if s.known && among(i) && (best < 0 || s.weight > sentences[best].weight) {
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
		out.TopFeatures = h.strongestFeatures(w.x, sideLeanings(e, w.x))
	}
}

// sentenceWeight is the weight that falls on one sentence; known tells whether a
// feature with a column was seen in it.
type sentenceWeight struct {
	weight float64
	known  bool
}

// bySentence divides weights, one for each entry of x, evenly among the places
// where each feature was seen, and sums them by sentence.
func bySentence(an *syntax.Analysis, bag *vector.Bag, seen []vector.Feature, x vector.Vector, weights []float64) []sentenceWeight {
	out := make([]sentenceWeight, len(an.Document.Sentences))
	for i, f := range seen {
		j := bag.Columns[i]
		if f.Sentence < 0 || j < 0 {
			continue
		}
		entry, _ := slices.BinarySearch(x.Index, j)
		s := &out[f.Sentence]
		s.weight += weights[entry] / float64(bag.Count(j))
		s.known = true
	}
	return out
}

// leanings gives, for each entry of x, its share of the lead of class over the
// mean of the other classes.
func leanings(e learn.Explainer, x vector.Vector, class int) []float64 {
	out := make([]float64, len(x.Index))
	var share []float64
	others := float64(len(e.Classes()) - 1)
	for c := range e.Classes() {
		share = e.Contributions(share, x, c)
		for n, v := range share {
			if c == class {
				out[n] += v
			} else {
				out[n] -= v / others
			}
		}
	}
	return out
}

// sideLeanings gives, for each entry of x, its share of the lead of supportive
// over critical.
func sideLeanings(e learn.Explainer, x vector.Vector) []float64 {
	out := e.Contributions(nil, x, classSupportive)
	for n, v := range e.Contributions(nil, x, classCritical) {
		out[n] -= v
	}
	return out
}

// candidates is how many columns are named to find the strongest features: the
// joined copies of a feature count with it.
const candidates = 6 * topFeatures

// strongestFeatures names the features that lean most to either side, each once,
// a feature and its joined copies taken together.
func (h *head) strongestFeatures(x vector.Vector, lean []float64) []string {
	order := make([]int, len(x.Index))
	for n := range order {
		order[n] = n
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(math.Abs(lean[b]), math.Abs(lean[a])), cmp.Compare(a, b))
	})
	type term struct {
		name string
		lean float64
	}
	var terms []term
	for _, n := range order[:min(candidates, len(order))] {
		name := features.PlainName(h.name(x.Index[n]))
		if k := slices.IndexFunc(terms, func(t term) bool { return t.name == name }); k >= 0 {
			terms[k].lean += lean[n]
		} else {
			terms = append(terms, term{name, lean[n]})
		}
	}
	slices.SortStableFunc(terms, func(a, b term) int {
		return cmp.Or(cmp.Compare(math.Abs(b.lean), math.Abs(a.lean)), cmp.Compare(a.name, b.name))
	})
	var out []string
	for _, t := range terms[:min(topFeatures, len(terms))] {
		if s := fmt.Sprintf("%s:%+.2f", t.name, t.lean); math.Abs(t.lean) >= 0.005 {
			out = append(out, s)
		}
	}
	return out
}
