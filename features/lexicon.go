package features

import (
	"bytes"
	_ "embed"
	"sync"
)

// Lexicon knows the words and set phrases by which news texts tell what states do to each other, and their classes (see
// [Classes]). Beside the words themselves the classes let a learner share weight between a rare word ("rebuffed") and
// frequent ones ("rejected"). Its data are features/lexicon/en.tsv; the README there says how to add a word. A Lexicon is
// not changed once it is loaded and may be used by many goroutines.
type Lexicon struct {
	heads map[string]headword // by the first token of every form
	hash  string
}

// headword is what may begin with a token: the token alone, and longer phrases, the longest first.
type headword struct {
	sense
	longer []expression
}

// sense is the meaning of a form; no class says that the token alone means nothing.
type sense struct {
	class    string
	strength int
}

// expression is a form of several tokens, without the first.
type expression struct {
	sense
	rest []string
}

//go:embed lexicon/en.tsv
var lexiconFile []byte

// defaultLexicon reads the embedded data on first use.
var defaultLexicon = sync.OnceValues(func() (*Lexicon, error) { return LoadLexicon(bytes.NewReader(lexiconFile)) })

// DefaultLexicon returns the lexicon built into the program. All callers share one value.
func DefaultLexicon() (*Lexicon, error) { return defaultLexicon() }

// Lookup gives the class of the words that begin at lower[i], its strength (1 to 3) and how many tokens it covers; the
// longest form wins. words is 0 when no form begins there. lower are the tokens of a sentence in lower case.
func (l *Lexicon) Lookup(lower []string, i int) (class string, strength, words int) {
	head, ok := l.heads[lower[i]]
	if !ok {
		return "", 0, 0
	}
	for _, e := range head.longer {
		if beginsWith(lower[i+1:], e.rest) {
			return e.class, e.strength, 1 + len(e.rest)
		}
	}
	if head.class == "" {
		return "", 0, 0
	}
	return head.class, head.strength, 1
}

// beginsWith reports whether the first tokens of lower are those of rest.
func beginsWith(lower, rest []string) bool {
	if len(lower) < len(rest) {
		return false
	}
	for i, w := range rest {
		if lower[i] != w {
			return false
		}
	}
	return true
}

// Hash is the SHA-256, in hex, of all forms with their classes and strengths. Two lexicons with the same hash answer alike;
// notes, comments and the way a form is written down make no difference.
func (l *Lexicon) Hash() string { return l.hash }
