package learn

import (
	"math"

	"stance/features/vector"
	"stance/internal/float"
)

// calibrationRidge keeps scales and biases finite when the scores tell the
// classes apart without error: 1/2 ridge times their squares is added to the
// log-loss summed over the rows. Scores are first divided by their root mean
// square.
const calibrationRidge = 0.1

// scaling is the weighted log-loss of vector scaling. Its point is the scales,
// then the biases.
type scaling struct {
	scores  [][]float64
	answers []int
	weight  []float64 // > 0
	classes int
}

// fit minimises the log-loss of softmax(scale[c]*score[c] + bias[c]) with no
// scale below 0. A scale that would fall below 0 is held at 0 and the rest
// fitted again. It divides the scores of s in place.
func (s scaling) fit() Calibration {
	unit := s.unit()
	for _, row := range s.scores {
		for c := range row {
			row[c] /= unit
		}
	}
	theta := fitNonNegative(2*s.classes, s.classes, s.eval)
	var out Calibration
	for c := range s.classes {
		out.Scale = append(out.Scale, min(theta[c]/unit, maxParameter))
		out.Bias = append(out.Bias, theta[s.classes+c])
	}
	return out
}

// unit is the root mean square of all scores, 1 when all are 0.
func (s scaling) unit() float64 {
	sum, n := 0.0, 0.0
	for i, row := range s.scores {
		sum += float64(s.weight[i] * vector.Dot(row, row))
		n += float64(s.weight[i] * float64(len(row)))
	}
	if sum == 0 {
		return 1
	}
	return math.Sqrt(sum / n)
}

// eval adds gradient and Hessian at theta to g and h, and returns the loss.
func (s scaling) eval(theta, g []float64, h [][]float64) float64 {
	loss, k := 0.0, s.classes
	z := make([]float64, k)
	for i, row := range s.scores {
		for c, v := range row {
			z[c] = float64(theta[c]*v) + theta[k+c]
		}
		norm := logSumExp(z)
		w := s.weight[i]
		loss += float64(w * (norm - z[s.answers[i]]))
		for c := range z {
			z[c] = float.Exp(z[c] - norm)
		}
		for c, p := range z {
			slope := p
			if c == s.answers[i] {
				slope--
			}
			slope = float64(slope * w)
			g[c] += float64(slope * row[c])
			g[k+c] += slope
			for o, q := range z {
				bend := float64(-p * q)
				if o == c {
					bend += p
				}
				bend = float64(bend * w)
				h[c][o] += float64(bend * row[c] * row[o])
				h[c][k+o] += float64(bend * row[c])
				h[k+o][c] += float64(bend * row[c])
				h[k+c][k+o] += bend
			}
		}
	}
	return loss
}

// objective adds a convex loss's gradient and Hessian at theta to g and h,
// which come as 0, and returns the loss.
type objective func(theta, g []float64, h [][]float64) float64

// fitNonNegative minimises loss + ridge over n parameters. The first of them,
// bounded in number, stay at or above 0.
func fitNonNegative(n, bounded int, eval objective) []float64 {
	held := make([]bool, n)
	for {
		theta := newtonDense(held, eval)
		again := false
		for j := range bounded {
			if theta[j] < 0 {
				held[j], again = true, true
			}
		}
		if !again {
			return theta
		}
	}
}

// newtonDense minimises loss + ridge from 0 by Newton's method with halved
// steps; held parameters stay 0. It solves dense equations, so it is for few
// parameters only.
func newtonDense(held []bool, eval objective) []float64 {
	n := len(held)
	ridged := func(theta []float64) (f float64, g []float64, h [][]float64) {
		g, h = make([]float64, n), make([][]float64, n)
		for j := range h {
			h[j] = make([]float64, n)
		}
		f = eval(theta, g, h) + float64(calibrationRidge/2*vector.Dot(theta, theta))
		for j := range h {
			g[j] += float64(calibrationRidge * theta[j])
			h[j][j] += calibrationRidge
			if held[j] {
				g[j] = 0
				clear(h[j])
				for o := range h {
					h[o][j] = 0
				}
				h[j][j] = 1
			}
		}
		return f, g, h
	}
	theta := make([]float64, n)
	f, g, h := ridged(theta)
	for range 100 {
		step := solveSymmetric(h, g)
		slope := vector.Dot(step, g)
		if slope <= 1e-14*(1+math.Abs(f)) {
			break
		}
		moved := false
		for alpha := 1.0; alpha > 1e-8 && !moved; alpha /= 2 {
			next := make([]float64, n)
			for j := range next {
				next[j] = theta[j] - float64(alpha*step[j])
			}
			if nf, ng, nh := ridged(next); nf <= f-float64(1e-4*alpha*slope) {
				theta, f, g, h, moved = next, nf, ng, nh, true
			}
		}
		if !moved {
			break
		}
	}
	return theta
}

// solveSymmetric solves h x = g for a positive definite h, which it overwrites,
// by Cholesky's decomposition.
func solveSymmetric(h [][]float64, g []float64) []float64 {
	n := len(g)
	x := append([]float64(nil), g...)
	for j := range n {
		for i := j; i < n; i++ {
			h[i][j] -= vector.Dot(h[i][:j], h[j][:j])
			if i == j {
				h[j][j] = math.Sqrt(max(h[j][j], 1e-12))
			} else {
				h[i][j] /= h[j][j]
			}
		}
		x[j] = (x[j] - vector.Dot(h[j][:j], x[:j])) / h[j][j]
	}
	for j := n - 1; j >= 0; j-- {
		for i := j + 1; i < n; i++ {
			x[j] -= float64(h[i][j] * x[i])
		}
		x[j] /= h[j][j]
	}
	return x
}
