package behaviour

import (
	"slices"
	"testing"

	"stance/features"
	"stance/models/counterfactual"
)

// The suite would measure nothing new with words that training examples are
// generated with.
func TestWordsAreHeldOut(t *testing.T) {
	pl, err := features.New(nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	g, err := counterfactual.New(pl)
	if err != nil {
		t.Fatal(err)
	}
	generated := g.Words()
	for _, w := range suite(t).Words() {
		if slices.Contains(generated, w) {
			t.Errorf("%q is held out, and models/counterfactual generates with it; take another word on either side", w)
		}
	}
}
