// Package text turns a raw article into a Document: clean text, cut into
// sentences and tokens.
//
// The way is straight. Each step takes what the one before made, once:
//
//	bytes        as they came                         datasets.Article
//	characters   mojibake, markup, typography         repair.go markup.go characters.go
//	paragraphs   line ends that part, not wrap        paragraphs.go
//	clean        without boilerplate and addresses    clean.go forms.go promos.go
//	tokens       words, numbers, punctuation          tokens.go
//	sentences    runs of tokens                       sentences.go
//
// After that every offset is a byte offset into Document.Text.
package text

import "time"

// Document is a parsed article: clean text and the sentences and tokens in it.
// It does not change after Parse.
type Document struct {
	Text      string // title, blank line, body, in the typography of Normalize
	TitleEnd  int    // Text[:TitleEnd] is the title
	Sentences []Sentence
	Tokens    []Token
	Published time.Time // UTC; zero when unknown
	Outlet    string    // name or host of the outlet; "" when unknown
	// place before the first words, as in "MANILA — "; it is no part of Text
	Dateline       string
	Lang           string // declared language, else the detected one, else ""
	Truncated      bool   // the body was longer than the limit and was cut at a sentence
	TitleTruncated bool   // the title was too long and was cut
}

// Sentence is a half-open byte range of Document.Text and the half-open range
// of tokens in it.
type Sentence struct {
	Start, End  int // bytes
	First, Last int // tokens [First, Last)
	Title       bool
	Paragraph   int // 0 for the title, body paragraphs count from 1
}

// Token is a word, number or punctuation mark: a half-open byte range of
// Document.Text.
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

// Range is the half-open range of tokens [First, Last).
type Range struct{ First, Last int }
