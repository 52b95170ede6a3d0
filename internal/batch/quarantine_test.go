package batch

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"stance/datasets"
	"stance/datasets/format"
	"stance/internal/output"
)

func marshal(t *testing.T, v any) string {
	t.Helper()
	data, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// readAll reads a published dataset of c in order.
func readAll[T any](t *testing.T, c Config, dataset string) (rows []T) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(c.Out, dataset, "v1", "dt=2026-03-29", "*"))
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	for _, name := range names {
		if err := output.EachRow(name, func(r *T) error {
			rows = append(rows, *r)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	return rows
}

// Every rejected record becomes a row that says where it stood and how it
// began.
func TestQuarantineRows(t *testing.T) {
	at := datasets.Origin{File: "night.jsonl", Line: 7, Offset: 512}
	good := articles(2, 0)
	for i := range good {
		a := good[i].(datasets.Article)
		a.Origin.File = at.File
		good[i] = a
	}
	again := good[0].(datasets.Article)
	again.Origin, again.Title, again.Text = at, "Repeat", "of an id"
	c := config(t, input("night.jsonl", good[0],
		&datasets.RecordError{Origin: at, Reason: datasets.ReasonEncoding, Detail: "not UTF-8",
			Excerpt: strings.Repeat("é", 3000), Err: io.EOF},
		again, good[1]))
	s := mustRun(t, c)
	stamp := output.Stamp{ModelID: c.ModelID, ConfigSHA256: c.ConfigSHA256, RunID: s.RunID,
		RunDate: 20541, SchemaVersion: 1}
	want := []output.QuarantineRow{
		{Reason: "encoding", Message: "not UTF-8", File: "night.jsonl", Line: 7, ByteOffset: 512,
			Excerpt: new(strings.Repeat("é", 2048)), Stamp: stamp},
		{Reason: "duplicate", Message: `an earlier record of this run has the id "a-00000"; give each article its own, or drop the repeat`,
			File: "night.jsonl", Line: 7, ByteOffset: 512, Excerpt: new("Repeat\n\nof an id"),
			Stamp: stamp},
	}
	if got, want := marshal(t, readAll[output.QuarantineRow](t, c, output.QuarantineData)),
		marshal(t, want); got != want {
		t.Errorf("rows\n%s\nwant\n%s", got, want)
	}
	if s.Records != 4 || s.Articles != 2 || s.Quarantined != 2 ||
		marshal(t, s.Reasons) != marshal(t,
			[]output.ReasonCount{{Reason: "duplicate", Count: 1}, {Reason: "encoding", Count: 1}}) {
		t.Errorf("summary %+v", s)
	}
}

// A run that rejects more than it may fails and publishes nothing.
func TestQuarantineRatio(t *testing.T) {
	night := articles(10, 5) // 5 of 15
	for limit, fails := range map[float64]bool{0: true, 0.3: true, 5.0 / 15: false, 1: false} {
		c := config(t, input("in", night...))
		c.MaxQuarantineRatio = limit
		s, err := Run(t.Context(), c)
		var tooMany *QuarantineError
		if errors.As(err, &tooMany) != fails || (err != nil) != fails {
			t.Errorf("limit %v: error %v", limit, err)
		}
		if fails && (tooMany.Rejected != 5 || tooMany.Records != 15 || len(data(t, c.Out)) != 0) {
			t.Errorf("limit %v: %+v, files %v", limit, tooMany, data(t, c.Out))
		}
		if s.Quarantined != 5 || s.Records != 15 {
			t.Errorf("limit %v: summary %+v", limit, s)
		}
	}
}

// Where ids count the rows of each file, all files but the first lost their
// articles as duplicates. Another article of another file is kept under an id
// of its own; the same article again is still a duplicate.
func TestIDsThatStartAnewInEachFile(t *testing.T) {
	of := func(file, id, title string) datasets.Article {
		return datasets.Article{ID: id, Title: title, Text: "FRA and #taiwan",
			Origin: datasets.Origin{File: file, Line: 1}}
	}
	inputs := []Input{
		input("a.csv", of("a.csv", "0", "One"), of("a.csv", "1", "Two"), of("a.csv", "1", "Twice in a file")),
		input("b.csv", of("b.csv", "0", "Three"), of("b.csv", "1", "Two"),
			of("b.csv", "2", "Four")),
		input("c.csv", of("c.csv", "0", "Three"), of("c.csv", "0", "Five")),
	}
	for _, perPart := range []int{2, 50} {
		c := config(t, inputs...)
		c.ArticlesPerPart = perPart
		s := mustRun(t, c)
		var got []string
		for _, r := range readAll[output.ArticleRow](t, c, output.ArticlesData) {
			got = append(got, r.ArticleID[:1]+" "+*r.Title)
			if len(r.ArticleID) != 1 &&
				!regexp.MustCompile(`^0~[0-9a-f]{12}$`).MatchString(r.ArticleID) {
				t.Errorf("id %q", r.ArticleID)
			}
		}
		// "Two" of b.csv, "Three" of c.csv and the second 1 of a.csv are
		// repeats.
		if want := []string{"0 One", "1 Two", "0 Three", "2 Four", "0 Five"}; !slices.Equal(got,
			want) || s.Quarantined != 3 {
			t.Errorf("%d a part: %q, %d rejected; want %q, 3 rejected", perPart, got, s.Quarantined,
				want)
		}
	}
}

// A night without an article emptied a published date.
func TestEmptyInputReplacesNothing(t *testing.T) {
	broken := &datasets.RecordError{Reason: datasets.ReasonSyntax, Detail: "not JSON"}
	for name, nothing := range map[string][]any{"empty": nil, "all rejected": {broken, broken}} {
		c := config(t, input("in", articles(5, 0)...))
		c.MaxQuarantineRatio = 1
		mustRun(t, c)
		before := data(t, c.Out)
		c.Inputs = []Input{input("in", nothing...)}
		var empty *EmptyError
		_, err := Run(t.Context(), c)
		if !errors.As(err, &empty) || *empty != (EmptyError{"2026-03-29", len(nothing), 5}) {
			t.Errorf("%s: error %v", name, err)
		}
		if !maps.Equal(data(t, c.Out), before) {
			t.Errorf("%s: the published date changed", name)
		}
		c.AllowEmpty = true
		if s := mustRun(t, c); s.Articles != 0 ||
			len(readAll[output.ArticleRow](t, c, output.ArticlesData)) != 0 {
			t.Errorf("%s, allowed: %+v", name, s)
		}
		c.AllowEmpty = false
		mustRun(t, c) // nothing replaces nothing
	}
}

// One unreadable file among several is a rejected record; alone it is a mistake
// of the command.
func TestUnreadableFile(t *testing.T) {
	found := []format.Input{{Path: filepath.Join(t.TempDir(), "absent.jsonl")}}
	missing := Inputs(found, nil, format.Options{})[0]
	var unread *datasets.RecordError
	if _, err := Run(t.Context(), config(t, missing)); !errors.As(err,
		&unread) || unread.Reason != datasets.ReasonUnread {
		t.Errorf("alone: error %v", err)
	}
	s := mustRun(t, config(t, missing, input("in", articles(5, 0)...)))
	if s.Records != 6 || s.Articles != 5 || s.Quarantined != 1 {
		t.Errorf("among several: %+v", s)
	}
}

// A fault of the program behind an input is not a rejected record.
func TestInputErrorEndsTheRun(t *testing.T) {
	c := config(t, input("in", articles(5, 0)[0], io.ErrClosedPipe))
	if _, err := Run(t.Context(), c); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("error %v", err)
	}
}

// An article that the model fails on keeps its place: a row that says so,
// counted, and no stance.
func TestModelFailure(t *testing.T) {
	night := articles(3, 0)
	for i, word := range []string{"FAIL", "PANIC"} {
		a := night[i].(datasets.Article)
		a.Text = word
		night[i] = a
	}
	c := config(t, input("in", night...))
	s := mustRun(t, c)
	rows := readAll[output.ArticleRow](t, c, output.ArticlesData)
	if s.Failed != 2 || s.Articles != 3 || len(rows) != 3 {
		t.Fatalf("summary %+v, %d rows", s, len(rows))
	}
	for i, want := range []string{"cannot read this", "the model panicked: no such word"} {
		if rows[i].Status != "failed" || *rows[i].Error != want || rows[i].SentimentScore != nil {
			t.Errorf("row %d: %s", i, marshal(t, rows[i]))
		}
	}
	if rows[2].Status != "ok" {
		t.Errorf("row 2: %s", marshal(t, rows[2]))
	}
}
