package batch

import (
	"context"
	"errors"
	"iter"
	"testing"

	"stance/datasets"
)

// A run that was stopped between two records took the missing rest for an input
// that had changed, and ended with 1 instead of 130.
func TestStoppedStreamSaysSo(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	three := Input{Name: "three", Read: func(context.Context) iter.Seq2[datasets.Example, error] {
		return func(yield func(datasets.Example, error) bool) {
			for range 3 {
				if !yield(datasets.Example{}, nil) {
					return
				}
			}
		}
	}}
	var last error
	n := 0
	for _, err := range items(ctx, []Input{three}) {
		if last = err; err == nil {
			n++
		}
		cancel() // after the first record
	}
	if n != 1 || !errors.Is(last, context.Canceled) {
		t.Errorf("%d records, then %v; want 1 record, then %v", n, last, context.Canceled)
	}
}
