package format

import (
	"bytes"
	"io"

	"stance/datasets"
)

// decodeJSONL reads one object a line. A line may also hold an array of them,
// or an answer of an API that wraps them. A file that holds JSON over several
// lines all the same is read as json.
func decodeJSONL(s *stream) {
	start := bytes.TrimLeft(s.lines.peek(peekSize), " \t\r\n\uFEFF")
	first, _, _ := bytes.Cut(start, []byte("\n"))
	if bytes.HasPrefix(start, []byte("[")) || string(bytes.TrimSpace(first)) == "{" {
		decodeJSON(s)
		return
	}
	for {
		l, ok := s.next()
		if !ok {
			return
		}
		text := bytes.TrimRight(l.text, " \t,")
		switch {
		case len(text) == 0:
			continue
		case s.holdsRecords(text):
			if !s.giveRecords(l) {
				return
			}
			continue
		}
		e, f := s.parseJSON(text, lenientLabels)
		if !s.give(l, e, f) {
			return
		}
	}
}

// holdsRecords reports whether the value on a line is a list of objects or
// wraps one.
func (s *stream) holdsRecords(text []byte) bool {
	if !bytes.Contains(text, []byte("[{")) && !bytes.Contains(text, []byte("[ {")) {
		return false
	}
	text = bytes.TrimLeft(text, " \t")
	if text[0] == '[' {
		first := skipBlank(text, 1)
		return first < len(text) && text[first] == '{'
	}
	_, depth := s.names.wrapped(text[1:], 0)
	return text[0] == '{' && depth > 0
}

// giveRecords hands over the records that a line holds.
func (s *stream) giveRecords(l line) bool {
	r := jsonReader{s: s,
		lines: newLineReader(bytes.NewReader(bytes.Clone(l.text)), s.options.Limits.Line)}
	r.lines.number, r.lines.offset = l.number-1, l.offset
	for {
		record, err := r.object()
		if err == io.EOF && record.size == 0 {
			return true
		}
		if !r.give(record, err == io.EOF) {
			return false
		}
	}
}

// decodeStance reads the jsonl of a corpus to learn from: labels must be there
// and be right.
func decodeStance(s *stream) {
	s.eachLine(func(l line) (datasets.Example, *fault) { return s.parseJSON(l.text, strictLabels) })
}
