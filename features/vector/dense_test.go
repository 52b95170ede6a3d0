package vector

import "testing"

func TestDot(t *testing.T) {
	if got := Dot([]float64{1, 2, 3}, []float64{4, -5, 6, 100}); got != 12 {
		t.Errorf("got %v, want 4 - 10 + 18", got)
	}
}

func TestArgmaxTakesTheFirstOfEquals(t *testing.T) {
	for want, values := range [][]float64{{2, 1, 2}, {-3, -1, -2}, {0, 1, 5, 5}} {
		if got := Argmax(values); got != want {
			t.Errorf("%v: got %d, want %d", values, got, want)
		}
	}
}
