package batch

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
	"time"
)

// numbers gives 0 to n-1, then err.
func numbers(n int, err error) iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		for i := range n {
			if !yield(i, nil) {
				return
			}
		}
		if err != nil {
			yield(0, err)
		}
	}
}

func double(_ context.Context, i int) (int, error) {
	if i%3 == 0 {
		runtime.Gosched() // let later ones overtake
	}
	return 2 * i, nil
}

func TestInOrderKeepsOrder(t *testing.T) {
	for _, p := range []pipeline{{1, 1, 1}, {2, 8, 5}, {8, 3, 1000}} {
		var got []int
		err := inOrder(t.Context(), p, numbers(500, nil), func(i int) int64 {
			return int64(i % 11)
		}, double,
			func(i int) error { got = append(got, i); return nil })
		if err != nil || len(got) != 500 || !slices.IsSorted(got) || got[499] != 998 {
			t.Errorf("%+v: %d results, last %v, error %v", p, len(got), got[len(got)-1], err)
		}
	}
}

// What is read and not yet written stays within the bytes allowed, but for one
// element that is larger alone.
func TestInOrderBoundsMemory(t *testing.T) {
	const budget = 100
	var now, most atomic.Int64
	size := func(i int) int64 { return int64(1 + i*37%90) }
	in := func(yield func(int, error) bool) {
		for i := range 300 {
			if !yield(i, nil) {
				return
			}
		}
	}
	do := func(_ context.Context, i int) (int, error) {
		most.Store(max(most.Load(), now.Add(size(i))))
		return i, nil
	}
	err := inOrder(t.Context(), pipeline{4, 64, budget}, in, size, do,
		func(i int) error { now.Add(-size(i)); return nil })
	if err != nil || most.Load() > budget {
		t.Errorf("%d bytes under way, %d allowed; %v", most.Load(), budget, err)
	}
	huge := func(int) int64 { return 10 * budget }
	if err := inOrder(t.Context(), pipeline{2, 4, budget}, in, huge, double,
		func(int) error { return nil }); err != nil {
		t.Error(err)
	}
}

// An error on any side ends everything, and no goroutine is left.
func TestInOrderEnds(t *testing.T) {
	broken := errors.New("broken")
	before := runtime.NumGoroutine()
	size := func(int) int64 { return 1 }
	never := func(int) error { return nil }
	canceled, cancel := context.WithCancel(t.Context())
	for name, run := range map[string]func() error{
		"in": func() error {
			return inOrder(t.Context(), pipeline{2, 4, 8}, numbers(100, broken), size, double,
				never)
		},
		"out": func() error {
			return inOrder(t.Context(), pipeline{2, 4, 8}, numbers(100, nil), size, double,
				func(i int) error {
					if i == 40 {
						return fmt.Errorf("at %d: %w", i, broken)
					}
					return nil
				})
		},
		"do": func() error {
			return inOrder(t.Context(), pipeline{2, 4, 8}, numbers(100, nil), size,
				func(_ context.Context, i int) (int, error) {
					if i == 40 {
						return 0, broken
					}
					return i, nil
				}, never)
		},
		"do that waits for the context": func() error {
			return inOrder(t.Context(), pipeline{2, 4, 8}, numbers(1, broken), size,
				func(ctx context.Context, i int) (int, error) {
					<-ctx.Done()
					return 0, ctx.Err()
				}, func(int) error { return errors.New("a result came") })
		},
		"context": func() error {
			err := inOrder(canceled, pipeline{2, 4, 8}, numbers(1<<40, nil), size, double,
				func(i int) error {
					if i == 40 {
						cancel()
					}
					return nil
				})
			if errors.Is(err, context.Canceled) {
				return broken
			}
			return err
		},
	} {
		if err := run(); !errors.Is(err, broken) {
			t.Errorf("%s: error %v", name, err)
		}
	}
	// A goroutine counts until it has returned, a moment after it was waited
	// for. One that was forgotten stays.
	for range 100 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Errorf("%d goroutines before, %d after", before, runtime.NumGoroutine())
}
