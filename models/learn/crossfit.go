package learn

import (
	"context"
	"fmt"
	"slices"
)

// CrossScores scores each row of a problem with a classifier that has not seen
// it: for every fold it trains on the rows outside and scores the rows inside.
// folds has one number >= 0 per row. Rows that belong together, such as the
// pairs of one article, share a fold (see measure.GroupFolds). It returns one
// row of scores per row of the problem. FitCalibration needs such held-out
// scores: scores of rows seen in training are overconfident.
func CrossScores(ctx context.Context, t Trainer, p Problem, folds []int) ([][]float64, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	if len(folds) != p.X.Rows() {
		return nil, fmt.Errorf("learn: %d folds for %d rows", len(folds), p.X.Rows())
	}
	out := make([][]float64, len(folds))
	for _, fold := range distinct(folds) {
		var inside, outside []int
		for i, f := range folds {
			if f == fold {
				inside = append(inside, i)
			} else {
				outside = append(outside, i)
			}
		}
		c, err := t.Train(ctx, p.Select(outside))
		if err != nil {
			return nil, fmt.Errorf("learn: training without fold %d: %w", fold, err)
		}
		for _, i := range inside {
			out[i] = c.Scores(nil, p.X.Row(i))
		}
	}
	return out, nil
}

// Select gives the problem of the given rows, in that order.
func (p Problem) Select(rows []int) Problem {
	out := p
	out.X, out.Y, out.Weight = p.X.Select(rows), make([]int, len(rows)), nil
	if p.Weight != nil {
		out.Weight = make([]float64, len(rows))
	}
	for n, i := range rows {
		out.Y[n] = p.Y[i]
		if p.Weight != nil {
			out.Weight[n] = p.Weight[i]
		}
	}
	return out
}

// distinct lists the values of v in increasing order.
func distinct(v []int) []int {
	out := slices.Clone(v)
	slices.Sort(out)
	return slices.Compact(out)
}
