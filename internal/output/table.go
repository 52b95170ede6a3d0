package output

import (
	"fmt"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// Table lists the columns of a row type and takes rows apart. It is for those
// who hand rows on in another form than Parquet: the names, types and nulls of
// every form come from the one row type.
type Table[T any] struct {
	Columns []Column
	schema  *parquet.Schema
}

// Column is one column of a row type.
type Column struct {
	Name string
	Type ColumnType
}

// ColumnType is what the values of a column are.
type ColumnType uint8

// The types of columns.
const (
	Text   ColumnType = iota // UTF-8
	Bool                     // true or false
	Int32                    // a count or a place
	Int64                    // a large one
	Double                   // a probability, score or share
	Date                     // days since 1970-01-01, as 32 bits
	Micros                   // microseconds since 1970-01-01 UTC
)

// Value is one cell of a row: ask IsNull before Boolean, Int32, Int64, Double
// or ByteArray. The zero Value is null.
type Value = parquet.Value

// TableOf makes the table of a row type: a struct with the tags of parquet-go.
// It panics when a field has a type that no column has.
func TableOf[T any]() Table[T] {
	var zero T
	t := Table[T]{schema: parquet.SchemaOf(&zero)}
	for _, f := range t.schema.Fields() {
		t.Columns = append(t.Columns, Column{f.Name(), typeOf(f)})
	}
	return t
}

// Values appends the cells of a row to dst, in the order of Columns. They are
// valid as long as the row is.
func (t Table[T]) Values(dst []Value, row *T) []Value { return t.schema.Deconstruct(dst, row) }

// typeOf is the type of a field.
func typeOf(f parquet.Field) ColumnType {
	if l := f.Type().LogicalType(); l != nil {
		switch l.Value.(type) {
		case *format.DateType:
			return Date
		case *format.TimestampType:
			return Micros
		case *format.StringType:
			return Text
		}
	}
	switch kind := f.Type().Kind(); kind {
	case parquet.Boolean:
		return Bool
	case parquet.Int32:
		return Int32
	case parquet.Int64:
		return Int64
	case parquet.Double:
		return Double
	default:
		panic(fmt.Sprintf("output: column %s is of kind %v, which no form of a row has", f.Name(),
			kind))
	}
}
