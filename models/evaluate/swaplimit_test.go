//go:build long

package evaluate

import (
	"os"
	"path/filepath"
	"stance/datasets"
	"stance/datasets/format"
	"testing"
)

// swapLimit is the share of answers that may change with the name, on average
// over countries.
const swapLimit = 0.05

// TestSwapOnStanceNews holds the built-in model to the limit on the labelled
// articles it was not trained on.
func TestSwapOnStanceNews(t *testing.T) {
	path := filepath.Join("..", "..", "..", "shared", "corpora", "stance-news", "dev.jsonl")
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no corpus beside the repository: %v", err)
	}
	var examples []datasets.Example
	for e, err := range format.Read(t.Context(), path, format.Options{Format: "stance"}) {
		if err != nil {
			t.Fatal(err)
		}
		examples = append(examples, e)
	}
	r, err := Swap(defaultPredictor(t), examples, SwapCountries()[:3])
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d of %d answers changed, %d skipped; mean over countries %.4f", r.Changed, r.Swaps,
		r.Skipped, r.Mean)
	for _, c := range r.PutIn {
		t.Logf("put in %+v", c)
	}
	if r.Swaps < 1000 || r.Mean > swapLimit {
		t.Errorf("%d swaps, %.4f of the answers change with the name alone; the limit is %v",
			r.Swaps, r.Mean, swapLimit)
	}
}
