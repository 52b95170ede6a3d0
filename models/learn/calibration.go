package learn

import (
	"errors"
	"fmt"
	"math"

	"stance/internal/float"
)

// Calibration turns scores into probabilities, with a scale and a bias per
// class:
//
//	prob = softmax(Scale[c] * score[c] + Bias[c])
//
// This is vector scaling: C. Guo, G. Pleiss, Y. Sun, K. Weinberger, "On
// calibration of modern neural networks", ICML 2017, section 4.2.
// docs/experiments.md compares it with other methods. A Calibration is plain
// data, stored as JSON; Check says whether what was read can be used.
type Calibration struct {
	Scale []float64 `json:"scale"` // one per class, >= 0
	Bias  []float64 `json:"bias"`  // one per class
}

// HeldOut is what a calibration is fitted to: for each row its scores by a
// classifier that has not seen it (see CrossScores), its class and its weight.
// A row of weight 3 counts like three rows, one of weight 0 not at all.
type HeldOut struct {
	Scores [][]float64 // of each row, one per class
	Y      []int       // index of each row's class
	Weight []float64   // one per row, >= 0; nil means all 1
}

// FitCalibration fits a calibration to held-out scores. NaN, infinite and huge
// scores count as in Probs. A class without rows becomes unlikely, never
// impossible. Where scores contradict the classes the scale is 0, and the
// probabilities are the frequencies.
func FitCalibration(h HeldOut, classes int) (Calibration, error) {
	if len(h.Scores) == 0 || len(h.Scores) != len(h.Y) || classes < 1 ||
		h.Weight != nil && len(h.Weight) != len(h.Y) {
		return Calibration{}, fmt.Errorf("learn: %d rows of scores, %d answers and %d weights to "+
			"calibrate %d classes; there must be at least one row, and as many answers",
			len(h.Scores), len(h.Y), len(h.Weight), classes)
	}
	s := scaling{classes: classes}
	for i, row := range h.Scores {
		if len(row) != classes || h.Y[i] < 0 || h.Y[i] >= classes {
			return Calibration{}, fmt.Errorf("learn: row %d to calibrate has %d scores and class %d "+
				"of %d", i, len(row), h.Y[i], classes)
		}
		weight := 1.0
		if h.Weight != nil {
			weight = h.Weight[i]
		}
		if !(weight >= 0 && weight <= maxParameter) {
			return Calibration{}, fmt.Errorf("learn: row %d to calibrate has weight %v", i, weight)
		}
		if weight == 0 {
			continue
		}
		tame := make([]float64, classes)
		for c, v := range row {
			tame[c] = tameScore(v)
		}
		s.scores, s.answers = append(s.scores, tame), append(s.answers, h.Y[i])
		s.weight = append(s.weight, weight)
	}
	if len(s.scores) == 0 {
		return Calibration{}, errors.New("learn: no row to calibrate weighs more than 0; " +
			"give at least one a weight")
	}
	return s.fit(), nil
}

// Check reports every reason why c cannot serve that many classes. A damaged
// file gives such a Calibration.
func (c Calibration) Check(classes int) error {
	if len(c.Scale) != classes || len(c.Bias) != classes {
		return fmt.Errorf("learn: calibration with %d scales and %d biases for %d classes",
			len(c.Scale), len(c.Bias), classes)
	}
	var faults []error
	for k := range classes {
		if !(c.Scale[k] >= 0 && c.Scale[k] <= maxParameter && math.Abs(c.Bias[k]) <= maxParameter) {
			faults = append(faults, fmt.Errorf("learn: calibration of class %d has scale %v and bias %v",
				k, c.Scale[k], c.Bias[k]))
		}
	}
	return errors.Join(faults...)
}

// Largest scores and parameters that count. Beyond them a probability is 0 or 1
// anyway; within them no product overflows.
const (
	maxScore     = 1e9
	maxParameter = 1e9
)

// tameScore brings a score within maxScore; NaN counts as the lowest.
func tameScore(s float64) float64 {
	if math.IsNaN(s) {
		return -maxScore
	}
	return max(-maxScore, min(maxScore, s))
}

// Probs writes the probability of each class to dst (grown when too short) and
// returns it: none is negative or NaN, and they sum to 1, whatever the scores.
// dst and scores must not overlap. Probs panics when c has another number of
// classes. c must pass Check.
func (c Calibration) Probs(dst, scores []float64) []float64 {
	if len(scores) != len(c.Bias) {
		panic(fmt.Sprintf("learn: %d scores for a calibration of %d classes", len(scores),
			len(c.Bias)))
	}
	dst = dst[:0]
	for k, s := range scores {
		dst = append(dst, float64(c.Scale[k]*tameScore(s))+c.Bias[k])
	}
	return softmaxOf(dst)
}

// softmaxOf turns logits into probabilities in place. Dividing by the sum once
// more removes the rounding that logSumExp leaves.
func softmaxOf(v []float64) []float64 {
	norm := logSumExp(v)
	sum := 0.0
	for k := range v {
		v[k] = float.Exp(v[k] - norm)
		sum += v[k]
	}
	for k := range v {
		v[k] /= sum
	}
	return v
}
