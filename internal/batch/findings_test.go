package batch

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"stance/datasets"
	"stance/internal/output"
)

// Two dates with the same articles: every story speaks once, articles and
// rejected records are counted as often as they came.
func TestFindingsCountStoriesOnce(t *testing.T) {
	c := config(t, input("a", articles(200, 4)...))
	mustRun(t, c)
	rows := readRows(t, c.Out, "2026-03-29")
	stories := map[[3]string]bool{}
	for _, r := range rows {
		if r.Stance != nil {
			stories[[3]string{r.Country, r.Topic, r.DupGroupID}] = true
		}
	}
	c.Date = c.Date.AddDate(0, 0, 1)
	mustRun(t, c)
	for _, days := range []struct {
		first, last time.Time
		dates       []string
	}{
		{time.Time{}, time.Time{}, []string{"2026-03-29", "2026-03-30"}},
		{testDate, testDate, []string{"2026-03-29"}},
		{c.Date, time.Time{}, []string{"2026-03-30"}},
		{time.Time{}, testDate, []string{"2026-03-29"}},
	} {
		f, err := output.ReadFindings(c.Out, days.first, days.last, 2)
		if err != nil {
			t.Fatal(err)
		}
		n := int64(len(days.dates))
		if !slices.Equal(f.Dates, days.dates) || f.Articles != 200*n || !slices.Equal(f.Models, []string{c.ModelID}) {
			t.Errorf("dates %v, %d articles, models %v; want %v with 200 each of %s", f.Dates, f.Articles, f.Models, days.dates, c.ModelID)
		}
		sum := int64(0)
		for _, a := range f.Aggregates {
			sum += a.Stories
		}
		if sum != int64(len(stories)) || sum == 0 {
			t.Errorf("%v: %d stories, want %d", days.dates, sum, len(stories))
		}
		if len(f.Quarantine) != 1 || f.Quarantine[0].Reason != string(datasets.ReasonSyntax) || f.Quarantine[0].Count != 4*n ||
			f.Quarantine[0].Example.Message != "not JSON" {
			t.Errorf("%v: rejected %+v", days.dates, f.Quarantine)
		}
	}
}

// Of each side of each topic the clearest rows are kept, one per country.
func TestFindingsEvidence(t *testing.T) {
	c := config(t, input("a", articles(200, 0)...))
	mustRun(t, c)
	f, err := output.ReadFindings(c.Out, time.Time{}, time.Time{}, 3)
	if err != nil {
		t.Fatal(err)
	}
	clearest, countries := map[string]float64{}, map[string]bool{}
	for _, r := range readRows(t, c.Out, "2026-03-29") {
		if r.Stance != nil && r.IsDupPrimary {
			clearest[r.Topic] = min(clearest[r.Topic], *r.StanceScore) // the stand-in knows only "critical"
		}
	}
	var got []string
	for _, r := range f.Evidence {
		if key := r.Topic + " " + r.Country; countries[key] {
			t.Errorf("%s twice", key)
		} else {
			countries[key] = true
		}
		if len(got) == 0 || got[len(got)-1] != r.Topic {
			got = append(got, r.Topic)
			if *r.StanceScore != clearest[r.Topic] {
				t.Errorf("%s begins with %v, the clearest is %v", r.Topic, *r.StanceScore, clearest[r.Topic])
			}
		}
	}
	if want := []string{"taiwan", "ukraine"}; !slices.Equal(got, want) || len(f.Evidence) != 6 {
		t.Errorf("%d rows of %v, want 6 of %v", len(f.Evidence), got, want)
	}
}

func TestFindingsOfNothing(t *testing.T) {
	c := config(t, input("a", articles(3, 0)...))
	mustRun(t, c)
	for _, root := range []string{c.Out, filepath.Join(c.Out, "nowhere")} {
		_, err := output.ReadFindings(root, testDate.AddDate(1, 0, 0), time.Time{}, 1)
		if err == nil || !strings.Contains(err.Error(), "nothing is published under "+root) {
			t.Errorf("%s: %v", root, err)
		}
	}
}

// readRows reads the stance rows of a published date.
func readRows(t *testing.T, out, date string) (rows []output.Row) {
	t.Helper()
	for _, part := range (output.Layout{Root: out, Date: date}).Parts(output.StanceData) {
		err := output.EachRow(part, func(r *output.Row) error {
			rows = append(rows, *r)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return rows
}
