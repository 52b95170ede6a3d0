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
		f, err := output.ReadFindings(c.Out, output.Selection{First: days.first, Last: days.last})
		if err != nil {
			t.Fatal(err)
		}
		n := int64(len(days.dates))
		var dates []string
		for _, r := range f.Runs {
			if dates = append(dates, r.Date); r.Articles != 200 || r.Rejected != 4 {
				t.Errorf("%s: %d articles and %d rejected, want 200 and 4", r.Date, r.Articles,
					r.Rejected)
			}
		}
		if !slices.Equal(dates, days.dates) || !slices.Equal(f.Models, []string{c.ModelID}) {
			t.Errorf("dates %v, models %v; want %v of %s", dates, f.Models, days.dates, c.ModelID)
		}
		for _, cells := range [][]output.Cell{f.ByRun, f.ByDay} {
			sum := int64(0)
			for _, cell := range cells {
				sum += cell.Stories
			}
			if sum != int64(len(stories)) || sum == 0 {
				t.Errorf("%v: %d stories, want %d", days.dates, sum, len(stories))
			}
		}
		if len(f.Quarantine) != 1 || f.Quarantine[0].Reason != string(datasets.ReasonSyntax) ||
			f.Quarantine[0].Count != 4*n ||
			f.Quarantine[0].Example.Message != "not JSON" {
			t.Errorf("%v: rejected %+v", days.dates, f.Quarantine)
		}
	}
}

// Of each side of each country and topic the clearest row is kept, the clearest
// of all first, and only one whose sentence tells an act.
func TestFindingsEvidence(t *testing.T) {
	c := config(t, input("a", articles(200, 0)...))
	mustRun(t, c)
	clearest := map[[2]string]float64{}
	for _, r := range readRows(t, c.Out, "2026-03-29") {
		if r.Stance != nil && r.IsDupPrimary {
			key := [2]string{r.Topic, r.Country}
			clearest[key] = min(clearest[key], *r.StanceScore) // the stand-in knows only "critical"
		}
	}
	f, err := output.ReadFindings(c.Out, output.Selection{})
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range f.Evidence {
		key := [2]string{r.Topic, r.Country}
		if want, open := clearest[key]; !open || *r.StanceScore != want {
			t.Errorf("%v has %v, the clearest is %v (known: %v)", key, *r.StanceScore, want, open)
		}
		delete(clearest, key)
		if i > 0 && *f.Evidence[i-1].StanceScore > *r.StanceScore {
			t.Errorf("%v comes before the clearer %v", *f.Evidence[i-1].StanceScore, *r.StanceScore)
		}
	}
	if len(f.Evidence) == 0 || len(clearest) > 0 {
		t.Errorf("%d rows, without %v", len(f.Evidence), clearest)
	}
	f, err = output.ReadFindings(c.Out,
		output.Selection{Topic: "taiwan", Acts: func(_, country, topic string) bool {
			return country == f.Evidence[0].Country && topic == "taiwan"
		}})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range f.Evidence {
		if r.Topic != "taiwan" {
			t.Errorf("evidence on %s, want taiwan alone", r.Topic)
		}
	}
	for _, cell := range f.ByRun {
		if cell.Topic != "taiwan" {
			t.Errorf("a cell of %s, want taiwan alone", cell.Topic)
		}
	}
}

func TestFindingsOfNothing(t *testing.T) {
	c := config(t, input("a", articles(3, 0)...))
	mustRun(t, c)
	for _, root := range []string{c.Out, filepath.Join(c.Out, "nowhere")} {
		_, err := output.ReadFindings(root, output.Selection{First: testDate.AddDate(1, 0, 0)})
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
