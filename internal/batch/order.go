package batch

import (
	"context"
	"iter"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
)

// pipeline is how much work may be under way at once.
type pipeline struct {
	workers int   // goroutines
	items   int   // records read and not yet written
	bytes   int64 // their size; one record larger than this goes alone
}

// inOrder calls do for each element of in on p.workers goroutines and emit for
// each result, one at a time, in the order of in: what is emitted does not
// depend on the number of workers. It returns the first error of in, do, emit
// or ctx, after all its goroutines have ended. The context of do ends with the
// first error, and do must then return soon.
func inOrder[A, B any](ctx context.Context, p pipeline, in iter.Seq2[A, error], size func(A) int64,
	do func(context.Context, A) (B, error), emit func(B) error) error {
	type job struct {
		a    A
		cost int64
		b    chan B // buffered: a worker never waits for the writer
	}
	group, ctx := errgroup.WithContext(ctx)
	budget := semaphore.NewWeighted(p.bytes)
	todo, order := make(chan job), make(chan job, p.items)

	group.Go(func() error { // read
		defer close(todo)
		defer close(order)
		for a, err := range in {
			if err != nil {
				return err
			}
			j := job{a, min(max(size(a), 1), p.bytes), make(chan B, 1)}
			if err := budget.Acquire(ctx, j.cost); err != nil {
				return err
			}
			for _, to := range []chan job{order, todo} {
				select {
				case to <- j:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
		}
		return nil
	})
	for range p.workers {
		group.Go(func() error {
			for j := range todo {
				b, err := do(ctx, j.a)
				if err != nil {
					return err
				}
				j.b <- b
			}
			return nil
		})
	}
	group.Go(func() error { // write
		for j := range order {
			select {
			case b := <-j.b:
				if err := emit(b); err != nil {
					return err
				}
				budget.Release(j.cost)
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	return group.Wait()
}
