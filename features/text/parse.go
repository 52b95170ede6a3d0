package text

import (
	"slices"
	"sort"
	"strings"

	"stance/datasets"
)

// DefaultLimit is the number of bytes of body text that Parse keeps unless told
// otherwise: 1 MiB.
const DefaultLimit = 1 << 20

// Parse cleans an article and finds its sentences and tokens. limit bounds the
// body in bytes; 0 means [DefaultLimit]. A longer body is cut at the last
// sentence that fits, and Document.Truncated is set; a long title is cut
// likewise, and so is a text of more tokens than prose of that length has.
// Parse never fails: text that is no language at all gives a document without
// words.
func Parse(a datasets.Article, limit int) *Document {
	if limit <= 0 {
		limit = DefaultLimit
	}
	d := &Document{Published: a.Published, Lang: a.Lang, Outlet: outletOf(a)}
	body := a.Text
	if len(body) > limit {
		body, d.Truncated = cutAtSentence(body, limit), true
	}
	title, cut := cleanTitle(a.Title)
	d.TitleTruncated = cut
	body = Normalize(plainText(repair(body)))
	parts := paragraphs(body)
	d.Dateline = datelineOf(parts)
	d.build(title, cleanBody(parts))
	d.cutTokens(max(limit, DefaultLimit) / leastToken)
	return d
}

// leastToken is the bytes that a token of prose has at least, with the blank
// behind it. A text with more tokens than its limit has room for by this
// measure is no prose, and its tokens take far more memory than its bytes.
const leastToken = 3

// cutTokens drops the sentences beyond the first n tokens.
func (d *Document) cutTokens(n int) {
	if len(d.Tokens) <= n {
		return
	}
	keep := len(d.Sentences)
	for keep > 0 && d.Sentences[keep-1].Last > n {
		keep--
	}
	d.Sentences, d.Truncated = slices.Clone(d.Sentences[:keep]), true
	last := 0
	if keep > 0 {
		last = d.Sentences[keep-1].Last
	}
	d.Tokens = slices.Clone(d.Tokens[:last])
}

// outletOf is the source of an article, else the host of its address.
func outletOf(a datasets.Article) string {
	if a.Source != "" {
		return a.Source
	}
	_, rest, _ := strings.Cut(a.URL, "://")
	host, _, _ := strings.Cut(rest, "/")
	return host
}

// build sets Text to the title and the paragraphs and finds their tokens and
// sentences.
func (d *Document) build(title string, paragraphs []string) {
	size := len(title)
	for _, p := range paragraphs {
		size += len(p) + len(paragraphBreak)
	}
	var text strings.Builder
	text.Grow(size)
	text.WriteString(title)
	for _, p := range paragraphs {
		if text.Len() > 0 {
			text.WriteString(paragraphBreak)
		}
		text.WriteString(p)
	}
	d.Text, d.TitleEnd = text.String(), len(title)
	d.Tokens = make([]Token, 0, size/5+1)
	d.Sentences = make([]Sentence, 0, size/96+1)
	d.addParagraph(0, 0, len(title), kindOfText{title: true})
	body := kindOfText{lower: hasNoCapitals(paragraphs)}
	start := len(title)
	for i, p := range paragraphs {
		if start > 0 {
			start += len(paragraphBreak)
		}
		d.addParagraph(i+1, start, start+len(p), body)
		start += len(p)
	}
}

// paragraphBreak parts paragraphs in Document.Text.
const paragraphBreak = "\n\n"

// ParseVerbatim takes a text as it is, as one paragraph without a title. A
// caller that wants canonical typography calls [Normalize] first.
func ParseVerbatim(text string) *Document {
	d := &Document{Text: text}
	d.addParagraph(1, 0, len(text), kindOfText{})
	return d
}

// addParagraph finds the tokens and sentences of Text[start:end], paragraph
// number n (0 is the title).
func (d *Document) addParagraph(n, start, end int, kind kindOfText) {
	if start == end {
		return
	}
	first := len(d.Tokens)
	d.Tokens = AppendTokens(d.Tokens, d.Text[start:end], start)
	for first < len(d.Tokens) {
		last := sentenceEnd(d.Text, d.Tokens, first, kind)
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
func (d *Document) TokensIn(start, end int) Range {
	first := sort.Search(len(d.Tokens), func(i int) bool { return d.Tokens[i].End > start })
	last := sort.Search(len(d.Tokens), func(i int) bool { return d.Tokens[i].Start >= end })
	return Range{first, max(first, last)}
}

// cutAtSentence returns the longest prefix of s within limit that ends at a
// sentence, else at a space, else at a character.
func cutAtSentence(s string, limit int) string {
	cut := strings.ToValidUTF8(s[:limit], "")
	for _, stop := range []string{". ", ".\n", "\n", " "} {
		if i := strings.LastIndex(cut, stop); i > limit/2 {
			return cut[:i+1]
		}
	}
	return cut
}
