package measure

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Bootstrap says how to resample. Rows that are not independent, such as the pairs of one article, share a group: whole
// groups are drawn with replacement. B. Efron, R. Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 13, with
// the groups as the sample.
type Bootstrap struct {
	Groups []string // one per row
	Rounds int      // 1000 is usual; 0 means 1000
	Level  float64  // of the interval; 0 means 0.95
	Seed   uint64
}

// Interval is a measure with its percentile interval.
type Interval struct {
	Value float64 `json:"value"` // of the rows as they are
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// Interval resamples a measure. measure is called with the indices of the rows drawn, some of them many times, and must
// not keep them.
func (b Bootstrap) Interval(measure func(rows []int) float64) Interval {
	draws := make([]float64, 0, b.rounds())
	b.resample(func(rows []int) { draws = append(draws, measure(rows)) })
	low, high := b.limits(draws)
	return Interval{measure(b.allRows()), low, high}
}

// Difference is how two systems compare on the same rows: first less second.
type Difference struct {
	Interval
	P float64 // two-sided: twice the smaller share of draws at or beyond 0, at most 1
}

// Compare resamples the difference between a measure of two systems, both on the same draws (paired bootstrap). The
// p-value is the achieved significance level of Efron and Tibshirani, section 15.4, with one added to count and rounds
// so that it is never 0.
func (b Bootstrap) Compare(first, second func(rows []int) float64) Difference {
	draws := make([]float64, 0, b.rounds())
	b.resample(func(rows []int) { draws = append(draws, first(rows)-second(rows)) })
	low, high := b.limits(draws)
	below, above := 1, 1
	for _, d := range draws {
		if d <= 0 {
			below++
		}
		if d >= 0 {
			above++
		}
	}
	rows := b.allRows()
	return Difference{
		Interval: Interval{first(rows) - second(rows), low, high},
		P:        min(1, 2*float64(min(below, above))/float64(len(draws)+1)),
	}
}

// resample calls use with the rows of each draw.
func (b Bootstrap) resample(use func(rows []int)) {
	members := b.members()
	rng := rand.New(rand.NewPCG(b.Seed, 0))
	var rows []int
	for range b.rounds() {
		rows = rows[:0]
		for range members {
			rows = append(rows, members[rng.IntN(len(members))]...)
		}
		use(rows)
	}
}

// members lists the rows of each group, groups in the order of their first row.
func (b Bootstrap) members() [][]int {
	place := map[string]int{}
	var out [][]int
	for i, g := range b.Groups {
		at, ok := place[g]
		if !ok {
			at = len(out)
			place[g] = at
			out = append(out, nil)
		}
		out[at] = append(out[at], i)
	}
	return out
}

func (b Bootstrap) allRows() []int {
	out := make([]int, len(b.Groups))
	for i := range out {
		out[i] = i
	}
	return out
}

func (b Bootstrap) rounds() int {
	if b.Rounds > 0 {
		return b.Rounds
	}
	return 1000
}

// limits are the percentiles of the draws that leave half of 1-Level on either side.
func (b Bootstrap) limits(draws []float64) (low, high float64) {
	level := b.Level
	if level == 0 {
		level = 0.95
	}
	slices.Sort(draws)
	return quantile(draws, (1-level)/2), quantile(draws, (1+level)/2)
}

// quantile interpolates between the sorted values (numpy's default, method 7 of R. Hyndman, Y. Fan, The American
// Statistician 50, 1996).
func quantile(sorted []float64, q float64) float64 {
	at := q * float64(len(sorted)-1)
	lo := int(math.Floor(at))
	hi := min(lo+1, len(sorted)-1)
	return sorted[lo] + (at-float64(lo))*(sorted[hi]-sorted[lo])
}

// McNemar compares two systems by the rows only one of them has right: first and second count those. P is the exact
// two-sided p-value, the binomial test of first among first+second at 1/2. Q. McNemar, Psychometrika 12 (1947). It
// assumes independent rows; use Bootstrap.Compare where rows come in groups.
func McNemar(firstRight, secondRight []bool) (first, second int, p float64) {
	for i, right := range firstRight {
		if right && !secondRight[i] {
			first++
		}
		if !right && secondRight[i] {
			second++
		}
	}
	n := first + second
	sum := 0.0
	for k := 0; k <= min(first, second); k++ {
		sum += math.Exp(logChoose(n, k) - float64(n)*math.Ln2)
	}
	return first, second, min(1, 2*sum)
}

// logChoose is the log of n over k.
func logChoose(n, k int) float64 {
	a, _ := math.Lgamma(float64(n + 1))
	b, _ := math.Lgamma(float64(k + 1))
	c, _ := math.Lgamma(float64(n - k + 1))
	return a - b - c
}
