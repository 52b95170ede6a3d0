package learn

import (
	"context"
	"math"
	"math/rand/v2"
	"sync"

	"stance/features/vector"
)

// SVM trains one linear support vector machine per class, against the rows of
// all others, with squared hinge loss:
//
//	minimise over w   1/2 ||w||^2 + C * sum_i weight_i * max(0, 1 - t_i w . x_i)^2,   t_i = +1 in the class, else -1
//
// The bias is the weight of a constant 1 appended to each row, so it is
// regularised like the other weights (as in LIBLINEAR with -B 1 and
// scikit-learn's LinearSVC).
//
// Input: any finite values; rows of length about 1 suit the default C. Result:
// a *Linear whose scores are signed distances in units of the margin. They are
// not logits: calibrate them. A class without rows gets no weights and a bias
// 30 below the lowest.
//
// Method: dual coordinate descent with shrinking, C.-J. Hsieh, K.-W. Chang,
// C.-J. Lin, S. Keerthi, S. Sundararajan, "A dual coordinate descent method for
// large-scale linear SVM", ICML 2008, Algorithm 3 with L2 loss. The order of
// rows in each pass comes from Problem.Seed and the class. Training stops when
// the spread of the projected gradients, 1 at the start, is at most Tolerance,
// or after 10*MaxIter passes.
type SVM struct{ settings Settings }

// NewSVM checks the settings C, Tolerance and MaxIter. Balanced is honoured
// too.
func NewSVM(s Settings) (Trainer, error) {
	if err := s.checkSolver(); err != nil {
		return nil, err
	}
	return SVM{s}, nil
}

// Train fits a *Linear, each class in a goroutine of its own. The goroutines
// write to separate memory.
func (t SVM) Train(ctx context.Context, p Problem) (Classifier, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	d := newDesign(p, t.settings.Balanced)
	k, m := len(d.classes), len(d.cols)
	weights, bias := make([]float64, m*k), make([]float64, k)
	var group sync.WaitGroup
	for c := range k {
		group.Go(func() {
			machine := newMachine(d, c, t.settings.C)
			machine.descend(ctx, rand.New(rand.NewPCG(p.Seed, uint64(d.classes[c]))), t.settings)
			for j := range m {
				weights[j*k+c] = machine.w[j]
			}
			bias[c] = machine.w[m]
		})
	}
	group.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	l, err := d.linear(p.Classes, weights, bias)
	if err != nil {
		return nil, err
	}
	return l, nil
}

// machine is the state of one two-class problem: w = sum_i alpha_i t_i (x_i,
// 1).
type machine struct {
	d     *design
	class int
	w     []float64 // the design's columns, then the bias
	alpha []float64 // dual variable of each row, >= 0
	ridge []float64 // 1 / (2 C weight): the D_ii of the paper
	curve []float64 // x_i . x_i + 1 + ridge: the Q_ii of the paper
}

func newMachine(d *design, class int, c float64) *machine {
	m := &machine{d: d, class: class, w: make([]float64, len(d.cols)+1),
		alpha: make([]float64, d.rows()),
		ridge: make([]float64, d.rows()), curve: make([]float64, d.rows())}
	for i, weight := range d.weight {
		m.ridge[i] = 0.5 / (c * weight)
		m.curve[i] = 1 + m.ridge[i]
		_, value := d.row(i)
		m.curve[i] += vector.Dot(value, value)
	}
	return m
}

// descend runs passes over the rows in random order until the projected
// gradients agree. It leaves out rows that stay at alpha = 0 with a gradient
// above the largest of the last pass (shrinking). Once the others agree it
// checks all rows again. It returns early when ctx ends.
func (m *machine) descend(ctx context.Context, rng *rand.Rand, s Settings) {
	active := make([]int, m.d.rows())
	for i := range active {
		active[i] = i
	}
	all, limit := len(active), math.Inf(1)
	for pass := 0; pass < 10*s.MaxIter && ctx.Err() == nil; pass++ {
		rng.Shuffle(len(active), func(a, b int) { active[a], active[b] = active[b], active[a] })
		high, low := math.Inf(-1), math.Inf(1)
		for n := 0; n < len(active); n++ {
			i := active[n]
			gradient := m.gradient(i)
			projected := gradient
			if m.alpha[i] == 0 {
				if gradient > limit {
					last := len(active) - 1
					active[n], active[last] = active[last], active[n]
					active = active[:last]
					n--
					continue
				}
				projected = min(gradient, 0)
			}
			high, low = max(high, projected), min(low, projected)
			if projected != 0 {
				m.move(i, gradient)
			}
		}
		if high-low <= s.Tolerance {
			if len(active) == all {
				return
			}
			active, limit = active[:all], math.Inf(1)
			continue
		}
		if limit = high; limit <= 0 {
			limit = math.Inf(1)
		}
	}
}

// gradient is the derivative of the dual objective by alpha_i.
func (m *machine) gradient(i int) float64 {
	index, value := m.d.row(i)
	score := m.w[len(m.w)-1]
	for n, j := range index {
		score += float64(m.w[j] * value[n])
	}
	return float64(m.sign(i)*score) - 1 + float64(m.alpha[i]*m.ridge[i])
}

// move sets alpha_i to the minimum along its axis and w with it.
func (m *machine) move(i int, gradient float64) {
	old := m.alpha[i]
	m.alpha[i] = max(0, old-gradient/m.curve[i])
	step := float64((m.alpha[i] - old) * m.sign(i))
	index, value := m.d.row(i)
	for n, j := range index {
		m.w[j] += float64(step * value[n])
	}
	m.w[len(m.w)-1] += step
}

// sign is +1 for rows of the class, -1 for the rest.
func (m *machine) sign(i int) float64 {
	if m.d.y[i] == m.class {
		return 1
	}
	return -1
}
