package format

import (
	"bytes"
	"slices"
	"strings"

	"stance/datasets"
)

// decodeCSV reads one article per record, fields found by the header.
func decodeCSV(s *stream) {
	d := dialectOf(s.lines.peek(peekSize), s.options.Delimiter, s.names, extension(s.name))
	if s.report != nil {
		s.report.dialect(d)
	}
	if d.sepLine {
		s.lines.next() // what it says is in d
	}
	var header []string
	var columns [numFields][]int
	var ranks []int
	s.eachRow(d, func(h []string) (f *fault) {
		header = slices.Clone(h)
		columns, f = s.names.columns(header)
		return f
	}, func(_ line, row []string) (datasets.Example, *fault) {
		ranks = s.fill(header, columns, row, ranks[:0])
		return s.record(&s.values)
	})
}

// fill puts the fields of a row into s.values. ranks is space to work in.
func (s *stream) fill(header []string, columns [numFields][]int, row []string, ranks []int) []int {
	v := &s.values
	v.reset()
	v.seen = append(v.seen, header...)
	for range row {
		ranks = append(ranks, 0)
	}
	for f := range columns {
		for _, i := range columns[f] {
			r := s.names.resolve(header[i], strings.Contains(header[i], "."))
			v.offer(r.target, header[i], row[i])
			ranks[i] = 1
		}
	}
	for i, known := range ranks {
		if known == 0 {
			v.pass(header[i], row[i])
		}
	}
	return ranks
}

// eachRow calls begin with the header and then decode with every record of as
// many fields. A fault of begin is that of every record after the header. row
// is valid until decode returns.
func (s *stream) eachRow(d dialect, begin func(header []string) *fault,
	decode func(l line, row []string) (datasets.Example, *fault)) {
	r := newCSVReader(s, d)
	header, l, ok := r.next(nil)
	if !ok {
		return
	}
	bad := begin(header)
	row := make([]string, 0, len(header))
	top, before := l, r.rejected
	for n := 0; ; n++ {
		row, l, ok = r.next(row[:0])
		if !ok {
			if n == 0 && bad != nil && r.rejected == before { // the header is all there is
				s.reject(top, bad)
			}
			return
		}
		e, f := datasets.Example{}, bad
		if bad == nil {
			e, f = decode(l, row)
		}
		if !s.give(l, e, f) {
			return
		}
	}
}

// dialect is how a CSV file is written.
type dialect struct {
	comma     byte // between fields; 0 when there is one column
	backslash bool // \" stands for a quote in a quoted field
	rowNames  bool // records have a field more than the header, a number, in front (R)
	sepLine   bool // the first line is sep=; (Excel)
	known     int  // columns whose names are known
}

// commas are the delimiters that are looked for, the commonest first.
var commas = []byte{',', ';', '\t', '|'}

// dialectOf tells the dialect of a file by its first bytes. comma is the
// delimiter if it is given, else 0: then it is the one that makes the most
// columns with known names out of the first line, or the most columns.
func dialectOf(start []byte, comma byte, n *names, ext string) dialect {
	start = bytes.TrimLeft(bytes.TrimPrefix(start, byteOrderMark), "\r\n")
	first, rest, _ := bytes.Cut(start, []byte("\n"))
	d := dialect{}
	if text := bytes.Trim(first, "\r\""); len(text) == 5 && strings.EqualFold(string(text[:4]), "sep=") {
		d.sepLine, d.comma = true, text[4]
		first, rest, _ = bytes.Cut(rest, []byte("\n"))
	}
	if comma != 0 {
		d.comma = comma
	}
	candidates := commas
	switch {
	case d.comma != 0:
		candidates = []byte{d.comma}
	case ext == ".tsv":
		candidates = []byte{'\t', ',', ';', '|'}
	}
	line := string(bytes.TrimRight(first, "\r"))
	columns := 0
	for _, c := range candidates {
		header, _ := splitCSV(line, c, quoting{}, nil)
		known := n.countKnown(header)
		if columns == 0 || known > d.known || known == d.known && len(header) > columns {
			d.comma, d.known, columns = c, known, len(header)
		}
	}
	if columns == 1 && comma == 0 && !d.sepLine {
		d.comma = 0
	}
	d.backslash = escapesQuotes(rest, d.comma)
	d.rowNames = d.hasRowNames(line, rest, n)
	return d
}

// countKnown is how many names of a header stand for a field.
func (n *names) countKnown(header []string) int {
	known := 0
	for _, name := range header {
		if n.resolve(strings.TrimSpace(name), strings.Contains(name, ".")).ok {
			known++
		}
	}
	return known
}

// escapesQuotes reports whether text has a quote behind a backslash that cannot
// close its field.
func escapesQuotes(text []byte, comma byte) bool {
	for {
		i := bytes.Index(text, []byte(`\"`))
		if i < 0 || i+2 >= len(text) {
			return false
		}
		if next := text[i+2]; next != comma && next != '\r' && next != '\n' && next != '"' {
			return true
		}
		text = text[i+2:]
	}
}

// hasRowNames reports whether the records after the header begin with numbers
// 1, 2, 3 that the header has no name for, as R writes them.
func (d dialect) hasRowNames(header string, rest []byte, n *names) bool {
	names, f := splitCSV(header, d.comma, quoting{}, nil)
	if f != nil || d.known == 0 {
		return false
	}
	if r := n.resolve(names[0], false); r.ok && r.field == fieldID {
		return false
	}
	lines := strings.Split(strings.ReplaceAll(string(rest), "\r\n", "\n"), "\n")
	for i, line := range lines[:min(len(lines)-1, 3)] {
		row, f := splitCSV(line, d.comma, quoting{backslash: d.backslash}, nil)
		if f != nil || len(row) != len(names)+1 {
			return false
		}
		if v, ok := digits(row[0]); !ok || v != i+1 {
			return false
		}
	}
	return len(lines) > 1
}
