package pipe

// This file has Arrow streams as tests write and read them.

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"stance/internal/output"
)

// stream makes an Arrow stream of columns of text; "" is null.
func stream(t *testing.T, columns []string, rows [][]string) []byte {
	t.Helper()
	var fields []arrow.Field
	for _, c := range columns {
		fields = append(fields,
			arrow.Field{Name: c, Type: arrow.BinaryTypes.String, Nullable: true})
	}
	return encode(t, arrow.NewSchema(fields, nil), len(rows),
		func(b *array.RecordBuilder, row int) {
			for i, v := range rows[row] {
				if v == "" {
					b.Field(i).AppendNull()
					continue
				}
				b.Field(i).(*array.StringBuilder).Append(v)
			}
		})
}

// encode writes a stream with batches of seven rows.
func encode(t *testing.T, s *arrow.Schema, n int, fill func(*array.RecordBuilder, int)) []byte {
	t.Helper()
	var out bytes.Buffer
	w := ipc.NewWriter(&out, ipc.WithSchema(s))
	b := array.NewRecordBuilder(memory.DefaultAllocator, s)
	for row := range n {
		if fill(b, row); row%7 == 6 || row == n-1 {
			if err := w.Write(b.NewRecordBatch()); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// decoded is a stream that came out: its rows by column, as text, and its mark.
type decoded struct {
	schema *arrow.Schema
	rows   []map[string]string
	mark   Mark
}

// decode reads a stream and holds it against its mark.
func decode(t *testing.T, data []byte) decoded {
	t.Helper()
	d := decoded{}
	counts := map[string]int64{}
	err := eachBatch(context.Background(), bytes.NewReader(data), func(s *arrow.Schema) error {
		d.schema = s
		return nil
	}, func(b arrow.RecordBatch) error {
		for row := range int(b.NumRows()) {
			m := map[string]string{}
			for i, f := range d.schema.Fields() {
				m[f.Name] = valueText(b.Column(i), row)
			}
			if m["dataset"] == EndData {
				if err := json.Unmarshal([]byte(m["end"]), &d.mark); err != nil {
					t.Fatal(err)
				}
				continue
			}
			if d.mark.Version != 0 {
				t.Fatal("rows come after the mark")
			}
			counts[m["dataset"]]++
			d.rows = append(d.rows, m)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if d.mark.Version != 1 || fmt.Sprint(d.mark.Rows) != fmt.Sprint(counts) {
		t.Fatalf("mark %+v over rows %v", d.mark, counts)
	}
	return d
}

// valueText is a cell as asMap has it.
func valueText(c arrow.Array, row int) string {
	if c.IsNull(row) {
		return "<null>"
	}
	if n, ok := cellInt(c, row); ok {
		return fmt.Sprint(n)
	}
	if b, ok := c.(*array.Boolean); ok {
		return fmt.Sprint(b.Value(row))
	}
	if f, ok := cellFloat(c, row); ok {
		return output.Value(output.TableOf[struct {
			X float64 `parquet:"x"`
		}]().Values(nil, &struct {
			X float64 `parquet:"x"`
		}{f})[0]).String()
	}
	return cellText(c, row)
}

// filter runs a filter over a stream.
func filter(t *testing.T, in []byte, run func(*bytes.Reader, *bytes.Buffer) error) decoded {
	t.Helper()
	var out bytes.Buffer
	if err := run(bytes.NewReader(in), &out); err != nil {
		t.Fatal(err)
	}
	return decode(t, out.Bytes())
}

// reencode makes a stream of rows that a filter gave, some columns changed.
func reencode(t *testing.T, s *arrow.Schema, rows []map[string]string) []byte {
	t.Helper()
	return encode(t, s, len(rows), func(b *array.RecordBuilder, row int) {
		for i, f := range s.Fields() {
			v := rows[row][f.Name]
			if v == "<null>" {
				b.Field(i).AppendNull()
				continue
			}
			switch at := b.Field(i).(type) {
			case *array.TimestampBuilder:
				var us int64
				fmt.Sscan(v, &us)
				at.Append(arrow.Timestamp(us))
			case *array.Date32Builder:
				var day int32
				fmt.Sscan(v, &day)
				at.Append(arrow.Date32(day))
			default:
				if err := at.AppendValueFromString(v); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}
