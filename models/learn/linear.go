package learn

import (
	"fmt"
	"math"
	"slices"

	"stance/features/vector"
)

// MaxClasses is the largest number of classes a Linear can tell apart.
const MaxClasses = 255

// absentBias puts the score of a class without rows (or with rows of weight 0
// only) below all others, so that it is never the answer. It is finite, so that
// a calibration can still be fitted to it.
const absentBias = -30

// Linear is a classifier whose score of a class is bias + sum of weight * value
// over the columns of a row. Weights are single precision: a trainer rounds
// before it returns, so that saving and loading change nothing. It is
// immutable, safe for many goroutines, and implements Explainer.
//
// Where at least half of the weights are not 0, all stand in one table, so that
// a column costs one access to memory. Else they are stored without zeros:
// column j holds the pairs (class, weight) from start[j] to start[j+1].
type Linear struct {
	classes []string
	bias    []float64 // one per class
	table   []float32 // by column, then by class; finite. Nil when stored without zeros
	start   []int32   // len = columns + 1
	class   []uint8   // ascending within a column
	weight  []float32 // finite, never 0
}

// NewLinear builds a classifier from a dense table. weights holds one weight
// per class for each listed column, so its length is len(columns) *
// len(classes). columns increase; the weights of all others are 0. NewLinear
// fails on weights that single precision cannot hold and on more than
// MaxClasses classes. It panics when the lengths disagree.
func NewLinear(classes []string, columns []int32, weights, bias []float64) (*Linear, error) {
	k := len(classes)
	if len(weights) != len(columns)*k || len(bias) != k {
		panic(fmt.Sprintf("learn: %d weights and %d biases for %d columns and %d classes",
			len(weights), len(bias), len(columns), k))
	}
	if k == 0 || k > MaxClasses {
		return nil, fmt.Errorf("learn: %d classes; a linear classifier takes 1 to %d", k,
			MaxClasses)
	}
	l := &Linear{classes: slices.Clone(classes), bias: slices.Clone(bias), start: []int32{0}}
	for c, b := range bias {
		if math.IsNaN(b) || math.IsInf(b, 0) {
			return nil, fmt.Errorf("learn: bias of class %q is %v; scale the values of the rows",
				classes[c], b)
		}
	}
	for n, j := range columns {
		l.skipTo(int(j))
		for c, w := range weights[n*k : n*k+k] {
			rounded := float32(w)
			if math.IsNaN(w) || math.IsInf(float64(rounded), 0) {
				return nil, fmt.Errorf("learn: weight of column %d, class %q is %v; scale the values of the rows",
					j, classes[c], w)
			}
			if rounded != 0 {
				l.class = append(l.class, uint8(c))
				l.weight = append(l.weight, rounded)
			}
		}
		l.start = append(l.start, int32(len(l.weight)))
	}
	l.tabulate()
	return l, nil
}

// tabulate moves the weights into the table when at least half are not 0.
func (l *Linear) tabulate() {
	k, cols := len(l.classes), len(l.start)-1
	if 2*len(l.weight) < k*cols {
		return
	}
	l.table = make([]float32, k*cols)
	for j := range cols {
		for at := l.start[j]; at < l.start[j+1]; at++ {
			l.table[j*k+int(l.class[at])] = l.weight[at]
		}
	}
	l.start, l.class, l.weight = nil, nil, nil
}

// skipTo adds empty columns until j is the next one. It panics when column j is
// there already.
func (l *Linear) skipTo(j int) {
	if last := len(l.start) - 2; j <= last {
		panic(fmt.Sprintf("learn: column %d after column %d", j, last))
	}
	for len(l.start)-1 < j {
		l.start = append(l.start, int32(len(l.weight)))
	}
}

// Classes are the names of the scores, in order. Not to be written to.
func (l *Linear) Classes() []string { return l.classes }

// Cols is the number of columns. Each column with a weight is among them.
func (l *Linear) Cols() int {
	if l.start == nil {
		return len(l.table) / len(l.classes)
	}
	return len(l.start) - 1
}

// Scores writes bias + weights . x of every class to dst (grown when too short)
// and returns it. Columns the classifier does not know are ignored.
func (l *Linear) Scores(dst []float64, x vector.Vector) []float64 {
	dst = append(dst[:0], l.bias...)
	cols, k := l.Cols(), len(dst)
	for n, j := range x.Index {
		if int(j) >= cols {
			break
		}
		v := x.Value[n]
		if l.table != nil {
			for c, w := range l.table[int(j)*k : int(j)*k+k] {
				dst[c] += float64(float64(w) * v)
			}
			continue
		}
		for at := l.start[j]; at < l.start[j+1]; at++ {
			dst[l.class[at]] += float64(float64(l.weight[at]) * v)
		}
	}
	return dst
}

// Contributions writes weight * value of each entry of x for each class to dst
// (grown when too short) and returns it; see [Explainer]. Unknown columns get
// 0. With Bias the numbers of a class sum to its score, up to rounding.
func (l *Linear) Contributions(dst []float64, x vector.Vector) []float64 {
	cols, k := l.Cols(), len(l.classes)
	dst = slices.Grow(dst[:0], k*len(x.Index))[:k*len(x.Index)]
	clear(dst)
	for n, j := range x.Index {
		if int(j) >= cols {
			break
		}
		v, row := x.Value[n], dst[n*k:n*k+k]
		if l.table != nil {
			for c, w := range l.table[int(j)*k : int(j)*k+k] {
				row[c] = float64(w) * v
			}
			continue
		}
		for at := l.start[j]; at < l.start[j+1]; at++ {
			row[l.class[at]] = float64(l.weight[at]) * v
		}
	}
	return dst
}

// Weight is the weight of a column for a class; 0 for an unknown column.
func (l *Linear) Weight(column, class int) float64 {
	if column >= l.Cols() {
		return 0
	}
	if l.table != nil {
		return float64(l.table[column*len(l.classes)+class])
	}
	for at := l.start[column]; at < l.start[column+1]; at++ {
		if int(l.class[at]) == class {
			return float64(l.weight[at])
		}
	}
	return 0
}

// Bias is the score of the class for the empty row.
func (l *Linear) Bias(class int) float64 { return l.bias[class] }
