package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
)

// AppendTokens appends the tokens of s, whose first byte stands at offset base
// of the document. Words are those of Unicode Standard Annex 29, with two
// changes: an acronym keeps its last full stop ("U.S." is one word), and a
// possessive ending stands alone ("Russia's" is "Russia" and "'s"). White space
// is no token.
func AppendTokens(dst []Token, s string, base int) []Token {
	for i := 0; i < len(s); {
		if s[i] == ' ' && i+1 < len(s) && s[i+1] < utf8.RuneSelf {
			i++
			continue
		}
		if n, kind := plainToken(s, i); n > 0 {
			dst = append(dst, Token{base + i, base + i + n, kind})
			i += n
			continue
		}
		it := words.FromString(s[i:])
		if !it.Next() {
			break
		}
		n := it.End()
		dst = appendSegment(dst, s, base, i, i+n)
		i += n
	}
	return dst
}

// plainToken returns the length of the token at s[i] where ASCII alone decides
// it: letters with a mark behind them that no word goes on after, or such a
// mark. It returns 0 where the rules of Annex 29 have to be asked.
func plainToken(s string, i int) (n int, kind TokenKind) {
	k := i
	for k < len(s) && isLetter(s[k]) {
		k++
	}
	switch {
	case k > i:
		if k == len(s) || endsWord[s[k]] && (k+1 == len(s) || s[k+1] < utf8.RuneSelf) {
			return k - i, Word
		}
	case s[i] != ' ' && endsWord[s[i]] && (i+1 == len(s) || s[i+1] < utf8.RuneSelf):
		return 1, Punct
	}
	return 0, 0
}

// endsWord holds the ASCII marks that always stand between words.
var endsWord = [256]bool{' ': true, ',': true, ';': true, '-': true, '(': true, ')': true,
	'"': true, '?': true, '!': true}

// appendSegment appends the tokens of the segment s[start:end].
func appendSegment(dst []Token, s string, base, start, end int) []Token {
	w := s[start:end]
	kind, ok := kindOf(w)
	if !ok {
		return dst
	}
	if w == "." && len(dst) > 0 && endsDottedAcronym(s, base, dst[len(dst)-1], start) {
		dst[len(dst)-1].End = base + end
		return dst
	}
	if cut := possessive(w); kind == Word && cut > 0 {
		dst = append(dst, Token{base + start, base + start + cut, Word})
		start += cut
	}
	return append(dst, Token{base + start, base + end, kind})
}

// kindOf tells the kind of a segment by its first character; ok is false for
// white space and controls.
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

// possessive returns where the possessive ending of w begins, or 0 when it has
// none.
func possessive(w string) int {
	for _, ending := range [...]string{"'s", "’s", "'S", "’S"} {
		if len(w) > len(ending) && strings.HasSuffix(w, ending) {
			return len(w) - len(ending)
		}
	}
	return 0
}

// endsDottedAcronym reports whether the full stop at byte dot of s closes the
// acronym that token t ends ("U.S" and ".").
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
