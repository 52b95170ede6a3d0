package batch

import (
	"context"
	"errors"
	"io"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stance/datasets"
	"stance/internal/output"
)

// What a second run of the same date keeps and writes.
func TestRerun(t *testing.T) {
	night := articles(150, 0)
	for _, test := range []struct {
		name          string
		change        func(*Config)
		kept, written int
	}{
		{"the same", func(*Config) {}, 3, 0},
		{"forced", func(c *Config) { c.Force = true }, 0, 3},
		{"another model", func(c *Config) { c.ModelID = strings.Repeat("ef", 32) }, 0, 3},
		{"another config", func(c *Config) { c.ConfigSHA256 = strings.Repeat("ef", 32) }, 0, 3},
		{"another name", func(c *Config) { c.RunID = "second" }, 0, 3},
		{"fewer pairs", func(c *Config) { c.MaxPairs = 1 }, 0, 3},
		{"smaller parts", func(c *Config) { c.ArticlesPerPart = 30 }, 0, 5},
		{"more articles", func(c *Config) { c.Inputs = []Input{input("in", articles(170, 0)...)} }, 3, 1},
		{"other workers", func(c *Config) { c.Workers = 5 }, 3, 0},
	} {
		c := config(t, input("in", night...))
		mustRun(t, c)
		test.change(&c)
		s := mustRun(t, c)
		if s.PartsKept != test.kept || s.PartsWritten != test.written {
			t.Errorf("%s: %d parts kept and %d written, want %d and %d", test.name, s.PartsKept, s.PartsWritten,
				test.kept, test.written)
		}
		fresh := c
		fresh.Out = filepath.Join(t.TempDir(), "fresh")
		want := mustRun(t, fresh)
		if !maps.Equal(data(t, c.Out), data(t, fresh.Out)) {
			t.Errorf("%s: the rerun differs from a first run", test.name)
		}
		s.Seconds, s.PartsKept, s.PartsWritten = want.Seconds, want.PartsKept, want.PartsWritten
		if got, want := marshal(t, s), marshal(t, want); got != want {
			t.Errorf("%s: summary\n%s\nof a first run\n%s", test.name, got, want)
		}
	}
}

// A published part that rotted is predicted again rather than kept.
func TestRerunReplacesADamagedPart(t *testing.T) {
	c := config(t, input("in", articles(150, 0)...))
	mustRun(t, c)
	want := data(t, c.Out)
	path := filepath.Join(c.Out, "stance/v1/dt=2026-03-29", output.PartName(1, 3))
	damaged, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	damaged[100] ^= 0xff
	if err := os.WriteFile(path, damaged, 0o644); err != nil {
		t.Fatal(err)
	}
	if s := mustRun(t, c); s.PartsKept != 2 || s.PartsWritten != 1 {
		t.Errorf("kept %d, written %d", s.PartsKept, s.PartsWritten)
	}
	if !maps.Equal(data(t, c.Out), want) {
		t.Error("the damaged part was not replaced")
	}
}

// changing gives one thing on the first reading and another on the second.
func changing(first, second []any) Input {
	reads := 0
	return Input{Name: "in", Read: func(ctx context.Context) iter.Seq2[datasets.Example, error] {
		reads++
		if reads == 1 {
			return input("in", first...).Read(ctx)
		}
		return input("in", second...).Read(ctx)
	}}
}

// An input that changes between the passes fails the run; the date stays as it
// was.
func TestInputThatChanges(t *testing.T) {
	night := articles(120, 4)
	edited := slices.Clone(night)
	a := edited[70].(datasets.Article)
	a.Text += " Corrected ."
	edited[70] = a
	unread := &datasets.RecordError{Origin: datasets.Origin{File: "in"}, Reason: datasets.ReasonUnread, Detail: "gone"}
	for name, second := range map[string][]any{
		"edited": edited, "shortened": night[:100], "emptied": nil, "longer": append(slices.Clone(night),
			articles(125, 0)[124]),
		"gone": {unread}, "an article turned bad": slices.Concat(night[:50], []any{unread}, night[51:]),
		"a bad record turned good": slices.Concat(night[:1], articles(130, 0)[129:], night[2:]),
	} {
		c := config(t, input("in", articles(60, 0)...))
		mustRun(t, c)
		before := data(t, c.Out)
		c.Inputs = []Input{changing(night, second)}
		if _, err := Run(t.Context(), c); !errors.Is(err, ErrInputChanged) {
			t.Errorf("%s: error %v, want ErrInputChanged", name, err)
		}
		if !maps.Equal(data(t, c.Out), before) {
			t.Errorf("%s: the published date changed", name)
		}
	}
}

// Standard input is read once and gives what a file does.
func TestStandardInput(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "night.jsonl")
	lines := `{"id":"a","title":"One","text":"FRA and #taiwan"}
{broken
{"id":"b","title":"Two","text":"DEU on #ukraine"}
`
	if err := os.WriteFile(path, []byte(lines), 0o644); err != nil {
		t.Fatal(err)
	}
	found, err := datasets.Expand([]string{path})
	if err != nil {
		t.Fatal(err)
	}
	file := config(t, Inputs(found, nil, datasets.Options{})...)
	stdin := config(t, Inputs([]datasets.Input{{Path: "-", Size: -1}}, strings.NewReader(lines), datasets.Options{})...)
	mustRun(t, file)
	s := mustRun(t, stdin)
	if s.Records != 3 || s.Articles != 2 || s.Quarantined != 1 {
		t.Errorf("summary %+v", s)
	}
	a, b := data(t, file.Out), data(t, stdin.Out)
	for _, files := range []map[string]string{a, b} {
		delete(files, "quarantine/v1/dt=2026-03-29/part-00000-of-00001.parquet") // the file's name stands in it
		delete(files, "aggregates/v1/dt=2026-03-29/part-00000-of-00001.parquet") // its footer has the sum of that part
	}
	counted := marshal(t, readAll[output.AggregateRow](t, file, output.AggregatesData))
	if got := marshal(t, readAll[output.AggregateRow](t, stdin, output.AggregatesData)); got != counted || len(counted) < 100 {
		t.Errorf("aggregates of standard input\n%s\nof a file\n%s", got, counted)
	}
	if !maps.Equal(a, b) {
		t.Error("standard input and a file of the same lines give other data")
	}
}

// A reader who waits at a silent terminal can still leave.
func TestStandardInputCanBeInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	r, w := io.Pipe()
	defer w.Close()
	c := config(t, Inputs([]datasets.Input{{Path: "-", Size: -1}}, r, datasets.Options{})...)
	cancel()
	if _, err := Run(ctx, c); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want canceled", err)
	}
}
