package format

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"stance/datasets"
)

// csvReader cuts the lines of a stream into records of RFC 4180: a quoted field
// may hold delimiters, doubled quotes and line ends (read as "\n"). A quote
// inside an unquoted field stands for itself (6" guns). Records that break
// these rules are read by looser ones (see mend) where their number of fields
// then fits; else they are rejected. Every line is a record, part of one, or
// rejected.
//
// encoding/csv does not serve here: it holds a field whose quote is never
// closed in memory to the end of the input, and what follows is lost. Here such
// a field ends at the limit, its first line is rejected and the next line
// starts afresh.
type csvReader struct {
	s       *stream
	dialect dialect
	header  []string // nil while it is to be read
	buf     []byte
	// rejected counts the records that next has rejected.
	rejected int
	// bytes that may still be read again after a stray quote; below 0 every
	// line is a record
	rescan int64
	queue  []queuedLine // lines to be taken before the stream goes on
}

// queuedLine is a line that is already read; f says why it is rejected, or is
// nil.
type queuedLine struct {
	line line
	f    *fault
}

func newCSVReader(s *stream, d dialect) *csvReader {
	return &csvReader{s: s, dialect: d, rescan: 4 * s.options.Limits.Line}
}

// next returns the fields of the next record in row, grown when too short,
// rejecting broken records on the way; ok is false at the end. The first record
// is the header; all others have as many fields.
func (c *csvReader) next(row []string) (fields []string, l line, ok bool) {
	for {
		if err := c.s.ctx.Err(); err != nil {
			c.s.fail(err)
			return nil, l, false
		}
		l, f, err := c.record()
		if err != nil {
			c.s.end(l, err)
			return nil, l, false
		}
		if f == nil && len(bytes.TrimSpace(l.text)) == 0 {
			continue
		}
		if f == nil {
			if row, f = c.split(&l, row[:0]); f == nil {
				if c.header == nil {
					c.header = slices.Clone(row)
				} else if slices.Equal(row, c.header) { // files with a header each were joined
					continue
				}
				c.rescan = min(c.rescan+l.size, 4*c.s.options.Limits.Line)
				return row, l, true
			}
		}
		c.rejected++
		if !c.s.reject(l, f) {
			return nil, l, false
		}
	}
}

// record reads lines up to the end of a record, as one line.
func (c *csvReader) record() (line, *fault, error) {
	if len(c.queue) > 0 {
		q := c.queue[0]
		c.queue = c.queue[1:]
		return q.line, q.f, nil
	}
	l, err := c.s.lines.next()
	if err != nil {
		return l, nil, err
	}
	if l.long {
		return l, tooLong(l.size, c.s.options.Limits.Line), nil
	}
	if c.rescan < 0 || !c.dialect.quoteOpen(l.text, false) {
		return l, nil, nil
	}
	c.buf = append(c.buf[:0], l.raw...)
	for open := true; open; {
		more, err := c.s.lines.next()
		if err != nil && err != io.EOF {
			l.text = c.buf
			return l, nil, err
		}
		if more.long {
			l.raw = c.buf
			return c.queueLines(l, more), nil, nil
		}
		c.buf = append(c.buf, more.raw...)
		l.raw, l.size = c.buf, l.size+more.size
		if err == io.EOF || l.size > c.s.options.Limits.Line {
			break
		}
		open = c.dialect.quoteOpen(more.text, true)
	}
	l.text = bytes.ReplaceAll(trimLineEnd(l.raw), []byte("\r\n"), []byte("\n"))
	l.text = bytes.TrimPrefix(l.text, byteOrderMark)
	return l, nil, nil
}

// queueLines makes every line of l a record of its own, with long, which is
// beyond the limit, behind them, and returns the first.
func (c *csvReader) queueLines(l, long line) line {
	number, offset := l.number, l.offset
	for raw := bytes.Clone(l.raw); len(raw) > 0; number++ {
		end := bytes.IndexByte(raw, '\n') + 1
		if end == 0 {
			end = len(raw)
		}
		c.queue = append(c.queue,
			queuedLine{line: line{raw: raw[:end], text: trimLineEnd(raw[:end]), number: number,
				offset: offset,
				size:   int64(end)}})
		raw, offset = raw[end:], offset+int64(end)
	}
	long.text = bytes.Clone(long.text[:min(len(long.text), datasets.ExcerptLimit)])
	c.queue = append(c.queue, queuedLine{long, tooLong(long.size, c.s.options.Limits.Line)})
	first := c.queue[0].line
	c.queue = c.queue[1:]
	return first
}

// split cuts a record into fields. A broken record of several lines began with
// a stray quote more often than not: its first line is tried alone, and those
// after it are read again as records of their own.
func (c *csvReader) split(l *line, row []string) ([]string, *fault) {
	if f := c.s.legible(l); f != nil {
		return row, c.startAgain(l, f)
	}
	row, f := c.cut(string(l.text), quoting{backslash: c.dialect.backslash}, row)
	if f == nil {
		return row, nil
	}
	whole := string(l.text)
	again := c.startAgain(l, f)
	if f := c.s.legible(l); f != nil {
		return row, f
	}
	if first := string(l.text); c.header != nil {
		if mended := c.mend(first, row); mended != nil {
			return mended, nil
		}
		if len(whole) > len(first) && strings.Contains(whole, `\"`) && !c.dialect.backslash {
			c.dialect.backslash = true // the lines are read again by this rule
		}
	}
	return row, again
}

// quoting is how quotes inside quoted fields are told from those that close
// them.
type quoting struct {
	backslash bool // \" is a quote
	literal   bool // only a quote before a delimiter or the end closes
	loose     bool // text after a closing quote belongs to the field
}

// mend reads a line that RFC 4180 does not allow, by one rule after the other;
// the first that gives as many fields as the header has wins.
func (c *csvReader) mend(text string, row []string) []string {
	for _, q := range []quoting{{backslash: true}, {literal: true}, {loose: true}} {
		if q.backslash && !strings.Contains(text, `\"`) {
			continue
		}
		if fields, f := c.cut(text, q, row[:0]); f == nil {
			c.dialect.backslash = c.dialect.backslash || q.backslash
			return fields
		}
	}
	return nil
}

// cut is splitCSV with the number of fields that the header wants.
func (c *csvReader) cut(text string, q quoting, row []string) ([]string, *fault) {
	row, f := splitCSV(text, c.dialect.comma, q, row)
	if f != nil || c.header == nil {
		return row, f
	}
	if c.dialect.rowNames && len(row) == len(c.header)+1 {
		row = slices.Delete(row, 0, 1)
	}
	for len(row) > len(c.header) && row[len(row)-1] == "" {
		row = row[:len(row)-1]
	}
	if len(row) != len(c.header) {
		return row, &fault{reason: datasets.ReasonSyntax, detail: fmt.Sprintf("%d fields, the header has %d; quote fields that hold "+
			"the delimiter", len(row), len(c.header))}
	}
	return row, nil
}

// startAgain gives the lines after the first of record l back, to be read as
// records of their own, and leaves l its first line.
func (c *csvReader) startAgain(l *line, f *fault) *fault {
	first := bytes.IndexByte(l.raw, '\n') + 1
	if first == 0 || first == len(l.raw) {
		return f
	}
	rest := l.raw[first:]
	c.rescan -= int64(len(rest))
	c.s.lines.unread(rest, l.number, l.offset+int64(first))
	l.raw, l.size = l.raw[:first], int64(first)
	l.text = bytes.TrimPrefix(trimLineEnd(l.raw), byteOrderMark)
	return &fault{reason: f.reason, detail: f.detail + "; the next line is read as a record of its own"}
}

// quoteOpen follows the quotes of one line and reports whether a quoted field
// goes on after it.
func (d dialect) quoteOpen(text []byte, open bool) bool {
	if !open && bytes.IndexByte(text, '"') < 0 {
		return false
	}
	start := true // of a field
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case open && c == '\\' && d.backslash:
			i++
		case open && c == '"' && i+1 < len(text) && text[i+1] == '"':
			i++
		case open && c == '"':
			open, start = false, false
		case open:
		case start && c == '"':
			open = true
		default:
			start = c == d.comma
		}
	}
	return open
}

// neverClosed is the fault of a record with an open quote. A file may have one
// in every line, and each is tried in several ways.
var neverClosed = &fault{reason: datasets.ReasonSyntax,
	detail: "a quote opened on this line is never closed; double quotes inside quoted fields"}

// splitCSV appends the fields of one record to dst.
func splitCSV(record string, comma byte, q quoting, dst []string) ([]string, *fault) {
	for rest := record; ; {
		if !strings.HasPrefix(rest, `"`) {
			field, after, more := strings.Cut(rest, string(rune(comma)))
			if dst = append(dst, field); !more {
				return dst, nil
			}
			rest = after
			continue
		}
		end := q.closing(rest, comma)
		if end < 0 {
			return dst, neverClosed
		}
		field, after := q.unescape(rest[1:end]), rest[end+1:]
		if q.loose && after != "" && after[0] != comma {
			tail, _, _ := strings.Cut(after, string(rune(comma)))
			field, after = field+tail, after[len(tail):]
		}
		dst = append(dst, field)
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

// closing is the index of the quote that ends the field at the beginning of s,
// or
// -1.
func (q quoting) closing(s string, comma byte) int {
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && q.backslash:
			i++
		case s[i] != '"':
		case i+1 == len(s):
			return i
		case s[i+1] == '"':
			i++
		case !q.literal || s[i+1] == comma:
			return i
		}
	}
	return -1
}

// unescape is the text of a quoted field.
func (q quoting) unescape(s string) string {
	s = strings.ReplaceAll(s, `""`, `"`)
	if q.backslash && strings.IndexByte(s, '\\') >= 0 {
		s = strings.NewReplacer(`\"`, `"`, `\\`, `\`, `\'`, `'`).Replace(s)
	}
	return s
}
