// Package vector holds sparse rows and the matrix that classifiers learn from.
package vector

import "fmt"

// Vector is one sparse row: Value[k] stands in column Index[k]. Index is
// strictly increasing. The zero Vector is the empty row.
type Vector struct {
	Index []int32
	Value []float64
}

// Matrix is a sparse matrix in compressed sparse row (CSR) form: row i holds
// the entries Indptr[i] to Indptr[i+1] of Index and Value, its columns strictly
// increasing. A Matrix is not changed after it is built and may be shared.
type Matrix struct {
	Cols   int
	Indptr []int // len = rows + 1, Indptr[0] = 0
	Index  []int32
	Value  []float64
}

// NewMatrix returns an empty matrix of the given width; rows are added with
// Append.
func NewMatrix(cols int) *Matrix { return &Matrix{Cols: cols, Indptr: []int{0}} }

// Rows is the number of rows.
func (m *Matrix) Rows() int { return len(m.Indptr) - 1 }

// Row returns row i as a view into the matrix: it must not be written to.
func (m *Matrix) Row(i int) Vector {
	lo, hi := m.Indptr[i], m.Indptr[i+1]
	return Vector{Index: m.Index[lo:hi:hi], Value: m.Value[lo:hi:hi]}
}

// Append copies v in as the new last row. It panics when v has a column outside
// the matrix or out of order.
func (m *Matrix) Append(v Vector) {
	if len(v.Index) != len(v.Value) {
		panic(fmt.Sprintf("vector: vector with %d columns and %d values", len(v.Index),
			len(v.Value)))
	}
	last := int32(-1)
	for _, j := range v.Index {
		if j <= last || int(j) >= m.Cols {
			panic(fmt.Sprintf("vector: column %d after %d in a matrix of %d columns", j, last,
				m.Cols))
		}
		last = j
	}
	m.Index = append(m.Index, v.Index...)
	m.Value = append(m.Value, v.Value...)
	m.Indptr = append(m.Indptr, len(m.Index))
}

// Select returns a new matrix of the given rows, in that order.
func (m *Matrix) Select(rows []int) *Matrix {
	out := NewMatrix(m.Cols)
	for _, i := range rows {
		out.Append(m.Row(i))
	}
	return out
}
