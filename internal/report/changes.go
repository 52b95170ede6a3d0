package report

import (
	"cmp"
	"math"
	"slices"

	"stance/internal/output"
	"stance/models/measure"
)

// What is compared with the newest run, and what is too little to compare.
const (
	runsBefore  = 7  // at most so many runs before it, as one
	leastMoving = 3  // stories on either side
	mostMovers  = 40 // rows shown
)

// changesView is how the newest run differs from those before it.
type changesView struct {
	// the run, and the first and last of those before it; From is "" when there
	// is none
	Run, From, To string
	Earlier       int // how many those are
	Movers        []moverView
	Moved         int // pairs whose interval leaves out 0
	Compared      int
	TooFew        int      // pairs with a story in the run that are not compared
	New           []string // countries and topics of the run that no earlier run has
}

// moverView is a country and topic in the newest run and before it.
type moverView struct {
	Code, Name, Topic string
	Before, Now       estimate
	estimate          // of the difference, now less before, by Welch's t
	Moved             bool
	Bar               rangeBar
}

// Chance is how many of the compared pairs would leave out 0 by chance alone.
func (c changesView) Chance() float64 { return 0.05 * float64(c.Compared) }

// changesOf compares the newest run with up to seven runs before it.
func changesOf(f output.Findings) changesView {
	last := len(f.Runs) - 1
	v := changesView{Run: f.Runs[last].Date}
	if last == 0 {
		return v
	}
	first := max(0, last-runsBefore)
	v.From, v.To, v.Earlier = f.Runs[first].Date, f.Runs[last-1].Date, last-first
	for cells := f.ByRun; len(cells) > 0; {
		n := 1
		for n < len(cells) && cells[n].Country == cells[0].Country &&
			cells[n].Topic == cells[0].Topic {
			n++
		}
		v.compare(cells[:n])
		cells = cells[n:]
	}
	slices.SortStableFunc(v.Movers, func(a, b moverView) int {
		return cmp.Compare(b.rank(), a.rank())
	})
	v.Movers = v.Movers[:min(len(v.Movers), mostMovers)]
	return v
}

// rank puts those that moved before the others, and larger differences before
// smaller ones; no difference is above 2.
func (m moverView) rank() float64 {
	if m.Moved {
		return 10 + math.Abs(m.Mean)
	}
	return math.Abs(m.Mean)
}

// compare adds one country and topic; its cells come by run date.
func (v *changesView) compare(cells []output.Cell) {
	var before, now, ever output.Scores
	for _, c := range cells {
		switch date := dateOf(c.Day); {
		case date == v.Run:
			now = now.Plus(c.Scores)
		case date >= v.From:
			before = before.Plus(c.Scores)
			fallthrough
		default:
			ever = ever.Plus(c.Scores)
		}
	}
	c := cells[0]
	m := moverView{Code: c.Country, Name: c.CountryName, Topic: c.Topic, Before: estimateOf(before),
		Now: estimateOf(now)}
	switch {
	case now.Stories == 0:
		return
	case ever.Stories == 0:
		v.New = append(v.New, c.CountryName+" on "+c.Topic)
	}
	difference, ok := welch(before, now)
	if !ok {
		v.TooFew++
		return
	}
	m.estimate = difference
	m.Moved = m.Low > 0 || m.High < 0
	m.Bar = rangeFrame(-2, 2).rangeBar(m.Low, m.Mean, m.High, 0, sideOf(m.Mean))
	v.Compared++
	if m.Moved {
		v.Moved++
	}
	v.Movers = append(v.Movers, m)
}

// welch is the difference of two means with its 95 % interval: B. L. Welch,
// "The generalization of Student's problem when several different population
// variances are involved", Biometrika 34 (1947). It says nothing below three
// stories on a side, nor when all scores of both sides are equal.
func welch(before, now output.Scores) (estimate, bool) {
	a, b := before.Variance()/float64(max(1, before.Stories)),
		now.Variance()/float64(max(1, now.Stories))
	if min(before.Stories, now.Stories) < leastMoving || a+b == 0 {
		return estimate{}, false
	}
	df := (a + b) * (a + b) / (a*a/float64(before.Stories-1) + b*b/float64(now.Stories-1))
	half := measure.Student975(df) * math.Sqrt(a+b)
	mean := now.Mean() - before.Mean()
	return estimate{mean, max(-2, mean-half), min(2, mean+half), before.Stories + now.Stories}, true
}
