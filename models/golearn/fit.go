package golearn

import (
	"context"
	"fmt"
	"math"
	"strconv"

	"stance/features/vector"
	"stance/models/learn"
)

// This file has what golearn's three classifiers share: the data they are
// fitted on, and a guard around golearn's Fit.

// absentGap is how far the score of a class without rows stays below the lowest
// of the others.
const absentGap = 30

// training is a problem reduced to a size that golearn can handle: the rows
// with weight, and the best columns.
type training struct {
	columns []int32 // of the problem's matrix, increasing
	x       *vector.Matrix
	y       []int
	rows    []int // rows of each class
}

// newTraining checks p. It keeps the rows with a weight above 0, since golearn
// knows no other weights, and the best columns. It keeps at most maxCells
// cells, counted dense, because golearn copies them that way; 0 means no limit.
func newTraining(ctx context.Context, p learn.Problem, maxCols, maxCells int) (training, error) {
	if err := p.Check(); err != nil {
		return training{}, err
	}
	if err := ctx.Err(); err != nil {
		return training{}, err
	}
	t := training{rows: make([]int, len(p.Classes))}
	var kept []int
	for i, c := range p.Y {
		if p.Weight == nil || p.Weight[i] > 0 {
			kept = append(kept, i)
			t.y = append(t.y, c)
			t.rows[c]++
		}
	}
	if maxCells > 0 {
		maxCols = min(maxCols, max(1, maxCells/len(kept)))
	}
	x := p.X
	if len(kept) < len(p.Y) {
		x = x.Select(kept)
	}
	t.columns = bestColumns(x, t.y, len(p.Classes), maxCols)
	t.x = project(x, t.columns)
	return t, nil
}

// project is x with the given columns only, numbered from 0, without its zeros.
func project(x *vector.Matrix, columns []int32) *vector.Matrix {
	place := make([]int32, x.Cols)
	for n, j := range columns {
		place[j] = int32(n) + 1
	}
	out := vector.NewMatrix(len(columns))
	var row vector.Vector
	for i := range x.Rows() {
		row.Index, row.Value = row.Index[:0], row.Value[:0]
		v := x.Row(i)
		for k, j := range v.Index {
			if n := place[j]; n > 0 && v.Value[k] != 0 {
				row.Index = append(row.Index, n-1)
				row.Value = append(row.Value, v.Value[k])
			}
		}
		out.Append(row)
	}
	return out
}

// presence is x with 1 for every entry that is not 0, and with a last column
// that every row has if always is set.
func presence(x *vector.Matrix, always bool) *vector.Matrix {
	out := vector.NewMatrix(x.Cols)
	if always {
		out.Cols++
	}
	var row vector.Vector
	for i := range x.Rows() {
		row.Index, row.Value = row.Index[:0], row.Value[:0]
		v := x.Row(i)
		for k, j := range v.Index {
			if v.Value[k] != 0 {
				row.Index, row.Value = append(row.Index, j), append(row.Value, 1)
			}
		}
		if always {
			row.Index, row.Value = append(row.Index, int32(x.Cols)), append(row.Value, 1)
		}
		out.Append(row)
	}
	return out
}

// numbered returns the names that golearn sees for n classes. golearn
// identifies classes by name, and ours may be empty or equal.
func numbered(n int) []string {
	out := make([]string, n)
	for c := range out {
		out[c] = strconv.Itoa(c)
	}
	return out
}

// fenced runs a call into golearn and turns a panic in it into an error.
// golearn cannot be interrupted. When ctx ends, fenced returns at once and the
// call ends by itself later; nobody may use its data any more.
func fenced(ctx context.Context, call func() error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	done := make(chan error, 1)
	go func() { done <- recovered(call) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// recovered runs a call into golearn and turns a panic in it into an error.
func recovered(call func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("golearn: the library panicked: %v", r)
		}
	}()
	return call()
}

// logShares writes log((votes[c] + smooth) / (sum of votes + smooth * classes))
// to dst, which grows when it is too short. The scores are finite. Without
// votes they are those of the prior 1/classes.
func logShares(dst, votes []float64, smooth float64) []float64 {
	total := smooth * float64(len(votes))
	for _, v := range votes {
		total += v
	}
	dst = dst[:0]
	for _, v := range votes {
		dst = append(dst, math.Log((v+smooth)/total))
	}
	return dst
}

// checkColumns reports a limit of columns that leaves nothing to learn from.
func checkColumns(s learn.Settings) error {
	if s.MaxCols < 1 {
		return fmt.Errorf("golearn: max_cols is %d; it must be at least 1", s.MaxCols)
	}
	return nil
}
