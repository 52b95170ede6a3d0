package batch

import (
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var quiet = slog.New(slog.DiscardHandler)

// stage runs c up to the commit record and stops there, as a kill would.
func stage(t *testing.T, c Config) (layout, commitRecord) {
	t.Helper()
	c, l, err := c.open()
	if err != nil {
		t.Fatal(err)
	}
	if err := l.make(); err != nil {
		t.Fatal(err)
	}
	var sum Summary
	p, err := firstPass(t.Context(), &c, l, c.stamp(l), &sum)
	if err == nil {
		err = secondPass(t.Context(), &c, p, c.stamp(l), &sum)
	}
	if err != nil {
		t.Fatal(err)
	}
	tally, err := p.count(&sum)
	if err == nil {
		err = p.writeAggregates(tally, c.stamp(l))
	}
	if err != nil {
		t.Fatal(err)
	}
	rec, err := p.commitRecord(&sum)
	if err != nil {
		t.Fatal(err)
	}
	return l, rec
}

// A publication cut at every step is completed by the next run of whatever date, and only then.
func TestPublicationIsReplayedFromEveryStep(t *testing.T) {
	first, second := input("a", articles(60, 0)...), input("b", articles(120, 3)...)
	reference := config(t, second)
	mustRun(t, reference)
	want := tree(t, filepath.Join(reference.Out, StanceData))

	const steps = 4 + 4 + 1 // exchanges, removals, nothing but the record left
	for _, replaced := range []bool{false, true} {
		for cutAt := 0; cutAt <= steps; cutAt++ {
			name := fmt.Sprintf("replaced=%v cut=%d", replaced, cutAt)
			c := config(t, first)
			if replaced {
				mustRun(t, c)
			}
			c.Inputs = []Input{second}
			l, rec := stage(t, c)
			if err := writeFileWhole(l.commitPath(), rec); err != nil {
				t.Fatal(err)
			}
			for step := range min(cutAt, 8) {
				d := datasetNames[step%4]
				if step < 4 {
					if err := exchange(l.staged(d), l.published(d)); err != nil {
						t.Fatal(name, err)
					}
				} else if err := os.RemoveAll(l.staged(d)); err != nil {
					t.Fatal(name, err)
				}
			}
			other := c
			other.Inputs, other.Date = nil, c.Date.AddDate(0, 0, 1)
			mustRun(t, other)
			got := tree(t, filepath.Join(c.Out, StanceData))
			maps.DeleteFunc(got, func(path, _ string) bool { return strings.Contains(path, "2026-03-30") })
			if !maps.Equal(got, want) {
				t.Errorf("%s: published %v, want %v", name, got, want)
			}
			if left, _ := filepath.Glob(filepath.Join(l.private(), "*")); len(left) != 1 {
				t.Errorf("%s: left in staging: %q", name, left)
			}
		}
	}
}

// Where folders cannot be exchanged in one step, a kill between the two renames leaves the date away and the record
// there.
func TestReplayAfterHalfAnExchange(t *testing.T) {
	c := config(t, input("a", articles(60, 0)...))
	mustRun(t, c)
	c.Inputs = []Input{input("b", articles(120, 3)...)}
	l, rec := stage(t, c)
	if err := writeFileWhole(l.commitPath(), rec); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(l.published(StanceData), l.staged(StanceData)+".old"); err != nil {
		t.Fatal(err)
	}
	if err := replayAll(c.Out, quiet); err != nil {
		t.Fatal(err)
	}
	for _, d := range rec.Datasets {
		if !d.holds(l.published(d.Name)) {
			t.Errorf("%s is not as recorded", d.Name)
		}
	}
}

// A record that cannot be carried out, or was tampered with, stops the run before it touches data.
func TestReplayRefuses(t *testing.T) {
	for name, spoil := range map[string]func(l layout, rec *commitRecord){
		"staged part changed": func(l layout, rec *commitRecord) {
			path := filepath.Join(l.staged(StanceData), rec.Datasets[0].Parts[0].Name)
			data, _ := os.ReadFile(path)
			data[len(data)/3] ^= 1
			os.WriteFile(path, data, 0o644)
		},
		"file outside": func(l layout, rec *commitRecord) { rec.Datasets[0].Parts[0].Name = "../../part-x" },
		"other date":   func(l layout, rec *commitRecord) { rec.Date = "2026-01-01" },
		"no parts":     func(l layout, rec *commitRecord) { rec.Datasets[2].Parts = nil },
	} {
		c := config(t, input("a", articles(60, 0)...))
		l, rec := stage(t, c)
		spoil(l, &rec)
		if err := writeFileWhole(l.commitPath(), rec); err != nil {
			t.Fatal(err)
		}
		if _, err := Run(t.Context(), c); err == nil {
			t.Errorf("%s: the run goes on", name)
		}
		if got := tree(t, filepath.Join(c.Out, StanceData)); len(got) != 0 {
			t.Errorf("%s: published %v", name, got)
		}
	}
}
