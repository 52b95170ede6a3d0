package learn

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"stance/models/measure"
)

// drawn makes answers whose true log-odds are the logits, and scores that say
// stretch times as much, shifted.
func drawn(rows int, stretch float64, shift []float64) (scores [][]float64, answers []int) {
	rng := rand.New(rand.NewPCG(4, 4))
	for range rows {
		logits, row := make([]float64, 3), make([]float64, 3)
		for c := range logits {
			logits[c] = 1.5 * rng.NormFloat64()
			row[c] = stretch*logits[c] + shift[c]
		}
		u, y := rng.Float64(), 0
		for p := softmaxOf(logits); y < 2 && u >= p[y]; y++ {
			u -= p[y]
		}
		scores, answers = append(scores, row), append(answers, y)
	}
	return scores, answers
}

func probsOf(c Calibration, scores [][]float64) [][]float64 {
	out := make([][]float64, len(scores))
	for i, row := range scores {
		out[i] = c.Probs(nil, row)
	}
	return out
}

func calibrated(t *testing.T, scores [][]float64, answers []int) Calibration {
	t.Helper()
	c, err := FitCalibration(HeldOut{Scores: scores, Y: answers}, 3)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestScalingFindsTheTruth(t *testing.T) {
	scores, answers := drawn(20000, 3, []float64{1, 0, -2})
	wantBias := []float64{-1.0 / 3, 0, 2.0 / 3} // up to a number common to all
	c := calibrated(t, scores, answers)
	for k := range 3 {
		if math.Abs(c.Scale[k]-1.0/3) > 0.015 || math.Abs(c.Bias[k]-c.Bias[1]-wantBias[k]) > 0.06 {
			t.Errorf("scale %v bias %v, want 1/3 each and %v", c.Scale, c.Bias, wantBias)
		}
	}
}

// The biases are free, so at the minimum the mean probability of each class is
// its frequency.
func TestScalingKeepsFrequencies(t *testing.T) {
	scores, answers := drawn(2000, 2, []float64{0, 3, 0})
	frequency := make([]float64, 3)
	for _, y := range answers {
		frequency[y] += 1.0 / 2000
	}
	c := calibrated(t, scores, answers)
	for k, want := range frequency {
		got := 0.0
		for _, p := range probsOf(c, scores) {
			got += p[k] / 2000
		}
		if math.Abs(got-want) > 1e-3 {
			t.Errorf("mean probability of class %d is %v, its frequency %v", k, got, want)
		}
	}
}

func TestCalibrationOnFreshRows(t *testing.T) {
	scores, answers := drawn(8000, 4, []float64{0, 2, 0})
	raw := probsOf(Calibration{Scale: []float64{1, 1, 1}, Bias: make([]float64, 3)}, scores[4000:])
	if before := measure.ECE(measure.Reliability(raw, answers[4000:],
		measure.ECEBins)); before < 0.15 {
		t.Fatalf("uncalibrated error is only %v", before)
	}
	c := calibrated(t, scores[:4000], answers[:4000])
	after := measure.Reliability(probsOf(c, scores[4000:]), answers[4000:], measure.ECEBins)
	if got := measure.ECE(after); got > 0.025 {
		t.Errorf("calibration error %v, want at most 0.025", got)
	}
}

// hostile rows: training sets and scores that made, or could make, NaN,
// overflow or an endless search.
func TestProbsAreProbabilities(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	normal, answers := drawn(50, 1, make([]float64, 3))
	sets := map[string][][]float64{"normal": normal}
	for name, row := range map[string][]float64{"zero": {0, 0, 0}, "constant": {5, 5, 5},
		"huge": {1e300, -1e300, 0},
		"tiny": {1e-300, 2e-300, 0}, "infinite": {inf, -inf, 1}, "NaN": {nan, nan, nan},
		"absent": {1, -30, 2}} {
		for range 50 {
			sets[name] = append(sets[name], row)
		}
	}
	perfect := make([][]float64, 50)
	for i, y := range answers {
		perfect[i] = make([]float64, 3)
		perfect[i][y] = 1
	}
	sets["perfect"] = perfect
	sets["one row"] = normal[:1]
	rows := [][]float64{{0, 0, 0}, {inf, inf, inf}, {-inf, -inf, -inf}, {inf, -inf, 0}, {nan, 0, 1},
		{nan, nan, nan},
		{1e308, -1e308, 1e308}, {-1e5, -1e5, -2e5}, {1e-320, 0, -1e-320}}
	for name, set := range sets {
		c := calibrated(t, set, answers[:len(set)])
		if err := c.Check(3); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, row := range rows {
			p := c.Probs(nil, row)
			sum := p[0] + p[1] + p[2]
			if !(math.Abs(sum-1) < 1e-12) || !(p[0] >= 0 && p[1] >= 0 && p[2] >= 0) {
				t.Errorf("%s: probabilities %v of %v", name, p, row)
			}
		}
	}
}

// Scores that speak against the answers must not be turned round: that would
// hide a broken model.
func TestCalibrationDoesNotInvert(t *testing.T) {
	scores, answers := drawn(3000, -1, make([]float64, 3))
	c := calibrated(t, scores, answers)
	if a, b := c.Probs(nil, []float64{5, 0, 0}),
		c.Probs(nil, []float64{0, 0, 0}); a[0] < b[0]-1e-9 {
		t.Errorf("a higher score lowers the probability from %v to %v", b[0], a[0])
	}
}

// Calibration ignored the weights of the corpora. A row of weight 3 is three
// rows, a row of weight 0 none.
func TestCalibrationWeightsCountRows(t *testing.T) {
	scores, answers := drawn(400, 2, []float64{0, 1, 0})
	weighted := HeldOut{Scores: scores, Y: answers}
	var repeated HeldOut
	for i := range scores {
		n := i * 7 % 4
		weighted.Weight = append(weighted.Weight, float64(n))
		for range n {
			repeated.Scores, repeated.Y = append(repeated.Scores, scores[i]),
				append(repeated.Y, answers[i])
		}
	}
	got, err := FitCalibration(weighted, 3)
	if err != nil {
		t.Fatal(err)
	}
	want, err := FitCalibration(repeated, 3)
	if err != nil {
		t.Fatal(err)
	}
	for k := range 3 {
		if math.Abs(got.Scale[k]-want.Scale[k]) > 1e-9 ||
			math.Abs(got.Bias[k]-want.Bias[k]) > 1e-9 {
			t.Fatalf("%+v with weights, %+v with copies", got, want)
		}
	}
	if plain := calibrated(t, scores, answers); math.Abs(got.Bias[1]-plain.Bias[1]) < 0.01 {
		t.Errorf("with weights %+v, without %+v: too alike to tell", got, plain)
	}
}

func TestCalibrationThroughJSON(t *testing.T) {
	scores, answers := drawn(200, 2, make([]float64, 3))
	c := calibrated(t, scores, answers)
	b, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	var got Calibration
	if err := json.Unmarshal(b, &got); err != nil || !reflect.DeepEqual(got, c) {
		t.Errorf("%+v (%v), want %+v", got, err, c)
	}
}

func TestCalibrationFaults(t *testing.T) {
	one := []float64{1}
	for want, c := range map[string]Calibration{
		"learn: calibration with 1 scales and 0 biases for 1 classes": {Scale: one},
		"learn: calibration of class 0 has scale -1 and bias 1": {Scale: []float64{-1},
			Bias: one},
		"learn: calibration of class 0 has scale 1 and bias NaN": {Scale: one,
			Bias: []float64{math.NaN()}},
	} {
		if err := c.Check(1); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	scores := [][]float64{{1, 2}}
	for want, h := range map[string]HeldOut{
		"learn: row 0 to calibrate has 2 scores and class 2 of 2": {scores, []int{2}, nil},
		"learn: 0 rows of scores, 0 answers and 0 weights to calibrate 2 classes; " +
			"there must be at least one row, and as many answers": {},
		"learn: 1 rows of scores, 1 answers and 2 weights to calibrate 2 classes; " +
			"there must be at least one row, and as many answers": {scores, []int{1},
			[]float64{1, 2}},
		"learn: row 0 to calibrate has weight NaN": {scores,
			[]int{1}, []float64{math.NaN()}},
		"learn: no row to calibrate weighs more than 0; give at least one a weight": {scores,
			[]int{1}, []float64{0}},
	} {
		if _, err := FitCalibration(h, 2); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}
