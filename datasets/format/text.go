package format

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"stance/datasets"
)

// titleLimit is the most bytes a first paragraph may have to be taken for the title.
const titleLimit = 300

// dateLine is the optional first line of a text file: "date 2022-12-31".
var dateLine = regexp.MustCompile(`(?i)^date:?[ \t]+(\d{4}-\d{2}-\d{2})$`)

// decodeText reads the whole input as one article: an optional date line, then the title if the first paragraph is one
// line of at most titleLimit bytes with more text after it, then the body as it stands.
func decodeText(s *stream) {
	l, err := s.lines.whole()
	if err != nil {
		s.end(l, err)
		return
	}
	if !l.long && len(bytes.TrimSpace(l.text)) == 0 {
		return
	}
	f := s.unfit(l)
	if f == nil && bytes.IndexByte(l.text, 0) >= 0 {
		f = &fault{reason: datasets.ReasonEncoding, detail: "the file has NUL bytes: it is not text; name its format"}
	}
	var e datasets.Example
	if f == nil {
		e.Article, f = parseText(string(l.text))
		e.ID = s.makeID(line{text: l.text})
	}
	s.give(l, e, f)
}

// whole returns the rest of the stream as one line, within the limit of a line; io.EOF is no error.
func (lr *lineReader) whole() (line, error) {
	lr.skipMark()
	l := line{number: lr.number + 1, offset: lr.offset}
	text, err := io.ReadAll(io.LimitReader(lr.r, lr.limit+1))
	l.text, l.size = text, int64(len(text))
	lr.offset += l.size
	if l.long = l.size > lr.limit; l.long && err == nil {
		var rest int64
		rest, err = io.Copy(io.Discard, lr.r)
		l.size, lr.offset = l.size+rest, lr.offset+rest
	}
	return l, err
}

func parseText(text string) (datasets.Article, *fault) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	var a datasets.Article
	first, rest, _ := strings.Cut(text, "\n")
	if m := dateLine.FindStringSubmatch(strings.TrimSpace(first)); m != nil {
		published, err := time.Parse(time.DateOnly, m[1])
		if err != nil {
			return a, &fault{reason: datasets.ReasonBadDate, err: err, detail: fmt.Sprintf("no such day: %q; write date YYYY-MM-DD", m[1])}
		}
		a.Published, text = published, strings.TrimSpace(rest)
	}
	title, body := cutParagraph(text)
	if body == "" || len(title) > titleLimit || strings.Contains(title, "\n") {
		a.Text = text
		return a, nil
	}
	a.Title, a.Text = title, body
	return a, nil
}

// cutParagraph splits text at its first blank line.
func cutParagraph(text string) (first, rest string) {
	for at := 0; ; {
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			return text, ""
		}
		end += at
		next := text[end+1:]
		if second, _, _ := strings.Cut(next, "\n"); strings.TrimSpace(second) == "" {
			return strings.TrimSpace(text[:end]), strings.TrimSpace(next)
		}
		at = end + 1
	}
}
