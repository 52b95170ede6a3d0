package models

import (
	"bytes"
	"slices"
	"unicode"
	"unicode/utf8"

	"stance/features"
)

// New words are how language moves away from a model: the name of a weapon, a leader, an operation that did not exist when
// it was trained. A word is new when it stands in a sentence that names the country and no feature of the bundle is that
// word alone, in whatever place or role.

const (
	maxNewWords  = 32 // of one article; more are another language
	maxWordBytes = 40
)

// newWords collects those of one article.
type newWords struct {
	vectorizer *features.Vectorizer
	found      []string
	name       []byte // scratch
}

// note looks at a feature that the vectorizer does not have.
func (n *newWords) note(feature []byte) {
	word, plain := bytes.CutPrefix(feature, []byte("s:"))
	if !plain || len(word) > maxWordBytes || !isWord(word) {
		return
	}
	if at, seen := slices.BinarySearchFunc(n.found, word, func(s string, w []byte) int { return bytes.Compare([]byte(s), w) }); !seen &&
		len(n.found) < maxNewWords && !n.knows(word) {
		n.found = slices.Insert(n.found, at, string(word))
	}
}

// isWord reports whether word is letters in lower case: no symbol of a role, bigram, number or address.
func isWord(word []byte) bool {
	return utf8.RuneCount(word) > 2 && !bytes.ContainsFunc(word, func(r rune) bool {
		return !unicode.IsLetter(r) || unicode.IsUpper(r)
	})
}

// knows reports whether any feature is the word alone.
func (n *newWords) knows(word []byte) bool {
	for _, place := range [...]string{"s:", "t:", "T:", "l:", "r:", "cl:", "cr:"} {
		for _, stand := range [...]string{"", "|third", "|party", "|opponent"} {
			n.name = append(append(append(n.name[:0], place...), word...), stand...)
			if n.vectorizer.Has(n.name) {
				return true
			}
		}
	}
	return false
}
