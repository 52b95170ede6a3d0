package format

import (
	"bytes"
	"strings"
	"unicode"

	"stance/datasets"
)

// titleLimit is the most bytes a first paragraph may have to be taken for the
// title.
const titleLimit = 300

// decodeText reads the whole input as one article: an optional date line, then
// the title if the first paragraph is one line of at most titleLimit bytes with
// more text after it, then the body as it stands.
func decodeText(s *stream) {
	l, err := s.lines.whole()
	if err != nil {
		s.end(l, err)
		return
	}
	if !l.long && len(bytes.TrimSpace(l.text)) == 0 {
		return
	}
	id := s.makeID(line{text: l.text})
	f := s.unfit(&l)
	if f == nil && bytes.IndexByte(l.text, 0) >= 0 {
		f = &fault{reason: datasets.ReasonEncoding, detail: "the file has NUL bytes: it is not text; name its format"}
	}
	var e datasets.Example
	if f == nil {
		e.Article, s.reading = parseText(string(l.text))
		e.ID = id
	}
	s.give(l, e, f)
}

func parseText(text string) (datasets.Article, dateReading) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
	var a datasets.Article
	first, rest, _ := strings.Cut(text, "\n")
	published, ok := dateLine(strings.TrimSpace(first))
	if ok {
		text = strings.TrimSpace(rest)
	}
	title, body := cutParagraph(text)
	if body == "" || len(title) > titleLimit || strings.Contains(title, "\n") {
		a.Text = text
		return a, published
	}
	a.Title, a.Text = title, body
	return a, published
}

// dateLine reads the optional first line of a text file: "date 2022-12-31" or
// "Date: 31 Dec 2022". What holds no date is such a line only if it has no
// letters either.
func dateLine(s string) (dateReading, bool) {
	const word = "date"
	if len(s) <= len(word) || !strings.EqualFold(s[:len(word)], word) || s[len(word)] != ':' && s[len(word)] != ' ' && s[len(word)] != '\t' {
		return dateReading{}, false
	}
	rest := strings.TrimSpace(strings.TrimPrefix(s[len(word):], ":"))
	r := readDate(rest)
	return r, rest != "" && (r.kind == dateRead || r.kind == dateAmbiguous || strings.IndexFunc(rest, unicode.IsLetter) < 0)
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
