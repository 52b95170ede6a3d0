package pipe

import (
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"stance/internal/output"
)

// Bounds on a batch that goes out, so that neither side holds much.
const (
	batchRows  = 1024
	batchBytes = 1 << 20
)

// arrowTypes are the types of columns, by [output.ColumnType].
var arrowTypes = [...]arrow.DataType{
	output.Text:   arrow.BinaryTypes.String,
	output.Bool:   arrow.FixedWidthTypes.Boolean,
	output.Int32:  arrow.PrimitiveTypes.Int32,
	output.Int64:  arrow.PrimitiveTypes.Int64,
	output.Double: arrow.PrimitiveTypes.Float64,
	output.Date:   arrow.FixedWidthTypes.Date32,
	output.Micros: &arrow.TimestampType{Unit: arrow.Microsecond, TimeZone: "UTC"},
}

// labelRow is the first column of every stream.
type labelRow struct {
	Dataset string `parquet:"dataset"`
}

// endRow is the last column of every stream.
type endRow struct {
	End *string `parquet:"end,optional"`
}

// shape is the columns of a stream: those of several row types, each name once.
type shape struct {
	columns []output.Column
	index   map[string]int
	members map[string][]string // columns by dataset
}

// writer writes a stream. Rows are put together from parts: first the label,
// then the values of row types.
type writer struct {
	shape
	sink    *sumWriter
	out     *ipc.Writer
	builder *array.RecordBuilder
	row     []output.Value // of the union
	scratch []output.Value
	size    int // bytes of text in the open batch
	rows    int // in the open batch
	mark    Mark
	label   part[labelRow]
	end     part[endRow]
}

// part is a row type within the union.
type part[T any] struct {
	table output.Table[T]
	at    []int // by column of table: its column in the union
}

// add adds the columns of a row type to a shape. They are those of a dataset,
// unless that is "".
func add[T any](s *shape, dataset string) part[T] {
	p := part[T]{table: output.TableOf[T]()}
	for _, c := range p.table.Columns {
		i, known := s.index[c.Name]
		if known && s.columns[i] != c {
			panic(fmt.Sprintf("pipe: column %s has two types", c.Name))
		}
		if !known {
			i = len(s.columns)
			s.index[c.Name] = i
			s.columns = append(s.columns, c)
		}
		p.at = append(p.at, i)
		if dataset != "" {
			s.members[dataset] = append(s.members[dataset], c.Name)
		}
	}
	return p
}

// set lays the values of a row over the open row of w.
func (p part[T]) set(w *writer, row *T) {
	w.scratch = p.table.Values(w.scratch[:0], row)
	for i, v := range w.scratch {
		w.row[p.at[i]] = v
	}
}

// newWriter begins a stream; addParts adds the columns of its row types. used
// are the columns that are read of the stream that comes in.
func newWriter(out io.Writer, used []string, addParts func(*shape)) (*writer, error) {
	w := &writer{sink: &sumWriter{w: out}, mark: Mark{Version: 1, Rows: map[string]int64{}}}
	w.shape = shape{index: map[string]int{}, members: map[string][]string{}}
	w.label = add[labelRow](&w.shape, "")
	addParts(&w.shape)
	w.end = add[endRow](&w.shape, "")
	fields := make([]arrow.Field, len(w.columns))
	for i, c := range w.columns {
		fields[i] = arrow.Field{Name: c.Name, Type: arrowTypes[c.Type], Nullable: i > 0}
	}
	schema := arrow.NewSchema(fields, w.metadata(used))
	w.out = ipc.NewWriter(w.sink, ipc.WithSchema(schema))
	w.builder = array.NewRecordBuilder(memory.DefaultAllocator, schema)
	w.row = make([]output.Value, len(w.columns))
	return w, w.flush()
}

// metadata says which columns belong to which dataset, and which are read.
func (s *shape) metadata(used []string) *arrow.Metadata {
	m := map[string]string{UsedKey: strings.Join(used, ",")}
	for dataset, columns := range s.members {
		m[ColumnsKey+dataset] = strings.Join(columns, ",")
	}
	md := arrow.MetadataFrom(m) // sorted by key
	return &md
}

// put writes a row of a dataset; set fills its columns.
func (w *writer) put(dataset string, set func()) error {
	clear(w.row)
	w.label.set(w, &labelRow{dataset})
	set()
	for i, v := range w.row {
		w.append(i, v)
	}
	w.mark.Rows[dataset]++
	if w.rows++; w.rows < batchRows && w.size < batchBytes {
		return nil
	}
	return w.flush()
}

// append adds a value to a column of the open batch.
func (w *writer) append(i int, v output.Value) {
	b := w.builder.Field(i)
	if v.IsNull() {
		b.AppendNull()
		return
	}
	switch b := b.(type) {
	case *array.StringBuilder:
		text := v.ByteArray()
		w.size += len(text)
		b.BinaryBuilder.Append(text)
	case *array.BooleanBuilder:
		b.Append(v.Boolean())
	case *array.Int32Builder:
		b.Append(v.Int32())
	case *array.Int64Builder:
		b.Append(v.Int64())
	case *array.Float64Builder:
		b.Append(v.Double())
	case *array.Date32Builder:
		b.Append(arrow.Date32(v.Int32()))
	case *array.TimestampBuilder:
		b.Append(arrow.Timestamp(v.Int64()))
	default:
		panic(fmt.Sprintf("pipe: column %s has no builder", w.columns[i].Name))
	}
}

// flush writes the open batch, also one without rows.
func (w *writer) flush() error {
	batch := w.builder.NewRecordBatch()
	defer batch.Release()
	w.rows, w.size = 0, 0
	if err := w.out.Write(batch); err != nil {
		return fmt.Errorf("pipe: output: %w", err)
	}
	return nil
}

// close writes the end mark. Without it a stream is not whole.
func (w *writer) close() error {
	if err := w.flush(); err != nil {
		return err
	}
	w.mark.CRC32 = fmt.Sprintf("%08x", w.sink.sum)
	text, err := json.Marshal(w.mark)
	if err != nil {
		return fmt.Errorf("pipe: end mark: %w", err)
	}
	mark := string(text)
	if err := w.put(EndData, func() { w.end.set(w, &endRow{&mark}) }); err != nil {
		return err
	}
	if err := w.flush(); err != nil {
		return err
	}
	if err := w.out.Close(); err != nil {
		return fmt.Errorf("pipe: output: %w", err)
	}
	return nil
}

// sumWriter sums what passes through it.
type sumWriter struct {
	w   io.Writer
	sum uint32
}

func (s *sumWriter) Write(p []byte) (int, error) {
	n, err := s.w.Write(p)
	s.sum = crc32.Update(s.sum, crc32.IEEETable, p[:n])
	return n, err
}
