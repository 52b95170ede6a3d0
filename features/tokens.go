package features

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
)

// appendTokens appends the tokens of s, whose first byte stands at offset base of the document. Words are those of
// Unicode Standard Annex 29, with two changes: an acronym keeps its last full stop ("U.S." is one word), and a possessive
// ending stands alone ("Russia's" is "Russia" and "'s"). White space is no token.
func appendTokens(dst []Token, s string, base int) []Token {
	it := words.FromString(s)
	for it.Next() {
		w := it.Value()
		start, end := it.Start(), it.End()
		kind, ok := kindOf(w)
		if !ok {
			continue
		}
		if w == "." && len(dst) > 0 && endsDottedAcronym(s, base, dst[len(dst)-1], start) {
			dst[len(dst)-1].End = base + end
			continue
		}
		if cut := possessive(w); kind == Word && cut > 0 {
			dst = append(dst, Token{base + start, base + start + cut, Word})
			start += cut
		}
		dst = append(dst, Token{base + start, base + end, kind})
	}
	return dst
}

// kindOf classes a segment by its first rune; ok is false for white space and control characters.
func kindOf(w string) (kind TokenKind, ok bool) {
	r, _ := utf8.DecodeRuneInString(w)
	switch {
	case unicode.IsLetter(r):
		return Word, true
	case unicode.IsDigit(r):
		return Number, true
	case unicode.IsSpace(r), unicode.IsControl(r):
		return Punct, false
	}
	return Punct, true
}

// possessive returns where the possessive ending of w begins, or 0 when it has none.
func possessive(w string) int {
	for _, ending := range [...]string{"'s", "’s", "'S", "’S"} {
		if len(w) > len(ending) && strings.HasSuffix(w, ending) {
			return len(w) - len(ending)
		}
	}
	return 0
}

// endsDottedAcronym reports whether a full stop at byte dot of s closes the acronym that token t ends ("U.S" + ".").
func endsDottedAcronym(s string, base int, t Token, dot int) bool {
	if t.Kind != Word || t.End != base+dot {
		return false
	}
	w := s[t.Start-base : dot]
	if len(w) < 3 || !strings.Contains(w, ".") {
		return false
	}
	for i := range len(w) {
		if letter := i%2 == 0; letter != (w[i] != '.') {
			return false
		}
	}
	return true
}
