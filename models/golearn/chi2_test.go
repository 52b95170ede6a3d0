package golearn

import (
	"math"
	"reflect"
	"testing"

	"stance/features/vector"
)

// The example of C. Manning et al., Introduction to Information Retrieval,
// section 13.5.2: term "export" and class "poultry" in Reuters-RCV1. The book's
// rounded answer is 284.
func TestChiSquaredOfTheBook(t *testing.T) {
	got := chiSquared([]int32{49, 27652}, []int{49 + 141, 27652 + 774106})
	if math.Abs(got-284) > 0.3 {
		t.Errorf("got %v, want about 284", got)
	}
}

func TestBestColumns(t *testing.T) {
	x := vector.NewMatrix(6)
	// 5 has no entry, 3 stands in every row
	for _, row := range [][]int32{{0, 1, 3, 4}, {1, 3, 4}, {0, 3}, {2, 3}} {
		v := vector.Vector{Index: row}
		for range row {
			v.Value = append(v.Value, 1)
		}
		x.Append(v)
	}
	y := []int{0, 0, 1, 1} // 1 and 4 part the classes, 2 hints, 0 and 3 say nothing
	for limit, want := range [][]int32{{}, {1}, {1, 4}, {1, 2, 4}, {0, 1, 2, 4}, {0, 1, 2, 3, 4},
		{0, 1, 2, 3, 4}} {
		if got := bestColumns(x, y, 2, limit); !reflect.DeepEqual(got, want) {
			t.Errorf("best %d: %v, want %v", limit, got, want)
		}
	}
}
