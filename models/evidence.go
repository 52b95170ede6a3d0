package models

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"stance/datasets"
	"stance/features"
	"stance/features/vector"
	"stance/models/learn"
)

// topFeatures is how many features a prediction names.
const topFeatures = 6

// evidence fills in the deciding sentence and the strongest features. Shares are exact for a classifier that is an
// Explainer: a score is a sum over columns, and a column's share is divided evenly among the places it was seen in.
func (p *Predictor) evidence(an *features.Analysis, h head, w *work, decided int, out *Prediction) {
	e, ok := h.classifier.(learn.Explainer)
	if !ok {
		s := an.Document.Sentences[w.bag.FirstSentence()]
		out.Evidence = datasets.Span{Start: s.Start, End: s.End}
		return
	}
	toward := leanings(e, w.x, decided)
	best, most := -1, math.Inf(-1)
	for _, s := range w.bag.BySentence(toward) {
		if s.Sentence >= 0 && s.Weight > most {
			best, most = int(s.Sentence), s.Weight
		}
	}
	s := an.Document.Sentences[best]
	out.Evidence = datasets.Span{Start: s.Start, End: s.End}
	out.TopFeatures = strongestTerms(h.vectorizer, w.x, sideLeanings(e, w.x))
}

// leanings gives, for each entry of x, its share of the lead of class over the mean of the other classes.
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

// sideLeanings gives, for each entry of x, its share of the lead of supportive over critical.
func sideLeanings(e learn.Explainer, x vector.Vector) []float64 {
	out := e.Contributions(nil, x, classSupportive)
	for n, v := range e.Contributions(nil, x, classCritical) {
		out[n] -= v
	}
	return out
}

// strongestTerms names the features that lean most to either side, a feature and its joined copies taken together.
func strongestTerms(v *features.Vectorizer, x vector.Vector, lean []float64) []string {
	type term struct {
		name string
		lean float64
	}
	var terms []term
	for n, j := range x.Index {
		name, _, _ := strings.Cut(v.Terms()[j], "|")
		if len(terms) > 0 && terms[len(terms)-1].name == name {
			terms[len(terms)-1].lean += lean[n]
			continue
		}
		terms = append(terms, term{name, lean[n]})
	}
	slices.SortStableFunc(terms, func(a, b term) int { return cmp.Compare(math.Abs(b.lean), math.Abs(a.lean)) })
	var out []string
	for _, t := range terms[:min(topFeatures, len(terms))] {
		if s := fmt.Sprintf("%s:%+.2f", t.name, t.lean); math.Abs(t.lean) >= 0.005 {
			out = append(out, s)
		}
	}
	return out
}
