package golearn

// The bytes of the kinds in this package. Every classifier is: four bytes of
// magic, its fields, and the CRC-32 (IEEE) of all before it, little-endian.
// Fields are made of
//
//	count    unsigned varint
//	names    count, then for each a count of bytes and the bytes
//	columns  count, then the first column and the distances to the next ones, each an unsigned varint
//	floats   float64, 8 bytes each, little-endian, finite; their number follows from fields before
//
// Every count is checked against the bytes that are left before anything is
// allocated.

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"
)

const magicLen = 4

// writer builds the bytes of one classifier.
type writer struct{ b []byte }

func newWriter(magic string) *writer { return &writer{[]byte(magic)} }

func (w *writer) count(n int) { w.b = binary.AppendUvarint(w.b, uint64(n)) }

func (w *writer) names(names []string) {
	w.count(len(names))
	for _, s := range names {
		w.count(len(s))
		w.b = append(w.b, s...)
	}
}

// columns writes increasing columns.
func (w *writer) columns(columns []int32) {
	w.count(len(columns))
	last := int32(0)
	for _, j := range columns {
		w.count(int(j - last))
		last = j
	}
}

func (w *writer) floats(values []float64) {
	for _, v := range values {
		w.b = binary.LittleEndian.AppendUint64(w.b, math.Float64bits(v))
	}
}

// sealed ends the bytes with their checksum.
func (w *writer) sealed() []byte {
	return binary.LittleEndian.AppendUint32(w.b, crc32.ChecksumIEEE(w.b))
}

// reader takes fields off the front of a classifier's bytes. The first fault is
// kept; after it every field is empty.
type reader struct {
	rest []byte
	err  error
}

// newReader checks magic and checksum.
func newReader(b []byte, magic string) (*reader, error) {
	if len(b) < magicLen || string(b[:magicLen]) != magic {
		return nil, fmt.Errorf("golearn: not a classifier of this kind: it does not begin with %q",
			magic)
	}
	body := b[:max(magicLen, len(b)-4)]
	if len(b) < magicLen+4 ||
		binary.LittleEndian.Uint32(b[len(body):]) != crc32.ChecksumIEEE(body) {
		return nil, fmt.Errorf("golearn: the %d bytes of the classifier do not match their checksum; the file is damaged", len(b))
	}
	return &reader{rest: body[magicLen:]}, nil
}

func (r *reader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("golearn: "+format+"; the file is damaged", args...)
	}
	r.rest = nil
}

// number reads an unsigned varint up to limit.
func (r *reader) number(limit int) int {
	v, n := binary.Uvarint(r.rest)
	if n <= 0 || v > uint64(limit) {
		r.fail("a number is missing or above %d", limit)
		return 0
	}
	r.rest = r.rest[n:]
	return int(v)
}

// count reads the number of items that follow, each of at least one byte.
func (r *reader) count() int { return r.number(len(r.rest)) }

func (r *reader) take(n int) []byte {
	if n < 0 || n > len(r.rest) {
		r.fail("%d bytes wanted, %d left", n, len(r.rest))
		return nil
	}
	out := r.rest[:n]
	r.rest = r.rest[n:]
	return out
}

func (r *reader) names() []string {
	var out []string
	for range r.count() {
		out = append(out, string(r.take(r.count())))
	}
	return out
}

// classes reads at least one name.
func (r *reader) classes() []string {
	out := r.names()
	if len(out) == 0 {
		r.fail("no classes")
	}
	return out
}

// columns reads strictly increasing columns.
func (r *reader) columns() []int32 {
	n := r.count()
	out := make([]int32, 0, n)
	last := 0
	for i := range n {
		step := r.number(math.MaxInt32 - last)
		if i > 0 && step == 0 {
			r.fail("column %d stands twice", last)
		}
		last += step
		out = append(out, int32(last))
	}
	return out
}

func (r *reader) floats(n int) []float64 {
	if n > len(r.rest)/8 {
		r.fail("%d floats wanted, %d bytes left", n, len(r.rest))
		return nil
	}
	out := make([]float64, n)
	for i := range out {
		out[i] = math.Float64frombits(binary.LittleEndian.Uint64(r.take(8)))
		if math.IsNaN(out[i]) || math.IsInf(out[i], 0) {
			r.fail("a value is %v", out[i])
			return nil
		}
	}
	return out
}

// end is the first fault, or that bytes are left over.
func (r *reader) end() error {
	if r.err == nil && len(r.rest) > 0 {
		r.fail("%d bytes too many", len(r.rest))
	}
	return r.err
}
