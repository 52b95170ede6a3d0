package measure

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"stance/features/vector"
)

// Correlation is Spearman's rho with two p-values, both two-sided.
type Correlation struct {
	Rho   float64
	Pairs int
	P     float64 // by Student's t with Pairs-2 degrees of freedom; 1 below 3 pairs
	// share of random pairings at least as far from 0, the pairing as found
	// counted once
	PPermutation float64
}

// Spearman is the correlation of the ranks of x and y. Ties share their mean
// rank. C. Spearman, American Journal of Psychology 15 (1904); t = rho
// sqrt((n-2)/(1-rho^2)) as in scipy.stats.spearmanr. It panics when the lengths
// differ. Rho is 0 and both p-values 1 when either side does not vary.
func Spearman(x, y []float64, permutations int, seed uint64) Correlation {
	if len(x) != len(y) {
		panic(fmt.Sprintf("measure: %d and %d values to correlate", len(x), len(y)))
	}
	a, b := centred(ranks(x)), centred(ranks(y))
	n := len(x)
	norm := math.Sqrt(vector.Dot(a, a) * vector.Dot(b, b))
	out := Correlation{Pairs: n, P: 1, PPermutation: 1}
	if norm == 0 {
		return out
	}
	product := vector.Dot(a, b)
	out.Rho = max(-1, min(1, product/norm))
	if n > 2 {
		out.P = studentTwoSided(out.Rho, float64(n-2))
	}
	rng := rand.New(rand.NewPCG(seed, 0))
	extreme := 1
	for range permutations {
		rng.Shuffle(n, func(i, j int) { b[i], b[j] = b[j], b[i] })
		if math.Abs(vector.Dot(a, b)) >= math.Abs(product)-1e-9*norm {
			extreme++
		}
	}
	out.PPermutation = float64(extreme) / float64(permutations+1)
	return out
}

// ranks counts from 1; equal values share the mean of their ranks.
func ranks(v []float64) []float64 {
	order := make([]int, len(v))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(v[i], v[j]) })
	out := make([]float64, len(v))
	for lo := 0; lo < len(order); {
		hi := lo + 1
		for hi < len(order) && v[order[hi]] == v[order[lo]] {
			hi++
		}
		for _, i := range order[lo:hi] {
			out[i] = float64(lo+hi+1) / 2
		}
		lo = hi
	}
	return out
}

func centred(v []float64) []float64 {
	mean := 0.0
	for _, x := range v {
		mean += x / float64(len(v))
	}
	for i := range v {
		v[i] -= mean
	}
	return v
}
