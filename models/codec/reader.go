// Package codec reads the numbers and runs of bytes that bundles and
// classifiers are made of.
package codec

import "encoding/binary"

// Reader takes values off the front of a slice, integers little-endian. It
// never allocates. Once too few bytes are left it gives zeros and nil, so that
// a caller may check Failed once, after the last value.
type Reader struct {
	Rest   []byte
	Failed bool
}

// Take gives the next n bytes, a view into the input.
func (r *Reader) Take(n int) []byte {
	if r.Failed || n < 0 || n > len(r.Rest) {
		r.Failed = true
		return nil
	}
	out := r.Rest[:n]
	r.Rest = r.Rest[n:]
	return out
}

// Uint32 reads four bytes.
func (r *Reader) Uint32() uint32 {
	if b := r.Take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

// Uint64 reads eight bytes.
func (r *Reader) Uint64() uint64 {
	if b := r.Take(8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}
