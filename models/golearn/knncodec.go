//go:build cgo && cgo_knn

package golearn

import (
	"encoding/binary"
	"math"

	"stance/features/vector"
	"stance/models/learn"
)

const knnMagic = "gkn1"

// MarshalBinary writes: magic, classes, columns, number of neighbors, number of
// rows, then per row its class, its columns and their values in single
// precision. See codec.go.
func (m *knnModel) MarshalBinary() ([]byte, error) {
	w := newWriter(knnMagic)
	w.names(m.classes)
	w.columns(m.columns)
	w.count(m.k)
	w.count(m.x.Rows())
	for i, y := range m.y {
		w.count(y)
		row := m.x.Row(i)
		w.columns(row.Index)
		for _, v := range row.Value {
			w.b = binary.LittleEndian.AppendUint32(w.b, math.Float32bits(float32(v)))
		}
	}
	return w.sealed(), nil
}

// decodeKNN reads what MarshalBinary wrote.
func decodeKNN(b []byte) (learn.Classifier, error) {
	r, err := newReader(b, knnMagic)
	if err != nil {
		return nil, err
	}
	m := &knnModel{classes: r.classes(), columns: r.columns()}
	m.x = vector.NewMatrix(len(m.columns))
	m.k = r.number(math.MaxInt32)
	rows := r.count()
	if m.k < 1 || m.k > rows {
		r.fail("%d neighbors among %d rows", m.k, rows)
	}
	for n := 0; n < rows && r.err == nil; n++ {
		m.readRow(r)
	}
	if err := r.end(); err != nil {
		return nil, err
	}
	return m, nil
}

// readRow reads one training row.
func (m *knnModel) readRow(r *reader) {
	m.y = append(m.y, r.number(len(m.classes)-1))
	v := vector.Vector{Index: r.columns()}
	bits := r.take(4 * len(v.Index))
	for n := range len(bits) / 4 {
		f := float64(math.Float32frombits(binary.LittleEndian.Uint32(bits[4*n:])))
		if math.IsNaN(f) || math.IsInf(f, 0) {
			r.fail("a value is %v", f)
		}
		v.Value = append(v.Value, f)
	}
	if last := len(v.Index) - 1; last >= 0 && int(v.Index[last]) >= m.x.Cols {
		r.fail("a row has column %d of %d", v.Index[last], m.x.Cols)
	}
	if r.err == nil {
		m.x.Append(v)
	}
}
