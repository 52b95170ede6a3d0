//go:build cgo && cgo_knn

package golearn

import (
	"context"
	"math"
	"reflect"
	"testing"

	upstream "github.com/sjwhitworth/golearn/knn"

	"github.com/sjwhitworth/golearn/base"

	"stance/features/vector"
	"stance/models/learn"
)

// oneByOne asks golearn's kNN row by row: with more rows in a call it prints
// its progress to stdout.
func oneByOne(t *testing.T, c *upstream.KNNClassifier, x []base.FixedDataGrid) []string {
	t.Helper()
	var out []string
	for _, row := range x {
		out = append(out, answers(t, c, row)...)
	}
	return out
}

func fittedKNN(t *testing.T, g base.FixedDataGrid, k int) *upstream.KNNClassifier {
	t.Helper()
	c := upstream.NewKnnClassifier("euclidean", "linear", k)
	c.Weighted, c.AllowOptimisations = true, false
	if err := c.Fit(g); err != nil {
		t.Fatal(err)
	}
	return c
}

// clearCut says that a row's answer does not hang on the order of a map: no row
// at distance 0, no tie at the k-th place.
func clearCut(m *knnModel, v vector.Vector) bool {
	var squares []float64
	for i := range m.x.Rows() {
		squares = append(squares, squareDistance(v, m.x.Row(i)))
	}
	within := 0
	limit := kth(squares, m.k)
	for _, s := range squares {
		if s == 0 {
			return false
		}
		if s <= limit {
			within++
		}
	}
	return within == m.k
}

// kth is the k-th smallest value, by counting.
func kth(values []float64, k int) float64 {
	best := math.Inf(1)
	for _, v := range values {
		below := 0
		for _, w := range values {
			if w <= v {
				below++
			}
		}
		if below >= k {
			best = min(best, v)
		}
	}
	return best
}

func TestKNNAnswersAsGolearnOnGridAndDense(t *testing.T) {
	const k = 5
	x, y := randomMatrix(50, 60, 14, 3)
	test, z := randomMatrix(51, 80, 14, 3)
	s := learn.DefaultSettings()
	s.Neighbors = k
	c := trained(t, NewKNN, s, learn.Problem{X: x, Y: y, Classes: abc}).(*knnModel)
	grid := NewGrid(test, z, abc, Weights)
	var sparse, dense []base.FixedDataGrid
	var want []string
	for i := range test.Rows() {
		if clearCut(c, test.Row(i)) {
			sparse = append(sparse, grid.Subset([]int{i}))
			dense = append(dense, denseOf(test.Select([]int{i}), z[i:i+1], abc, Weights, false))
			want = append(want, abc[vector.Argmax(c.Scores(nil, test.Row(i)))])
		}
	}
	if len(want) < 30 {
		t.Fatalf("only %d rows without a tie", len(want))
	}
	if got := oneByOne(t, fittedKNN(t, NewGrid(x, y, abc, Weights), k),
		sparse); !reflect.DeepEqual(got, want) {
		t.Errorf("golearn on the grid says %v\nours %v", got, want)
	}
	if got := oneByOne(t, fittedKNN(t, denseOf(x, y, abc, Weights, false), k),
		dense); !reflect.DeepEqual(got, want) {
		t.Errorf("golearn on dense instances says %v\nours %v", got, want)
	}
}

// Rows at 0, 1, 3, 3, 4 of classes a, b, b, a, b; the two nearest of 2 tie in
// distance, those of 0 are one row.
func TestKNNTies(t *testing.T) {
	x := vector.NewMatrix(1)
	for _, v := range []float64{0, 1, 3, 3, 4} {
		x.Append(vector.Vector{Index: []int32{0}, Value: []float64{v}})
	}
	s := learn.DefaultSettings()
	s.Neighbors = 2
	c := trained(t, NewKNN, s, learn.Problem{X: x, Y: []int{0, 1, 1, 0, 1}, Classes: []string{"a", "b"}})
	at := func(v float64) []float64 {
		return c.Scores(nil, vector.Vector{Index: []int32{0}, Value: []float64{v}})
	}
	// 1, 3, 3 vote alike
	near(t, "at 2", at(2), []float64{math.Log((2.0/3 + .5) / 3), math.Log((4.0/3 + .5) / 3)})
	// one a and one b at 0
	near(t, "at 3", at(3), []float64{math.Log(.5), math.Log(.5)})
	near(t, "at 0", c.Scores(nil, vector.Vector{}), []float64{math.Log(2.5 / 3), math.Log(.5 / 3)})
	near(t, "far away", at(1e200), []float64{math.Log(.5), math.Log(.5)})
}

func TestKNNRefusesValuesBeyondSinglePrecision(t *testing.T) {
	x := vector.NewMatrix(1)
	x.Append(vector.Vector{Index: []int32{0}, Value: []float64{1e300}})
	trainer, err := NewKNN(learn.DefaultSettings())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := trainer.Train(context.Background(),
		learn.Problem{X: x, Y: []int{0}, Classes: abc}); err == nil {
		t.Error("takes 1e300")
	}
}
