package batch

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What a run publishes verifies; each way of spoiling it is told.
func TestVerify(t *testing.T) {
	stance := func(c Config, name string) string { return filepath.Join(c.Out, "stance/v1/dt=2026-03-29", name) }
	for _, test := range []struct {
		name  string
		spoil func(c Config) error
		want  string // in the only fault; "" for none
	}{
		{"as published", func(c Config) error { return nil }, ""},
		{"flipped byte", func(c Config) error {
			data, err := os.ReadFile(stance(c, partName(0, 3)))
			if err == nil {
				data[50] ^= 1
				err = os.WriteFile(stance(c, partName(0, 3)), data, 0o644)
			}
			return err
		}, "has changed since it was written"},
		{"missing part", func(c Config) error { return os.Remove(stance(c, partName(1, 3))) }, "missing or doubled"},
		{"stray file", func(c Config) error { return os.WriteFile(stance(c, "_SUCCESS"), nil, 0o644) }, "not a part"},
		{"stray folder", func(c Config) error { return os.Mkdir(filepath.Join(c.Out, "stance/v1/tmp"), 0o755) },
			"only dt="},
		{"missing dataset", func(c Config) error { return os.RemoveAll(filepath.Join(c.Out, "aggregates")) },
			"no such file"},
		{"dataset of another run", func(c Config) error {
			other := c
			other.Out, other.ModelID = filepath.Join(c.Out, "..", "other"), "other"
			if _, err := Run(t.Context(), other); err != nil {
				return err
			}
			return exchange(filepath.Join(other.Out, "quarantine/v1/dt=2026-03-29"), filepath.Join(c.Out,
				"quarantine/v1/dt=2026-03-29"))
		}, "another run"},
		{"aggregates of other articles", func(c Config) error {
			other := c
			other.Out, other.Inputs = filepath.Join(c.Out, "..", "other"), []Input{input("in", articles(110, 3)...)}
			if _, err := Run(t.Context(), other); err != nil {
				return err
			}
			return exchange(filepath.Join(other.Out, "aggregates/v1/dt=2026-03-29"), filepath.Join(c.Out,
				"aggregates/v1/dt=2026-03-29"))
		}, "not made of these"},
		{"unfinished publication", func(c Config) error {
			l := layout{c.Out, "2026-03-30"}
			if err := os.MkdirAll(l.staging(), 0o755); err != nil {
				return err
			}
			return writeFileWhole(l.commitPath(), commitRecord{Date: l.date})
		}, "not finished"},
	} {
		c := config(t, input("in", articles(120, 3)...))
		mustRun(t, c)
		if err := test.spoil(c); err != nil {
			t.Fatal(test.name, err)
		}
		reports, err := Verify(c.Out)
		if err != nil || len(reports) == 0 || reports[0].Date != "2026-03-29" {
			t.Fatalf("%s: %v, %+v", test.name, err, reports)
		}
		var faults []string
		for _, r := range reports {
			faults = append(faults, r.Faults...)
		}
		all := strings.Join(faults, "; ")
		if len(faults) > 1 || (test.want == "") != (all == "") || !strings.Contains(all, test.want) {
			t.Errorf("%s: faults %q, want one with %q", test.name, faults, test.want)
		}
		if r := reports[0]; all == "" && (r.Parts != 8 || r.Articles != 120 || r.Quarantined != 3 || r.Rows == 0) {
			t.Errorf("%s: %+v", test.name, r)
		}
	}
	if _, err := Verify(filepath.Join(t.TempDir(), "absent")); err == nil {
		t.Error("an absent root verifies")
	}
}
