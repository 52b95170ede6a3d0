package report

import (
	"cmp"
	"io"
	"math"
	"slices"
	"strings"
	"time"

	"stance/internal/output"
)

// Findings is what runs found, ready to be shown.
type Findings struct {
	output.Findings
	Proposition func(topic string) string // "" for a topic that is not in the config
}

// mostCountries is how many countries of a topic are shown, those with the most stories.
const mostCountries = 40

// findingsView is what the page shows.
type findingsView struct {
	Findings
	First, Last string // run dates
	Rejected    int64
	Days        int // distinct days of publication
	FirstDay    string
	LastDay     string
	Topics      []topicView
}

// topicView is one topic: a line per country, highest mean first.
type topicView struct {
	ID, Proposition string
	Countries       []countryView
	Left            int // countries not shown
	Evidence        []evidenceView
}

// countryView is one country's stories on a topic over all days.
type countryView struct {
	Code, Name                  string
	Stories, Articles, Mentions int64
	Support, Neutral, Critical  int64   // stories
	Mean, Low, High             float64 // of the stance score, with its 95 % interval
	HasInterval                 bool    // there are two stories or more
	Bar                         rangeBar
	Line                        sparkline
	days                        []dayScore
	sum, squares                float64 // of the scores of stories
}

// dayScore is the mean over the stories of one day.
type dayScore struct {
	Day     int32
	Score   float64
	Stories int64
}

// evidenceView is one sentence that speaks clearly.
type evidenceView struct {
	Country, Stance, Text, Source, Title, Day string
	Score                                     float64
}

// HTML writes the page.
func (f Findings) HTML(w io.Writer) error { return page(w, "findings.html", f.view()) }

func (f Findings) view() findingsView {
	v := findingsView{Findings: f, First: f.Dates[0], Last: f.Dates[len(f.Dates)-1]}
	for _, q := range f.Quarantine {
		v.Rejected += q.Count
	}
	days := map[int32]bool{}
	first, last := int32(math.MaxInt32), int32(math.MinInt32)
	for _, a := range f.Aggregates {
		v.add(a)
		if a.Stories > 0 {
			days[a.Day] = true
			first, last = min(first, a.Day), max(last, a.Day)
		}
	}
	if v.Days = len(days); v.Days > 0 {
		v.FirstDay, v.LastDay = dateOf(first), dateOf(last)
	}
	for i := range v.Topics {
		v.Topics[i].finish(first, last)
		v.Topics[i].Proposition = f.Proposition(v.Topics[i].ID)
	}
	slices.SortFunc(v.Topics, func(a, b topicView) int { return cmp.Compare(a.ID, b.ID) })
	for _, r := range f.Evidence {
		if at := slices.IndexFunc(v.Topics, func(t topicView) bool { return t.ID == r.Topic }); at >= 0 {
			v.Topics[at].Evidence = append(v.Topics[at].Evidence, evidenceOf(r))
		}
	}
	return v
}

// add adds a line of the aggregates to its topic and country.
func (v *findingsView) add(a output.AggregateRow) {
	t := slices.IndexFunc(v.Topics, func(t topicView) bool { return t.ID == a.Topic })
	if t < 0 {
		t = len(v.Topics)
		v.Topics = append(v.Topics, topicView{ID: strings.Clone(a.Topic)})
	}
	list := &v.Topics[t].Countries
	at := slices.IndexFunc(*list, func(c countryView) bool { return c.Code == a.Country })
	if at < 0 {
		at = len(*list)
		*list = append(*list, countryView{Code: a.Country, Name: a.CountryName})
	}
	(*list)[at].add(a)
}

func (c *countryView) add(a output.AggregateRow) {
	c.Support, c.Neutral, c.Critical = c.Support+a.StoriesSupport, c.Neutral+a.StoriesNeutral, c.Critical+a.StoriesCritical
	if a.MeanScore == nil || a.Stories == 0 {
		return
	}
	n, mean := float64(a.Stories), *a.MeanScore
	c.Stories += a.Stories
	c.sum += n * mean
	c.squares += n * mean * mean
	if a.ScoreStdErr != nil {
		c.squares += *a.ScoreStdErr * *a.ScoreStdErr * n * (n - 1)
	}
	c.days = append(c.days, dayScore{a.Day, mean, a.Stories})
}

// finish computes means and intervals, and sorts.
func (t *topicView) finish(first, last int32) {
	t.Countries = slices.DeleteFunc(t.Countries, func(c countryView) bool { return c.Stories == 0 })
	slices.SortFunc(t.Countries, func(a, b countryView) int {
		return cmp.Or(cmp.Compare(b.Stories, a.Stories), cmp.Compare(a.Code, b.Code))
	})
	if len(t.Countries) > mostCountries {
		t.Left = len(t.Countries) - mostCountries
		t.Countries = t.Countries[:mostCountries]
	}
	scale := rangeFrame(-1, 1)
	for i := range t.Countries {
		c := &t.Countries[i]
		c.interval()
		side := supportive
		if c.Mean < 0 {
			side = critical
		}
		c.Bar = scale.rangeBar(c.Low, c.Mean, c.High, 0, side)
		c.Line = newSparkline(c.days, first, last)
	}
	slices.SortFunc(t.Countries, func(a, b countryView) int {
		return cmp.Or(cmp.Compare(b.Mean, a.Mean), cmp.Compare(a.Code, b.Code))
	})
}

// interval is the mean with 1.96 standard errors to either side, within -1 and 1.
func (c *countryView) interval() {
	n := float64(c.Stories)
	c.Mean = c.sum / n
	c.Low, c.High = c.Mean, c.Mean
	if c.HasInterval = c.Stories > 1; c.HasInterval {
		half := 1.96 * math.Sqrt(max(0, c.squares-n*c.Mean*c.Mean)/(n-1)/n)
		c.Low, c.High = max(-1, c.Mean-half), min(1, c.Mean+half)
	}
}

func evidenceOf(r output.Row) evidenceView {
	e := evidenceView{Country: r.CountryName, Stance: *r.Stance, Text: *r.EvidenceText, Score: *r.StanceScore}
	if r.Source != nil {
		e.Source = *r.Source
	}
	if r.Title != nil {
		e.Title = *r.Title
	}
	if r.PublishedDate != nil {
		e.Day = dateOf(*r.PublishedDate)
	}
	return e
}

// dateOf writes a day that is counted from 1970-01-01.
func dateOf(day int32) string { return time.Unix(int64(day)*86400, 0).UTC().Format(time.DateOnly) }
