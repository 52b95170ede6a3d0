package models

import (
	"cmp"
	"slices"

	"stance/datasets"
	"stance/features"
	"stance/features/vector"
	"stance/models/learn"
)

// Explanation is what a predictor answers for one article, and why. All spans are bytes of Reading.Document.Text.
type Explanation struct {
	Reading
	Terms []TopicTerm       // where topics and their sides are named, in order of position
	Pairs []PairExplanation // one per prediction, in the same order
}

// TopicTerm is one place that names a topic or a term of one of its sides.
type TopicTerm struct {
	Topic string
	Stand features.Stand // Third: the topic itself
	Span  datasets.Span
}

// PairExplanation says why the stance head answered as it did for one pair. Scores, and so all that is made of them, are
// those of StanceClasses before calibration. For each class c,
//
//	Scores[c] = Bias[c] + Document[c] + the sum of Sentences[i].Shares[c] + the sum of Words[i].Shares[c]
//
// up to rounding. When the classifier is no Explainer, or the pair was not judged, only Prediction is set.
type PairExplanation struct {
	Prediction Prediction
	Judged     bool       // a stance was asked for: Probs and Scores are set
	Exact      bool       // the classifier is linear: the shares are set
	Probs      [4]float64 // calibrated
	Scores     [4]float64
	Bias       [4]float64
	Document   [4]float64        // of facts of the whole document, such as how often the country is named
	Sentences  []ShareOfSentence // of facts of one sentence, in order of position
	Words      []ShareOfWord     // in order of position
}

// ShareOfSentence is the part of the scores that falls on a sentence as a whole.
type ShareOfSentence struct {
	Sentence int // index into Document.Sentences
	Shares   [4]float64
}

// ShareOfWord is the part of the scores that falls on one word, or on one name of several words.
type ShareOfWord struct {
	Span     datasets.Span
	Sentence int
	Shares   [4]float64
}

// Lean is how much shares speak for supportive over critical.
func Lean(shares [4]float64) float64 { return shares[classSupportive] - shares[classCritical] }

// Balance is how much shares speak for neutral over the mean of the two sides.
func Balance(shares [4]float64) float64 {
	return shares[classNeutral] - (shares[classSupportive]+shares[classCritical])/2
}

// Activity is how much shares speak for the country being an actor at all: the mean over the sides less "none".
func Activity(shares [4]float64) float64 {
	return (shares[classSupportive]+shares[classNeutral]+shares[classCritical])/3 - shares[classNone]
}

// Explain predicts an article and says which words its scores are made of. A feature's share of a score is divided evenly
// among the places it was seen in, and a place's share evenly among its words.
func (p *Predictor) Explain(a datasets.Article) (Explanation, error) {
	r, err := p.Predict(a)
	if err != nil {
		return Explanation{}, err
	}
	an := p.pipeline.Article(a)
	e := Explanation{Reading: r, Terms: p.topicTerms(an)}
	for i, o := range r.Predictions {
		x := PairExplanation{Prediction: o}
		if o.Status != StatusTooShort && o.Status != StatusUnsupportedLang && o.Status != StatusNoEvidence {
			p.explain(an, an.Pairs[i], &x)
		}
		e.Pairs = append(e.Pairs, x)
	}
	return e, nil
}

// Proposition is the sentence that a topic stands for; "" for an unknown id.
func (p *Predictor) Proposition(topic string) string {
	topics := p.pipeline.Topics.Topics
	if t := slices.IndexFunc(topics, func(t features.Topic) bool { return t.ID == topic }); t >= 0 {
		return topics[t].Proposition
	}
	return ""
}

func (p *Predictor) topicTerms(an *features.Analysis) []TopicTerm {
	var out []TopicTerm
	for _, h := range an.Hits {
		if slices.Contains(an.Topics, h.Topic) {
			out = append(out, TopicTerm{p.pipeline.Topics.Topics[h.Topic].ID, h.Stand,
				spanOf(an.Document, features.TokenRange{First: h.First, Last: h.Last})})
		}
	}
	return out
}

// spanOf is the range of bytes that tokens take.
func spanOf(d *features.Document, r features.TokenRange) datasets.Span {
	return datasets.Span{Start: d.Tokens[r.First].Start, End: d.Tokens[r.Last-1].End}
}

// placed is one sighting of a known feature.
type placed struct {
	column   int32
	sentence int
	tokens   []features.TokenRange
}

// explain asks the stance head about one pair and notes where each feature was seen.
func (p *Predictor) explain(an *features.Analysis, pair features.Pair, out *PairExplanation) {
	h := p.bundle.heads[0]
	var w work
	var seen []placed
	w.bag.Reset(h.vectorizer)
	p.pipeline.Extractor.Stance(an, pair, &w.features, func(name []byte, sentence int) {
		known := len(w.bag.Seen)
		if w.bag.Add(name, sentence); len(w.bag.Seen) > known {
			seen = append(seen, placed{w.bag.Seen[known].Column, sentence, w.features.Tokens(nil, an)})
		}
	})
	x := w.bag.Vector(vector.Vector{})
	out.Judged = true
	copy(out.Scores[:], h.classifier.Scores(nil, x))
	copy(out.Probs[:], h.probs(nil, x))
	if e, ok := h.classifier.(learn.Explainer); ok {
		out.Exact = true
		for c := range stanceClasses {
			out.Bias[c] = e.Bias(c)
		}
		out.divide(an.Document, seen, columnShares(e, x))
	}
}

// columnShares is the share of each column of x in the score of each class.
func columnShares(e learn.Explainer, x vector.Vector) map[int32][4]float64 {
	out := make(map[int32][4]float64, len(x.Index))
	for c := range stanceClasses {
		for n, v := range e.Contributions(nil, x, c) {
			shares := out[x.Index[n]]
			shares[c] = v
			out[x.Index[n]] = shares
		}
	}
	return out
}

// divide puts the shares of columns on the places they were seen in.
func (e *PairExplanation) divide(d *features.Document, seen []placed, columns map[int32][4]float64) {
	times := map[int32]int{}
	for _, s := range seen {
		times[s.column]++
	}
	for _, s := range seen {
		part := portion(columns[s.column], times[s.column]*max(1, len(s.tokens)))
		switch {
		case len(s.tokens) > 0:
			for _, r := range s.tokens {
				e.Words = append(e.Words, ShareOfWord{spanOf(d, r), s.sentence, part})
			}
		case s.sentence >= 0:
			e.Sentences = append(e.Sentences, ShareOfSentence{s.sentence, part})
		default:
			addShares(&e.Document, part)
		}
	}
	e.Words = merge(e.Words, func(w *ShareOfWord) (int, *[4]float64) { return w.Span.Start, &w.Shares })
	e.Sentences = merge(e.Sentences, func(s *ShareOfSentence) (int, *[4]float64) { return s.Sentence, &s.Shares })
}

// merge sorts shares by place and adds up those of the same place, in the order they came.
func merge[T any](list []T, of func(*T) (place int, shares *[4]float64)) []T {
	slices.SortStableFunc(list, func(a, b T) int {
		first, _ := of(&a)
		second, _ := of(&b)
		return cmp.Compare(first, second)
	})
	out := list[:0]
	for _, v := range list {
		place, shares := of(&v)
		if len(out) > 0 {
			if last, sum := of(&out[len(out)-1]); last == place {
				addShares(sum, *shares)
				continue
			}
		}
		out = append(out, v)
	}
	return out
}

func portion(shares [4]float64, places int) [4]float64 {
	for c := range shares {
		shares[c] /= float64(places)
	}
	return shares
}

func addShares(sum *[4]float64, part [4]float64) {
	for c, v := range part {
		sum[c] += v
	}
}
