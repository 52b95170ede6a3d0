package batch

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stance/datasets"
	"stance/internal/output"
)

// telling makes an article of a story: same number, same words, but for the
// last.
func telling(id string, number int, hour int, last string) datasets.Article {
	a := datasets.Article{ID: id, Title: fmt.Sprint("Story ", number)}
	for w := range 80 {
		a.Text += fmt.Sprintf("word%d ", (number*83+w)*7919%100_003)
	}
	a.Text += "FRA #taiwan " + last
	if hour > 0 {
		a.Published = time.Date(2026, 3, 28, hour, 0, 0, 0, time.UTC)
	}
	return a
}

// marks lists id, story (a letter in order of appearance) and a star for the
// primary article.
func marks(t *testing.T, c Config, letters map[string]string) string {
	var b strings.Builder
	for _, r := range readAll[output.ArticleRow](t, c, output.ArticlesData) {
		if letters[r.DupGroupID] == "" {
			letters[r.DupGroupID] = string(rune('A' + len(letters)))
		}
		b.WriteString(r.ArticleID + letters[r.DupGroupID])
		if r.IsDupPrimary {
			b.WriteByte('*')
		}
		b.WriteByte(' ')
	}
	return strings.TrimSpace(b.String())
}

// Copies share a group; the one published first is primary, and of two unknown
// times the one with the lesser content hash.
func TestStories(t *testing.T) {
	for _, test := range []struct {
		articles []any
		want     string
	}{
		{[]any{telling("1", 1, 9, ""), telling("2", 2, 0, ""), telling("3", 1, 8, "edited"),
			telling("4", 2, 0, ""),
			telling("5", 3, 1, "")},
			"1A 2B* 3A* 4B 5C*"},
		{[]any{telling("1", 1, 0, ""), telling("2", 1, 23, "")}, "1A 2A*"},
	} {
		c := config(t, input("in", test.articles...))
		mustRun(t, c)
		if got := marks(t, c, map[string]string{}); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}

// A story told on an earlier date keeps its group and has no primary article on
// later ones, for as many days as are looked back on; rerunning the earlier
// date is not disturbed by the later.
func TestStoriesAcrossDates(t *testing.T) {
	c := config(t, input("in", telling("1", 1, 9, ""), telling("2", 2, 9, "")))
	c.HistoryDays = 3
	letters := map[string]string{}
	run := func(date time.Time, in Input) string {
		c.Date, c.Inputs = date, []Input{in}
		mustRun(t, c)
		at := c
		names, err := filepath.Glob(filepath.Join(c.Out, "articles/v1",
			"dt="+date.Format(time.DateOnly)))
		if err != nil || len(names) != 1 {
			t.Fatal(names, err)
		}
		at.Out = filepath.Join(t.TempDir(), "view") // readAll looks at one date
		if err := os.MkdirAll(filepath.Join(at.Out, "articles/v1"), 0o755); err != nil {
			t.Fatal(err)
		}
		full, err := filepath.Abs(names[0])
		if err == nil {
			err = os.Symlink(full, filepath.Join(at.Out, "articles/v1/dt=2026-03-29"))
		}
		if err != nil {
			t.Fatal(err)
		}
		return marks(t, at, letters)
	}
	day := c.Date
	first := input("in", telling("1", 1, 9, ""), telling("2", 2, 9, ""))
	if got, want := run(day, first), "1A* 2B*"; got != want {
		t.Errorf("first day %s, want %s", got, want)
	}
	if got, want := run(day.AddDate(0, 0, 3),
		input("in", telling("3", 2, 1, "again"), telling("4", 3, 1,
			""))), "3B 4C*"; got != want {
		t.Errorf("three days later %s, want %s", got, want)
	}
	if got, want := run(day.AddDate(0, 0, 5),
		input("in", telling("5", 1, 1, "late"), telling("6", 2, 1,
			""))), "5D* 6B"; got != want {
		t.Errorf("five days later %s, want %s", got, want) // story 1 is out of sight
	}
	if got, want := run(day, first), "1A* 2B*"; got != want {
		t.Errorf("the first day again %s, want %s", got, want)
	}
}

func TestSignatureColumn(t *testing.T) {
	s := datasets.Sign(telling("1", 1, 0, ""))
	column := formatSignature(&s)
	if got, ok := parseSignature(&column); !ok || *got != s {
		t.Error("a signature does not read back")
	}
	for _, bad := range []string{"", "0:" + column[2:], column[:50], column + "A", "1:ä"} {
		if _, ok := parseSignature(&bad); ok {
			t.Errorf("%q is taken for a signature", bad)
		}
	}
	if _, ok := parseSignature(nil); ok {
		t.Error("null is taken for a signature")
	}
}
