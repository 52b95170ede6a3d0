package format

import (
	"context"
	"errors"

	"stance/datasets"
)

// Count reads the file at path as [Read] does and returns how many of its records are sound; reject is called with each of
// the others.
func Count(ctx context.Context, path string, o Options, reject func(*datasets.RecordError)) (int, error) {
	n := 0
	for _, err := range Read(ctx, path, o) {
		var rejected *datasets.RecordError
		switch {
		case err == nil:
			n++
		case errors.As(err, &rejected):
			reject(rejected)
		default:
			return n, err
		}
	}
	return n, ctx.Err()
}
