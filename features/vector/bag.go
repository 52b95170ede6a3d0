package vector

import (
	"math"
	"math/bits"
	"slices"

	"stance/internal/float"
)

// Bag counts the features of one question for a vocabulary. It is reused from
// question to question by one goroutine.
//
// A set of bits, one for each column, puts the columns in order and counts each
// once: this is faster than sorting them.
type Bag struct {
	// Entries is the entry of the vector for each feature that was filled in,
	// -1 where the vocabulary does not have it.
	Entries []int32
	Known   int       // features with an entry
	columns []int32   // of each entry, increasing
	count   []int32   // of each entry
	weight  []float32 // of each entry
	bits    []uint64  // bit j%64 of word j/64 is set when column j has an entry
	rank    []int32   // entries before each word of bits that is not 0
}

// Fill empties the bag and counts features.
func (b *Bag) Fill(v *Vocabulary, features []Feature) {
	for _, j := range b.columns {
		b.bits[j/64] = 0
	}
	if words := v.Cols()/64 + 1; len(b.bits) < words {
		b.bits, b.rank = make([]uint64, words), make([]int32, words)
	}
	b.Entries = v.appendColumns(b.Entries[:0], features)
	b.Known = 0
	for _, j := range b.Entries {
		if j >= 0 {
			b.Known++
			b.bits[j/64] |= 1 << (j % 64)
		}
	}
	b.order()
	for i, j := range b.Entries {
		if j < 0 {
			continue
		}
		before := b.bits[j/64] & (1<<(j%64) - 1)
		entry := b.rank[j/64] + int32(bits.OnesCount64(before))
		b.Entries[i] = entry
		b.count[entry]++
		b.weight[entry] = features[i].Weight
	}
}

// order lists the columns whose bits are set, and makes room for their counts.
func (b *Bag) order() {
	b.columns = b.columns[:0]
	for k, word := range b.bits {
		if word == 0 {
			continue
		}
		b.rank[k] = int32(len(b.columns))
		for ; word != 0; word &= word - 1 {
			b.columns = append(b.columns, int32(64*k+bits.TrailingZeros64(word)))
		}
	}
	n := len(b.columns)
	b.count, b.weight = slices.Grow(b.count[:0], n)[:n], slices.Grow(b.weight[:0], n)[:n]
	clear(b.count)
}

// Count is how often the feature of an entry was filled in.
func (b *Bag) Count(entry int32) int { return int(b.count[entry]) }

// Vector writes the weighted sublinear term frequencies of the bag, scaled to
// length 1, to dst and returns it.
func (b *Bag) Vector(dst Vector) Vector {
	dst.Index, dst.Value = append(dst.Index[:0], b.columns...), dst.Value[:0]
	for k, n := range b.count {
		dst.Value = append(dst.Value, frequency(b.weight[k], n))
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
