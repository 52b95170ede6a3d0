package vector

import (
	"math"
	"slices"

	"stance/internal/float"
)

// Bag counts the features of one question for a vocabulary. It is reused from
// question to question by one goroutine.
type Bag struct {
	Columns []int32 // column of each feature that was filled in, -1 where it has none
	Known   int     // features with a column
	count   []int32 // by column
	weight  []float32
	seen    []int32 // columns with a count, increasing
}

// Fill empties the bag and counts features.
func (b *Bag) Fill(v *Vocabulary, features []Feature) {
	for _, j := range b.seen {
		b.count[j] = 0
	}
	if len(b.count) < v.Cols() {
		b.count, b.weight = make([]int32, v.Cols()), make([]float32, v.Cols())
	}
	b.Columns, b.seen, b.Known = b.Columns[:0], b.seen[:0], 0
	for i := range features {
		j := v.Column(features[i].ID)
		b.Columns = append(b.Columns, j)
		if j < 0 {
			continue
		}
		b.Known++
		if b.count[j] == 0 {
			b.seen = append(b.seen, j)
			b.weight[j] = features[i].Weight
		}
		b.count[j]++
	}
	slices.Sort(b.seen)
}

// Count is how often the feature of a column was filled in.
func (b *Bag) Count(column int32) int { return int(b.count[column]) }

// Vector writes the weighted sublinear term frequencies of the bag, scaled to
// length 1, to dst and returns it.
func (b *Bag) Vector(dst Vector) Vector {
	dst.Index, dst.Value = append(dst.Index[:0], b.seen...), dst.Value[:0]
	for _, j := range b.seen {
		dst.Value = append(dst.Value, frequency(b.weight[j], b.count[j]))
	}
	scale(dst)
	return dst
}

// frequency is the sublinear term frequency 1 + ln n (Manning, Raghavan &
// Schütze 2008, equation 6.13) times the weight of the feature.
func frequency(weight float32, n int32) float64 {
	if n == 1 {
		return float64(weight)
	}
	return float64(weight) * (1 + float.Log(float64(n)))
}

// scale divides x by its Euclidean length.
func scale(x Vector) {
	sum := 0.0
	for _, v := range x.Value {
		sum += float64(v * v)
	}
	if sum == 0 {
		return
	}
	length := math.Sqrt(sum)
	for k := range x.Value {
		x.Value[k] /= length
	}
}
