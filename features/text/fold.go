package text

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns the form of a word under which names are looked up; see
// [AppendFold].
func Fold(w string) string { return string(AppendFold(nil, w)) }

// AppendFold appends w in lower case, without diacritics and with a plain
// apostrophe: "Erdoğan" is "erdogan". Letters that Unicode does not decompose
// ("ł", "ø", "ı") become the ASCII letters that newspapers write for them.
func AppendFold(dst []byte, w string) []byte {
	start := len(dst)
	for i := range len(w) {
		c := w[i]
		if c >= utf8.RuneSelf {
			return appendFoldUnicode(dst[:start], w)
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		dst = append(dst, c)
	}
	return dst
}

func appendFoldUnicode(dst []byte, w string) []byte {
	var buf [64]byte
	for rest := norm.NFD.AppendString(buf[:0], w); len(rest) > 0; {
		r, n := utf8.DecodeRune(rest)
		rest = rest[n:]
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		switch r = unicode.ToLower(r); r {
		case '’', 'ʼ', '‘':
			dst = append(dst, '\'')
		case 'ı':
			dst = append(dst, 'i')
		case 'ł':
			dst = append(dst, 'l')
		case 'ø':
			dst = append(dst, 'o')
		case 'đ', 'ð':
			dst = append(dst, 'd')
		case 'æ':
			dst = append(dst, "ae"...)
		case 'œ':
			dst = append(dst, "oe"...)
		case 'ß':
			dst = append(dst, "ss"...)
		default:
			dst = utf8.AppendRune(dst, r)
		}
	}
	return dst
}
