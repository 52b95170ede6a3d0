package models

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestStrongestEntriesAreThoseOfASort compares with sorting all entries. The
// leads have many ties.
func TestStrongestEntriesAreThoseOfASort(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, candidates - 1, candidates, candidates + 1, 2000} {
		lead, want := make([]float64, n), make([]int, n)
		for i := range lead {
			lead[i], want[i] = float64(r.IntN(41)-20)/10, i
		}
		slices.SortFunc(want, func(a, b int) int {
			return cmp.Or(cmp.Compare(math.Abs(lead[b]), math.Abs(lead[a])), cmp.Compare(a, b))
		})
		want = want[:min(n, candidates)]
		if got := strongestEntries(nil, lead); !slices.Equal(got, want) {
			t.Errorf("of %d entries %v, want %v", n, got, want)
		}
	}
}
