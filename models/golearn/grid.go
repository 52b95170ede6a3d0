package golearn

// A Grid presents a sparse matrix to golearn as if it were a dense table:
//
//   - The class attribute comes first, then one attribute for each column,
//     named
//     by the column's number.
//   - The class attribute has all class values, in the order of their indices,
//     before golearn sees it. golearn would add unknown values while it
//       predicts,
//     which would be a race and a new class.
//   - The attributes of columns are made when somebody asks for one. Our own
//     learners never do.
//   - Cells become bytes one row at a time. The matrix is neither copied nor
//     filled in.

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/sjwhitworth/golearn/base"

	"stance/features/vector"
)

// Flavor says what golearn sees in the cells of a Grid.
type Flavor uint8

// The flavors.
const (
	Weights  Flavor = iota // a base.FloatAttribute per column: the values of the matrix
	Presence               // a base.BinaryAttribute per column: 1 where the value is not 0
)

// Grid is a matrix with the class of each row, as a base.FixedDataGrid. It is
// immutable and safe for many goroutines.
type Grid struct {
	x      *vector.Matrix
	y      []int // by row of x
	rows   []int // rows of x to show; nil means all
	schema *schema
}

var _ base.FixedDataGrid = (*Grid)(nil)

// NewGrid presents x with the class index of each row. With a nil y the classes
// are unknown, and golearn sees the first class in every row. The grid keeps x
// and y, which must not change any more. NewGrid panics when y does not fit x
// or classes, when there are no classes, and when two classes have the same
// name, because golearn identifies classes by name.
func NewGrid(x *vector.Matrix, y []int, classes []string, f Flavor) *Grid {
	if y == nil {
		y = make([]int, x.Rows())
	}
	if len(y) != x.Rows() {
		panic(fmt.Sprintf("golearn: %d classes for %d rows", len(y), x.Rows()))
	}
	if len(classes) == 0 {
		panic("golearn: grid without classes")
	}
	for i, c := range y {
		if c < 0 || c >= len(classes) {
			panic(fmt.Sprintf("golearn: row %d has class %d of %d", i, c, len(classes)))
		}
	}
	return &Grid{x: x, y: y, schema: newSchema(x.Cols, classes, f)}
}

// Subset is the grid of the given rows of g, in that order; a row may be taken
// more than once. It shares the matrix.
func (g *Grid) Subset(rows []int) *Grid {
	out := *g
	out.rows = make([]int, len(rows))
	for i, r := range rows {
		out.rows[i] = g.row(r)
	}
	return &out
}

// NumericClass is g with a class attribute that is a number, the class's index,
// as golearn's CART wants it.
func (g *Grid) NumericClass() *Grid {
	out := *g
	out.schema = newNumericSchema(g.schema)
	return &out
}

// Matrix is the matrix of the rows shown. It is a view when g shows all rows,
// and must not be written to.
func (g *Grid) Matrix() *vector.Matrix {
	if g.rows == nil {
		return g.x
	}
	return g.x.Select(g.rows)
}

// ClassIndices is the class of each row shown, as a fresh slice.
func (g *Grid) ClassIndices() []int {
	_, n := g.Size()
	out := make([]int, n)
	for i := range out {
		out[i] = g.y[g.row(i)]
	}
	return out
}

// ClassNames are the values of the class attribute, by index. Not to be written
// to.
func (g *Grid) ClassNames() []string { return g.schema.classes }

// row is the row of the matrix that is shown as row i.
func (g *Grid) row(i int) int {
	if g.rows == nil {
		return i
	}
	return g.rows[i]
}

// Size is the number of attributes (columns and the class) and of rows.
func (g *Grid) Size() (attributes, rows int) {
	if g.rows == nil {
		return g.x.Cols + 1, g.x.Rows()
	}
	return g.x.Cols + 1, len(g.rows)
}

// GetAttribute finds the class or a column; any other attribute is an error.
func (g *Grid) GetAttribute(a base.Attribute) (base.AttributeSpec, error) {
	return g.schema.spec(a)
}

// AllAttributes is the class attribute, then the columns, as a fresh slice.
func (g *Grid) AllAttributes() []base.Attribute { return slices.Clone(g.schema.all().attributes) }

// AllClassAttributes is the one class attribute.
func (g *Grid) AllClassAttributes() []base.Attribute { return []base.Attribute{g.schema.class} }

// AddClassAttribute agrees when a is the class attribute already; a grid takes
// no other.
func (g *Grid) AddClassAttribute(a base.Attribute) error {
	if !g.schema.class.Equals(a) {
		return fmt.Errorf("golearn: a grid has one class attribute, %s; make another grid for %s",
			g.schema.class, a)
	}
	return nil
}

// RemoveClassAttribute always fails: a grid keeps its class.
func (g *Grid) RemoveClassAttribute(a base.Attribute) error {
	return fmt.Errorf("golearn: a grid keeps its class attribute; copy it with base.NewDenseCopy to change %s", a)
}

// Get is one cell in golearn's bytes: 8 for the class and for weights, 1 for
// presence. The bytes of a class are shared and must not be written to. It
// panics when the specification is not of this grid or the row is out of range.
func (g *Grid) Get(spec base.AttributeSpec, row int) []byte {
	r := g.row(row)
	j := g.schema.column(spec)
	if j == classColumn {
		return g.schema.classBytes[g.y[r]]
	}
	cell := make([]byte, 8)
	v := g.x.Row(r)
	if k, ok := slices.BinarySearch(v.Index, int32(j)); ok {
		g.schema.write(cell, v.Value[k])
	}
	return cell[:g.schema.width()]
}

// MapOverRows calls f with the asked-for cells of each row until f returns
// false or an error, which it passes on. The cells are overwritten before the
// next call.
func (g *Grid) MapOverRows(specs []base.AttributeSpec,
	f func(cells [][]byte, row int) (bool, error)) error {
	slots, classes := g.slots(specs)
	width := g.schema.width()
	buffer := make([]byte, 8*len(specs)) // golearn reads 8 bytes at a time
	cells := make([][]byte, len(specs))
	for n := range specs {
		cells[n] = buffer[8*n : 8*n+width]
	}
	_, rows := g.Size()
	for i := range rows {
		r := g.row(i)
		clear(buffer)
		for _, n := range classes {
			cells[n] = g.schema.classBytes[g.y[r]]
		}
		g.fill(buffer, slots, g.x.Row(r))
		if again, err := f(cells, i); err != nil || !again {
			return err
		}
	}
	return nil
}

// slot says that column col of the matrix is wanted as cell number at.
type slot struct{ col, at int }

// slots sorts the wanted columns; classes are the cells where the class is
// wanted.
func (g *Grid) slots(specs []base.AttributeSpec) (slots []slot, classes []int) {
	for n, s := range specs {
		if j := g.schema.column(s); j == classColumn {
			classes = append(classes, n)
		} else {
			slots = append(slots, slot{j, n})
		}
	}
	sort.SliceStable(slots, func(a, b int) bool { return slots[a].col < slots[b].col })
	return slots, classes
}

// fill writes the entries of v that are wanted; both are sorted by column.
func (g *Grid) fill(buffer []byte, slots []slot, v vector.Vector) {
	n := 0
	for k, j := range v.Index {
		for n < len(slots) && slots[n].col < int(j) {
			n++
		}
		for ; n < len(slots) && slots[n].col == int(j); n++ {
			at := 8 * slots[n].at
			g.schema.write(buffer[at:at+8], v.Value[k])
		}
	}
}

// RowString is the class and the entries of a row: "critical 3:0.5 17:1".
func (g *Grid) RowString(row int) string {
	var b strings.Builder
	r := g.row(row)
	b.WriteString(g.schema.classes[g.y[r]])
	v := g.x.Row(r)
	for k, j := range v.Index {
		b.WriteString(" " + strconv.Itoa(int(j)) + ":" +
			strconv.FormatFloat(v.Value[k], 'g', -1, 64))
	}
	return b.String()
}

// String is a summary, without the cells.
func (g *Grid) String() string {
	_, rows := g.Size()
	return fmt.Sprintf("Grid(%d rows, %d columns, %d classes)", rows, g.x.Cols,
		len(g.schema.classes))
}

// write turns one value into golearn's bytes; cell has 8.
func (s *schema) write(cell []byte, v float64) {
	switch {
	case s.flavor == Weights:
		// golearn reads floats through a pointer
		binary.NativeEndian.PutUint64(cell, math.Float64bits(v))
	case v != 0:
		cell[0] = 1
	}
}

// width is the number of bytes of one cell.
func (s *schema) width() int {
	if s.flavor == Presence {
		return 1
	}
	return 8
}
