package learn

// Bytes of a Linear, all numbers little-endian:
//
//	magic    "lin1"
//	uint32   K, number of classes, 1 to 255
//	K times  uint32 length, then that many bytes: the class's name
//	K times  float64 bias
//	uint32   D, number of columns
//	D bytes  number of weights of each column, 0 to K; their sum is N
//	N bytes  class of each weight, ascending within a column
//	N times  float32 weight
//
// Every item takes at least one byte, and every count is checked against the
// bytes that are left before memory is allocated. So decoding allocates at most
// a small multiple of the input.

import (
	"encoding/binary"
	"fmt"
	"math"

	"stance/models/codec"
)

const linearMagic = "lin1"

// MarshalBinary encodes l; equal classifiers give equal bytes. The error is
// always nil.
func (l *Linear) MarshalBinary() ([]byte, error) {
	b := []byte(linearMagic)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(l.classes)))
	for _, name := range l.classes {
		b = binary.LittleEndian.AppendUint32(b, uint32(len(name)))
		b = append(b, name...)
	}
	for _, v := range l.bias {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(l.Cols()))
	counts, class, weight := l.sparse()
	b = append(b, counts...)
	b = append(b, class...)
	for _, w := range weight {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(w))
	}
	return b, nil
}

// sparse lists the weights without zeros: how many each column has, and the
// class and value of each.
func (l *Linear) sparse() (counts, class []byte, weight []float32) {
	counts, class, weight = make([]byte, l.Cols()), l.class, l.weight
	for j := range counts {
		if l.table == nil {
			counts[j] = byte(l.start[j+1] - l.start[j])
			continue
		}
		k := len(l.classes)
		for c, w := range l.table[j*k : j*k+k] {
			if w != 0 {
				counts[j]++
				class, weight = append(class, byte(c)), append(weight, w)
			}
		}
	}
	return counts, class, weight
}

// DecodeLinear reads what MarshalBinary wrote. Any other bytes are an error.
func DecodeLinear(b []byte) (*Linear, error) {
	r := &codec.Reader{Rest: b}
	if string(r.Take(len(linearMagic))) != linearMagic {
		return nil, fmt.Errorf("learn: not a linear classifier: it does not begin with %q",
			linearMagic)
	}
	l := &Linear{}
	k := int(r.Uint32())
	if k < 1 || k > MaxClasses {
		return nil, fmt.Errorf("learn: linear classifier with %d classes; the file is damaged", k)
	}
	for range k {
		l.classes = append(l.classes, string(r.Take(int(r.Uint32()))))
	}
	for range k {
		l.bias = append(l.bias, math.Float64frombits(r.Uint64()))
	}
	l.readWeights(r, k)
	if r.Failed {
		return nil, fmt.Errorf("learn: linear classifier ends early, after %d bytes; the file is damaged", len(b))
	}
	if len(r.Rest) > 0 {
		return nil, fmt.Errorf("learn: linear classifier with %d bytes too many; the file is damaged", len(r.Rest))
	}
	if err := l.check(); err != nil {
		return nil, err
	}
	l.tabulate()
	return l, nil
}

// readWeights reads the columns and their weights. r.Failed says that the input
// was too short or inconsistent.
func (l *Linear) readWeights(r *codec.Reader, k int) {
	counts := r.Take(int(r.Uint32()))
	l.start = make([]int32, 1, len(counts)+1)
	total := 0
	for _, n := range counts {
		total += int(n)
		if int(n) > k || total > math.MaxInt32 {
			r.Failed = true
			return
		}
		l.start = append(l.start, int32(total))
	}
	l.class = append(l.class, r.Take(total)...)
	bits := r.Take(4 * total)
	l.weight = make([]float32, len(bits)/4)
	for i := range l.weight {
		l.weight[i] = math.Float32frombits(binary.LittleEndian.Uint32(bits[4*i:]))
	}
}

// check reports values that no trainer makes and that would cause a NaN score
// or a panic later.
func (l *Linear) check() error {
	for _, v := range l.bias {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Errorf("learn: linear classifier with bias %v; the file is damaged", v)
		}
	}
	for j := range l.Cols() {
		last := -1
		for at := l.start[j]; at < l.start[j+1]; at++ {
			c, w := int(l.class[at]), float64(l.weight[at])
			if c <= last || c >= len(l.classes) || w == 0 || math.IsNaN(w) || math.IsInf(w, 0) {
				return fmt.Errorf("learn: linear classifier with weight %v of class %d in column %d; the file is damaged",
					w, c, j)
			}
			last = c
		}
	}
	return nil
}
