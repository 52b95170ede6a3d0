package main

import (
	"io"
	"log/slog"
	"testing"

	"stance/internal/batch"
	"stance/internal/program"
)

// What a run that was published ends with.
func TestVerdict(t *testing.T) {
	drifted := &batch.Drift{Warnings: []string{"oov"}}
	for _, tt := range []struct {
		name string
		f    flags
		sum  batch.Summary
		want program.Code
	}{
		{"all went well", flags{}, batch.Summary{Articles: 3}, program.OK},
		{"records were rejected", flags{}, batch.Summary{Quarantined: 1}, program.Quarantined},
		{"the model could not read an article", flags{}, batch.Summary{Articles: 3, Failed: 1},
			program.Quarantined},
		{"drift is said", flags{}, batch.Summary{Drift: drifted}, program.OK},
		{"drift fails when asked to", flags{driftFail: true}, batch.Summary{Drift: drifted},
			program.Published},
		{"no drift", flags{driftFail: true}, batch.Summary{Drift: &batch.Drift{}}, program.OK},
		{"drift outranks rejected records", flags{driftFail: true},
			batch.Summary{Drift: drifted, Quarantined: 1}, program.Published},
	} {
		err := tt.f.verdict(io.Discard, batch.Config{Logger: slog.New(slog.DiscardHandler)}, tt.sum)
		if got := program.CodeOf(err); got != tt.want {
			t.Errorf("%s: exit code %d, want %d", tt.name, got, tt.want)
		}
	}
}
