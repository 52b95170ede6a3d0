package output

import (
	"slices"
	"time"
)

// Listing is one table of what is published, row by row, for programs that
// write it in another format.
type Listing struct {
	Name    string
	Columns []Column

	// Each calls do for every row in order. A value is nil for null, else a
	// string, int64, float64, bool or time.Time (UTC; a Date has no hours). The
	// slice is used again for the next row.
	Each func(do func(values []any) error) error
}

// Listings are the four datasets under root with the rows that s selects. Topic
// and country select rows of tables that have these columns.
func Listings(root string, s Selection) ([]Listing, error) {
	dates, err := selectedDates(root, s)
	if err != nil {
		return nil, err
	}
	return []Listing{
		listDataset[Row](root, StanceData, dates, s),
		listDataset[ArticleRow](root, ArticlesData, dates, s),
		listDataset[AggregateRow](root, AggregatesData, dates, s),
		listDataset[QuarantineRow](root, QuarantineData, dates, s),
	}, nil
}

// listDataset lists the parts of a dataset.
func listDataset[T any](root, dataset string, dates []string, s Selection) Listing {
	t := TableOf[T]()
	return Listing{dataset, t.Columns, func(do func([]any) error) error {
		r := rowReader[T]{table: t}
		for _, d := range dates {
			err := eachPublished(Layout{root, d}, dataset, func(row *T) error {
				values := r.read(row)
				if !selected(values, t.Columns, "topic", s.Topic) || !selected(values, t.Columns, "country", s.Country) {
					return nil
				}
				return do(values)
			})
			if err != nil {
				return err
			}
		}
		return nil
	}}
}

// listRows lists rows that are in memory.
func listRows[T any](name string, rows []T) Listing {
	t := TableOf[T]()
	return Listing{name, t.Columns, func(do func([]any) error) error {
		r := rowReader[T]{table: t}
		for i := range rows {
			if err := do(r.read(&rows[i])); err != nil {
				return err
			}
		}
		return nil
	}}
}

// rowReader takes rows apart; what it returns is valid until the next row.
type rowReader[T any] struct {
	table  Table[T]
	cells  []Value
	values []any
}

func (r *rowReader[T]) read(row *T) []any {
	r.cells = r.table.Values(r.cells[:0], row)
	r.values = r.values[:0]
	for i, cell := range r.cells {
		r.values = append(r.values, valueOf(cell, r.table.Columns[i].Type))
	}
	return r.values
}

// valueOf is a cell as a value of Go.
func valueOf(cell Value, t ColumnType) any {
	if cell.IsNull() {
		return nil
	}
	switch t {
	case Text:
		return string(cell.ByteArray())
	case Bool:
		return cell.Boolean()
	case Int32:
		return int64(cell.Int32())
	case Int64:
		return cell.Int64()
	case Double:
		return cell.Double()
	case Date:
		return time.Unix(int64(cell.Int32())*86400, 0).UTC()
	}
	return time.UnixMicro(cell.Int64()).UTC()
}

// selected reports whether the column has the wanted value; a table without the
// column, or no wanted value, selects all.
func selected(values []any, columns []Column, column, want string) bool {
	at := slices.IndexFunc(columns, func(c Column) bool { return c.Name == column })
	return want == "" || at < 0 || values[at] == want
}
