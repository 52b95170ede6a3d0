package learn

import (
	"context"
	"fmt"
	"math"

	"stance/features/vector"
)

// Logistic trains multinomial logistic regression (softmax, maximum entropy)
// with L2 regularisation:
//
//	minimise over W, b   1/2 ||W||^2 + C * sum_i weight_i * -log P(y_i | x_i),   P(c | x) ~ exp(w_c . x + b_c)
//
// The biases b are not regularised. They are shifted to sum to 0, which makes
// them unique. This is the objective of scikit-learn's LogisticRegression for
// three or more classes. For two classes scikit-learn has one weight vector
// instead of two opposite ones; its C is twice ours for the same classifier.
//
// Input: any finite values; rows of length about 1 suit the default C. Result:
// a *Linear whose scores are logits: their softmax is the fitted probabilities.
// A class without rows gets no weights and a bias 30 below the lowest.
//
// Method: truncated Newton with line search. Conjugate gradients,
// preconditioned by the Hessian's diagonal, solve the Newton equation to a
// tolerance that tightens with the gradient. The step is shortened until it
// decreases f enough (Armijo). See C.-J. Lin, R. Weng, S. Keerthi, "Trust
// region Newton method for large-scale logistic regression", JMLR 9 (2008), for
// the Hessian products of section 2 (here with the softmax Hessian), and L.
// Galli, C.-J. Lin, "A study on truncated Newton methods for linear
// classification", IEEE TNNLS 33 (2022), Algorithm 1, for line search in place
// of a trust region. Training stops when the gradient has shrunk by Tolerance,
// after MaxIter Newton steps, or when no step decreases f any more.
type Logistic struct{ settings Settings }

// NewLogistic checks the settings C, Tolerance and MaxIter. Balanced is
// honoured too.
func NewLogistic(s Settings) (Trainer, error) {
	if err := s.checkSolver(); err != nil {
		return nil, err
	}
	return Logistic{s}, nil
}

// Train fits a *Linear.
func (t Logistic) Train(ctx context.Context, p Problem) (Classifier, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	d := newDesign(p, t.settings.Balanced)
	s := newSoftmax(d, t.settings.C)
	w := make([]float64, s.size())
	if s.k > 1 {
		if err := newNewton(s, w).minimise(ctx, t.settings); err != nil {
			return nil, err
		}
	}
	weights, bias := w[:len(w)-s.k], w[len(w)-s.k:]
	mean := 0.0
	for _, b := range bias {
		mean += b / float64(s.k)
	}
	for c := range bias {
		bias[c] -= mean
	}
	l, err := d.linear(p.Classes, weights, bias)
	if err != nil {
		return nil, err
	}
	return l, nil
}

// newton is the state of one minimisation of a softmax: the point w, its
// margins z, and scratch space.
type newton struct {
	*softmax
	w, z                          []float64
	prob, dz, scratch             []float64 // n*k
	gradient, step                []float64 // as w
	residual, scaled, dir, hv, di []float64 // as w: conjugate gradients
}

// newNewton starts at w, which must be 0.
func newNewton(s *softmax, w []float64) *newton {
	rows := func() []float64 { return make([]float64, s.d.rows()*s.k) }
	point := func() []float64 { return make([]float64, s.size()) }
	return &newton{softmax: s, w: w, z: rows(), prob: rows(), dz: rows(), scratch: rows(),
		gradient: point(),
		step:     point(), residual: point(), scaled: point(), dir: point(), hv: point(),
		di: point()}
}

// minimise moves w to the minimum.
func (n *newton) minimise(ctx context.Context, s Settings) error {
	var first, f float64
	for iter := range s.MaxIter {
		n.probs(n.prob, n.z)
		n.softmax.gradient(n.gradient, n.w, n.prob, n.scratch)
		norm := math.Sqrt(vector.Dot(n.gradient, n.gradient))
		if math.IsNaN(norm) || math.IsInf(norm, 0) {
			return fmt.Errorf("learn: the gradient's length is %v; scale the values, weights or c down", norm)
		}
		if iter == 0 {
			first, f = norm, n.loss(n.z, n.z, 0)
		}
		if norm <= s.Tolerance*first {
			return nil
		}
		// Early steps are solved roughly, late ones accurately, none more
		// accurately than Tolerance requires.
		eps := max(min(0.25, math.Sqrt(norm/first)), 0.25*s.Tolerance*first/norm)
		if err := n.solve(ctx, eps); err != nil {
			return err
		}
		next, ok := n.search(f)
		if !ok {
			return nil
		}
		f = next
	}
	return nil
}

// solve finds the Newton step, H step = -gradient, by preconditioned conjugate
// gradients until the residual has shrunk by eps in the norm of the
// preconditioner.
func (n *newton) solve(ctx context.Context, eps float64) error {
	n.diagonal(n.di, n.prob, n.scratch)
	clear(n.step)
	for j, g := range n.gradient {
		n.residual[j] = -g
		if n.di[j] > 0 { // 0 only for a bias whose probabilities have all reached 0 or 1
			n.di[j] = 1 / n.di[j]
		}
		n.scaled[j] = n.di[j] * n.residual[j]
	}
	copy(n.dir, n.scaled)
	rho := vector.Dot(n.residual, n.scaled)
	goal := eps * eps * rho
	for range maxConjugate {
		if err := ctx.Err(); err != nil {
			return err
		}
		n.hessian(n.hv, n.dir, n.prob, n.scratch)
		curvature := vector.Dot(n.dir, n.hv)
		if !(curvature > 0) {
			return nil
		}
		alpha := rho / curvature
		for j := range n.step {
			n.step[j] += float64(alpha * n.dir[j])
			n.residual[j] -= float64(alpha * n.hv[j])
			n.scaled[j] = n.di[j] * n.residual[j]
		}
		next := vector.Dot(n.residual, n.scaled)
		if next <= goal {
			return nil
		}
		beta := next / rho
		for j := range n.dir {
			n.dir[j] = n.scaled[j] + float64(beta*n.dir[j])
		}
		rho = next
	}
	return nil
}

// maxConjugate limits the conjugate gradient steps of one Newton step. Ten to
// thirty are usual.
const maxConjugate = 500

// search moves w along the step by the first of 1, 1/2, 1/4, ... that decreases
// f enough, and returns the new f. When none does, only rounding is left:
// search reports false and leaves w. The margins are updated with w, so a trial
// needs no pass over the matrix.
func (n *newton) search(f float64) (float64, bool) {
	n.margins(n.dz, n.step)
	weights := len(n.w) - n.k
	ww, ws := vector.Dot(n.w[:weights], n.w[:weights]), vector.Dot(n.w[:weights], n.step[:weights])
	ss, slope := vector.Dot(n.step[:weights], n.step[:weights]), vector.Dot(n.gradient, n.step)
	if !(slope < 0) {
		return f, false
	}
	for alpha := 1.0; alpha > 1e-10; alpha /= 2 {
		next := float64((ww+float64(2*alpha*ws)+float64(alpha*alpha*ss))/2) +
			n.loss(n.z, n.dz, alpha)
		if next <= f+float64(0.01*alpha*slope) {
			for j, s := range n.step {
				n.w[j] += float64(alpha * s)
			}
			for i, d := range n.dz {
				n.z[i] += float64(alpha * d)
			}
			return next, true
		}
	}
	return f, false
}
