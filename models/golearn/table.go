package golearn

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/sjwhitworth/golearn/base"

	"stance/features/vector"
)

// table says which attributes of a data grid are the columns of a matrix. After
// a fit on a Grid, names is nil and column j is the attribute named j.
type table struct {
	class  string   // name of the class attribute
	names  []string // of the other attributes, in order
	binary []bool   // by name: a base.BinaryAttribute, not a base.FloatAttribute
	cols   int
}

// tableOf describes a grid to learn from, and lists its classes.
func tableOf(x base.FixedDataGrid) (table, []string, error) {
	attrs := x.AllClassAttributes()
	if len(attrs) != 1 {
		return table{}, nil, fmt.Errorf("golearn: %d class attributes; mark one with AddClassAttribute", len(attrs))
	}
	if g, ok := x.(*Grid); ok {
		return table{class: className, cols: g.x.Cols}, slices.Clone(g.ClassNames()), nil
	}
	class, ok := attrs[0].(*base.CategoricalAttribute)
	if !ok {
		return table{}, nil, fmt.Errorf("golearn: class attribute %s; a classifier wants a categorical one", attrs[0])
	}
	t := table{class: class.GetName(), names: []string{}}
	for _, a := range x.AllAttributes() {
		if a.Equals(class) {
			continue
		}
		_, binary := a.(*base.BinaryAttribute)
		if _, float := a.(*base.FloatAttribute); !binary && !float {
			return table{}, nil, fmt.Errorf("golearn: attribute %s is neither float nor binary; convert it first, "+
				"for instance with filters.NewBinaryConvertFilter", a)
		}
		t.names, t.binary = append(t.names, a.GetName()), append(t.binary, binary)
	}
	t.cols = len(t.names)
	return t, slices.Clone(class.GetValues()), nil
}

// matrix is the rows of x with the columns of t.
func (t table) matrix(x base.FixedDataGrid) (*vector.Matrix, error) {
	g, ok := x.(*Grid)
	if !ok || t.names != nil {
		places, err := t.places(x)
		if err != nil {
			return nil, err
		}
		return t.read(x, places), nil
	}
	if g.schema.flavor == Presence {
		return presence(g.Matrix(), false), nil
	}
	return g.Matrix(), nil
}

// place is an attribute of a data grid that is column col of a table.
type place struct {
	col    int
	spec   base.AttributeSpec
	binary bool
}

// places finds the columns of t in x, by name and type; increasing.
func (t table) places(x base.FixedDataGrid) ([]place, error) {
	if t.names == nil {
		return t.numberedPlaces(x)
	}
	var out []place
	for j, name := range t.names {
		var a base.Attribute = base.NewFloatAttribute(name)
		if t.binary[j] {
			a = base.NewBinaryAttribute(name)
		}
		spec, err := x.GetAttribute(a)
		if err != nil {
			return nil, fmt.Errorf("golearn: no attribute %q to predict from: %w", name, err)
		}
		out = append(out, place{j, spec, t.binary[j]})
	}
	return out, nil
}

// numberedPlaces finds the attributes of x whose names are column numbers,
// which are those of a copy or a view of a Grid.
func (t table) numberedPlaces(x base.FixedDataGrid) ([]place, error) {
	var out []place
	for _, a := range x.AllAttributes() {
		j, err := strconv.Atoi(a.GetName())
		_, binary := a.(*base.BinaryAttribute)
		_, float := a.(*base.FloatAttribute)
		if err != nil || j < 0 || j >= t.cols || !binary && !float {
			continue
		}
		spec, err := x.GetAttribute(a)
		if err != nil {
			return nil, fmt.Errorf("golearn: attribute %s: %w", a, err)
		}
		out = append(out, place{j, spec, binary})
	}
	slices.SortFunc(out, func(a, b place) int { return cmp.Compare(a.col, b.col) })
	return out, nil
}

// read reads all rows, cell by cell. It does not use MapOverRows, because
// golearn's views call it in map order, and some of them forget which rows were
// chosen.
func (t table) read(x base.FixedDataGrid, places []place) *vector.Matrix {
	out := vector.NewMatrix(t.cols)
	var row vector.Vector
	_, rows := x.Size()
	for i := range rows {
		row.Index, row.Value = row.Index[:0], row.Value[:0]
		for _, p := range places {
			cell, v := x.Get(p.spec, i), 0.0
			switch {
			case !p.binary:
				v = base.UnpackBytesToFloat(cell)
			case cell[0] > 0:
				v = 1
			}
			if v != 0 {
				row.Index, row.Value = append(row.Index, int32(p.col)), append(row.Value, v)
			}
		}
		out.Append(row)
	}
	return out
}

// classesOf is the class index of each row of x, which tableOf has accepted.
func classesOf(x base.FixedDataGrid) ([]int, error) {
	if g, ok := x.(*Grid); ok {
		return g.ClassIndices(), nil
	}
	spec, err := x.GetAttribute(x.AllClassAttributes()[0])
	if err != nil {
		return nil, fmt.Errorf("golearn: class attribute: %w", err)
	}
	_, rows := x.Size()
	out := make([]int, rows)
	for i := range out {
		out[i] = int(base.UnpackBytesToU64(x.Get(spec, i)))
	}
	return out, nil
}
