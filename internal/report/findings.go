package report

import (
	"cmp"
	"io"
	"math"
	"slices"
	"time"

	"stance/internal/output"
	"stance/models/measure"
)

// Findings is what runs found, ready to be shown.
type Findings struct {
	output.Findings
	Topic, Country string                    // the selection that was read; "" for all
	Proposition    func(topic string) string // "" for a topic that is not in the config
	CountryName    func(code string) string  // "" for an unknown code
}

// What a page shows at most, so that it opens quickly whatever the output. The
// page says what it leaves out.
const (
	mostCountries = 60  // rows of the heat map
	mostPairs     = 400 // rows of the table of countries and topics
	mostSeries    = 120 // trend lines
	mostOutlets   = 150 // rows of the table of outlets
	leadEvidence  = 3   // cards shown at once for each side of a topic
)

// HTML writes the page.
func (f Findings) HTML(w io.Writer) error { return page(w, "findings.html", f.view()) }

// Articles is how many articles the runs have read.
func (f Findings) Articles() (n int64) {
	for _, r := range f.Runs {
		n += r.Articles
	}
	return n
}

// findingsView is what the page shows.
type findingsView struct {
	Findings
	First, Last       string // run dates
	Rejected          int64
	Records           int64 // with the articles
	OffTopic          int64
	Stories           int64
	FirstDay, LastDay string // of publication; "" without a stance
	Topics            []topicView
	Names             []namedCountry // of the countries on the page, by name
	Changes           changesView
	Heat              heatView
	Pairs             []stanceView
	PairsLeft         int
	Series            trendView
	Outlets           []outletView
	OutletsLeft       int
	Evidence          []evidenceView
	Hidden            int // evidence behind the button
	Rejections        []rejectionView
	Drift             Drift
	Data              pageData
}

// topicView is a topic that occurs.
type topicView struct{ ID, Proposition string }

// namedCountry is a country's code and name.
type namedCountry struct{ Code, Name string }

// stanceView is one country's stories on a topic.
type stanceView struct {
	Code, Name, Topic string
	estimate
	Scores             output.Scores
	Articles, Mentions int64
	Bar                rangeBar
	Shares             sharesBar
}

// estimate is a mean score with its 95 % interval.
type estimate struct {
	Mean, Low, High float64
	Stories         int64
}

// HasInterval reports whether there are stories enough for an interval.
func (e estimate) HasInterval() bool { return e.Stories > 1 }

// Bin is the step of the colour scale, from c3 (critical) over z to s3
// (supportive).
func (e estimate) Bin() string {
	side := "s"
	if e.Mean < 0 {
		side = "c"
	}
	switch size := math.Abs(e.Mean); {
	case size < 0.1:
		return "z"
	case size < 0.3:
		return side + "1"
	case size < 0.6:
		return side + "2"
	}
	return side + "3"
}

// estimateOf is the mean of stories with the interval of Student's t: the mean
// and t(n-1) standard errors to either side, within -1 and 1. It takes stories
// for independent.
func estimateOf(s output.Scores) estimate {
	e := estimate{Mean: s.Mean(), Stories: s.Stories}
	e.Low, e.High = e.Mean, e.Mean
	if e.HasInterval() {
		half := measure.Student975(float64(s.Stories-1)) * s.StdErr()
		e.Low, e.High = max(-1, e.Mean-half), min(1, e.Mean+half)
	}
	return e
}

func (f Findings) view() findingsView {
	runs := f.Runs
	v := findingsView{Findings: f, First: runs[0].Date, Last: runs[len(runs)-1].Date}
	for _, r := range runs {
		v.Rejected, v.OffTopic = v.Rejected+r.Rejected, v.OffTopic+r.OffTopic
	}
	v.Records = v.Articles() + v.Rejected
	pairs := f.pairs()
	for _, p := range pairs {
		v.Stories += p.Stories
	}
	v.Topics, v.Names = f.topics(pairs), namesOf(pairs)
	v.Heat = newHeat(pairs, v.Topics)
	v.Pairs, v.PairsLeft = pairs[:min(len(pairs), mostPairs)], max(0, len(pairs)-mostPairs)
	v.Changes = changesOf(f.Findings)
	v.Series = trendsOf(f.ByDay, v.Pairs)
	v.FirstDay, v.LastDay = v.Series.First, v.Series.Last
	v.Outlets, v.OutletsLeft = outletsOf(f.Outlets)
	v.Evidence, v.Hidden = evidenceOf(f.Evidence)
	v.Rejections = rejectionsOf(f.Quarantine)
	v.Drift = DriftOf(f.Findings, f.CountryName)
	v.Data = v.data(pairs)
	return v
}

// pairs are the countries and topics with a story, most stories first.
func (f Findings) pairs() []stanceView {
	var list []stanceView
	for _, c := range f.ByRun { // sorted by country and topic
		last := len(list) - 1
		if last < 0 || list[last].Code != c.Country || list[last].Topic != c.Topic {
			list = append(list, stanceView{Code: c.Country, Name: c.CountryName, Topic: c.Topic})
			last++
		}
		p := &list[last]
		p.Scores = p.Scores.Plus(c.Scores)
		p.Articles, p.Mentions = p.Articles+c.Articles, p.Mentions+c.Mentions
	}
	list = slices.DeleteFunc(list, func(p stanceView) bool { return p.Scores.Stories == 0 })
	scale := rangeFrame(-1, 1)
	for i := range list {
		p := &list[i]
		p.estimate = estimateOf(p.Scores)
		p.Bar = scale.rangeBar(p.Low, p.Mean, p.High, 0, sideOf(p.Mean))
		p.Shares = sharesOf(p.Scores)
	}
	slices.SortStableFunc(list, func(a, b stanceView) int {
		return cmp.Compare(b.Stories, a.Stories)
	})
	return list
}

// topics lists the topics of pairs by id.
func (f Findings) topics(pairs []stanceView) []topicView {
	var list []topicView
	for _, p := range pairs {
		if !slices.ContainsFunc(list, func(t topicView) bool { return t.ID == p.Topic }) {
			list = append(list, topicView{p.Topic, f.Proposition(p.Topic)})
		}
	}
	slices.SortFunc(list, func(a, b topicView) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// namesOf lists the countries of pairs by name.
func namesOf(pairs []stanceView) []namedCountry {
	var list []namedCountry
	seen := map[string]bool{}
	for _, p := range pairs {
		if !seen[p.Code] {
			seen[p.Code] = true
			list = append(list, namedCountry{p.Code, p.Name})
		}
	}
	slices.SortFunc(list, func(a, b namedCountry) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Code, b.Code))
	})
	return list
}

// heatView is the table of countries by topics.
type heatView struct {
	Rows []heatRow
	Left int // countries that are not shown
}

// heatRow is one country: a cell for each topic, nil where it has no story.
type heatRow struct {
	Code, Name string
	Stories    int64
	Cells      []*stanceView
}

// newHeat arranges pairs, which come with most stories first.
func newHeat(pairs []stanceView, topics []topicView) heatView {
	var h heatView
	at := map[string]int{}
	for i := range pairs {
		p := &pairs[i]
		row, found := at[p.Code]
		if !found {
			row = len(h.Rows)
			at[p.Code] = row
			h.Rows = append(h.Rows,
				heatRow{Code: p.Code, Name: p.Name, Cells: make([]*stanceView, len(topics))})
		}
		h.Rows[row].Stories += p.Stories
		column, _ := slices.BinarySearchFunc(topics, p.Topic, func(t topicView, id string) int {
			return cmp.Compare(t.ID, id)
		})
		h.Rows[row].Cells[column] = p
	}
	slices.SortFunc(h.Rows, func(a, b heatRow) int {
		return cmp.Or(cmp.Compare(b.Stories, a.Stories), cmp.Compare(a.Code, b.Code))
	})
	if h.Left = max(0, len(h.Rows)-mostCountries); h.Left > 0 {
		h.Rows = h.Rows[:mostCountries]
	}
	return h
}

// dateOf writes a day that is counted from 1970-01-01.
func dateOf(day int32) string { return time.Unix(int64(day)*86400, 0).UTC().Format(time.DateOnly) }
