package datasets

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// csvReader cuts the lines of a stream into records of RFC 4180: a quoted field may hold delimiters, doubled quotes and
// line ends (read as "\n"). A quote inside an unquoted field stands for itself (6" guns).
//
// encoding/csv does not serve here: it holds a field whose quote is never closed in memory to the end of the input, and
// what follows is lost. Here such a field ends at the limit, its first line is rejected and the next line starts afresh.
type csvReader struct {
	s      *stream
	comma  byte
	buf    []byte
	rescan int64 // bytes that may still be read again after a quote that is never closed
}

func newCSVReader(s *stream, comma byte) *csvReader {
	return &csvReader{s: s, comma: comma, rescan: 4 * s.options.Limits.Line}
}

// next appends the fields of the next record to row, rejecting broken ones on the way; ok is false at the end.
func (c *csvReader) next(row []string) (fields []string, l line, ok bool) {
	for {
		if err := c.s.ctx.Err(); err != nil {
			c.s.yield(Example{}, err)
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
			if row, f = splitCSV(string(l.text), c.comma, row[:0]); f == nil {
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
	raw := append(c.buf[:0], l.raw...)
	first := len(raw)
	for open := true; open; {
		more, err := c.s.lines.next()
		if err != nil && err != io.EOF {
			l.text = raw
			return l, nil, err
		}
		size := int64(len(raw)) + more.size
		raw = append(raw, more.raw...)
		if err == io.EOF || size > c.s.options.Limits.Line {
			l.text, l.size, l.long = trimLineEnd(raw[:first]), size, err == nil
			return l, c.unclosed(l, raw[first:], more), nil
		}
		open = quoteOpen(more.text, c.comma, true)
	}
	c.buf, l.size = raw, int64(len(raw))
	l.text = bytes.ReplaceAll(trimLineEnd(raw), []byte("\r\n"), []byte("\n"))
	return l, nil, nil
}

// unclosed gives the lines after l, where a quote was opened that does not end, back to be read as records of their own.
// Where that would cost too much, or last is not there in full, they are dropped with l.
func (c *csvReader) unclosed(l line, rest []byte, last line) *fault {
	outcome := "the next line is read as a record of its own"
	if c.rescan -= int64(len(rest)); c.rescan >= 0 && !last.long {
		c.s.lines.unread(rest, l.number, l.offset+int64(len(l.raw)))
	} else {
		outcome = fmt.Sprintf("lines %d to %d are dropped with it", l.number, c.s.lines.number)
	}
	if l.long {
		f := tooLong(l.size, c.s.options.Limits.Line)
		f.detail += "; a quote is opened on this line; " + outcome
		return f
	}
	return &fault{reason: ReasonSyntax, detail: "a quote opened on this line is never closed; double quotes inside quoted fields; " + outcome}
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
			return dst, &fault{reason: ReasonSyntax, detail: fmt.Sprintf("column %d: text after a closing quote; double quotes inside quoted fields",
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
