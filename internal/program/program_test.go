package program

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"stance/internal/batch"
)

func TestCodeOf(t *testing.T) {
	plain := errors.New("plain")
	tests := []struct {
		err  error
		want Code
	}{
		{nil, OK},
		{plain, Failed},
		{Fail(Usage, nil), OK},
		{Fail(Usage, plain), Usage},
		{fmt.Errorf("wrapped: %w", Fail(Model, plain)), Model},
		{&Failure{Code: Quarantined}, Quarantined},
		{fmt.Errorf("batch: %w", &batch.LockedError{Path: "x"}), Locked},
		{fmt.Errorf("batch: %w", context.Canceled), Interrupted},
		{Fail(Usage, context.Canceled), Interrupted},
		{fmt.Errorf("batch: %w", &batch.EmptyError{}), Empty},
		{&batch.QuarantineError{Rejected: 1, Records: 1}, Failed},
	}
	for _, tt := range tests {
		if got := CodeOf(tt.err); got != tt.want {
			t.Errorf("%v: got %d, want %d", tt.err, got, tt.want)
		}
	}
}
