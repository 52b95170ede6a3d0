package features

import (
	"sort"
	"strings"

	"stance/datasets"
)

// TextLimit is the number of bytes of body text that Parse keeps unless told otherwise: 1 MiB.
const TextLimit = 1 << 20

// Parse cleans an article and finds its sentences and tokens. textLimit bounds the body in bytes (0 means [TextLimit]); a
// longer body is cut at the last sentence that fits and Document.Truncated is set. Parse never fails: text that is no
// language at all gives a document without words.
func Parse(a datasets.Article, textLimit int) *Document {
	if textLimit <= 0 {
		textLimit = TextLimit
	}
	d := &Document{Published: a.Published, Lang: a.Lang}
	body := a.Text
	if len(body) > textLimit {
		body, d.Truncated = cutAtSentence(body, textLimit), true
	}
	title := cleanTitle(a.Title)
	var text strings.Builder
	text.Grow(len(title) + len(body) + 2)
	text.WriteString(title)
	d.TitleEnd = len(title)
	starts := []int{0}
	for _, p := range cleanBody(body) {
		if text.Len() > 0 {
			text.WriteString("\n\n")
		}
		starts = append(starts, text.Len())
		text.WriteString(p)
	}
	d.Text = text.String()
	for i, start := range starts {
		end := len(d.Text)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		d.addParagraph(i, start, start+len(strings.TrimRight(d.Text[start:end], "\n")))
	}
	return d
}

// parseVerbatim takes a text as it is, as one paragraph without a title.
func parseVerbatim(text string) *Document {
	d := &Document{Text: text}
	d.addParagraph(1, 0, len(text))
	return d
}

// addParagraph finds the tokens and sentences of Text[start:end], paragraph number n (0 is the title).
func (d *Document) addParagraph(n, start, end int) {
	if start == end {
		return
	}
	first := len(d.Tokens)
	d.Tokens = appendTokens(d.Tokens, d.Text[start:end], start)
	for first < len(d.Tokens) {
		last := sentenceEnd(d.Text, d.Tokens, first, n == 0)
		d.Sentences = append(d.Sentences, Sentence{
			Start: d.Tokens[first].Start, End: d.Tokens[last-1].End,
			First: first, Last: last,
			Title: n == 0, Paragraph: n,
		})
		first = last
	}
}

// Word returns token i as it stands in the text.
func (d *Document) Word(i int) string { return d.Text[d.Tokens[i].Start:d.Tokens[i].End] }

// TokensIn returns the tokens that the byte range [start, end) touches.
func (d *Document) TokensIn(start, end int) TokenRange {
	first := sort.Search(len(d.Tokens), func(i int) bool { return d.Tokens[i].End > start })
	last := sort.Search(len(d.Tokens), func(i int) bool { return d.Tokens[i].Start >= end })
	return TokenRange{first, max(first, last)}
}

// cutAtSentence returns the longest prefix of s within limit that ends at a sentence, else at a space, else at a rune.
func cutAtSentence(s string, limit int) string {
	cut := strings.ToValidUTF8(s[:limit], "")
	for _, stop := range []string{". ", ".\n", "\n", " "} {
		if i := strings.LastIndex(cut, stop); i > limit/2 {
			return cut[:i+1]
		}
	}
	return cut
}
