package models

import (
	"math"
	"reflect"
	"testing"

	"stance/datasets"
	"stance/features"
)

// defaultPredictor answers with the built-in model and its own topics.
func defaultPredictor(t *testing.T) *Predictor {
	t.Helper()
	b, err := Default(Kinds())
	if err != nil {
		t.Fatal(err)
	}
	pl, err := features.New(b.Manifest.Topics, 0)
	if err != nil {
		t.Fatal(err)
	}
	return NewPredictor(b, pl)
}

// The shares of words, sentences and document and the bias add up to the score
// of every class of every pair.
func TestExplainSharesSumToScores(t *testing.T) {
	p := defaultPredictor(t)
	for i, a := range goldenTexts {
		e, err := p.Explain(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		if len(e.Pairs) == 0 || len(e.Pairs) != len(e.Predictions) {
			t.Fatalf("text %d: %d explanations of %d predictions", i, len(e.Pairs),
				len(e.Predictions))
		}
		for k, x := range e.Pairs {
			if !x.Judged || !x.Exact || len(x.Words) == 0 ||
				!reflect.DeepEqual(x.Prediction, e.Predictions[k]) {
				t.Fatalf("text %d: %v is judged %v, exact %v, with %d words", i, x.Prediction,
					x.Judged, x.Exact, len(x.Words))
			}
			for c, want := range x.Scores {
				got := x.Bias[c] + x.Document[c]
				for _, s := range x.Sentences {
					got += s.Shares[c]
				}
				for _, w := range x.Words {
					got += w.Shares[c]
				}
				if math.Abs(got-want) > 1e-9 {
					t.Errorf("text %d, %s on %s, class %d: shares sum to %v, score %v", i,
						x.Prediction.Country,
						x.Prediction.Topic, c, got, want)
				}
			}
		}
	}
}

// Predict and Explain answer the same, and places lie within the text, apart
// and in order.
func TestExplainPlaces(t *testing.T) {
	p := defaultPredictor(t)
	for i, a := range goldenTexts {
		r, err := p.Predict(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		e, err := p.Explain(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(e.Predictions, r.Predictions) {
			t.Errorf("text %d: explained %v, predicted %v", i, e.Predictions, r.Predictions)
		}
		for _, x := range e.Pairs {
			if got := round4(1 - x.Probs[classNone]); got != x.Prediction.PActor {
				t.Errorf("text %d: %s acts with %v, predicted %v", i, x.Prediction.Country, got,
					x.Prediction.PActor)
			}
			end := 0
			for _, w := range x.Words {
				s := e.Document.Sentences[w.Sentence]
				if w.Span.Empty() || w.Span.Start < end || w.Span.Start < s.Start ||
					w.Span.End > s.End {
					t.Errorf("text %d: word %v after byte %d, in sentence %v", i, w.Span, end, s)
				}
				end = w.Span.End
			}
		}
	}
}

func TestExplainUnjudged(t *testing.T) {
	e, err := defaultPredictor(t).Explain(t.Context(), datasets.Article{Title: "Ukraine", Text: "Germany?"})
	if err != nil {
		t.Fatal(err)
	}
	if len(e.Pairs) != 2 || e.Pairs[0].Judged || e.Pairs[0].Words != nil ||
		e.Pairs[0].Prediction.Status != StatusTooShort {
		t.Errorf("%+v", e.Pairs)
	}
}

// TestMeasuresOfShares computes by hand what shares of none, supportive,
// neutral and critical speak for.
func TestMeasuresOfShares(t *testing.T) {
	shares := [4]float64{8, 1, 31, 4}
	if got := Lean(shares); got != -3 {
		t.Errorf("lean %v, want 1 - 4", got)
	}
	if got := Balance(shares); got != 28.5 {
		t.Errorf("balance %v, want 31 - (1 + 4) / 2", got)
	}
	if got := Activity(shares); got != 4 {
		t.Errorf("activity %v, want (1 + 31 + 4) / 3 - 8", got)
	}
}

func TestProposition(t *testing.T) {
	p := NewPredictor(smallTrained(t, nil), smallPipeline(t))
	if got := p.Proposition("taiwan"); got != "Taiwan should be able to keep its self-rule." {
		t.Errorf("taiwan stands for %q", got)
	}
	if got := p.Proposition("harbour"); got != "" {
		t.Errorf("an unknown topic stands for %q", got)
	}
}
