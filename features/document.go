// Package features turns a raw article into the numbers a classifier reads: clean text, sentences, tokens, mentions of
// countries, pairs of a country and a topic, role-masked bag-of-words features, and sparse vectors.
//
// Text is cleaned once, in [Parse]; every offset after that is a byte offset into Document.Text. Training and
// classification walk the same functions in the same order.
package features

import "time"

// Document is a parsed article: cleaned text with the sentences and tokens found in it. It is not changed after Parse.
type Document struct {
	Text      string // NFC UTF-8: title, blank line, body; boilerplate removed
	TitleEnd  int    // Text[:TitleEnd] is the title
	Sentences []Sentence
	Tokens    []Token
	Published time.Time // UTC; zero when unknown
	Lang      string    // declared language, else the detected one, else ""
	Truncated bool      // the body was longer than the limit and was cut at a sentence
}

// Sentence is a half-open byte range of Document.Text and the half-open range of tokens in it.
type Sentence struct {
	Start, End  int // bytes
	First, Last int // tokens [First, Last)
	Title       bool
	Paragraph   int // 0 for the title, body paragraphs count from 1
}

// Token is a word, number or punctuation mark: a half-open byte range of Document.Text.
type Token struct {
	Start, End int
	Kind       TokenKind
}

// TokenKind tells words from the rest.
type TokenKind uint8

// The kinds of token.
const (
	Word TokenKind = iota
	Number
	Punct
)
