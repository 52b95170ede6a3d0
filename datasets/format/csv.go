package format

import (
	"fmt"
	"slices"
	"strings"

	"stance/datasets"
)

// CSVColumns names the columns of a CSV file that hold the fields of an article, case ignored. An empty name means the
// usual ones: id; title or headline; text, body or content; published_at, published or date; source or outlet; url or
// link; lang or language. A column that is named must be there.
type CSVColumns struct {
	ID, Title, Text, Published, Source, URL, Lang string

	Comma byte // between fields; 0 is a tab in files named *.tsv and a comma elsewhere
}

// csvField is one field of an article: its column as configured, its usual names, and where its value goes.
type csvField struct {
	name  string
	usual []string
	set   func(*datasets.Article, string) *fault
}

func (c CSVColumns) fields() []csvField {
	return []csvField{
		{c.ID, []string{"id"}, func(a *datasets.Article, v string) *fault { a.ID = v; return nil }},
		{c.Title, []string{"title", "headline"}, func(a *datasets.Article, v string) *fault { a.Title = v; return nil }},
		{c.Text, []string{"text", "body", "content"}, func(a *datasets.Article, v string) *fault { a.Text = v; return nil }},
		{c.Published, []string{"published_at", "published", "date"}, setPublished},
		{c.Source, []string{"source", "outlet"}, func(a *datasets.Article, v string) *fault { a.Source = v; return nil }},
		{c.URL, []string{"url", "link"}, func(a *datasets.Article, v string) *fault { a.URL = v; return nil }},
		{c.Lang, []string{"lang", "language"}, func(a *datasets.Article, v string) *fault { a.Lang = v; return nil }},
	}
}

func setPublished(a *datasets.Article, v string) *fault {
	published, err := parseDate(v)
	if err != nil {
		return &fault{reason: datasets.ReasonBadDate, detail: err.Error(), err: err}
	}
	a.Published = published
	return nil
}

// decodeCSV reads one article per record, fields found by the header.
func decodeCSV(s *stream) {
	fields := s.options.Columns.fields()
	var columns []int // of fields; -1 when the file has none
	s.eachRow(s.comma(), func(header []string) *fault {
		var f *fault
		columns, f = findColumns(header, fields)
		return f
	}, func(_ line, row []string) (datasets.Example, *fault) {
		var e datasets.Example
		for i, f := range fields {
			if columns[i] < 0 {
				continue
			}
			if f := f.set(&e.Article, row[columns[i]]); f != nil {
				return e, f
			}
		}
		return e, longFields(e)
	})
}

func (s *stream) comma() byte {
	switch {
	case s.options.Columns.Comma != 0:
		return s.options.Columns.Comma
	case extension(s.name) == ".tsv":
		return '\t'
	}
	return ','
}

// findColumns returns the column of each field, -1 for none.
func findColumns(header []string, fields []csvField) ([]int, *fault) {
	columns := make([]int, len(fields))
	for i, f := range fields {
		names := f.usual
		if f.name != "" {
			names = []string{f.name}
		}
		columns[i] = -1
		for _, name := range slices.Backward(names) {
			if at := columnOf(header, name); at >= 0 {
				columns[i] = at
			}
		}
		if columns[i] < 0 && f.name != "" {
			return nil, noColumn(f.name, header)
		}
	}
	if title, text := columns[1], columns[2]; title < 0 && text < 0 {
		return nil, noColumn("title or text", header)
	}
	return columns, nil
}

func columnOf(header []string, name string) int {
	return slices.IndexFunc(header, func(h string) bool { return strings.EqualFold(strings.TrimSpace(h), name) })
}

func noColumn(name string, header []string) *fault {
	return &fault{reason: datasets.ReasonSyntax, detail: fmt.Sprintf("no column %s in the header (%s); name the columns, or the delimiter if it is another",
		name, clip(strings.Join(header, " | "), 200))}
}

// eachRow calls begin with the header and then decode with every record of as many fields. A fault of begin ends the
// file. row is valid until decode returns.
func (s *stream) eachRow(comma byte, begin func(header []string) *fault, decode func(l line, row []string) (datasets.Example, *fault)) {
	r := newCSVReader(s, comma)
	header, l, ok := r.next(nil)
	if !ok {
		return
	}
	if f := begin(header); f != nil {
		s.reject(l, f)
		return
	}
	row := make([]string, 0, len(header))
	for {
		row, l, ok = r.next(row[:0])
		if !ok {
			return
		}
		e, f := decode(l, row)
		if !s.give(l, e, f) {
			return
		}
	}
}
