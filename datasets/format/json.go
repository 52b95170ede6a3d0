package format

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"stance/datasets"
)

// decodeJSON reads a file that holds one object, an array of objects, objects
// one after another, or the answer of an API that wraps them:
// {"articles": […]}, {"response": {"docs": […]}}. Each object is a record as in
// jsonl. A broken object loses only itself.
func decodeJSON(s *stream) {
	r := jsonReader{s: s, lines: s.lines}
	for {
		if err := s.ctx.Err(); err != nil {
			s.fail(err)
			return
		}
		l, err := r.object()
		if err == io.EOF && l.size == 0 && r.start == nil && r.lists > 0 {
			err = unread(nil, "it ends within a list, before the first record; the file may be cut off")
		}
		if err == io.EOF && l.size == 0 || err != nil && err != io.EOF {
			s.end(l, err)
			return
		}
		if !r.give(l, err == io.EOF) {
			return
		}
	}
}

// jsonReader cuts a stream into JSON objects with memory bounded by the limit
// of a line.
type jsonReader struct {
	s        *stream
	lines    *lineReader
	wrappers int // objects that are open around the records
	lists    int // lists that are open around the first record
	// how the first record began: on a line of its own, the line end, its
	// indentation and its bracket; else its bracket and first name
	start []byte
	// the blanks from the beginning of the line to where begin stands; nil
	// where there is something else
	line []byte
}

// betweenObjects are the bytes that may stand between records.
const betweenObjects = " \t\r\n,[]\uFEFF"

// object returns the next JSON object of the stream as one line, or what stands
// where one should, up to the next blank or bracket. It holds at most limit
// bytes of it; the line is long when there are more, which are not consumed.
// io.EOF with a size means that the object was not closed.
func (r *jsonReader) object() (line, error) {
	lr := r.lines
	lr.skipMark()
	c, err := r.begin()
	if err != nil {
		return line{number: lr.number + 1, offset: lr.offset}, err
	}
	l := line{number: lr.number + 1, offset: lr.offset - 1}
	lr.buf = lr.buf[:0]
	stray := c != '{'
	var nesting jsonNesting
	for {
		l.size++
		lr.buf = append(lr.buf, c)
		nesting.see(c)
		l.text, l.raw, l.long = lr.buf, lr.buf, l.size > lr.limit
		if !stray && nesting.depth == 0 || stray && r.between() || l.long {
			return l, nil
		}
		if c, err = lr.readByte(); err != nil {
			return l, err
		}
	}
}

// maxIndent bounds the blanks before a record that are remembered.
const maxIndent = 64

// begin passes over what stands between records and returns the first byte of
// the next. It enters objects that wrap records and leaves them at their end.
func (r *jsonReader) begin() (byte, error) {
	lr := r.lines
	if lr.offset == 0 {
		r.line = []byte{}
	}
	for {
		c, err := lr.readByte()
		switch {
		case err != nil:
			return 0, err
		case c == '\n':
			r.line = []byte{}
		case (c == ' ' || c == '\t') && r.line != nil && len(r.line) < maxIndent:
			r.line = append(r.line, c)
		case c != '{':
			r.line = nil
		}
		switch {
		case c == ']' && r.wrappers > 0:
			if err := r.leave(); err != nil {
				return 0, err
			}
		case c == '[':
			r.lists++
		case c == ']':
			r.lists--
		case strings.IndexByte(betweenObjects, c) >= 0:
		case c == '{':
			skip, depth := r.s.names.wrapped(lr.peek(peekSize), 0)
			if depth == 0 {
				return c, nil
			}
			lr.discard(skip)
			r.wrappers += depth
		default:
			return c, nil
		}
	}
}

// leave passes over the rest of the objects that wrapped the records just read,
// up to another list of records if there is one in sight.
func (r *jsonReader) leave() error {
	var nesting jsonNesting
	for r.wrappers > 0 {
		if nesting.depth == 0 && !nesting.inString {
			if next := r.lines.peek(peekSize); len(next) > 0 && next[0] == ',' {
				if skip, depth := r.s.names.wrapped(next[1:], 0); depth > 0 {
					r.lines.discard(skip + 1)
					r.wrappers += depth - 1
					return nil
				}
			}
		}
		c, err := r.lines.readByte()
		if err != nil {
			return err
		}
		if nesting.see(c); nesting.depth < 0 {
			r.wrappers--
			nesting.depth = 0
		}
	}
	return nil
}

// wrapperNames are the members under which APIs and dumps give their articles.
// Of those marked, the first object must also have a title or a text.
var wrapperNames = []struct {
	name  string
	check bool
}{
	{"articles", false}, {"docs", false}, {"results", false}, {"entries", false}, {"hits", false},
	{"stories", false},
	{"items", true}, {"item", true}, {"entry", true}, {"news", true}, {"records", true},
	{"rows", true}, {"posts", true},
	{"documents", true}, {"value", true}, {"response", true}, {"data", true}, {"feed", true}, {"rss", true}, {"channel", true},
	{"payload", true}, {"result", true}, {"output", true}, {"objects", true},
}

// maxWrappers bounds how deep records are looked for.
const maxWrappers = 5

// wrapped looks at the members of an object, from after its bracket on, for a
// list of objects under one of wrapperNames. It returns how many bytes lead
// into the list and how many objects are open there; depth is 0 where there is
// no such list or a text comes first, as in an article.
func (n *names) wrapped(b []byte, open int) (skip, depth int) {
	i := skipBlank(b, 0)
	for open < maxWrappers && i < len(b) && b[i] == '"' {
		name, at := keyAt(b, i)
		if i = at; i >= len(b) {
			return 0, 0
		}
		if r := n.resolve(name, false); b[i] == '"' && r.ok && r.field == fieldText &&
			r.rank < rankSummary {
			return 0, 0
		}
		if w := wrapperOf(name); w >= 0 && b[i] == '[' {
			first := skipBlank(b, i+1)
			if first < len(b) && b[first] == '{' &&
				(!wrapperNames[w].check || n.isArticle(b[first+1:])) {
				return i + 1, open + 1
			}
		} else if w >= 0 && b[i] == '{' {
			if skip, depth := n.wrapped(b[i+1:], open+1); depth > 0 {
				return i + 1 + skip, depth
			}
		}
		i = nextMember(b, i)
	}
	return 0, 0
}

// isArticle reports whether one of the members of an object, from after its
// bracket on, is a title, a text, or an object that may hold them.
func (n *names) isArticle(b []byte) bool {
	for i := skipBlank(b, 0); i < len(b) && b[i] == '"'; i = nextMember(b, i) {
		name, at := keyAt(b, i)
		if i = at; i >= len(b) {
			return false
		}
		if r := n.resolve(name, false); r.ok && (r.field == fieldTitle || r.field == fieldText) ||
			r.inside && b[i] == '{' {
			return true
		}
	}
	return false
}

// keyAt is the key that begins at i of an object that may be cut off, and where
// its value begins, or len(b).
func keyAt(b []byte, i int) (string, int) {
	end := stringEnd(b, i)
	name := string(b[i+1 : max(i+1, end-1)])
	if i = skipBlank(b, end); i >= len(b) || b[i] != ':' {
		return "", len(b)
	}
	return name, skipBlank(b, i+1)
}

// nextMember is where the key after the value at i begins, or the end of the
// object.
func nextMember(b []byte, i int) int {
	if i = skipBlank(b, valueEnd(b, i)); i < len(b) && b[i] == ',' {
		return skipBlank(b, i+1)
	}
	return len(b)
}

func wrapperOf(name string) int {
	plain := plainName(name)
	for i := range wrapperNames {
		if wrapperNames[i].name == plain {
			return i
		}
	}
	return -1
}

// between reports whether the next byte ends a stray word: the end of the
// stream, a separator or an object.
func (r *jsonReader) between() bool {
	next := r.lines.peek(1)
	return len(next) == 0 || next[0] == '{' || strings.IndexByte(betweenObjects, next[0]) >= 0
}

// give hands over the record that object cut out. One that is broken, or that
// has swallowed others, is cut anew at what looks like the beginning of a
// record.
func (r *jsonReader) give(l line, open bool) bool {
	if r.start == nil {
		r.learn(l)
	}
	if !l.long && !open {
		if legible := l; l.raw[0] == '{' && r.s.legible(&legible) == nil &&
			json.Valid(legible.text) {
			e, f := r.s.parseJSON(legible.text, lenientLabels)
			return r.s.give(legible, e, f)
		}
	}
	raw := bytes.Clone(l.raw)
	starts := r.starts(raw)
	for i, at := range starts {
		piece := line{number: l.number + bytes.Count(raw[:at], []byte("\n")),
			offset: l.offset + int64(at)}
		last := i == len(starts)-1
		if last && at > 0 && (l.long || open) {
			r.lines.unread(raw[at:], piece.number-1, piece.offset)
			return true
		}
		piece.raw = raw[at:]
		if !last {
			piece.raw = raw[at:starts[i+1]]
		}
		piece.text, piece.size = piece.raw, int64(len(piece.raw))
		if l.long && len(starts) == 1 {
			return r.giveLong(piece)
		}
		if !r.givePiece(piece, open && last) {
			return false
		}
	}
	return r.left(raw[starts[len(starts)-1]:]) == nil
}

// left leaves the objects around the records when the end of their list was
// swallowed by the last piece of a broken record.
func (r *jsonReader) left(piece []byte) error {
	if r.wrappers == 0 || piece[0] != '{' || bytes.IndexByte(piece[valueEnd(piece, 0):], ']') < 0 {
		return nil
	}
	if err := r.leave(); err != io.EOF {
		return err
	}
	return nil
}

// givePiece hands over one piece of a record that was cut anew; an open one was
// not closed before the end of the file.
func (r *jsonReader) givePiece(l line, open bool) bool {
	if l.text[0] == '{' {
		l.text = l.text[:valueEnd(l.text, 0)]
	}
	if f := r.s.legible(&l); f != nil {
		return r.s.reject(l, f)
	}
	e, f := r.s.parseJSON(l.text, lenientLabels)
	if f != nil && open {
		f = &fault{reason: datasets.ReasonSyntax, detail: "the object that begins here is not closed; the file may be cut off"}
	}
	return r.s.give(l, e, f)
}

// giveLong rejects an object beyond the limit and passes over the rest of it.
func (r *jsonReader) giveLong(l line) bool {
	size, err := r.skip(l)
	if !r.s.reject(l, tooLong(size, r.lines.limit)) {
		return false
	}
	if err != nil && err != io.EOF {
		r.s.end(line{number: r.lines.number + 1, offset: r.lines.offset}, err)
		return false
	}
	return true
}

// skip passes over the rest of an object that is too long and returns its size.
func (r *jsonReader) skip(l line) (int64, error) {
	var nesting jsonNesting
	for _, c := range l.raw {
		nesting.see(c)
	}
	size := l.size
	for nesting.depth > 0 || nesting.inString {
		if err := r.s.ctx.Err(); err != nil && size%peekSize == 0 {
			return size, err
		}
		c, err := r.lines.readByte()
		if err != nil {
			return size, err
		}
		nesting.see(c)
		size++
	}
	return size, nil
}

// learn notes how the records of the file begin, from the first one.
func (r *jsonReader) learn(l line) {
	if l.raw[0] != '{' {
		return
	}
	if r.line != nil { // the indentation tells records from what is inside them
		r.start = slices.Concat([]byte("\n"), r.line, []byte("{"))
		return
	}
	r.start = []byte("{")
	if i := skipBlank(l.raw, 1); i < len(l.raw) && l.raw[i] == '"' {
		if end := stringEnd(l.raw, i); end < len(l.raw) && end-i < maxIndent {
			r.start = append(r.start, l.raw[1:end]...)
		}
	}
}

// starts are the offsets of the brackets at which records seem to begin in b,
// the first of them 0: what begins as the first record of the file did or,
// where there is none, on a line of its own.
func (r *jsonReader) starts(b []byte) []int {
	at := []int{0}
	for _, mark := range [][]byte{r.start, []byte("\n{")} {
		bracket := bytes.IndexByte(mark, '{')
		for i := 1; bracket+1 < len(mark) || bracket > 0; {
			n := bytes.Index(b[i:], mark)
			if n < 0 {
				break
			}
			at = append(at, i+n+bracket)
			i += n + len(mark)
		}
		if len(at) > 1 {
			break
		}
	}
	return at
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

// parseJSON reads one article. labels turns the raw value of that field (nil
// when absent) into labels.
func (s *stream) parseJSON(text []byte,
	labels func(json.RawMessage) ([]datasets.Label, *fault)) (datasets.Example, *fault) {
	text = bytes.TrimSpace(text)
	if f := tooDeep(text, s.options.Limits.Depth); f != nil {
		return datasets.Example{}, f
	}
	if !json.Valid(text) {
		mended := repairJSON(text)
		if !json.Valid(mended) {
			return datasets.Example{}, syntaxFault(text)
		}
		text = mended
	}
	if text[0] != '{' {
		return datasets.Example{}, syntaxFault(text)
	}
	s.values.reset()
	s.values.gather(s.names, text, "", 0)
	e, f := s.record(&s.values)
	if e.Title == "" && e.Text == "" && emptyAnswer(text, 0) {
		return datasets.Example{}, noRecord()
	}
	if f != nil {
		return e, f
	}
	e.Labels, f = labels(s.values.labels)
	return e, f
}

// syntaxFault says where text stops being a JSON object.
func syntaxFault(text []byte) *fault {
	var object map[string]json.RawMessage
	err := json.Unmarshal(text, &object)
	if err == nil {
		return &fault{reason: datasets.ReasonSyntax, detail: "null where an object is wanted; a record is one JSON object"}
	}
	return jsonFault(err, len(text))
}

// jsonFault words an error of encoding/json with the column it struck.
func jsonFault(err error, size int) *fault {
	f := &fault{reason: datasets.ReasonSyntax, detail: err.Error(), err: err}
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		f.detail = fmt.Sprintf("column %d: %v; a record is one JSON object",
			min(syntax.Offset, int64(size)+1), err)
	case errors.As(err, &kind) && kind.Field == "":
		f.detail = fmt.Sprintf("JSON of type %s where an object is wanted; a record is one JSON object", kind.Value)
	case errors.As(err, &kind):
		f.detail = fmt.Sprintf("column %d: field %s is of type %s, want %s", kind.Offset,
			kind.Field, kind.Value, kind.Type)
	}
	return f
}

// tooDeep rejects JSON nested beyond limit. Few records have so many brackets
// that their nesting must be followed.
func tooDeep(text []byte, limit int) *fault {
	if bytes.Count(text, []byte("{"))+bytes.Count(text, []byte("[")) <= limit {
		return nil
	}
	var nesting jsonNesting
	for i, c := range text {
		if nesting.see(c); nesting.depth > limit {
			return &fault{reason: datasets.ReasonTooDeep,
				detail: fmt.Sprintf("column %d: nested deeper than %d; flatten the record or raise the limit", i+1, limit)}
		}
	}
	return nil
}
