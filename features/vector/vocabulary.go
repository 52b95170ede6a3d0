package vector

import (
	"fmt"
	"math/bits"
)

// Vocabulary maps features to columns. Columns are in order of ID, so they do
// not depend on the order of training. It is immutable and safe for many
// goroutines.
type Vocabulary struct {
	ids   []ID
	start []int32 // start[b] is the first column whose ID has high bits >= b
	shift uint    // of an ID to its high bits
}

// NewVocabulary returns the vocabulary of increasing IDs, which it keeps. It
// panics when they are out of order.
func NewVocabulary(ids []ID) *Vocabulary {
	width := max(1, bits.Len(uint(len(ids)))) // about one ID a bucket
	v := &Vocabulary{ids: ids, start: make([]int32, 1<<width+1), shift: uint(64 - width)}
	bucket := 0
	for j, id := range ids {
		if j > 0 && ids[j-1] >= id {
			panic(fmt.Sprintf("vector: IDs %x and %x out of order", ids[j-1], id))
		}
		for high := int(id >> v.shift); bucket <= high; bucket++ {
			v.start[bucket] = int32(j)
		}
	}
	for ; bucket < len(v.start); bucket++ {
		v.start[bucket] = int32(len(ids))
	}
	return v
}

// Cols is the number of columns.
func (v *Vocabulary) Cols() int { return len(v.ids) }

// IDs are the features of the columns. Not to be written to.
func (v *Vocabulary) IDs() []ID { return v.ids }

// Column is the column of a feature, -1 when it has none.
func (v *Vocabulary) Column(id ID) int32 {
	bucket := id >> v.shift
	for j, end := v.start[bucket], v.start[bucket+1]; j < end; j++ {
		if v.ids[j] == id {
			return j
		}
	}
	return -1
}

// appendColumns appends the column of each feature to dst, -1 where it has
// none. Looking up many at once lets the processor wait for several places in
// memory together.
func (v *Vocabulary) appendColumns(dst []int32, features []Feature) []int32 {
	first := len(dst)
	for i := range features {
		dst = append(dst, v.start[features[i].ID>>v.shift])
	}
	for i, j := range dst[first:] {
		id := features[i].ID
		for int(j) < len(v.ids) && v.ids[j] < id {
			j++
		}
		if int(j) == len(v.ids) || v.ids[j] != id {
			j = -1
		}
		dst[first+i] = j
	}
	return dst
}

// Select returns the vocabulary of the given columns, which must increase:
// column keep[k] becomes column k.
func (v *Vocabulary) Select(keep []int32) *Vocabulary {
	ids := make([]ID, len(keep))
	for k, j := range keep {
		ids[k] = v.ids[j]
	}
	return NewVocabulary(ids)
}
