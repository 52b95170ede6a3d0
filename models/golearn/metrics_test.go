package golearn

import (
	"math"
	"reflect"
	"testing"
)

func TestEvaluateByHand(t *testing.T) {
	// Class c is wanted but never got, d got but never wanted, e neither: golearn gives NaN for parts of each.
	got, err := Evaluate([]string{"a", "b", "c", "d", "e"}, []int{0, 0, 0, 1, 1, 2}, []int{0, 0, 1, 1, 3, 1})
	if err != nil {
		t.Fatal(err)
	}
	want := Metrics{
		Classes:   []string{"a", "b", "c", "d", "e"},
		Confusion: [][]int{{2, 1, 0, 0, 0}, {0, 1, 0, 1, 0}, {0, 1, 0, 0, 0}, {0, 0, 0, 0, 0}, {0, 0, 0, 0, 0}},
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
