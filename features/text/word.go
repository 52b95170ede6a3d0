package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Set is a set of words in lower case.
type Set map[string]bool

// NewSet returns the set of the words in list, which blanks part.
func NewSet(list string) Set {
	set := Set{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}

// hasFold reports whether the set holds w in lower case. It allocates nothing
// for words of ASCII letters.
func (s Set) hasFold(w string) bool {
	var buf [24]byte
	if len(w) > len(buf) {
		return s[strings.ToLower(w)]
	}
	for i := range len(w) {
		c := w[i]
		if c >= utf8.RuneSelf {
			return s[strings.ToLower(w)]
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		buf[i] = c
	}
	return s[string(buf[:len(w)])]
}

// StartsUpper reports whether w begins with a capital.
func StartsUpper(w string) bool {
	if c := w[0]; c < utf8.RuneSelf {
		return 'A' <= c && c <= 'Z'
	}
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r) || unicode.IsTitle(r)
}

// AllUpper reports whether w has no lower-case letter.
func AllUpper(w string) bool {
	for _, r := range w {
		if unicode.IsLower(r) {
			return false
		}
	}
	return true
}

// Words cuts a phrase into the words that Parse would make of it, in lower
// case.
func Words(phrase string) []string {
	phrase = Normalize(phrase)
	var words []string
	for _, t := range AppendTokens(nil, phrase, 0) {
		words = append(words, strings.ToLower(phrase[t.Start:t.End]))
	}
	return words
}
