package models

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"stance/features"
	"stance/features/syntax"
	"stance/features/text"
	"stance/features/vector"
)

// New words are how language moves away from a model: the name of a weapon, a
// leader or an operation that did not exist when it was trained. A word is new
// when it stands in a sentence that names a country and no feature of the
// bundle is that word alone, in whatever place or role.

const (
	maxNewWords  = 32 // of one article; more are another language
	maxWordBytes = 40
)

// newWords lists the new words of an article, sorted: the first 32 found.
func newWords(an *syntax.Analysis, v *vector.Vocabulary) []string {
	var found []string
	next := 0
	for i := 0; i < len(an.References); i++ {
		m := an.References[i]
		if i > 0 && an.References[i-1].Sentence == m.Sentence {
			continue
		}
		s := an.Document.Sentences[m.Sentence]
		next = i
		for t := s.First; t < s.Last && len(found) < maxNewWords; t++ {
			if next < len(an.References) && t >= an.References[next].First {
				t = max(t, an.References[next].Last-1)
				next++
				continue
			}
			found = noteNew(found, an, v, t)
		}
	}
	return found
}

// noteNew adds token t when it is a new word.
func noteNew(found []string, an *syntax.Analysis, v *vector.Vocabulary, t int) []string {
	word := an.Lower[t]
	if an.Document.Tokens[t].Kind != text.Word || !isWord(word) {
		return found
	}
	at, seen := slices.BinarySearch(found, word)
	if seen || features.Knows(v, an.Words[t].ID) {
		return found
	}
	return slices.Insert(found, at, word)
}

// isWord reports whether a token is a word of letters: no number or address.
func isWord(word string) bool {
	if len(word) > maxWordBytes || utf8.RuneCountInString(word) <= 2 {
		return false
	}
	for _, r := range word {
		if !unicode.IsLetter(r) {
			return false
		}
	}
	return true
}
