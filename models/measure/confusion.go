// Package measure says how good answers are and how sure that is: confusion,
// calibration error, correlation, intervals and folds. It sees numbers only.
package measure

import (
	"fmt"
)

// Confusion counts answers against predictions: Count[answer][predicted]. Every
// measure is 0, never NaN, where its denominator is 0, as in scikit-learn with
// zero_division=0.
type Confusion struct {
	Classes []string
	Count   [][]int
}

// NewConfusion counts the rows of two parallel slices of class indices. It
// panics when their lengths differ or an index is out of range.
func NewConfusion(classes []string, answers, predicted []int) Confusion {
	if len(answers) != len(predicted) {
		panic(fmt.Sprintf("measure: %d answers and %d predictions", len(answers), len(predicted)))
	}
	m := Confusion{Classes: classes, Count: make([][]int, len(classes))}
	for c := range m.Count {
		m.Count[c] = make([]int, len(classes))
	}
	for i, y := range answers {
		m.Count[y][predicted[i]]++
	}
	return m
}

// ClassScore says how well one class was found.
type ClassScore struct {
	Class                 string
	Precision, Recall, F1 float64
	Support, Predicted    int // rows of the class; rows said to be
}

// PerClass is the score of each class, in order. A class never predicted has F1
// 0.
func (m Confusion) PerClass() []ClassScore {
	out := make([]ClassScore, len(m.Classes))
	for c, name := range m.Classes {
		s := ClassScore{Class: name, Support: m.support(c), Predicted: m.predicted(c)}
		hits := float64(m.Count[c][c])
		s.Precision = ratio(hits, float64(s.Predicted))
		s.Recall = ratio(hits, float64(s.Support))
		s.F1 = ratio(2*hits, float64(s.Predicted+s.Support))
		out[c] = s
	}
	return out
}

// Accuracy is the share of rows that were right.
func (m Confusion) Accuracy() float64 {
	hits := 0
	for c := range m.Count {
		hits += m.Count[c][c]
	}
	return ratio(float64(hits), float64(m.Rows()))
}

// MacroF1 is the mean F1 of the classes that occur, as answer or as prediction
// (scikit-learn's f1_score, average="macro", labels=None).
func (m Confusion) MacroF1() float64 {
	sum, classes := 0.0, 0.0
	for _, s := range m.PerClass() {
		if s.Support+s.Predicted > 0 {
			sum += s.F1
			classes++
		}
	}
	return ratio(sum, classes)
}

// Rows is the number of rows counted.
func (m Confusion) Rows() int {
	n := 0
	for c := range m.Count {
		n += m.support(c)
	}
	return n
}

func (m Confusion) support(c int) int {
	n := 0
	for _, v := range m.Count[c] {
		n += v
	}
	return n
}

func (m Confusion) predicted(c int) int {
	n := 0
	for _, row := range m.Count {
		n += row[c]
	}
	return n
}

// ratio is a/b, and 0 when b is 0.
func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}
