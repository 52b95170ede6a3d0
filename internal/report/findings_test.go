package report

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"

	"stance/internal/output"
)

func ptr[T any](v T) *T { return &v }

// scores is n stories whose scores have a mean and a sum of squares.
func scores(n int64, mean, squares float64) output.Scores {
	return output.Scores{Stories: n, Supportive: n, Sum: float64(n) * mean, Squares: squares}
}

// found is seven runs with hostile text wherever text comes from outside. The
// run of day 20461 has more of Peru than the others.
func found() Findings {
	f := Findings{
		Proposition: func(string) string { return hostile },
		CountryName: func(code string) string { return map[string]string{"PER": "Peru", "FJI": "Fiji"}[code] },
		Findings: output.Findings{Models: []string{"abc"},
			Outlets: []output.OutletCount{{Source: hostile, Topic: "harbour",
				Scores: scores(4, 0.5, 1), Told: 2}},
			Evidence: []output.Row{
				{Country: "PER", CountryName: hostile, Topic: "harbour", Stance: ptr("supportive"),
					StanceScore:  ptr(0.8),
					EvidenceText: ptr(hostile), Source: ptr(hostile), Title: ptr(hostile),
					URL: ptr("javascript:alert(1)"), PublishedDate: ptr(int32(20456))},
				{Country: "FJI", CountryName: "Fiji", Topic: "harbour", Stance: ptr("critical"),
					StanceScore:  ptr(-0.4),
					EvidenceText: ptr("Fiji closed it."), URL: ptr("https://news.example/a?b=1&c=2")}},
			Quarantine: []output.QuarantineCount{{Reason: "syntax", Count: 2,
				Example: output.QuarantineRow{File: hostile, Line: 3, Message: hostile}}},
		},
	}
	for i := range 7 {
		day, peru := int32(20455+i), int64(4)
		if i == 6 {
			peru = 60
		}
		f.Runs = append(f.Runs,
			output.Run{Date: dateOf(day), Articles: 100, OffTopic: 50, Topics: map[string]int64{"harbour": 50},
				Countries: map[string]int64{"PER": peru, "FJI": 10},
				Outlets:   map[string]int64{hostile: 100},
				Stances:   map[string]output.Scores{"harbour": scores(10, 0.5, 3)}})
		cell := output.Cell{Country: "PER", CountryName: hostile, Topic: "harbour", Day: day,
			Scores: scores(2, 0.5, 0.52), Articles: 3}
		if i == 6 {
			cell.Scores = scores(4, -0.5, 1.04)
		}
		f.ByRun = append(f.ByRun, cell)
	}
	f.Runs[6].Rejected = 2
	f.ByRun = append([]output.Cell{{Country: "FJI", CountryName: "Fiji", Topic: "harbour",
		Day: 20461, Scores: scores(1, -0.4, 0.16), Articles: 1}}, f.ByRun...)
	f.ByDay = f.ByRun
	return f
}

func TestFindingsPage(t *testing.T) {
	var b bytes.Buffer
	if err := found().HTML(&b); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	for _, bad := range []string{"<img", "alert(\"x\")</script>", "</style><script>", "javascript:", "ZgotmplZ", "%!", "NaN", "url(", "@import"} {
		if i := strings.Index(page, bad); i >= 0 {
			t.Errorf("the page holds %q: %s", bad, page[max(0, i-80):min(len(page), i+80)])
		}
	}
	for tag, want := range map[string]int{"</style>": 1, "</script>": 2, "<script": 2} {
		if got := strings.Count(page, tag); got != want {
			t.Errorf("%s stands %d times, want %d", tag, got, want)
		}
	}
	for _, want := range []string{`href="https://news.example/a?b=1&amp;c=2"`, "Peru is named in 60.0 % of articles, usually 4.0 %.", "New in this run: Fiji on harbour",
		"2 of 702 records could not be read", `data-csv="-1.0000,`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

// Two stories of 0.4 and 0.6 (sum of squares 0.52) in each of six runs have a
// mean of 0.5 and squares of 3.12, four more of a mean of -0.5 and squares of
// 1.04: mean 0.25, variance (4.16-16*0.0625)/15; t(15) is 2.131450 in SciPy
// 1.17.1.
func TestFindingsPoolRuns(t *testing.T) {
	v := found().view()
	if len(v.Pairs) != 2 || v.Rejected != 2 || v.Articles() != 700 || v.Stories != 17 {
		t.Fatalf("got %+v", v.Pairs)
	}
	peru, fiji := v.Pairs[0], v.Pairs[1]
	half := 2.131450 * math.Sqrt((4.16-16*0.0625)/15/16)
	for _, n := range []struct{ got, want float64 }{{peru.Mean, 0.25}, {peru.Low, 0.25 - half},
		{peru.High, 0.25 + half}, {fiji.Mean, -0.4}} {
		if math.Abs(n.got-n.want) > 1e-5 {
			t.Errorf("got %v, want %v", n.got, n.want)
		}
	}
	if peru.Stories != 16 || !peru.HasInterval() || fiji.HasInterval() || peru.Bin() != "s1" ||
		fiji.Bin() != "c2" {
		t.Errorf("Peru %+v, Fiji %+v", peru, fiji)
	}
}

// Welch by hand for 12 stories (mean 0.5, variance (3.12-3)/11) and 4 (mean
// -0.5, variance 0.04/3): the difference is -1, its standard error 0.0650, its
// degrees of freedom 4.71, t 2.617 (SciPy 1.17.1).
func TestChanges(t *testing.T) {
	v := found().view().Changes
	if v.Compared != 1 || v.Moved != 1 || v.TooFew != 1 || v.Earlier != 6 || len(v.Movers) != 1 {
		t.Fatalf("got %+v", v)
	}
	a, b := 0.12/11/12, 0.04/3/4
	df := (a + b) * (a + b) / (a*a/11 + b*b/3)
	if m := v.Movers[0]; math.Abs(m.Mean+1) > 1e-12 ||
		math.Abs((m.High-m.Low)/2-2.617*math.Sqrt(a+b)) > 1e-3 {
		t.Errorf("got %+v; %v degrees", m, df)
	}
}

func TestDrift(t *testing.T) {
	f := found()
	d := DriftOf(f.Findings, f.CountryName)
	if !d.Enough || d.Earlier != 6 || d.Unusual != 2 || d.Watched[0].Words != "2.0 % of records are rejected, usually 0.0 %." ||
		d.Watched[1].Words != "Peru is named in 60.0 % of articles, usually 4.0 %." {
		t.Errorf("got %+v", d)
	}
	f.Runs = f.Runs[:5]
	if d := DriftOf(f.Findings, f.CountryName); d.Enough || d.Unusual != 0 || d.Earlier != 4 {
		t.Errorf("four earlier runs give %+v", d)
	}
}

// Trend lines choose the narrowest unit of at most 62 buckets, and no story is
// lost between them.
func TestTrends(t *testing.T) {
	for _, test := range []struct {
		days int32
		unit string
	}{{1, "day"}, {62, "day"}, {63, "week"}, {500, "month"}, {3000, "quarter"}, {9000, "year"}} {
		var cells []output.Cell
		for d := range test.days {
			cells = append(cells,
				output.Cell{Country: "PER", Topic: "harbour", Day: 20000 + d,
					Scores: scores(1, 0.5, 0.25)})
		}
		v := trendsOf(cells, []stanceView{{Code: "PER", Topic: "harbour"}})
		sum := 0.0
		for _, p := range v.Lines[0].Points {
			sum += p[4]
		}
		if v.Unit != test.unit || sum != float64(test.days) || len(v.Buckets) > mostBuckets {
			t.Errorf("%d days: %d %ss with %v stories", test.days, len(v.Buckets), v.Unit, sum)
		}
	}
}

// Large outputs are cut, and the page says so.
func TestFindingsAreBounded(t *testing.T) {
	f := found()
	f.ByRun = nil
	for i := range 3000 {
		f.ByRun = append(f.ByRun,
			output.Cell{Country: fmt.Sprintf("C%04d", i), CountryName: "x", Topic: "harbour",
				Day: 20461, Scores: scores(3, 0.5, 0.8)})
	}
	f.ByDay = f.ByRun
	v := f.view()
	if len(v.Pairs) != mostPairs || v.PairsLeft != 3000-mostPairs ||
		len(v.Heat.Rows) != mostCountries || len(v.Series.Lines) != mostSeries {
		t.Errorf("%d pairs, %d left, %d rows, %d lines", len(v.Pairs), v.PairsLeft,
			len(v.Heat.Rows), len(v.Series.Lines))
	}
}

// Every tile has a place of its own.
func TestTiles(t *testing.T) {
	seen := map[[2]int]string{}
	for _, tile := range tiles() {
		place := [2]int{tile.Column, tile.Row}
		if other, taken := seen[place]; taken {
			t.Errorf("%s and %s lie at %v", other, tile.Code, place)
		}
		seen[place] = tile.Code
	}
	if len(seen) != 202 {
		t.Errorf("%d tiles, want 202: all codes of the gazetteer but EU, NATO, UN and G7",
			len(seen))
	}
}

// A range without articles makes a page, too.
func TestFindingsPageOfNothing(t *testing.T) {
	var b bytes.Buffer
	f := Findings{Findings: output.Findings{Runs: []output.Run{{Date: "2026-01-02"}}}}
	if err := f.HTML(&b); err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(b.Bytes(), []byte("No country takes part")) {
		t.Error(b.String())
	}
}
