package measure

import (
	"fmt"
	"math"

	"stance/features/vector"
)

// ReliabilityBin holds the rows whose confidence, the highest of their
// probabilities, lies in (Low, High].
type ReliabilityBin struct {
	Low, High  float64
	Rows       int
	Confidence float64 // mean, 0 without rows
	// share of rows whose answer is the class of the highest probability, 0
	// without rows
	Accuracy float64
}

// ECEBins is the usual number of bins of the expected calibration error.
const ECEBins = 15

// Reliability sorts rows into bins of equal width by confidence. Accuracy
// plotted against confidence is the reliability curve. A confidence of 0 falls
// into the first bin. probs has one row per answer and one probability per
// class. Reliability panics when the numbers of rows differ.
func Reliability(probs [][]float64, answers []int, bins int) []ReliabilityBin {
	checkRows(probs, answers)
	out := make([]ReliabilityBin, bins)
	for b := range out {
		out[b].Low, out[b].High = float64(b)/float64(bins), float64(b+1)/float64(bins)
	}
	for i, y := range answers {
		best := vector.Argmax(probs[i])
		confidence := probs[i][best]
		b := min(max(int(math.Ceil(confidence*float64(bins)))-1, 0), bins-1)
		out[b].Rows++
		out[b].Confidence += confidence
		if best == y {
			out[b].Accuracy++
		}
	}
	for b := range out {
		out[b].Confidence = ratio(out[b].Confidence, float64(out[b].Rows))
		out[b].Accuracy = ratio(out[b].Accuracy, float64(out[b].Rows))
	}
	return out
}

// ECE is the expected calibration error over bins: the mean gap between
// confidence and accuracy, weighed by rows. M. Naeini, G. Cooper, M.
// Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning",
// AAAI 2015; in the form of C. Guo et al., "On calibration of modern neural
// networks", ICML 2017, equation 5.
func ECE(bins []ReliabilityBin) float64 {
	gap, rows := 0.0, 0.0
	for _, b := range bins {
		gap += float64(b.Rows) * math.Abs(b.Confidence-b.Accuracy)
		rows += float64(b.Rows)
	}
	return ratio(gap, rows)
}

func checkRows(probs [][]float64, answers []int) {
	if len(probs) != len(answers) {
		panic(fmt.Sprintf("measure: %d rows of probabilities for %d answers", len(probs),
			len(answers)))
	}
}
