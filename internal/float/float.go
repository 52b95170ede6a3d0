// Package float has the exponential, the logarithm and powers with the same
// bits on every processor.
//
// Package math has them in assembly for some processors, and uses fused
// multiply-add where there is one: math.Exp(x) may differ in its last bit even
// between two amd64 machines. Learners and answers use this package instead, so
// that the same corpora give the same bundle, and the same bundle the same
// answers, everywhere.
//
// Go may fuse x*y + z into one rounding; an explicit conversion, float64(x*y) +
// z, prevents it (Go specification, "Floating-point operators").
// docs/reliability.md has what is promised.
package float

import "math"

// ln2High + ln2Low is the natural logarithm of 2. ln2High has 32 bits, so that
// its product with an exponent is exact.
const (
	ln2High = 0x162e42fep-29
	ln2Low  = math.Ln2 - ln2High
)

// expTerms are 1/n! for n = 13 down to 0. On |r| <= ln(2)/2 the first term left
// out is below 2^-57.
var expTerms = [...]float64{1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800,
	1.0 / 362880, 1.0 / 40320, 1.0 / 5040, 1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 1.0 / 2, 1, 1}

// Exp is e to the power of x, within two units in the last place: x = k ln 2 +
// r with |r| <= ln(2)/2, and e^r by its Taylor polynomial.
func Exp(x float64) float64 {
	switch {
	case math.IsNaN(x) || x > 710:
		return x + math.Inf(1) // NaN or infinite
	case x < -746:
		return 0
	}
	k := math.Floor(float64(x*(1/math.Ln2)) + 0.5)
	r := x - float64(k*ln2High) - float64(k*ln2Low)
	sum := 0.0
	for _, c := range expTerms {
		sum = float64(sum*r) + c
	}
	return math.Ldexp(sum, int(k))
}

// logTerms are 2/n for odd n from 23 down to 3. On |s| <= 0.172 the first term
// left out is below 2^-61 of the sum.
var logTerms = [...]float64{2.0 / 23, 2.0 / 21, 2.0 / 19, 2.0 / 17, 2.0 / 15, 2.0 / 13, 2.0 / 11,
	2.0 / 9, 2.0 / 7, 2.0 / 5, 2.0 / 3}

// Log is the natural logarithm of x, within two units in the last place: x =
// 2^k m with m about 1, s = (m-1)/(m+1), and log m = 2 artanh s by its series.
func Log(x float64) float64 {
	switch {
	case math.IsNaN(x) || x < 0:
		return math.NaN()
	case x == 0:
		return math.Inf(-1)
	case math.IsInf(x, 1):
		return x
	}
	m, k := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m, k = 2*m, k-1
	}
	f := m - 1 // exact
	s := f / (m + 1)
	q := s * s
	sum := 0.0
	for _, c := range logTerms {
		sum = float64(sum*q) + c
	}
	// 2s = f - f s, so the series is added to f as a small correction.
	small := float64(s*(f-float64(sum*q))) - float64(float64(k)*ln2Low)
	return float64(float64(k)*ln2High) + (f - small)
}

// Pow is x to the power of y for positive x. It is exact for powers 0 and 1,
// and the correctly rounded root for 1/2.
func Pow(x, y float64) float64 {
	switch y {
	case 0:
		return 1
	case 1:
		return x
	case 0.5:
		return math.Sqrt(x)
	}
	return Exp(y * Log(x))
}
