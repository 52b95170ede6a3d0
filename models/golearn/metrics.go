package golearn

import (
	"fmt"
	"math"
	"strconv"

	"github.com/sjwhitworth/golearn/evaluation"

	"stance/features/vector"
)

// Metrics is golearn's evaluation of one set of answers.
type Metrics struct {
	Classes   []string
	Confusion [][]int // Confusion[wanted][got]
	PerClass  []ClassMetrics
	Accuracy  float64
	MacroF1   float64 // mean F1 of the classes that occur in want or got
}

// ClassMetrics is golearn's evaluation of one class. A measure is 0 where
// golearn returns NaN, because the class was never expected or never predicted.
type ClassMetrics struct {
	Precision, Recall, F1 float64
	// The four counts of rows: right or wrong about being of the class
	// (positives), about not being (negatives).
	TruePositives, FalsePositives, TrueNegatives, FalseNegatives int
}

// Evaluate compares predicted classes with expected ones, row by row, both as
// indices into classes. It fails without rows, when the numbers of rows differ,
// and on an index out of range.
//
// Counts and measures of each class are golearn's. The macro averages are not:
// golearn's leave out classes that are only predicted, and one class that is
// never predicted makes them NaN.
func Evaluate(classes []string, want, got []int) (Metrics, error) {
	if len(want) != len(got) {
		return Metrics{}, fmt.Errorf("golearn: %d wanted classes and %d got", len(want), len(got))
	}
	if len(want) == 0 {
		return Metrics{}, fmt.Errorf("golearn: no rows to evaluate; check the corpus and its filters")
	}
	for i := range want {
		if c := max(want[i], got[i]); min(want[i], got[i]) < 0 || c >= len(classes) {
			return Metrics{}, fmt.Errorf("golearn: row %d has classes %d and %d of %d", i, want[i],
				got[i], len(classes))
		}
	}
	names := numbered(len(classes)) // golearn tells classes by name; ours may be equal
	count, err := evaluation.GetConfusionMatrix(classGrid(names, want), classGrid(names, got))
	if err != nil {
		return Metrics{}, fmt.Errorf("golearn: %w", err)
	}
	return metricsOf(classes, count), nil
}

// classGrid is a grid of classes without columns.
func classGrid(names []string, y []int) *Grid {
	x := &vector.Matrix{Indptr: make([]int, len(y)+1)}
	return NewGrid(x, y, names, Weights)
}

// metricsOf asks golearn for the measures of its confusion matrix, class by
// class.
func metricsOf(classes []string, count evaluation.ConfusionMatrix) Metrics {
	m := Metrics{Classes: classes, Accuracy: evaluation.GetAccuracy(count)}
	occurring := 0.0
	for c := range classes {
		name := strconv.Itoa(c)
		row := make([]int, len(classes))
		for d := range classes {
			row[d] = count[name][strconv.Itoa(d)]
		}
		s := ClassMetrics{
			Precision:      orZero(evaluation.GetPrecision(name, count)),
			Recall:         orZero(evaluation.GetRecall(name, count)),
			F1:             orZero(evaluation.GetF1Score(name, count)),
			TruePositives:  int(evaluation.GetTruePositives(name, count)),
			FalsePositives: int(evaluation.GetFalsePositives(name, count)),
			TrueNegatives:  int(evaluation.GetTrueNegatives(name, count)),
			FalseNegatives: int(evaluation.GetFalseNegatives(name, count)),
		}
		m.Confusion = append(m.Confusion, row)
		m.PerClass = append(m.PerClass, s)
		if s.TruePositives+s.FalsePositives+s.FalseNegatives > 0 {
			m.MacroF1 += s.F1
			occurring++
		}
	}
	m.MacroF1 /= occurring // at least one class occurs: there are rows
	return m
}

// orZero is v, or 0 where golearn divided 0 by 0.
func orZero(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return v
}
