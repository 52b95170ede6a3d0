package format

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"stance/datasets"
)

// Table reads articles from the rows of a table that another program holds in
// memory, such as a batch of Arrow records. It finds fields by the names of
// columns and treats a row exactly as [Decode] treats a row of a Parquet file.
// Rows do not know of each other: an ambiguous date stays unknown unless
// [Options] give the order. A Table is not safe for many goroutines.
type Table struct {
	s       *stream
	columns []string
	used    []int
	example datasets.Example
	err     error
}

// NewTable resolves the columns. It returns a [*datasets.RecordError] when no
// column can hold a title or a text, or a mapped one is not there.
func NewTable(columns []string, o Options) (*Table, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	o.Limits = o.Limits.orDefault()
	t := &Table{columns: columns}
	t.s = &stream{ctx: context.Background(), options: o, names: newNames(o.Map),
		yield: func(e datasets.Example, err error) bool {
			t.example, t.err = e, err
			return true
		}}
	t.s.dates.set, t.s.dates.alone = orderNamed(o.DateOrder), true
	byField, f := t.s.names.columns(columns)
	if f != nil {
		return nil, &datasets.RecordError{Origin: datasets.Origin{File: "-"}, Reason: f.reason,
			Detail: f.detail}
	}
	for _, list := range byField {
		t.used = append(t.used, list...)
	}
	slices.Sort(t.used)
	return t, nil
}

// Columns are the indices of the columns that hold fields, ascending.
func (t *Table) Columns() []int { return t.used }

// Read reads a row that stands at a place. values are the texts of the columns
// that [Table.Columns] lists. A row that is no article gives a
// [*datasets.RecordError]; there is no other error.
func (t *Table) Read(at datasets.Origin, values []string) (datasets.Article, error) {
	t.s.name = validName(at.File)
	v := &t.s.values
	v.reset()
	v.seen = append(v.seen, t.columns...)
	place := line{number: at.Line, offset: at.Offset, text: []byte(strconv.Itoa(at.Line))}
	var bad *fault
	for i, value := range values {
		if limit := t.s.options.Limits.Line; int64(len(value)) > limit {
			bad = tooLong(int64(len(value)), limit)
		}
		if f := t.s.offerCell(t.columns[t.used[i]], value); f != nil {
			t.s.reject(place, f)
			return datasets.Article{}, t.err
		}
	}
	var e datasets.Example
	if bad == nil {
		e, bad = t.s.record(v)
	}
	if e.ID == "" {
		e.ID = rowID(t.s.name, at.Line)
	}
	t.s.give(place, e, bad)
	return t.example.Article, t.err
}

// rowID names the article of a row that has no id.
func rowID(file string, row int) string { return stem(file) + "-" + strconv.Itoa(row) }

// offerCell puts the text of one column into s.values.
func (s *stream) offerCell(column, text string) *fault {
	if s.notes = s.notes[:0]; !utf8.ValidString(text) {
		cell := line{text: []byte(text)}
		if f := s.legible(&cell); f != nil {
			return f
		}
		text = string(cell.text)
	}
	s.values.offer(s.names.resolve(column, strings.Contains(column, ".")).target, column, text)
	return nil
}

// orderNamed is the order of day and month that a setting names.
func orderNamed(name string) dayOrder {
	switch name {
	case "dmy":
		return orderDayFirst
	case "mdy":
		return orderMonthFirst
	}
	return orderUnknown
}
