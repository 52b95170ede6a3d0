package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"stance/internal/output"
)

// The rules of [DriftOf]. docs/report.md explains them.
const (
	usualRuns  = 28    // runs before the newest that say what is usual
	leastUsual = 5     // fewer say nothing
	usualTail  = 0.05  // share of earlier runs left out at either end of the usual range
	driftZ     = 2.576 // normal percentile of a two-sided 99 % interval
	leastNamed = 0.01  // a name is watched when it stands in that share of articles, now or usually
	mostWatch  = 40    // names of a kind that are watched
)

// Drift compares the newest run with the runs before it, in words. It says
// nothing of one article: only that the input has changed, so that someone
// should look.
type Drift struct {
	Date    string    `json:"date"`
	Earlier int       `json:"earlier_runs"` // that were compared with
	Enough  bool      `json:"enough"`       // there are five earlier runs or more
	Unusual int       `json:"unusual"`
	Watched []Watched `json:"watched"` // the unusual first
}

// Watched is one measure of the newest run with its usual range: the middle
// nine tenths of the earlier runs. It is unusual when its 99 % interval lies
// wholly outside that range.
type Watched struct {
	What    string  `json:"what"`
	Percent bool    `json:"percent"` // the numbers are shares
	Now     float64 `json:"now"`
	Low     float64 `json:"usual_low"`
	High    float64 `json:"usual_high"`
	Unusual bool    `json:"unusual"`
	Words   string  `json:"words"`
	order   int
}

// DriftOf watches the numbers of articles, rejected records and unknown terms,
// and the shares of topics, countries, outlets and sides.
func DriftOf(f output.Findings, countryName func(string) string) Drift {
	last := len(f.Runs) - 1
	now, earlier := f.Runs[last], f.Runs[max(0, last-usualRuns):last]
	d := Drift{Date: now.Date, Earlier: len(earlier), Enough: len(earlier) >= leastUsual,
		Watched: []Watched{}}
	if !d.Enough {
		return d
	}
	w := &watcher{now: now, earlier: earlier}
	w.whole()
	w.names("%s is named in %s of articles", func(r output.Run) map[string]int64 {
		return r.Topics
	}, topicWords)
	w.names("%s is named in %s of articles", func(r output.Run) map[string]int64 {
		return r.Countries
	}, countryName)
	w.names("%s publishes %s of articles", func(r output.Run) map[string]int64 {
		return r.Outlets
	}, outletWords)
	w.sides()
	d.Watched = w.list
	for i := range d.Watched {
		d.Watched[i].order = i
		if d.Watched[i].Unusual {
			d.Unusual++
		}
	}
	slices.SortFunc(d.Watched, func(a, b Watched) int {
		if a.Unusual != b.Unusual {
			if a.Unusual {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.order, b.order)
	})
	return d
}

func topicWords(id string) string { return "The topic " + id }

func outletWords(source string) string {
	if source == "" {
		return "No named outlet"
	}
	return source
}

// watcher collects measures.
type watcher struct {
	now     output.Run
	earlier []output.Run
	list    []Watched
}

// whole watches what is not by name.
func (w *watcher) whole() {
	n := float64(w.now.Articles)
	half := driftZ * math.Sqrt(n) // of a Poisson count
	w.add("%s articles", false, interval{n, n - half, n + half},
		func(r output.Run) (float64, bool) {
			return float64(r.Articles), true
		})
	w.share("%s of records are rejected", func(r output.Run) (int64, int64) {
		return r.Rejected, r.Articles + r.Rejected
	})
	w.share("%s of articles name no country beside a topic", func(r output.Run) (int64, int64) {
		return r.OffTopic, r.Articles
	})
	unknown := w.now.Unknown
	half = driftZ * unknown.StdErr()
	if unknown.Stories > 0 {
		w.add("%s of the terms beside countries are unknown to the model", true,
			interval{unknown.Mean(), unknown.Mean() - half, unknown.Mean() + half},
			func(r output.Run) (float64, bool) { return r.Unknown.Mean(), r.Unknown.Stories > 0 })
	}
}

// sides watches how stories divide, by topic.
func (w *watcher) sides() {
	for _, topic := range w.frequent(func(r output.Run) map[string]int64 { return r.Topics }) {
		for _, side := range []struct {
			name  string
			count func(output.Scores) int64
		}{
			{"supportive", func(s output.Scores) int64 { return s.Supportive }},
			{"critical", func(s output.Scores) int64 { return s.Critical }},
		} {
			w.share("On "+percentSafe(topic)+", %s of stances are "+side.name,
				func(r output.Run) (int64, int64) {
					return side.count(r.Stances[topic]), r.Stances[topic].Stories
				})
		}
	}
}

// names watches the shares of articles that go by names.
func (w *watcher) names(words string, counts func(output.Run) map[string]int64,
	call func(string) string) {
	for _, name := range w.frequent(counts) {
		called := call(name)
		if called == "" {
			called = name
		}
		w.share(fmt.Sprintf(strings.Replace(words, "%s of", "%%s of", 1), percentSafe(called)),
			func(r output.Run) (int64, int64) {
				return counts(r)[name], r.Articles
			})
	}
}

// percentSafe makes a name stand for itself in a format.
func percentSafe(name string) string { return strings.ReplaceAll(name, "%", "%%") }

// frequent lists the names that are frequent now or usually, the most frequent
// first.
func (w *watcher) frequent(counts func(output.Run) map[string]int64) []string {
	var articles int64
	sums := map[string]int64{}
	var names []string
	add := func(r output.Run) {
		articles += r.Articles
		for name, n := range counts(r) {
			if sums[name] == 0 {
				names = append(names, name)
			}
			sums[name] += n
		}
	}
	for _, r := range w.earlier {
		add(r)
	}
	usual := articles
	add(w.now)
	names = slices.DeleteFunc(names, func(name string) bool {
		n := counts(w.now)[name]
		return float64(n) < leastNamed*float64(w.now.Articles) &&
			float64(sums[name]-n) < leastNamed*float64(usual)
	})
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(sums[b], sums[a]), cmp.Compare(a, b))
	})
	return names[:min(len(names), mostWatch)]
}

// share watches k of n. A run without an n is left out.
func (w *watcher) share(words string, of func(output.Run) (k, n int64)) {
	k, n := of(w.now)
	if n == 0 {
		return
	}
	w.add(words, true, wilson(float64(k)/float64(n), float64(n), driftZ),
		func(r output.Run) (float64, bool) {
			k, n := of(r)
			return float64(k) / float64(max(1, n)), n > 0
		})
}

// add watches a measure with its interval; words hold %s for the number.
func (w *watcher) add(words string, percent bool, now interval,
	of func(output.Run) (float64, bool)) {
	var usual []float64
	for _, r := range w.earlier {
		if v, has := of(r); has {
			usual = append(usual, v)
		}
	}
	if len(usual) < leastUsual {
		return
	}
	slices.Sort(usual)
	m := Watched{Percent: percent, Now: now.Share, Low: quantile(usual, usualTail),
		High: quantile(usual, 1-usualTail)}
	m.Unusual = now.High < m.Low || now.Low > m.High
	m.What = fmt.Sprintf(words, "…")
	m.Words = fmt.Sprintf(words, number(m.Now, percent)) + ", usually " +
		usualRange(m.Low, m.High, percent) + "."
	w.list = append(w.list, m)
}

// quantile is the value at share q of sorted values, between two by their
// distance.
func quantile(sorted []float64, q float64) float64 {
	at := q * float64(len(sorted)-1)
	low := int(at)
	high := min(low+1, len(sorted)-1)
	return sorted[low] + (at-float64(low))*(sorted[high]-sorted[low])
}

// number writes a share in per cent, or a count.
func number(v float64, percent bool) string {
	if percent {
		return fmt.Sprintf("%.1f %%", 100*v)
	}
	return fmt.Sprintf("%.0f", v)
}

// usualRange writes a range: "3.9-5.2 %".
func usualRange(low, high float64, percent bool) string {
	from, to := number(low, percent), number(high, percent)
	if from == to {
		return from
	}
	return strings.TrimSuffix(from, " %") + "–" + to
}
