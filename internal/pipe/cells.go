package pipe

import (
	"strconv"
	"strings"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// leaf is one column that holds values; the columns of a struct are leaves of
// their own, named by the path to them: "source.name".
type leaf struct {
	name string
	path []int // column, then field of the struct, and so on
}

// leavesOf lists the leaves of a schema.
func leavesOf(fields []arrow.Field, prefix string, path []int) (leaves []leaf) {
	for i, f := range fields {
		at := append(append([]int(nil), path...), i)
		if s, ok := f.Type.(*arrow.StructType); ok {
			leaves = append(leaves, leavesOf(s.Fields(), prefix+f.Name+".", at)...)
			continue
		}
		leaves = append(leaves, leaf{prefix + f.Name, at})
	}
	return leaves
}

// text is the value of a row as the decoder of Parquet files gives it: a time
// in ISO 8601, a number by its digits, the elements of a list as paragraphs; ""
// for null and for types that hold no field of an article.
func (l leaf) text(b arrow.RecordBatch, row int) string {
	column := b.Column(l.path[0])
	for _, i := range l.path[1:] {
		if column.IsNull(row) {
			return ""
		}
		column = column.(*array.Struct).Field(i)
	}
	return cellText(column, row)
}

func cellText(column arrow.Array, row int) string {
	if column.IsNull(row) {
		return ""
	}
	switch c := column.(type) {
	case *array.String:
		return c.Value(row)
	case *array.LargeString:
		return c.Value(row)
	case *array.StringView:
		return c.Value(row)
	case *array.Binary:
		return string(c.Value(row))
	case *array.LargeBinary:
		return string(c.Value(row))
	case *array.BinaryView:
		return string(c.Value(row))
	case *array.Dictionary:
		return cellText(c.Dictionary(), c.GetValueIndex(row))
	case array.ListLike:
		return listText(c, row)
	case *array.Timestamp:
		unit := c.DataType().(*arrow.TimestampType).Unit
		return c.Value(row).ToTime(unit).UTC().Format(time.RFC3339Nano)
	case *array.Date32:
		return c.Value(row).ToTime().Format(time.DateOnly)
	case *array.Date64:
		return c.Value(row).ToTime().Format(time.DateOnly)
	case *array.Float32:
		return strconv.FormatFloat(float64(c.Value(row)), 'f', -1, 32)
	case *array.Float64:
		return strconv.FormatFloat(c.Value(row), 'f', -1, 64)
	}
	if n, ok := cellInt(column, row); ok {
		return strconv.FormatInt(n, 10)
	}
	return ""
}

func listText(c array.ListLike, row int) string {
	var parts []string
	start, end := c.ValueOffsets(row)
	for i := start; i < end; i++ {
		if part := cellText(c.ListValues(), int(i)); part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "\n\n")
}

// cellInt is the value of an integer column, a date in days or a time in
// microseconds; ok is false for null and for other types.
func cellInt(column arrow.Array, row int) (n int64, ok bool) {
	if column.IsNull(row) {
		return 0, false
	}
	switch c := column.(type) {
	case *array.Int8:
		return int64(c.Value(row)), true
	case *array.Int16:
		return int64(c.Value(row)), true
	case *array.Int32:
		return int64(c.Value(row)), true
	case *array.Int64:
		return c.Value(row), true
	case *array.Uint8:
		return int64(c.Value(row)), true
	case *array.Uint16:
		return int64(c.Value(row)), true
	case *array.Uint32:
		return int64(c.Value(row)), true
	case *array.Uint64:
		return int64(c.Value(row)), true
	case *array.Date32:
		return int64(c.Value(row)), true
	case *array.Timestamp:
		unit := c.DataType().(*arrow.TimestampType).Unit
		return c.Value(row).ToTime(unit).UnixMicro(), true
	}
	return 0, false
}

// cellFloat is the value of a column of doubles.
func cellFloat(column arrow.Array, row int) (float64, bool) {
	c, ok := column.(*array.Float64)
	if !ok || c.IsNull(row) {
		return 0, false
	}
	return c.Value(row), true
}
