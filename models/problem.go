// Package models learns classifiers from vectors, calibrates them, packs them into a bundle and answers with them.
package models

import (
	"context"
	"fmt"
	"math"

	"stance/features"
)

// Problem is what a trainer learns from: X has one row per example, Y the index into Classes of its answer.
type Problem struct {
	X       *features.Matrix
	Y       []int     // len = X.Rows()
	Classes []string  // at least one; order is the order of scores
	Weight  []float64 // one per row, >= 0; nil means all 1
	Seed    uint64    // the only source of randomness a trainer may use
}

// Check reports every fault of p's shape and values: lengths, class indices, NaN and infinite values.
func (p Problem) Check() error {
	if p.X == nil || len(p.Classes) == 0 {
		return fmt.Errorf("models: problem without matrix or classes")
	}
	if len(p.Y) != p.X.Rows() {
		return fmt.Errorf("models: %d answers for %d rows", len(p.Y), p.X.Rows())
	}
	if p.X.Rows() == 0 {
		return fmt.Errorf("models: no rows to learn from; check the corpus and its filters")
	}
	if p.Weight != nil && len(p.Weight) != len(p.Y) {
		return fmt.Errorf("models: %d weights for %d rows", len(p.Weight), len(p.Y))
	}
	for i, y := range p.Y {
		if y < 0 || y >= len(p.Classes) {
			return fmt.Errorf("models: row %d has class %d of %d", i, y, len(p.Classes))
		}
	}
	for k, v := range p.X.Value {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Errorf("models: entry %d of the matrix is %v", k, v)
		}
	}
	for i, w := range p.Weight {
		if math.IsNaN(w) || math.IsInf(w, 0) || w < 0 {
			return fmt.Errorf("models: weight of row %d is %v", i, w)
		}
	}
	return nil
}

// Trainer is a learner with its settings. Train is deterministic: the same Problem gives the same bits whatever
// GOMAXPROCS. It returns ctx.Err() soon after ctx ends. A Trainer may be used by many goroutines at once.
type Trainer interface {
	Train(ctx context.Context, p Problem) (Classifier, error)
}

// Classifier is a fitted model: immutable, safe for many goroutines.
type Classifier interface {
	// Classes are the names of the scores, in order. Not to be written to.
	Classes() []string
	// Scores writes one unbounded score per class to dst (grown when too short) and returns it. Columns of x beyond
	// those seen in training are ignored. A row without known columns gets the scores of the empty row.
	Scores(dst []float64, x features.Vector) []float64
	// MarshalBinary gives the bytes that the kind's Decode reads back to an identical classifier.
	MarshalBinary() ([]byte, error)
}

// Explainer is a Classifier whose scores are sums over columns, so that each column's share is exact.
type Explainer interface {
	Classifier
	// Contributions writes, for each entry of x, its share of the score of class to dst (grown when too short).
	// The shares and Bias(class) sum to the score.
	Contributions(dst []float64, x features.Vector, class int) []float64
	Bias(class int) float64
}

// Settings are the hyper-parameters every kind understands; a kind ignores those it has no use for.
type Settings struct {
	C         float64 `json:"c"`         // inverse regularisation strength of logistic and svm, > 0
	Tolerance float64 `json:"tolerance"` // stop when the gradient (or duality gap) has shrunk by this factor
	MaxIter   int     `json:"max_iter"`  // passes or Newton steps
	Alpha     float64 `json:"alpha"`     // smoothing of the naive Bayes kinds
	MaxCols   int     `json:"max_cols"`  // columns kept by kinds that cannot take many (golearn's own)
	Neighbors int     `json:"neighbors"` // k of golearn-knn
	MaxDepth  int     `json:"max_depth"` // of golearn-cart
	Balanced  bool    `json:"balanced"`  // weigh classes by the inverse of their frequency
}

// Kind is one entry of a table of classifiers that users choose from by name.
type Kind struct {
	Name   string
	Doc    string // one line for --help and docs/kinds.md
	New    func(Settings) (Trainer, error)
	Decode func([]byte) (Classifier, error)
}
