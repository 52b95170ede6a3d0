package format

import (
	"io"
	"strings"

	"stance/datasets"
)

// decodeJSON reads a file that holds one object, an array of objects, or objects one after another over any number of
// lines. Each object is a record as in jsonl. Commas and brackets between objects are not checked.
func decodeJSON(s *stream) {
	for {
		if err := s.ctx.Err(); err != nil {
			s.yield(datasets.Example{}, err)
			return
		}
		l, err := s.lines.object()
		if err == io.EOF && l.size > 0 {
			s.reject(l, &fault{reason: datasets.ReasonSyntax, detail: "the object that begins here is not closed; the file may be cut off"})
			return
		}
		if err != nil {
			s.end(l, err)
			return
		}
		var e datasets.Example
		f := s.unfit(l)
		if f == nil {
			e, f = parseJSON(l.text, s.options.Limits.Depth, lenientLabels)
		}
		if !s.give(l, e, f) {
			return
		}
	}
}

// betweenObjects are the bytes that may stand between records.
const betweenObjects = " \t\r\n,[]"

// object returns the next JSON object of the stream as one line, or what stands where one should, up to the next blank or
// bracket. Like next, it holds at most limit bytes of it. io.EOF with a size means that the object was not closed.
func (lr *lineReader) object() (line, error) {
	lr.skipMark()
	c, err := lr.readByte()
	for err == nil && strings.IndexByte(betweenObjects, c) >= 0 {
		c, err = lr.readByte()
	}
	if err != nil {
		return line{number: lr.number + 1, offset: lr.offset}, err
	}
	l := line{number: lr.number + 1, offset: lr.offset - 1}
	lr.buf = lr.buf[:0]
	stray := c != '{'
	var nesting jsonNesting
	for {
		l.size++
		if int64(len(lr.buf)) < lr.limit {
			lr.buf = append(lr.buf, c)
		}
		nesting.see(c)
		l.text, l.raw, l.long = lr.buf, lr.buf, l.size > lr.limit
		if !stray && nesting.depth == 0 || stray && lr.between() {
			return l, nil
		}
		if c, err = lr.readByte(); err != nil {
			return l, err
		}
	}
}

// between reports whether the next byte ends a stray word: the end of the stream, a separator or an object.
func (lr *lineReader) between() bool {
	next, err := lr.r.Peek(1)
	return err != nil || next[0] == '{' || strings.IndexByte(betweenObjects, next[0]) >= 0
}

func (lr *lineReader) readByte() (byte, error) {
	c, err := lr.r.ReadByte()
	if err == nil {
		lr.offset++
		if c == '\n' {
			lr.number++
		}
	}
	return c, err
}

// jsonNesting follows the brackets of JSON text, leaving out those in strings.
type jsonNesting struct {
	depth    int
	inString bool
	escaped  bool
}

func (n *jsonNesting) see(c byte) {
	switch {
	case n.escaped:
		n.escaped = false
	case n.inString:
		n.escaped, n.inString = c == '\\', c != '"'
	case c == '"':
		n.inString = true
	case c == '{' || c == '[':
		n.depth++
	case c == '}' || c == ']':
		n.depth--
	}
}
