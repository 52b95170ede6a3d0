package report

import (
	"bytes"
	"math"
	"path/filepath"
	"testing"

	"stance/internal/golden"
	"stance/internal/output"
)

func ptr[T any](v T) *T { return &v }

// found is two days of findings with hostile text wherever text comes from outside.
func found() Findings {
	line := func(day int32, country, topic string, stories int64, mean float64, stderr *float64) output.AggregateRow {
		return output.AggregateRow{Day: day, Country: country, CountryName: country, Topic: topic, Stories: stories, StoriesSupport: stories,
			MeanScore: &mean, ScoreStdErr: stderr}
	}
	return Findings{
		Proposition: func(topic string) string { return hostile },
		Findings: output.Findings{
			Dates: []string{"2026-01-02", "2026-01-03"}, Articles: 5, Models: []string{"abc"},
			Aggregates: []output.AggregateRow{
				line(20455, "PER", "harbour", 2, 0.5, ptr(0.1)),
				{Day: 20455, Country: "TCD", CountryName: "TCD", Topic: "harbour", MentionArticles: 3},
				line(20456, "PER", "harbour", 1, 0.8, nil),
				line(20456, "FJI", "harbour", 1, -0.4, nil),
			},
			Evidence: []output.Row{{Country: "PER", CountryName: hostile, Topic: "harbour", Stance: ptr("supportive"), StanceScore: ptr(0.8),
				EvidenceText: ptr(hostile), Source: ptr(hostile), Title: ptr(hostile), PublishedDate: ptr(int32(20456))}},
			Quarantine: []output.QuarantineCount{{Reason: "syntax", Count: 2, Example: output.QuarantineRow{File: hostile, Line: 3, Message: hostile}}},
		},
	}
}

func TestFindingsPage(t *testing.T) {
	var b bytes.Buffer
	if err := found().HTML(&b); err != nil {
		t.Fatal(err)
	}
	golden.File(t, filepath.Join("testdata", "findings.html"), b.Bytes())
	checkPage(t, b.String())
}

// Scores of 0.4 and 0.6 on one day (mean 0.5, standard error 0.1) and 0.8 on the next make a mean of 0.6 with a standard
// error of 0.2/sqrt(3), whatever the days.
func TestFindingsPoolDays(t *testing.T) {
	v := found().view()
	if len(v.Topics) != 1 || len(v.Topics[0].Countries) != 2 || v.Days != 2 || v.Rejected != 2 {
		t.Fatalf("got %+v", v)
	}
	peru, fiji := v.Topics[0].Countries[0], v.Topics[0].Countries[1]
	half := 1.96 * 0.2 / math.Sqrt(3)
	for _, n := range []struct{ got, want float64 }{{peru.Mean, 0.6}, {peru.Low, 0.6 - half}, {peru.High, 0.6 + half}, {fiji.Mean, -0.4}} {
		if math.Abs(n.got-n.want) > 1e-12 {
			t.Errorf("got %v, want %v", n.got, n.want)
		}
	}
	if peru.Code != "PER" || peru.Stories != 3 || len(peru.Line.Points) != 2 || !peru.HasInterval || fiji.HasInterval {
		t.Errorf("Peru %+v, Fiji %+v", peru, fiji)
	}
}

// A range without articles makes a page, too.
func TestFindingsPageOfNothing(t *testing.T) {
	var b bytes.Buffer
	f := Findings{Findings: output.Findings{Dates: []string{"2026-01-02"}}}
	if err := f.HTML(&b); err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(b.Bytes(), []byte("No country takes part")) {
		t.Error(b.String())
	}
}
