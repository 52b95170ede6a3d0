package models

import (
	"fmt"
	"testing"

	"stance/internal/golden"
)

// TestEvidence has a line for each country beside a topic: the answer of the
// built-in model, and below it the sentence that the answer rests on.
func TestEvidence(t *testing.T) {
	p := defaultPredictor(t)
	golden.Cases(t, "testdata/evidence/*.txt", func(t *testing.T, input string) string {
		r, err := p.Predict(golden.Article(t, input))
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
