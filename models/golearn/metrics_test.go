package golearn

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"stance/models/measure"
)

func TestEvaluateByHand(t *testing.T) {
	// Class c is wanted but never got, d got but never wanted, e neither:
	// golearn gives NaN for parts of each.
	got, err := Evaluate([]string{"a", "b", "c", "d", "e"}, []int{0, 0, 0, 1, 1, 2},
		[]int{0, 0, 1, 1, 3, 1})
	if err != nil {
		t.Fatal(err)
	}
	want := Metrics{
		Classes: []string{"a", "b", "c", "d", "e"},
		Confusion: [][]int{{2, 1, 0, 0, 0}, {0, 1, 0, 1, 0}, {0, 1, 0, 0, 0}, {0, 0, 0, 0, 0},
			{0, 0, 0, 0, 0}},
		PerClass: []ClassMetrics{
			{1, 2.0 / 3, 0.8, 2, 0, 3, 1},
			{1.0 / 3, 0.5, 0.4, 1, 2, 2, 1},
			{0, 0, 0, 0, 0, 5, 1},
			{0, 0, 0, 0, 1, 5, 0},
			{0, 0, 0, 0, 0, 6, 0},
		},
		Accuracy: 0.5,
		MacroF1:  0.3,
	}
	for c := range got.PerClass {
		got.PerClass[c].F1 = math.Round(got.PerClass[c].F1*1e12) / 1e12
	}
	got.MacroF1 = math.Round(got.MacroF1*1e12) / 1e12
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestEvaluateRefuses(t *testing.T) {
	for name, c := range map[string][2][]int{
		"no rows":     {{}, {}},
		"lengths":     {{0, 1}, {0}},
		"class 2":     {{0, 2}, {0, 0}},
		"class -1":    {{0, 0}, {0, -1}},
		"no answered": {nil, {0}},
	} {
		if m, err := Evaluate([]string{"a", "b"}, c[0], c[1]); err == nil {
			t.Errorf("%s: %+v", name, m)
		}
	}
}

// golearn's numbers against our own, on layouts where classes are missing on
// either side.
func TestEvaluateAgreesWithModels(t *testing.T) {
	classes := []string{"supportive", "neutral", "critical", "none"}
	rng := rand.New(rand.NewPCG(8, 8))
	for round := range 200 {
		want, got := make([]int, 1+rng.IntN(30)), []int{}
		wanted, answered := 1+rng.IntN(4), 1+rng.IntN(4) // classes from these on never occur
		for i := range want {
			want[i] = rng.IntN(wanted)
			got = append(got, rng.IntN(answered))
		}
		m, err := Evaluate(classes, want, got)
		if err != nil {
			t.Fatal(err)
		}
		ours := measure.NewConfusion(classes, want, got)
		if !reflect.DeepEqual(m.Confusion, ours.Count) {
			t.Fatalf("round %d: confusion %v, ours %v", round, m.Confusion, ours.Count)
		}
		theirs := []float64{m.Accuracy, m.MacroF1}
		own := []float64{ours.Accuracy(), ours.MacroF1()}
		for c, s := range ours.PerClass() {
			g := m.PerClass[c]
			theirs = append(theirs, g.Precision, g.Recall, g.F1,
				float64(g.TruePositives+g.FalseNegatives),
				float64(g.TruePositives+g.FalsePositives), float64(len(want)-g.TrueNegatives))
			// rows of the class, said to be, or both
			either := s.Support + s.Predicted - ours.Count[c][c]
			own = append(own, s.Precision, s.Recall, s.F1, float64(s.Support), float64(s.Predicted),
				float64(either))
		}
		for n := range own {
			if math.Abs(theirs[n]-own[n]) > 1e-12 {
				t.Fatalf("round %d, want %v got %v: golearn %v\nours %v", round, want, got, theirs,
					own)
			}
		}
	}
}
