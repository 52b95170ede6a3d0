package output

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"stance/datasets"
)

// TestReadFindings reads three dates, and parts of them. Article i of a night
// has the same text on each date, so it is one story.
func TestReadFindings(t *testing.T) {
	root := t.TempDir()
	for i, rejected := range []int{4, 0, 3} {
		night{root, testDate.AddDate(0, 0, i), 60, rejected, fmt.Sprint("m", i%2), ""}.publish(t)
	}
	day := func(i int) time.Time { return testDate.AddDate(0, 0, i) }
	tests := []struct {
		first, last time.Time
		dates       []string
		articles    int64
		models      []string
		rejected    int64
	}{
		{time.Time{}, time.Time{}, []string{"2026-03-29", "2026-03-30", "2026-03-31"}, 180,
			[]string{"m0", "m1"}, 7},
		{day(1), time.Time{}, []string{"2026-03-30", "2026-03-31"}, 120, []string{"m1", "m0"}, 3},
		{time.Time{}, day(1), []string{"2026-03-29", "2026-03-30"}, 120, []string{"m0", "m1"}, 4},
		{day(1), day(1), []string{"2026-03-30"}, 60, []string{"m1"}, 0},
	}
	for _, tt := range tests {
		f, err := ReadFindings(root, Selection{First: tt.first, Last: tt.last})
		if err != nil {
			t.Fatal(err)
		}
		var dates []string
		var articles, rejected, counted int64
		for _, r := range f.Runs {
			dates = append(dates, r.Date)
			articles += r.Articles
			rejected += r.Rejected
		}
		for _, q := range f.Quarantine {
			counted += q.Count
		}
		if !slices.Equal(dates, tt.dates) || articles != tt.articles ||
			!slices.Equal(f.Models, tt.models) ||
			rejected != tt.rejected || counted != tt.rejected {
			t.Errorf("%v to %v: got %q, %d articles, models %q, %d and %d rejected; want %q, %d, %q, %d", tt.first, tt.last,
				dates, articles, f.Models, rejected, counted, tt.dates, tt.articles, tt.models,
				tt.rejected)
		}
		var evidence []string
		for _, r := range f.Evidence {
			day := time.Unix(int64(r.RunDate)*24*60*60, 0).UTC().Format(time.DateOnly)
			evidence = append(evidence,
				fmt.Sprintf("%s %s %s %s", *r.Stance, r.Country, r.ArticleID, day))
		}
		// The clearest scores are those of articles 6, 13, 20, … and of 4, 9,
		// 14, …; of equal ones the first by date and then by ID.
		want := []string{"supportive PER a13 " + tt.dates[0], "critical CHL a14 " + tt.dates[0]}
		if !slices.Equal(evidence, want) {
			t.Errorf("evidence %q, want %q", evidence, want)
		}
		var stories int64
		for _, c := range f.ByRun {
			stories += c.Stories
		}
		if stories != 120 {
			t.Errorf("%d stories over all dates, want 60 for each of two countries", stories)
		}
	}
	_, err := ReadFindings(root, Selection{First: day(3)})
	if err == nil || !strings.Contains(err.Error(), "nothing is published under "+root) {
		t.Errorf("no date in the range: %v", err)
	}
	f, err := ReadFindings(root, Selection{Country: "PER"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range append(f.ByRun, f.ByDay...) {
		if c.Country != "PER" {
			t.Errorf("%s is counted, though only Peru was selected", c.Country)
		}
	}
}

// TestEvidenceKeepsTheClearest keeps one row of each topic, country and side,
// the clearest first.
func TestEvidenceKeepsTheClearest(t *testing.T) {
	row := func(country, stance string, score float64) *Row {
		return &Row{ArticleID: fmt.Sprint(country, score), Country: country, Topic: "x",
			Stance: &stance, StanceScore: &score,
			EvidenceText: text("e " + country)}
	}
	acts := func(sentence, country, topic string) bool {
		return sentence != "e Z" && topic == "x" && country != ""
	}
	e := evidence{}
	for _, r := range []*Row{
		row("A", "supportive", .3), row("B", "supportive", .5), row("B", "supportive", .1), row("B", "supportive", .7),
		row("A", "critical", -.4), row("C", "critical", -.9), row("F", "neutral", 0), row("Z", "critical", -.8),
	} {
		e.add(r, acts)
	}
	silent := row("H", "supportive", .9)
	silent.EvidenceText = nil
	e.add(silent, nil)
	rows, left := e.rows()
	var got []string
	for _, r := range rows {
		got = append(got, fmt.Sprint(*r.Stance, " ", r.Country, " ", *r.StanceScore))
	}
	want := []string{"critical C -0.9", "supportive B 0.7", "critical A -0.4", "supportive A 0.3"}
	if !slices.Equal(got, want) || left != 0 {
		t.Errorf("got %q, %d left out; want %q and none", got, left, want)
	}
	for i := range evidenceLimit + 3 {
		e.add(row(fmt.Sprint("country ", i), "supportive", .2), nil)
	}
	if rows, left := e.rows(); len(rows) != evidenceLimit || left != 7 {
		t.Errorf("%d rows and %d left out, want %d and 7", len(rows), left, evidenceLimit)
	}
}

// TestQuarantineOf cuts the excerpt at a rune, and mends what is no UTF-8.
func TestQuarantineOf(t *testing.T) {
	bad := &datasets.RecordError{Reason: datasets.ReasonSyntax, Detail: "no \xff",
		Origin:  datasets.Origin{File: "f\xff", Line: 3, Offset: 17},
		Excerpt: strings.Repeat("x", datasets.ExcerptLimit-1) + "éé"}
	got := QuarantineOf(bad)
	want := QuarantineRow{Reason: string(datasets.ReasonSyntax), Message: "no \uFFFD", File: "f\uFFFD", Line: 3, ByteOffset: 17,
		Excerpt: text(strings.Repeat("x", datasets.ExcerptLimit-1))}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	for n, want := range []string{"", "a", "a", "aé", "aé", "aé"} {
		if got := cut("aé", n); got != want || !utf8.ValidString(got) {
			t.Errorf("the first %d bytes: %q, want %q", n, got, want)
		}
	}
}

// TestDaysOf counts from 1970-01-01 by the UTC date, whatever the zone and
// hour.
func TestDaysOf(t *testing.T) {
	east := time.FixedZone("east", 3*60*60)
	for want, d := range map[int32]time.Time{
		0:  time.Date(1970, 1, 1, 23, 59, 59, 0, time.UTC),
		1:  time.Date(1970, 1, 2, 0, 0, 0, 0, time.UTC),
		-1: time.Date(1969, 12, 31, 23, 0, 0, 0, time.UTC),
		// Python: (date(2026, 3, 29) - date(1970, 1, 1)).days
		20541: time.Date(2026, 3, 29, 1, 0, 0, 0, time.UTC),
		20542: time.Date(2026, 3, 31, 2, 0, 0, 0, east), // 23:00 of the day before in UTC
	} {
		if got := DaysOf(d); got != want {
			t.Errorf("%v is day %d, want %d", d, got, want)
		}
	}
}
