package models

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"stance/features"
	"stance/internal/golden"
)

// TestEvidence has a line for each country beside a topic: the answer of the
// built-in model, and below it the sentence that the answer rests on.
func TestEvidence(t *testing.T) {
	p := defaultPredictor(t)
	golden.Cases(t, "testdata/evidence/*.txt", func(t *testing.T, input string) string {
		r, err := p.Predict(t.Context(), golden.Article(t, input))
		if err != nil {
			t.Fatal(err)
		}
		out := ""
		for _, o := range r.Predictions {
			answer := o.Stance
			if answer == "" {
				answer = "no stance"
			}
			out += fmt.Sprintf("%s on %s: %s, %s\n  %q\n", o.Country, o.Topic, answer, o.Status,
				r.Document.Text[o.Evidence.Start:o.Evidence.End])
		}
		return out
	})
}

// The features that decided an answer were listed twice where the model has
// them alone and joined with the country's stand. Their shares are one.
func TestTopFeaturesAreNamedOnce(t *testing.T) {
	p := defaultPredictor(t)
	tested := 0
	for _, a := range goldenTexts {
		r, err := p.Predict(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range r.Predictions {
			var names []string
			for _, f := range o.TopFeatures {
				name := f[:strings.LastIndexByte(f, ':')]
				if slices.Contains(names, name) || features.PlainName(name) != name {
					t.Errorf("%s on %s: %q are not plain names, each once", o.Country, o.Topic,
						o.TopFeatures)
				}
				names = append(names, name)
			}
		}
		tested += len(r.Predictions)
	}
	if tested == 0 {
		t.Error("no prediction was tested")
	}
}
