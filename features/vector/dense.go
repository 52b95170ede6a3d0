package vector

// Dot is the inner product of two dense vectors, summed from the first entry
// to the last. b must be at least as long as a; the rest of b does not count.
func Dot(a, b []float64) float64 {
	sum := 0.0
	for i, v := range a {
		sum += float64(v * b[i]) // rounded, so that no processor fuses it
	}
	return sum
}

// Argmax is the index of the highest value, the first of equals. It panics
// when there are no values.
func Argmax(values []float64) int {
	best := 0
	for c, v := range values[1:] {
		if v > values[best] {
			best = c + 1
		}
	}
	return best
}
