package learn

import (
	"context"
	"math"
	"slices"
	"strconv"
	"testing"

	"stance/features/vector"
)

// synthetic is a text-like problem made from a counter-based generator, so that
// testdata/reference/timing.py can make the same one: columns drawn with
// density falling as x^(-3/4), rows of length 1, and answers by the votes of an
// eighth of the columns for each class, with noise.
func synthetic(rows, cols, per, classes int) Problem {
	p := Problem{X: vector.NewMatrix(cols)}
	for c := range classes {
		p.Classes = append(p.Classes, strconv.Itoa(c))
	}
	votes := make([]float64, classes)
	for i := range rows {
		var v vector.Vector
		for n := range per {
			u := float64(splitmix(uint64(i*per+n))>>11) / (1 << 53)
			v.Index = append(v.Index, int32(float64(cols)*(u*u*u*u)))
		}
		slices.Sort(v.Index)
		v.Index = slices.Compact(v.Index)
		clear(votes)
		for _, j := range v.Index {
			v.Value = append(v.Value, 1/math.Sqrt(float64(len(v.Index))))
			if c := splitmix(uint64(j)+1<<40) % 8; int(c) < classes {
				votes[c]++
			}
		}
		for c := range votes {
			votes[c] += 8 * float64(splitmix(uint64(i*classes+c)+1<<41)>>11) / (1 << 53)
		}
		y := 0
		for c := range votes {
			if votes[c] > votes[y] {
				y = c
			}
		}
		p.X.Append(v)
		p.Y = append(p.Y, y)
	}
	return p
}

// splitmix is the n-th number of the SplitMix64 generator (G. Steele, D. Lea,
// C. Flood, OOPSLA 2014).
func splitmix(n uint64) uint64 {
	z := (n + 1) * 0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// BenchmarkLogistic is the size of the shipped stance head;
// testdata/reference/timing.py times scikit-learn on the same rows. Run with
// -cpu 1 to compare.
func BenchmarkLogistic(b *testing.B) {
	p := synthetic(12000, 300000, 300, 4)
	trainer, err := NewLogistic(DefaultSettings())
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := trainer.Train(context.Background(), p); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSVM(b *testing.B) {
	p := synthetic(12000, 300000, 300, 4)
	trainer, err := NewSVM(DefaultSettings())
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := trainer.Train(context.Background(), p); err != nil {
			b.Fatal(err)
		}
	}
}
