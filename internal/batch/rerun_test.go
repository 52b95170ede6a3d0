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
	"stance/datasets/format"
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
		// run_id stands in every row
		{"more articles", func(c *Config) {
			c.Inputs = []Input{input("in", articles(170, 0)...)}
		}, 0, 4},
		{"other workers", func(c *Config) { c.Workers = 5 }, 3, 0},
	} {
		c := config(t, input("in", night...))
		mustRun(t, c)
		test.change(&c)
		s := mustRun(t, c)
		if s.PartsKept != test.kept || s.PartsWritten != test.written {
			t.Errorf("%s: %d parts kept and %d written, want %d and %d", test.name, s.PartsKept,
				s.PartsWritten,
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

// Two nights of different articles had one run_id.
func TestRunIDCoversTheInput(t *testing.T) {
	night := articles(60, 3)
	edited := slices.Clone(night)
	a := edited[5].(datasets.Article)
	a.Title += "!"
	edited[5] = a
	other := &datasets.RecordError{Origin: datasets.Origin{File: "in.jsonl"},
		Reason: datasets.ReasonSyntax,
		Detail: "not JSON", Excerpt: "{another record"}
	id := func(change func(*Config), things ...any) string {
		c := config(t, input("in", things...))
		change(&c)
		s := mustRun(t, c)
		for _, r := range readAll[output.ArticleRow](t, c, output.ArticlesData) {
			if r.RunID != s.RunID {
				t.Fatalf("a row says %s, the summary %s", r.RunID, s.RunID)
			}
		}
		return s.RunID
	}
	same := func(*Config) {}
	want := id(same, night...)
	for name, got := range map[string]string{
		"again":         id(same, night...),
		"smaller parts": id(func(c *Config) { c.ArticlesPerPart = 7 }, night...),
		"one worker":    id(func(c *Config) { c.Workers = 1 }, night...),
	} {
		if got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	for name, got := range map[string]string{
		"an edited title":        id(same, edited...),
		"a rejected record more": id(same, append(slices.Clone(night), other)...),
		"an article less":        id(same, night[:len(night)-1]...),
		"another model": id(func(c *Config) {
			c.ModelID = strings.Repeat("ef", 32)
		}, night...),
	} {
		if got == want {
			t.Errorf("%s: the same run_id %s", name, got)
		}
	}
	if got := id(func(c *Config) { c.RunID = "named" }, night...); got != "named" {
		t.Errorf("a name that was given: %s", got)
	}
}

// A file that is rewritten between the passes with the same size and the same
// time of change is still noticed: what counts is what it says.
func TestInputThatChangesUnderItsTime(t *testing.T) {
	path := filepath.Join(t.TempDir(), "in.jsonl")
	if err := os.WriteFile(path, []byte(`{"id":"a","text":"FRA and #taiwan"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	was, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	in := Inputs([]format.Input{{Path: path, Size: was.Size()}}, nil, format.Options{})[0]
	read, reads := in.Read, 0
	in.Read = func(ctx context.Context) iter.Seq2[datasets.Example, error] {
		if reads++; reads == 2 {
			err := os.WriteFile(path, []byte(`{"id":"a","text":"DEU and #taiwan"}`), 0o644)
			if err := errors.Join(err, os.Chtimes(path, was.ModTime(), was.ModTime())); err != nil {
				t.Error(err)
			}
			if is, err := os.Stat(path); err != nil || is.Size() != was.Size() ||
				!is.ModTime().Equal(was.ModTime()) {
				t.Errorf("the file shows its change: %v, %v", is, err)
			}
		}
		return read(ctx)
	}
	if _, err := Run(t.Context(), config(t, in)); !errors.Is(err, ErrInputChanged) {
		t.Errorf("error %v, want ErrInputChanged", err)
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
	unread := &datasets.RecordError{Origin: datasets.Origin{File: "in"},
		Reason: datasets.ReasonUnread, Detail: "gone"}
	for name, second := range map[string][]any{
		"edited": edited, "shortened": night[:100], "emptied": nil,
		"longer": append(slices.Clone(night),
			articles(125, 0)[124]),
		"gone":                  {unread},
		"an article turned bad": slices.Concat(night[:50], []any{unread}, night[51:]),
		"a bad record turned bad in another way": slices.Concat(night[:1], []any{unread},
			night[2:]),
		"a bad record moved": slices.Concat(night[:1], night[2:50], night[1:2],
			night[50:]),
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
	found, err := format.Expand([]string{path}, nil)
	if err != nil {
		t.Fatal(err)
	}
	file := config(t, Inputs(found, nil, format.Options{})...)
	stdin := config(t,
		Inputs([]format.Input{{Path: "-", Size: -1}}, strings.NewReader(lines),
			format.Options{})...)
	mustRun(t, file)
	s := mustRun(t, stdin)
	if s.Records != 3 || s.Articles != 2 || s.Quarantined != 1 {
		t.Errorf("summary %+v", s)
	}
	a, b := data(t, file.Out), data(t, stdin.Out)
	for _, files := range []map[string]string{a, b} {
		// the file's name stands in it
		delete(files, "quarantine/v1/dt=2026-03-29/part-00000-of-00001.parquet")
		// its footer has the sum of that part
		delete(files, "aggregates/v1/dt=2026-03-29/part-00000-of-00001.parquet")
	}
	counted := marshal(t, readAll[output.AggregateRow](t, file, output.AggregatesData))
	if got := marshal(t,
		readAll[output.AggregateRow](t, stdin, output.AggregatesData)); got != counted ||
		len(counted) < 100 {
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
	c := config(t, Inputs([]format.Input{{Path: "-", Size: -1}}, r, format.Options{})...)
	cancel()
	if _, err := Run(ctx, c); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want canceled", err)
	}
}
