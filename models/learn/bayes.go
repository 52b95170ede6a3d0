package learn

import (
	"context"
	"fmt"
	"math"

	"stance/internal/float"
)

// Bayes trains multinomial naive Bayes in its complement variant: the score of
// class c for a row f is
//
//	log P(c) - sum_j f_j log theta_j,   theta_j = (alpha + sum of column j over rows not in c) /
//	                                              (alpha * columns + sum of all columns over rows not in c)
//
// J. Rennie, L. Shih, J. Teevan, D. Karger, "Tackling the poor assumptions of
// naive Bayes text classifiers", ICML 2003, equation 6 (section 3.1). A class
// is described by the rows outside it, which suits classes of unequal size.
//
// Input: values >= 0 (counts or weights); others are an error. Rows count by
// their weight. Columns without entries are left out of the formula. Result: a
// *Linear. Each column's weights have mean 0 over the classes present. This
// keeps the differences between classes, and so the answer, and an entry's
// contribution tells how much it favours a class over the others. A class
// without rows has a bias 30 below the lowest.
type Bayes struct{ settings Settings }

// NewBayes checks the setting Alpha. Balanced is honoured too.
func NewBayes(s Settings) (Trainer, error) {
	if !(s.Alpha > 0) || math.IsInf(s.Alpha, 0) {
		return nil, fmt.Errorf("learn: alpha is %v; it must be above 0", s.Alpha)
	}
	return Bayes{s}, nil
}

// Train fits a *Linear.
func (t Bayes) Train(ctx context.Context, p Problem) (Classifier, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	for n, v := range p.X.Value {
		if v < 0 {
			return nil, fmt.Errorf("learn: entry %d of the matrix is %v; naive Bayes wants counts or weights >= 0", n, v)
		}
	}
	d := newDesign(p, t.settings.Balanced)
	l, err := d.linear(p.Classes, t.weights(d), d.logPriors())
	if err != nil {
		return nil, err
	}
	return l, nil
}

// weights is -log theta less its mean, for each column and class of d.
func (t Bayes) weights(d *design) []float64 {
	k, m := len(d.classes), len(d.cols)
	w := make([]float64, m*k) // first the weighted sum of each column in each class
	for i, y := range d.y {
		index, value := d.row(i)
		for n, j := range index {
			w[int(j)*k+y] += float64(d.weight[i] * value[n])
		}
	}
	outside := make([]float64, k) // sum of all columns over the rows not in the class
	for n, v := range w {
		for c := range k {
			if c != n%k {
				outside[c] += v
			}
		}
	}
	sum := make([]float64, k)
	for j := range m {
		wj := w[j*k : j*k+k]
		copy(sum, wj)
		mean := 0.0
		for c := range wj {
			others := 0.0
			for o, v := range sum {
				if o != c {
					others += v
				}
			}
			wj[c] = float.Log(float64(t.settings.Alpha*float64(m))+outside[c]) -
				float.Log(t.settings.Alpha+others)
			mean += wj[c] / float64(k)
		}
		for c := range wj {
			wj[c] -= mean
		}
	}
	return w
}

// logPriors is the log of each class's share of the weight of all rows.
func (d *design) logPriors() []float64 {
	out := make([]float64, len(d.classes))
	total := 0.0
	for i, y := range d.y {
		out[y] += d.weight[i]
		total += d.weight[i]
	}
	for c, w := range out {
		out[c] = float.Log(w / total)
	}
	return out
}
