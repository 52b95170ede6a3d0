package measure

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Bootstrap resamples rows. Rows that are not independent, such as the pairs of
// one article, share a group: it draws whole groups with replacement. B. Efron,
// R. Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 13, with
// the groups as the sample.
type Bootstrap struct {
	Groups []string // one per row
	Rounds int      // 1000 is usual; 0 means 1000
	Level  float64  // of the interval; 0 means 0.95
	Seed   uint64
}

// Interval is a measured value with its percentile interval.
type Interval struct {
	Value float64 `json:"value"` // of the rows as they are
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// Interval resamples a measure. It calls measure with the indices of the rows
// drawn, which may repeat. measure must not keep the slice.
func (b Bootstrap) Interval(measure func(rows []int) float64) Interval {
	draws := make([]float64, 0, b.rounds())
	b.resample(func(rows []int) { draws = append(draws, measure(rows)) })
	low, high := b.limits(draws)
	return Interval{measure(b.allRows()), low, high}
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

// limits are the percentiles of the draws that leave out half of 1-Level at
// each end.
func (b Bootstrap) limits(draws []float64) (low, high float64) {
	level := b.Level
	if level == 0 {
		level = 0.95
	}
	slices.Sort(draws)
	return quantile(draws, (1-level)/2), quantile(draws, (1+level)/2)
}

// quantile interpolates between the sorted values (numpy's default, method 7 of
// R. Hyndman, Y. Fan, The American Statistician 50, 1996).
func quantile(sorted []float64, q float64) float64 {
	at := q * float64(len(sorted)-1)
	lo := int(math.Floor(at))
	hi := min(lo+1, len(sorted)-1)
	return sorted[lo] + (at-float64(lo))*(sorted[hi]-sorted[lo])
}
