//go:build cgo && cgo_knn

package golearn

import (
	"context"
	"fmt"
	"math"
	"slices"

	upstream "github.com/sjwhitworth/golearn/knn"

	"stance/features/vector"
	"stance/models"
	"stance/models/learn"
)

// voteSmoothing is added to the votes of each class. The votes are scaled so
// that each neighbor has one on average.
const voteSmoothing = 0.5

// KNN fits golearn's knn.KNNClassifier (euclidean distance, weighted votes) on
// the values of the best columns. A neighbor at distance d votes for its class
// with 1/d. The score of class c is
//
//	log((v_c + 0.5) / (k + 0.5 * classes))
//
// where v_c is the votes of c, scaled so that all votes sum to k, the number of
// neighbors. See S. Dudani, "The distance-weighted k-nearest-neighbor rule",
// IEEE Transactions on Systems, Man, and Cybernetics 6 (1976).
//
// golearn's Fit only stores the rows. Its Predict returns a label without
// scores, prints its progress to stdout, and decides three cases by map order
// or panics. So KNN searches the stored rows itself and decides those cases as
// follows. If there are neighbors at distance 0, only these vote, with equal
// weight. All rows as far away as the k-th neighbor vote. With fewer than k
// rows, all vote. In every other case the answers are golearn's, as a test
// checks.
//
// Input: values within single precision, to which they are rounded. Rows of
// weight 0 are left out. Other weights and Balanced are ignored. To score a row
// costs a pass over all training rows, so this kind is for small corpora.
type KNN struct{ settings learn.Settings }

// NewKNN checks the settings MaxCols and Neighbors.
func NewKNN(s learn.Settings) (learn.Trainer, error) {
	if err := checkColumns(s); err != nil {
		return nil, err
	}
	if s.Neighbors < 1 {
		return nil, fmt.Errorf("golearn: neighbors is %d; it must be at least 1", s.Neighbors)
	}
	return KNN{s}, nil
}

// knnKinds is the entry of golearn's nearest neighbors.
func knnKinds() []models.Kind {
	return []models.Kind{{
		Name:   "golearn-knn",
		Doc:    "golearn's weighted nearest neighbors over the best max_cols columns (slow; built with cgo and tag cgo_knn)",
		New:    NewKNN,
		Decode: decodeKNN,
		Tunes:  []string{"max_cols", "neighbors", "min_df"},
	}}
}

// Train keeps the rows.
func (t KNN) Train(ctx context.Context, p learn.Problem) (learn.Classifier, error) {
	data, err := newTraining(ctx, p, t.settings.MaxCols, 0)
	if err != nil {
		return nil, err
	}
	for k, v := range data.x.Value {
		data.x.Value[k] = float64(float32(v))
		if math.IsInf(data.x.Value[k], 0) {
			return nil, fmt.Errorf("golearn: value %v is beyond single precision; scale the values of the rows", v)
		}
	}
	fitted := upstream.NewKnnClassifier("euclidean", "linear",
		min(t.settings.Neighbors, data.x.Rows()))
	fitted.Weighted = true
	grid := NewGrid(data.x, data.y, numbered(len(p.Classes)), Weights)
	if err := fenced(ctx, func() error { return fitted.Fit(grid) }); err != nil {
		return nil, err
	}
	kept, ok := fitted.TrainingData.(*Grid)
	if !ok {
		return nil, fmt.Errorf("golearn: knn keeps %T, not the grid it was given; use the pinned version", fitted.TrainingData)
	}
	return &knnModel{classes: slices.Clone(p.Classes), columns: data.columns,
		k: fitted.NearestNeighbours,
		x: kept.Matrix(), y: kept.ClassIndices()}, nil
}

// knnModel is the training rows of a fitted KNN, a learn.Selector.
type knnModel struct {
	classes []string
	columns []int32 // of the problem, increasing; column n of x is columns[n]
	k       int     // neighbors, at most the rows
	x       *vector.Matrix
	y       []int
}

// Classes are the names of the scores, in order. Not to be written to.
func (m *knnModel) Classes() []string { return m.classes }

// UsedColumns are the columns that distances are measured over.
func (m *knnModel) UsedColumns() []int32 { return m.columns }

// Scores writes the log of each class's smoothed share of the votes to dst
// (grown when too short) and returns it.
func (m *knnModel) Scores(dst []float64, x vector.Vector) []float64 {
	x = m.project(x)
	squares := make([]float64, m.x.Rows())
	nearest := make([]float64, 0, m.k+1)
	for i := range squares {
		squares[i] = squareDistance(x, m.x.Row(i))
		if at, _ := slices.BinarySearch(nearest, squares[i]); at < m.k {
			nearest = slices.Insert(nearest, at, squares[i])
			nearest = nearest[:min(len(nearest), m.k)]
		}
	}
	return logShares(dst, m.votes(squares, nearest[len(nearest)-1], nearest[0] == 0), voteSmoothing)
}

// votes sums the votes of the rows not farther than limit, scaled to a sum of
// k.
func (m *knnModel) votes(squares []float64, limit float64, same bool) []float64 {
	votes := make([]float64, len(m.classes))
	total := 0.0
	for i, square := range squares {
		vote := 0.0
		switch {
		case same && square == 0:
			vote = 1
		case !same && square <= limit:
			vote = 1 / math.Sqrt(square)
		}
		votes[m.y[i]] += vote
		total += vote
	}
	for c := range votes {
		if total > 0 { // 0 when all rows are infinitely far
			votes[c] *= float64(m.k) / total
		}
	}
	return votes
}

// project is x with the columns of m, by their place. NaN, which no row of ours
// has, counts as absent.
func (m *knnModel) project(x vector.Vector) vector.Vector {
	var out vector.Vector
	for n, j := range x.Index {
		if at, ok := slices.BinarySearch(m.columns, j); ok && !math.IsNaN(x.Value[n]) {
			out.Index = append(out.Index, int32(at))
			out.Value = append(out.Value, x.Value[n])
		}
	}
	return out
}

// squareDistance sums (a - b)^2 over the columns of a and b, in their order.
func squareDistance(a, b vector.Vector) float64 {
	sum := 0.0
	i, j := 0, 0
	for i < len(a.Index) || j < len(b.Index) {
		var d float64
		switch {
		case j == len(b.Index) || i < len(a.Index) && a.Index[i] < b.Index[j]:
			d = a.Value[i]
			i++
		case i == len(a.Index) || b.Index[j] < a.Index[i]:
			d = b.Value[j]
			j++
		default:
			d = a.Value[i] - b.Value[j]
			i, j = i+1, j+1
		}
		sum += d * d
	}
	return sum
}
