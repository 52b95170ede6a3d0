package format

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"stance/datasets"
)

// titleLimit is the most bytes a first paragraph may have to be taken for the
// title.
const titleLimit = 300

// decodeText reads the whole input as one article: an optional date line, then
// the title if the first paragraph is one line of at most titleLimit bytes with
// more text after it, then the body as it stands. An export of a press archive
// holds many such articles, each behind a line that counts them.
func decodeText(s *stream) {
	l, err := s.lines.whole()
	if err != nil {
		s.end(l, err)
		return
	}
	if !l.long && len(bytes.TrimSpace(l.text)) == 0 {
		return
	}
	documents := documentsIn(l)
	if l.long || documents == nil {
		id := s.makeID(line{text: l.text})
		s.article(l, id)
		return
	}
	for _, d := range documents {
		if !s.article(d, s.makeID(d)) {
			return
		}
	}
}

// article hands over the article that a text holds.
func (s *stream) article(l line, id string) bool {
	f := s.unfit(&l)
	if f == nil && bytes.IndexByte(l.text, 0) >= 0 {
		f = &fault{reason: datasets.ReasonEncoding, detail: "the file has NUL bytes: it is not text; name its format"}
	}
	var e datasets.Example
	if f == nil {
		e.Article, s.reading = parseText(string(l.text))
		e.ID = id
	}
	return s.give(l, e, f)
}

// documentLine begins a document in an export of a press archive: "Document 3
// of 200" or "3 of 200 DOCUMENTS". ruleLine is a line that parts documents.
var (
	documentLine = regexp.MustCompile(`(?m)^[ \t]*(?:Document (\d+) of (\d+)|(\d+) of (\d+) DOCUMENTS)[ \t]*\r?\n`)
	ruleLine     = regexp.MustCompile(`(?m)^[ \t]*[_=*-]{10,}[ \t]*\r?$`)
)

// documentsIn cuts an export of a press archive into its documents, or returns
// nil for any other text. The lines must count upwards. What stands before the
// first is a cover page.
func documentsIn(l line) (documents []line) {
	found := documentLine.FindAllSubmatchIndex(l.text, -1)
	if len(found) < 2 {
		return nil
	}
	last := 0
	for i, m := range found {
		number, err := strconv.Atoi(string(l.text[max(m[2], m[6]):max(m[3], m[7])]))
		if err != nil || number <= last {
			return nil
		}
		last = number
		end := len(l.text)
		if i+1 < len(found) {
			end = found[i+1][0]
		}
		text := bytes.TrimSpace(ruleLine.ReplaceAll(l.text[m[1]:end], nil))
		documents = append(documents,
			line{text: text, size: int64(end - m[0]), offset: l.offset + int64(m[0]),
				number: l.number + bytes.Count(l.text[:m[0]], []byte("\n"))})
	}
	return documents
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
	if len(s) <= len(word) || !strings.EqualFold(s[:len(word)], word) ||
		s[len(word)] != ':' && s[len(word)] != ' ' && s[len(word)] != '\t' {
		return dateReading{}, false
	}
	rest := strings.TrimSpace(strings.TrimPrefix(s[len(word):], ":"))
	r := readDate(rest)
	return r, rest != "" &&
		(r.kind == dateRead || r.kind == dateAmbiguous ||
			strings.IndexFunc(rest, unicode.IsLetter) < 0)
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
