package learn

import (
	"errors"
	"fmt"
	"math"
)

// The methods of calibration.
const (
	// CalibrateTemperature is one scale for all classes and a bias per class; with the ranking of scores kept but for the
	// biases, it is the safe choice for logits.
	CalibrateTemperature = "temperature"
	// CalibrateVector is a scale and a bias per class: "vector scaling" of C. Guo, G. Pleiss, Y. Sun, K. Weinberger, "On
	// calibration of modern neural networks", ICML 2017, section 4.2.
	CalibrateVector = "vector"
	// CalibratePlatt is a logistic curve per class over its lead, then divided by their sum: J. Platt, "Probabilistic
	// outputs for support vector machines" (1999), with his smoothed targets. The lead is the score less the highest of
	// the other classes: with the score alone the calibration error on the rows of TestCalibrationOnFreshRows is 0.15.
	CalibratePlatt = "platt"
	// CalibrateIsotonic is a rising curve per class over its lead, then divided by their sum: B. Zadrozny, C. Elkan,
	// "Transforming classifier scores into accurate multiclass probability estimates", KDD 2002. It wants a thousand rows
	// or more.
	CalibrateIsotonic = "isotonic"
	// CalibrateAuto is no method: it stands for the one that suits the kind, [Kind].Calibration.
	CalibrateAuto = "auto"
)

// Calibration turns scores into probabilities. It is plain data, to be stored as JSON; Check says whether what was read
// can be used. The parameters are fitted by FitCalibration; for K classes:
//
//	temperature, vector   prob = softmax(Scale[c] * score[c] + Bias[c])
//	platt                 prob ~ 1 / (1 + exp(-(Scale[c] * lead[c] + Bias[c]))),  lead[c] = score[c] - max of the others
//	isotonic              prob ~ Curves[c] at lead[c]
type Calibration struct {
	Method string    `json:"method"`
	Scale  []float64 `json:"scale,omitempty"` // one per class, >= 0
	Bias   []float64 `json:"bias,omitempty"`  // one per class
	Curves []Curve   `json:"curves,omitempty"`
}

// FitCalibration fits a calibration to held-out scores (see CrossScores): one row of scores, one per class, for each
// answer. Scores no classifier makes (NaN, infinite, huge) count as in Probs. A class without answers is unlikely
// everywhere, never impossible. Where scores speak against the answers the scale is 0, and the probabilities are the
// frequencies.
func FitCalibration(scores [][]float64, answers []int, classes int, method string) (Calibration, error) {
	if len(scores) == 0 || len(scores) != len(answers) || classes < 1 {
		return Calibration{}, fmt.Errorf("learn: %d rows of scores and %d answers of %d classes to calibrate; "+
			"there must be at least one row, and as many answers", len(scores), len(answers), classes)
	}
	tame := make([][]float64, len(scores))
	for i, row := range scores {
		if len(row) != classes || answers[i] < 0 || answers[i] >= classes {
			return Calibration{}, fmt.Errorf("learn: row %d to calibrate has %d scores and class %d of %d",
				i, len(row), answers[i], classes)
		}
		for _, s := range row {
			tame[i] = append(tame[i], tameScore(s))
		}
	}
	c := Calibration{Method: method}
	switch method {
	case CalibrateTemperature, CalibrateVector:
		c.Scale, c.Bias = fitScaling(tame, answers, classes, method == CalibrateVector)
	case CalibratePlatt:
		for k := range classes {
			scale, bias := fitPlatt(leads(tame, k), hits(answers, k))
			c.Scale, c.Bias = append(c.Scale, scale), append(c.Bias, bias)
		}
	case CalibrateIsotonic:
		for k := range classes {
			c.Curves = append(c.Curves, fitCurve(leads(tame, k), hits(answers, k)))
		}
	default:
		return Calibration{}, fmt.Errorf("learn: no calibration %q; there are %s, %s, %s, %s", method,
			CalibrateTemperature, CalibrateVector, CalibratePlatt, CalibrateIsotonic)
	}
	return c, nil
}

// Check reports every reason why c cannot serve that many classes, as a damaged file may give.
func (c Calibration) Check(classes int) error {
	var faults []error
	switch c.Method {
	case CalibrateTemperature, CalibrateVector, CalibratePlatt:
		if len(c.Scale) != classes || len(c.Bias) != classes {
			return fmt.Errorf("learn: calibration with %d scales and %d biases for %d classes",
				len(c.Scale), len(c.Bias), classes)
		}
		for k := range classes {
			if !(c.Scale[k] >= 0 && c.Scale[k] <= maxParameter && math.Abs(c.Bias[k]) <= maxParameter) {
				faults = append(faults, fmt.Errorf("learn: calibration of class %d has scale %v and bias %v",
					k, c.Scale[k], c.Bias[k]))
			}
		}
	case CalibrateIsotonic:
		if len(c.Curves) != classes {
			return fmt.Errorf("learn: calibration with %d curves for %d classes", len(c.Curves), classes)
		}
		for k, curve := range c.Curves {
			if err := curve.check(); err != nil {
				faults = append(faults, fmt.Errorf("learn: calibration of class %d: %w", k, err))
			}
		}
	default:
		faults = append(faults, fmt.Errorf("learn: unknown calibration %q", c.Method))
	}
	return errors.Join(faults...)
}

// Largest scores and parameters that count; beyond them a probability is 0 or 1 anyway, and their products stay finite.
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

// Probs writes the probability of each class to dst (grown when too short) and returns it: none negative or NaN, sum 1,
// whatever the scores. dst and scores must not overlap. It panics when the number of scores is not that of the classes; c must pass Check.
func (c Calibration) Probs(dst, scores []float64) []float64 {
	if len(scores) != len(c.Bias)+len(c.Curves) {
		panic(fmt.Sprintf("learn: %d scores for a calibration of %d classes", len(scores), len(c.Bias)+len(c.Curves)))
	}
	dst = dst[:0]
	for k := range scores {
		switch c.Method {
		case CalibrateIsotonic:
			dst = append(dst, c.Curves[k].at(lead(scores, k)))
		case CalibratePlatt:
			dst = append(dst, sigmoid(c.Scale[k]*lead(scores, k)+c.Bias[k]))
		default:
			dst = append(dst, c.Scale[k]*tameScore(scores[k])+c.Bias[k])
		}
	}
	if c.Method == CalibrateTemperature || c.Method == CalibrateVector {
		return softmaxOf(dst)
	}
	return share(dst)
}

// softmaxOf turns logits into probabilities in place.
func softmaxOf(v []float64) []float64 {
	norm := logSumExp(v)
	for k := range v {
		v[k] = math.Exp(v[k] - norm)
	}
	return share(v)
}

// share divides by the sum, in place; equal shares when all are 0.
func share(v []float64) []float64 {
	sum := 0.0
	for _, p := range v {
		sum += p
	}
	for k := range v {
		if sum == 0 {
			v[k] = 1 / float64(len(v))
		} else {
			v[k] /= sum
		}
	}
	return v
}

func sigmoid(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

// lead is the score of class k less the highest of the other classes, or the score itself when there are none.
func lead(scores []float64, k int) float64 {
	other := math.Inf(-1)
	for o, s := range scores {
		if o != k {
			other = max(other, tameScore(s))
		}
	}
	if len(scores) == 1 {
		other = 0
	}
	return tameScore(tameScore(scores[k]) - other)
}

func leads(scores [][]float64, k int) []float64 {
	out := make([]float64, len(scores))
	for i := range scores {
		out[i] = lead(scores[i], k)
	}
	return out
}

func hits(answers []int, k int) []bool {
	out := make([]bool, len(answers))
	for i, y := range answers {
		out[i] = y == k
	}
	return out
}
