package golearn

import (
	"context"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"

	"github.com/sjwhitworth/golearn/naive"

	"stance/features/vector"
	"stance/models/learn"
)

// Bernoulli trains golearn's naive.BernoulliNBClassifier on the presence of the
// best columns. For class c and columns f,
//
//	score(c) = log(N_c / N) + sum of: log P(f|c) if the row has f,
//	                                  log(1 - P(f|c)) if it does not
//	P(f|c)   = (rows of c with f + 1) / (N_c + 1)
//
// Where P(f|c) is 1, absence weighs log(1 / (N_c + 1)). See C. Manning, P.
// Raghavan, H. Schuetze, Introduction to Information Retrieval (2008), section
// 13.3; the smoothing is golearn's.
//
// Input: any finite values; only 0 or not 0 matters. Rows of weight 0 are left
// out. Other weights, Alpha and Balanced are ignored. Result: an Explainer.
//
// Bernoulli works around three faults of golearn. golearn panics when a class
// has no active column, so every row gets an extra column that is always there
// and adds log 1 = 0 to every score. golearn breaks ties in map order and
// returns no scores, so the fitted P(f|c) are read out and scored here in a
// fixed order. Its Save is slow and its Load compares attributes pair by pair,
// so the file format is ours.
type Bernoulli struct{ settings learn.Settings }

// NewBernoulli checks the setting MaxCols.
func NewBernoulli(s learn.Settings) (learn.Trainer, error) {
	if err := checkColumns(s); err != nil {
		return nil, err
	}
	return Bernoulli{s}, nil
}

// Train fits the classifier.
func (t Bernoulli) Train(ctx context.Context, p learn.Problem) (learn.Classifier, error) {
	data, err := newTraining(ctx, p, t.settings.MaxCols, 0)
	if err != nil {
		return nil, err
	}
	grid := NewGrid(presence(data.x, true), data.y, numbered(len(p.Classes)), Presence)
	nb := naive.NewBernoulliNBClassifier()
	if err := fenced(ctx, func() error { return nb.Fit(grid) }); err != nil {
		return nil, err
	}
	probs, err := condProbs(nb, len(p.Classes))
	if err != nil {
		return nil, err
	}
	return newBernoulliModel(p.Classes, data, probs), nil
}

// condProbs reads P(f|c), by class and column, out of a fitted classifier. The
// entry of a class without rows is nil. The field has no accessor, and
// golearn's Save is no alternative (see above), so condProbs reads it by
// reflection. The version of golearn is pinned. A version without the field is
// an error, and a test compares the numbers with those that golearn saves.
func condProbs(nb *naive.BernoulliNBClassifier, classes int) ([][]float64, error) {
	field := reflect.ValueOf(nb).Elem().FieldByName("condProb")
	if !field.IsValid() || field.Type() != reflect.TypeFor[map[string][]float64]() {
		return nil, fmt.Errorf("golearn: this version of naive.BernoulliNBClassifier has no condProb; use the pinned one")
	}
	out := make([][]float64, classes)
	for c := range out {
		row := field.MapIndex(reflect.ValueOf(strconv.Itoa(c)))
		if !row.IsValid() {
			continue
		}
		out[c] = make([]float64, row.Len())
		for f := range out[c] {
			out[c][f] = row.Index(f).Float()
		}
	}
	return out, nil
}

// bernoulliModel is a fitted Bernoulli as a sum. The bias is the score of a row
// without columns, and each weight is the difference that a present column
// makes. It is a learn.Explainer and a learn.Selector.
type bernoulliModel struct {
	classes []string
	bias    []float64
	columns []int32   // increasing
	weights []float64 // by column, then class
}

// newBernoulliModel turns golearn's probabilities into sums. A class without
// rows gets the lowest weight of the others in each column, so that it is never
// the answer.
func newBernoulliModel(classes []string, data training, probs [][]float64) *bernoulliModel {
	k := len(classes)
	m := &bernoulliModel{classes: slices.Clone(classes), bias: make([]float64, k),
		columns: data.columns,
		weights: make([]float64, len(data.columns)*k)}
	lowest := math.Inf(1)
	for c, prob := range probs {
		if prob == nil {
			continue
		}
		m.bias[c] = math.Log(float64(data.rows[c]) / float64(len(data.y)))
		for f := range m.columns {
			absent := math.Log(1 - prob[f])
			if prob[f] == 1 {
				absent = math.Log(1 / float64(data.rows[c]+1))
			}
			m.bias[c] += absent
			m.weights[f*k+c] = math.Log(prob[f]) - absent
		}
		lowest = min(lowest, m.bias[c])
	}
	for c, prob := range probs {
		if prob != nil {
			continue
		}
		m.bias[c] = lowest - absentGap
		for f := range m.columns {
			m.weights[f*k+c] = lowestOf(m.weights[f*k:f*k+k], probs)
		}
	}
	return m
}

// lowestOf is the lowest weight of the classes that have probabilities.
func lowestOf(weights []float64, probs [][]float64) float64 {
	low := math.Inf(1)
	for c, w := range weights {
		if probs[c] != nil {
			low = min(low, w)
		}
	}
	return low
}

// Classes are the names of the scores, in order. Not to be written to.
func (m *bernoulliModel) Classes() []string { return m.classes }

// UsedColumns are the columns with probabilities.
func (m *bernoulliModel) UsedColumns() []int32 { return m.columns }

// Scores writes log P(c) P(x|c) for each class to dst (grown when too short)
// and returns it.
func (m *bernoulliModel) Scores(dst []float64, x vector.Vector) []float64 {
	dst = append(dst[:0], m.bias...)
	k := len(m.classes)
	for n, j := range x.Index {
		if f, ok := slices.BinarySearch(m.columns, j); ok && x.Value[n] != 0 {
			for c, w := range m.weights[f*k : f*k+k] {
				dst[c] += w
			}
		}
	}
	return dst
}

// Contributions writes the difference that the presence of each entry makes to
// the score of each class.
func (m *bernoulliModel) Contributions(dst []float64, x vector.Vector) []float64 {
	k := len(m.classes)
	dst = slices.Grow(dst[:0], k*len(x.Index))[:k*len(x.Index)]
	clear(dst)
	for n, j := range x.Index {
		if f, ok := slices.BinarySearch(m.columns, j); ok && x.Value[n] != 0 {
			copy(dst[n*k:n*k+k], m.weights[f*k:f*k+k])
		}
	}
	return dst
}

// Bias is the score of the class for the empty row.
func (m *bernoulliModel) Bias(class int) float64 { return m.bias[class] }

const bernoulliMagic = "gbn1"

// MarshalBinary writes: magic, classes, bias by class, columns, weights by
// column and class. See codec.go.
func (m *bernoulliModel) MarshalBinary() ([]byte, error) {
	w := newWriter(bernoulliMagic)
	w.names(m.classes)
	w.floats(m.bias)
	w.columns(m.columns)
	w.floats(m.weights)
	return w.sealed(), nil
}

// decodeBernoulli reads what MarshalBinary wrote.
func decodeBernoulli(b []byte) (learn.Classifier, error) {
	r, err := newReader(b, bernoulliMagic)
	if err != nil {
		return nil, err
	}
	m := &bernoulliModel{classes: r.classes()}
	m.bias = r.floats(len(m.classes))
	m.columns = r.columns()
	m.weights = r.floats(len(m.columns) * len(m.classes))
	if err := r.end(); err != nil {
		return nil, err
	}
	return m, nil
}
