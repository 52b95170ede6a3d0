package float

import (
	"math"
	"math/rand/v2"
	"testing"
)

// units is the distance of two numbers of the same sign in units of the last
// place.
func units(a, b float64) uint64 {
	x, y := math.Float64bits(a), math.Float64bits(b)
	return max(x, y) - min(x, y)
}

// Package math promises less than one unit in the last place; the rest is ours.
const farthest = 3

func TestExp(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for n := range 300_000 {
		x := rng.NormFloat64() * []float64{1e-8, 0.3, 5, 100}[n%4]
		if got, want := Exp(x), math.Exp(x); units(got, want) > farthest {
			t.Fatalf("exp(%v) = %v, want %v", x, got, want)
		}
	}
	// Far ends are those of Python 3.11, math.exp: math.Exp is infinite at
	// 709.7 on amd64.
	for x, want := range map[float64]float64{0: 1, 1: math.E, -745.1: 5e-324, -746: 0, -1e300: 0,
		math.Inf(-1): 0,
		709.7:        1.6549840276802644e+308, 710: math.Inf(1), 1e300: math.Inf(1),
		math.Inf(1): math.Inf(1)} {
		if got := Exp(x); units(got, want) > farthest {
			t.Errorf("exp(%v) = %v, want %v", x, got, want)
		}
	}
	if got := Exp(math.NaN()); !math.IsNaN(got) {
		t.Errorf("exp(NaN) = %v", got)
	}
}

func TestLog(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for n := range 300_000 {
		x := math.Exp(rng.NormFloat64() * []float64{1e-8, 0.3, 5, 100}[n%4])
		if got, want := Log(x), math.Log(x); units(got, want) > farthest {
			t.Fatalf("log(%v) = %v, want %v", x, got, want)
		}
	}
	// Far ends are those of Python 3.11, math.log: math.Log is wrong below
	// 2^-1022 on amd64.
	for x, want := range map[float64]float64{1: 0, 2: math.Ln2, 0.5: -math.Ln2, math.E: 1,
		5e-324:          -744.4400719213812,
		math.MaxFloat64: 709.782712893384, 0: math.Inf(-1), math.Inf(1): math.Inf(1)} {
		if got := Log(x); units(got, want) > farthest {
			t.Errorf("log(%v) = %v, want %v", x, got, want)
		}
	}
	for _, x := range []float64{-1, math.Inf(-1), math.NaN()} {
		if got := Log(x); !math.IsNaN(got) {
			t.Errorf("log(%v) = %v", x, got)
		}
	}
}

func TestPow(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for range 100_000 {
		x, y := math.Exp(rng.NormFloat64()), rng.NormFloat64()
		// An error of the logarithm grows with the exponent.
		if got, want := Pow(x, y), math.Pow(x, y); math.Abs(got-want) > 1e-14*want {
			t.Fatalf("%v to the power of %v is %v, want %v", x, y, got, want)
		}
	}
	for _, c := range []struct{ x, y, want float64 }{{3, 0, 1}, {0.1, 1, 0.1}, {2, 0.5, math.Sqrt2},
		{3, 0.5, math.Sqrt(3)}} {
		if got := Pow(c.x, c.y); got != c.want {
			t.Errorf("%v to the power of %v is %v, want exactly %v", c.x, c.y, got, c.want)
		}
	}
}

func BenchmarkExp(b *testing.B) {
	for b.Loop() {
		Exp(-1.2345)
	}
}

func BenchmarkLog(b *testing.B) {
	for b.Loop() {
		Log(1.2345)
	}
}
