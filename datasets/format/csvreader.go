package format

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"stance/datasets"
)

// csvReader cuts the lines of a stream into records of RFC 4180: a quoted field may hold delimiters, doubled quotes and
// line ends (read as "\n"). A quote inside an unquoted field stands for itself (6" guns).
//
// encoding/csv does not serve here: it holds a field whose quote is never closed in memory to the end of the input, and
// what follows is lost. Here such a field ends at the limit, its first line is rejected and the next line starts afresh.
type csvReader struct {
	s      *stream
	comma  byte
	fields int // of every record; 0 while the header is to be read
	buf    []byte
	rescan int64 // bytes that may still be read again after a quote that is not closed where it should
}

func newCSVReader(s *stream, comma byte) *csvReader {
	return &csvReader{s: s, comma: comma, rescan: 4 * s.options.Limits.Line}
}

// next returns the fields of the next record in row, grown when too short, rejecting broken records on the way; ok is
// false at the end. The first record is the header: all others must have as many fields.
func (c *csvReader) next(row []string) (fields []string, l line, ok bool) {
	for {
		if err := c.s.ctx.Err(); err != nil {
			c.s.yield(datasets.Example{}, err)
			return nil, l, false
		}
		l, f, err := c.record()
		if err != nil {
			c.s.end(l, err)
			return nil, l, false
		}
		if f == nil {
			f = c.s.unfit(l)
		}
		if f == nil && len(bytes.TrimSpace(l.text)) == 0 {
			continue
		}
		if f == nil {
			if row, f = c.split(l, row[:0]); f == nil {
				c.fields = len(row)
				return row, l, true
			}
		}
		if !c.s.reject(l, f) {
			return nil, l, false
		}
	}
}

// record reads lines up to the end of a record, as one line.
func (c *csvReader) record() (line, *fault, error) {
	l, err := c.s.lines.next()
	if err != nil || l.long || !quoteOpen(l.text, c.comma, false) {
		return l, nil, err
	}
	c.buf = append(c.buf[:0], l.raw...)
	for open := true; open; {
		more, err := c.s.lines.next()
		if err != nil && err != io.EOF {
			l.text = c.buf
			return l, nil, err
		}
		c.buf = append(c.buf, more.raw...)
		l.raw, l.size = c.buf, l.size+more.size
		if err == io.EOF {
			return l, c.startAgain(&l, false, "a quote opened on this line is never closed; double quotes inside quoted fields"), nil
		}
		if l.long = l.size > c.s.options.Limits.Line; l.long {
			f := tooLong(l.size, c.s.options.Limits.Line)
			f.detail = c.startAgain(&l, more.long, f.detail+" (a quote is opened on this line)").detail
			return l, f, nil
		}
		open = quoteOpen(more.text, c.comma, true)
	}
	l.text = bytes.ReplaceAll(trimLineEnd(l.raw), []byte("\r\n"), []byte("\n"))
	return l, nil, nil
}

// split cuts a record into fields. A broken record of several lines began with a stray quote more often than not: the
// lines after its first are read again as records of their own.
func (c *csvReader) split(l line, row []string) ([]string, *fault) {
	row, f := splitCSV(string(l.text), c.comma, row)
	if f == nil && c.fields > 0 && len(row) != c.fields {
		f = &fault{reason: datasets.ReasonSyntax, detail: fmt.Sprintf("%d fields, the header has %d; quote fields that hold the delimiter",
			len(row), c.fields)}
	}
	if f != nil && bytes.IndexByte(l.text, '\n') >= 0 {
		f = c.startAgain(&l, false, f.detail)
	}
	return row, f
}

// startAgain gives the lines after the first of record l back, to be read as records of their own, and words what went
// wrong. Where the same bytes were read again too often, or some are gone, the lines are dropped with l.
func (c *csvReader) startAgain(l *line, gone bool, detail string) *fault {
	first := bytes.IndexByte(l.raw, '\n') + 1
	if first == 0 {
		first = len(l.raw)
	}
	rest := l.raw[first:]
	l.text = trimLineEnd(l.raw[:first])
	if c.rescan -= int64(len(rest)); gone || c.rescan < 0 {
		return &fault{reason: datasets.ReasonSyntax, detail: fmt.Sprintf("%s; lines %d to %d are dropped with it", detail, l.number, c.s.lines.number)}
	}
	c.s.lines.unread(rest, l.number, l.offset+int64(first))
	return &fault{reason: datasets.ReasonSyntax, detail: detail + "; the next line is read as a record of its own"}
}

// quoteOpen follows the quotes of one line and reports whether a quoted field goes on after it.
func quoteOpen(text []byte, comma byte, open bool) bool {
	if !open && bytes.IndexByte(text, '"') < 0 {
		return false
	}
	start := true // of a field
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case open && c == '"' && i+1 < len(text) && text[i+1] == '"':
			i++
		case open && c == '"':
			open, start = false, false
		case open:
		case start && c == '"':
			open = true
		default:
			start = c == comma
		}
	}
	return open
}

// splitCSV appends the fields of one record to dst.
func splitCSV(record string, comma byte, dst []string) ([]string, *fault) {
	for rest := record; ; {
		if !strings.HasPrefix(rest, `"`) {
			field, after, more := strings.Cut(rest, string(comma))
			if dst = append(dst, field); !more {
				return dst, nil
			}
			rest = after
			continue
		}
		end := closingQuote(rest)
		dst = append(dst, strings.ReplaceAll(rest[1:end], `""`, `"`))
		after := rest[end+1:]
		if after == "" {
			return dst, nil
		}
		if after[0] != comma {
			return dst, &fault{reason: datasets.ReasonSyntax, detail: fmt.Sprintf("column %d: text after a closing quote; double quotes inside quoted fields",
				len(record)-len(after)+1)}
		}
		rest = after[1:]
	}
}

// closingQuote is the index of the quote that ends the field at the beginning of s, which record made sure is there.
func closingQuote(s string) int {
	for i := 1; ; i++ {
		if s[i] != '"' {
			continue
		}
		if i+1 == len(s) || s[i+1] != '"' {
			return i
		}
		i++
	}
}
