package models

import (
	"cmp"
	"context"
	"slices"

	"stance/datasets"
	"stance/features/syntax"
	"stance/features/text"
	"stance/features/topic"
	"stance/features/vector"
	"stance/models/learn"
)

// Explanation is what a predictor answers for one article, and why. Spans count
// bytes of Reading.Document.Text.
type Explanation struct {
	Reading
	Terms []TopicTerm       // where topics and their sides are named, in order of position
	Pairs []PairExplanation // one per prediction, in the same order
}

// TopicTerm is one place that names a topic or a term of one of its sides.
type TopicTerm struct {
	Topic string
	Stand topic.Stand // Third: the topic itself
	Span  datasets.Span
}

// PairExplanation says why the stance head answered as it did for one pair.
// Scores, and everything computed from them, are those of StanceClasses before
// calibration. For each class c,
//
//	Scores[c] = Bias[c] + Document[c] + sum of Sentences[i].Shares[c]
//	            + sum of Words[i].Shares[c]
//
// up to rounding. If the classifier is no Explainer, or if the pair was not
// judged, only Prediction is set.
type PairExplanation struct {
	Prediction Prediction
	Judged     bool       // a stance was asked for: Probs and Scores are set
	Exact      bool       // the classifier is linear: the shares are set
	Probs      [4]float64 // calibrated
	Scores     [4]float64
	Bias       [4]float64
	// of facts of the whole document, such as how often the country is named
	Document  [4]float64
	Sentences []ShareOfSentence // of facts of one sentence, in order of position
	Words     []ShareOfWord     // in order of position
}

// ShareOfSentence is the part of the scores that comes from a sentence as a
// whole.
type ShareOfSentence struct {
	Sentence int // index into Document.Sentences
	Shares   [4]float64
}

// ShareOfWord is the part of the scores that comes from one word, or from one
// name of several words.
type ShareOfWord struct {
	Span     datasets.Span
	Sentence int
	Shares   [4]float64
}

// Lean is how much shares favour supportive over critical.
func Lean(shares [4]float64) float64 { return shares[classSupportive] - shares[classCritical] }

// Balance is how much shares favour neutral over the mean of the two sides.
func Balance(shares [4]float64) float64 {
	return shares[classNeutral] - float64((shares[classSupportive]+shares[classCritical])/2)
}

// Activity is how much shares favour the country being an actor: the mean over
// the three sides, less "none".
func Activity(shares [4]float64) float64 {
	return (shares[classSupportive]+shares[classNeutral]+shares[classCritical])/3 -
		shares[classNone]
}

// Explain predicts an article and says which words its scores come from. The
// share of a feature is divided evenly among the places where it was seen, and
// the share of a place evenly among its words.
func (p *Predictor) Explain(ctx context.Context, a datasets.Article) (Explanation, error) {
	r, err := p.Predict(ctx, a)
	if err != nil {
		return Explanation{}, err
	}
	an := p.pipeline.Article(a)
	stances := slices.DeleteFunc(p.pipeline.Questions(an), func(q syntax.Question) bool {
		return q.Task != datasets.TaskStance
	})
	e := Explanation{Reading: r, Terms: p.topicTerms(an)}
	for i, o := range r.Predictions {
		x := PairExplanation{Prediction: o}
		if o.Status != StatusTooShort && o.Status != StatusUnsupportedLang &&
			o.Status != StatusNoEvidence {
			p.explain(an, stances[i], &x)
		}
		e.Pairs = append(e.Pairs, x)
	}
	return e, nil
}

// Proposition is the sentence that a topic stands for; "" for an unknown id.
func (p *Predictor) Proposition(id string) string {
	topics := p.pipeline.Topics.Topics
	if t := slices.IndexFunc(topics, func(t topic.Topic) bool { return t.ID == id }); t >= 0 {
		return topics[t].Proposition
	}
	return ""
}

func (p *Predictor) topicTerms(an *syntax.Analysis) []TopicTerm {
	var out []TopicTerm
	for _, h := range an.Hits {
		if slices.Contains(an.Topics, h.Topic) {
			out = append(out, TopicTerm{p.pipeline.Topics.Topics[h.Topic].ID, h.Stand,
				spanOf(an.Document, text.Range{First: h.First, Last: h.Last})})
		}
	}
	return out
}

// spanOf is the range of bytes that tokens take.
func spanOf(d *text.Document, r text.Range) datasets.Span {
	return datasets.Span{Start: d.Tokens[r.First].Start, End: d.Tokens[r.Last-1].End}
}

// explain asks the stance head about one question and notes where each feature
// was seen.
func (p *Predictor) explain(an *syntax.Analysis, q syntax.Question, out *PairExplanation) {
	h := &p.bundle.heads[0]
	var w work
	bag := &w.bags[0]
	seen := p.pipeline.Features(an, q, &w.features)
	bag.Fill(h.vocabulary, seen)
	x := bag.Vector(vector.Vector{})
	out.Judged = true
	copy(out.Scores[:], h.classifier.Scores(nil, x))
	copy(out.Probs[:], h.probs(nil, x))
	if e, ok := h.classifier.(learn.Explainer); ok {
		out.Exact = true
		for c := range stanceClasses {
			out.Bias[c] = e.Bias(c)
		}
		out.divide(an, bag, seen, e.Contributions(nil, x))
	}
}

// divide puts the shares of entries, one for each class, on the places where
// their features were seen: on the first and the last word that a feature is
// made of.
func (e *PairExplanation) divide(an *syntax.Analysis, bag *vector.Bag, seen []vector.Feature,
	shares []float64) {
	for i, f := range seen {
		entry := bag.Entries[i]
		if entry < 0 {
			continue
		}
		share := portion([4]float64(shares[4*entry:4*entry+4]), bag.Count(entry))
		switch {
		case f.First >= 0 && f.First == f.Last:
			e.addWord(an, f, f.First, share)
		case f.First >= 0:
			e.addWord(an, f, f.First, portion(share, 2))
			e.addWord(an, f, f.Last, portion(share, 2))
		case f.Sentence >= 0:
			e.Sentences = append(e.Sentences, ShareOfSentence{int(f.Sentence), share})
		default:
			addShares(&e.Document, share)
		}
	}
	e.Words = merge(e.Words, func(w *ShareOfWord) (int, *[4]float64) {
		return w.Span.Start, &w.Shares
	})
	e.Sentences = merge(e.Sentences, func(s *ShareOfSentence) (int, *[4]float64) {
		return s.Sentence, &s.Shares
	})
}

// addWord puts a share on the word that begins at a token.
func (e *PairExplanation) addWord(an *syntax.Analysis, f vector.Feature, token int32,
	share [4]float64) {
	e.Words = append(e.Words,
		ShareOfWord{spanOf(an.Document, an.TokenRange(token)), int(f.Sentence), share})
}

// merge sorts shares by place and adds up those of the same place, in their
// order.
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
