package learn

import "stance/internal/float"

// softmax is the objective of multinomial logistic regression over a design of
// n rows, m columns and k classes:
//
//	f(W, b) = 1/2 ||W||^2 + C * sum_i weight_i * (log sum_c exp(z_ic) - z_iy),   z_i = W' x_i + b
//
// A point is one slice of (m+1)*k numbers: the weights of column 0, of column
// 1, ..., then the biases. Margins z, probabilities and residuals are slices of
// n*k numbers, row by row.
//
// The matrix is read in tiles, column by column within a tile. Weights are then
// read in order, and the margins of a tile's rows stay in the cache: margins
// takes 40 ms on the problem of BenchmarkLogistic, and 88 ms row by row. Each
// sum runs in the order of columns or rows, so it has the same bits on any
// number of processors.
type softmax struct {
	d     *design
	tiles []tile
	cost  []float64 // C * weight of each row
	k     int
}

// Numbers of rows and columns that a processor takes at a time.
const (
	rowBlock    = 1024
	columnBlock = 4096
)

func newSoftmax(d *design, c float64) *softmax {
	s := &softmax{d: d, tiles: d.tiles(), cost: make([]float64, d.rows()), k: len(d.classes)}
	for i, w := range d.weight {
		s.cost[i] = c * w
	}
	return s
}

func (s *softmax) size() int { return (len(s.d.cols) + 1) * s.k }

// margins writes the margins of the point w to z.
func (s *softmax) margins(z, w []float64) {
	k := s.k
	bias := w[len(w)-k:]
	inBlocks(len(s.tiles), 1, func(lo, hi int) {
		for _, t := range s.tiles[lo:hi] {
			zt := z[t.first*k : (t.first+t.rows)*k]
			for i := range t.rows {
				copy(zt[i*k:], bias)
			}
			for j := range s.d.cols {
				wj := w[j*k : j*k+k]
				for at := t.start[j]; at < t.start[j+1]; at++ {
					v, i := t.value[at], int(t.row[at])*k
					zi := zt[i : i+k]
					for c, x := range wj {
						zi[c] += float64(v * x)
					}
				}
			}
		}
	})
}

// transposed writes X' r: the sum over the rows of x_i times r_i. The sum of
// r_i takes the place of the biases. With squared set it squares the values of
// X first.
func (s *softmax) transposed(g, r []float64, squared bool) {
	k := s.k
	inBlocks(len(s.d.cols), columnBlock, func(lo, hi int) {
		for j := lo; j < hi; j++ {
			clear(g[j*k : j*k+k])
		}
		for _, t := range s.tiles {
			rt := r[t.first*k : (t.first+t.rows)*k]
			for j := lo; j < hi; j++ {
				gj := g[j*k : j*k+k]
				for at := t.start[j]; at < t.start[j+1]; at++ {
					v, i := t.value[at], int(t.row[at])*k
					if squared {
						v *= v
					}
					for c, ri := range rt[i : i+k] {
						gj[c] += float64(v * ri)
					}
				}
			}
		}
	})
	bias := g[len(g)-k:]
	clear(bias)
	for i := range s.d.rows() {
		for c := range bias {
			bias[c] += r[i*k+c]
		}
	}
}

// loss is the second part of f at the margins z + step*dz.
func (s *softmax) loss(z, dz []float64, step float64) float64 {
	total := 0.0
	row := make([]float64, s.k)
	for i, y := range s.d.y {
		for c := range row {
			row[c] = z[i*s.k+c] + float64(step*dz[i*s.k+c])
		}
		total += float64(s.cost[i] * (logSumExp(row) - row[y]))
	}
	return total
}

// probs writes the probabilities of the classes at the margins z.
func (s *softmax) probs(prob, z []float64) {
	k := s.k
	inBlocks(s.d.rows(), rowBlock, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			row := z[i*k : i*k+k]
			norm := logSumExp(row)
			for c, v := range row {
				prob[i*k+c] = float.Exp(v - norm)
			}
		}
	})
}

// gradient writes the gradient of f at the point w with the given
// probabilities; r is scratch of n*k.
func (s *softmax) gradient(g, w, prob, r []float64) {
	for i, y := range s.d.y {
		for c := range s.k {
			r[i*s.k+c] = s.cost[i] * prob[i*s.k+c]
		}
		r[i*s.k+y] = s.cost[i] * (prob[i*s.k+y] - 1)
	}
	s.transposed(g, r, false)
	addWeights(g, w, s.k)
}

// hessian writes the product of the Hessian of f with the direction v; r is
// scratch of n*k. For one row it is x (diag(p) - p p') (v' x), times the row's
// cost.
func (s *softmax) hessian(h, v, prob, r []float64) {
	k := s.k
	s.margins(r, v)
	for i := range s.d.rows() {
		p, u := prob[i*k:i*k+k], r[i*k:i*k+k]
		mean := 0.0
		for c := range u {
			mean += float64(p[c] * u[c])
		}
		for c := range u {
			u[c] = s.cost[i] * p[c] * (u[c] - mean)
		}
	}
	s.transposed(h, r, false)
	addWeights(h, v, k)
}

// diagonal writes the diagonal of the Hessian of f; r is scratch of n*k.
func (s *softmax) diagonal(h, prob, r []float64) {
	k := s.k
	for i := range s.d.rows() {
		for c, p := range prob[i*k : i*k+k] {
			r[i*k+c] = s.cost[i] * p * (1 - p)
		}
	}
	s.transposed(h, r, true)
	for n := range len(h) - k {
		h[n]++
	}
}

// addWeights adds the weights of w, but not its k biases, to g: the gradient of
// 1/2 ||W||^2.
func addWeights(g, w []float64, k int) {
	for n, v := range w[:len(w)-k] {
		g[n] += v
	}
}

// logSumExp is log sum exp(v), without overflow.
func logSumExp(v []float64) float64 {
	top := v[0]
	for _, x := range v[1:] {
		top = max(top, x)
	}
	sum := 0.0
	for _, x := range v {
		sum += float.Exp(x - top)
	}
	return top + float.Log(sum)
}
