package learn

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
)

// Curve is a rising line through points: at Score[n] it is Prob[n], between points straight, outside them flat.
type Curve struct {
	Score []float64 `json:"score"` // strictly increasing
	Prob  []float64 `json:"prob"`  // not decreasing, within 0 and 1
}

// fitCurve is the isotonic regression of hits on scores: the rising steps nearest in squares, by pooling adjacent
// violators. R. Barlow et al., "Statistical inference under order restrictions" (1972). Equal scores are one point. The
// curve stays within 1/(n+2) and (n+1)/(n+2) of n rows: no finite number of rows proves a probability of 0 or 1.
func fitCurve(scores []float64, hit []bool) Curve {
	pools := poolScores(scores, hit)
	floor := 1 / float64(len(scores)+2)
	var c Curve
	for _, p := range pools {
		prob := max(floor, min(1-floor, p.hits/p.rows))
		c.Score, c.Prob = append(c.Score, p.low), append(c.Prob, prob)
		if p.high > p.low {
			c.Score, c.Prob = append(c.Score, p.high), append(c.Prob, prob)
		}
	}
	return c
}

// pool is a run of neighbouring scores that share one probability.
type pool struct{ low, high, rows, hits float64 }

func (p pool) before(o pool) bool { return p.hits*o.rows < o.hits*p.rows }

func poolScores(scores []float64, hit []bool) []pool {
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(scores[a], scores[b]) })
	var points []pool
	for _, i := range order {
		if len(points) == 0 || points[len(points)-1].low != scores[i] {
			points = append(points, pool{low: scores[i], high: scores[i]})
		}
		p := &points[len(points)-1]
		p.rows++
		if hit[i] {
			p.hits++
		}
	}
	var pools []pool
	for _, p := range points {
		for len(pools) > 0 && !pools[len(pools)-1].before(p) {
			last := pools[len(pools)-1]
			p = pool{last.low, p.high, last.rows + p.rows, last.hits + p.hits}
			pools = pools[:len(pools)-1]
		}
		pools = append(pools, p)
	}
	return pools
}

// at is the curve's value at a finite score.
func (c Curve) at(s float64) float64 {
	n := sort.SearchFloat64s(c.Score, s)
	switch {
	case n == len(c.Score):
		return c.Prob[n-1]
	case n == 0 || c.Score[n] == s:
		return c.Prob[n]
	}
	part := (s - c.Score[n-1]) / (c.Score[n] - c.Score[n-1])
	return c.Prob[n-1] + part*(c.Prob[n]-c.Prob[n-1])
}

// check reports the first reason why c is no rising line within 0 and 1.
func (c Curve) check() error {
	if len(c.Score) == 0 || len(c.Score) != len(c.Prob) {
		return fmt.Errorf("curve of %d scores and %d probabilities", len(c.Score), len(c.Prob))
	}
	for n, p := range c.Prob {
		if !(p >= 0 && p <= 1) || !(c.Score[n] >= -maxScore && c.Score[n] <= maxScore) {
			return fmt.Errorf("curve through %v at score %v", p, c.Score[n])
		}
		if n > 0 && (p < c.Prob[n-1] || c.Score[n] <= c.Score[n-1]) {
			return fmt.Errorf("curve falls at score %v", c.Score[n])
		}
	}
	return nil
}
