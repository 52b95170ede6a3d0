package measure

import (
	"math"
	"testing"
)

// The data and 0.743 are those of K. Krippendorff, "Computing Krippendorff's
// alpha-reliability" (2011), section C: four observers, twelve units, nominal.
func TestAlpha(t *testing.T) {
	units := [][]int{{0, 0, 0}, {1, 1, 2, 1}, {2, 2, 2, 2}, {2, 2, 2, 2}, {1, 1, 1, 1},
		{0, 1, 2, 3}, {3, 3, 3, 3}, {0, 0, 1, 0}, {1, 1, 1, 1},
		{4, 4, 4}, {0, 0}, {2}}
	if alpha, ok := Alpha(units, 5); !ok || math.Abs(alpha-0.743) > 0.0005 {
		t.Errorf("alpha %.4f, %v; want 0.743", alpha, ok)
	}
	for _, test := range []struct {
		units [][]int
		want  float64
		ok    bool
	}{
		{nil, 0, false},
		{[][]int{{0}, {1}}, 0, false},
		{[][]int{{1, 1}, {1, 1}}, 0, false},
		{[][]int{{0, 0}, {1, 1}}, 1, true},
		{[][]int{{0, 1}, {1, 0}}, -0.5, true}, // observed 1, expected 2*2*2/(4*3)
	} {
		if alpha, ok := Alpha(test.units, 2); ok != test.ok || math.Abs(alpha-test.want) > 1e-12 {
			t.Errorf("%v: alpha %.4f, %v; want %.4f, %v", test.units, alpha, ok, test.want, test.ok)
		}
	}
}
