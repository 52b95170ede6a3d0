// Package learn fits classifiers to rows of numbers and calibrates their
// scores. It knows nothing of articles or features.
package learn

import (
	"context"
	"errors"
	"fmt"
	"math"

	"stance/features/vector"
)

// Problem is what a trainer learns from: X has one row per example, Y the index
// into Classes of its answer.
type Problem struct {
	X       *vector.Matrix
	Y       []int     // len = X.Rows()
	Classes []string  // at least one; order is the order of scores
	Weight  []float64 // one per row, >= 0; nil means all 1
	Seed    uint64    // the only source of randomness a trainer may use
}

// Check reports the first fault of p: lengths that disagree, a class index out
// of range, a malformed matrix, or a value that is NaN, infinite or beyond
// single precision (so that no square of a value overflows).
func (p Problem) Check() error {
	if p.X == nil || len(p.Classes) == 0 {
		return fmt.Errorf("learn: problem without matrix or classes")
	}
	if err := checkMatrix(p.X); err != nil {
		return err
	}
	if len(p.Y) != p.X.Rows() {
		return fmt.Errorf("learn: %d answers for %d rows", len(p.Y), p.X.Rows())
	}
	if p.X.Rows() == 0 {
		return fmt.Errorf("learn: no rows to learn from; check the corpus and its filters")
	}
	if p.Weight != nil && len(p.Weight) != len(p.Y) {
		return fmt.Errorf("learn: %d weights for %d rows", len(p.Weight), len(p.Y))
	}
	for i, y := range p.Y {
		if y < 0 || y >= len(p.Classes) {
			return fmt.Errorf("learn: row %d has class %d of %d", i, y, len(p.Classes))
		}
	}
	total := 0.0
	for i, w := range p.Weight {
		if math.IsNaN(w) || math.IsInf(w, 0) || w < 0 {
			return fmt.Errorf("learn: weight of row %d is %v", i, w)
		}
		total += w
	}
	if p.Weight != nil && (total == 0 || math.IsInf(total, 0)) {
		return fmt.Errorf("learn: the weights of the rows sum to %v; at least one row must count",
			total)
	}
	return nil
}

// checkMatrix reports the first fault of a matrix that was not built by Append.
func checkMatrix(x *vector.Matrix) error {
	if len(x.Indptr) == 0 || x.Indptr[0] != 0 || len(x.Index) != len(x.Value) ||
		x.Indptr[len(x.Indptr)-1] != len(x.Index) {
		return fmt.Errorf("learn: matrix with %d row limits, %d columns and %d values does not fit together",
			len(x.Indptr), len(x.Index), len(x.Value))
	}
	for i := range x.Rows() {
		if x.Indptr[i+1] < x.Indptr[i] || x.Indptr[i+1] > len(x.Index) {
			return fmt.Errorf("learn: row %d of the matrix ends at entry %d", i, x.Indptr[i+1])
		}
		last := int32(-1)
		for _, j := range x.Index[x.Indptr[i]:x.Indptr[i+1]] {
			if j <= last || int(j) >= x.Cols {
				return fmt.Errorf("learn: row %d has column %d after %d in a matrix of %d columns",
					i, j, last, x.Cols)
			}
			last = j
		}
	}
	for k, v := range x.Value {
		if !(math.Abs(v) <= math.MaxFloat32) {
			return fmt.Errorf("learn: entry %d of the matrix is %v; scale values to about 1", k, v)
		}
	}
	return nil
}

// rowWeights gives the weight of each row in a new slice. With balanced set it
// multiplies the rows of class c by total / (classes present * weight of c):
// each class present then has the same weight, and the total stays the same.
func (p Problem) rowWeights(balanced bool) []float64 {
	out := make([]float64, len(p.Y))
	for i := range out {
		out[i] = 1
		if p.Weight != nil {
			out[i] = p.Weight[i]
		}
	}
	if !balanced {
		return out
	}
	byClass := make([]float64, len(p.Classes))
	total, present := 0.0, 0.0
	for i, y := range p.Y {
		byClass[y] += out[i]
		total += out[i]
	}
	for _, w := range byClass {
		if w > 0 {
			present++
		}
	}
	for i, y := range p.Y {
		if out[i] > 0 {
			out[i] *= total / (present * byClass[y])
		}
	}
	return out
}

// Trainer is a learner with its settings. Train is deterministic: the same
// Problem gives the same bits whatever GOMAXPROCS. It returns ctx.Err() soon
// after ctx ends. A Trainer may be used by many goroutines at once.
type Trainer interface {
	Train(ctx context.Context, p Problem) (Classifier, error)
}

// Classifier is a fitted model: immutable, safe for many goroutines.
type Classifier interface {
	// Classes are the names of the scores, in order. Not to be written to.
	Classes() []string
	// Scores writes one unbounded score per class to dst (grown when too short)
	// and returns it. Columns of x beyond those seen in training are ignored. A
	// row without known columns gets the scores of the empty row.
	Scores(dst []float64, x vector.Vector) []float64
	// MarshalBinary gives the bytes that the kind's Decode reads back to an
	// identical classifier.
	MarshalBinary() ([]byte, error)
}

// Explainer is a Classifier whose scores are sums over columns, so that each
// column's share is exact.
type Explainer interface {
	Classifier
	// Contributions writes the share of each entry of x in the score of each
	// class to dst (grown when too short): those of the first entry in order of
	// class, then those of the second, and so on. The shares of a class and
	// Bias(class) sum to its score.
	Contributions(dst []float64, x vector.Vector) []float64
	Bias(class int) float64
}

// Selector is a Classifier that reads only some of the columns it was trained
// on. A bundle keeps no term for the others.
type Selector interface {
	Classifier
	// UsedColumns are the columns that can change a score, in increasing order;
	// none when the scores are always the same.
	UsedColumns() []int32
}

// Settings are the hyper-parameters of all kinds. A kind ignores those it does
// not use.
type Settings struct {
	C float64 `json:"c"` // inverse regularisation strength of logistic and svm, > 0
	// stop when the gradient (or its projection) has shrunk by this factor
	Tolerance float64 `json:"tolerance"`
	// Newton steps of logistic; tens of passes over the rows of svm
	MaxIter int     `json:"max_iter"`
	Alpha   float64 `json:"alpha"` // smoothing of the naive Bayes kinds
	// columns kept by kinds that cannot take many (golearn's own)
	MaxCols   int  `json:"max_cols"`
	Neighbors int  `json:"neighbors"` // k of golearn-knn
	MaxDepth  int  `json:"max_depth"` // of golearn-cart
	Balanced  bool `json:"balanced"`  // weigh classes by the inverse of their frequency
}

// DefaultSettings are settings every kind accepts.
func DefaultSettings() Settings {
	return Settings{C: 1, Tolerance: 1e-3, MaxIter: 100, Alpha: 1, MaxCols: 2000, Neighbors: 7,
		MaxDepth: 20}
}

// checkSolver reports every fault of the settings that logistic and svm share.
func (s Settings) checkSolver() error {
	var faults []error
	if !(s.C > 0) || math.IsInf(s.C, 0) {
		faults = append(faults, fmt.Errorf("learn: c is %v; it must be above 0", s.C))
	}
	if !(s.Tolerance > 0 && s.Tolerance < 1) {
		faults = append(faults,
			fmt.Errorf("learn: tolerance is %v; it must be between 0 and 1", s.Tolerance))
	}
	if s.MaxIter < 1 {
		faults = append(faults,
			fmt.Errorf("learn: max_iter is %d; it must be at least 1", s.MaxIter))
	}
	return errors.Join(faults...)
}
