package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Extraction joins paragraphs and headings without a blank: "Kyiv.Poland",
// "agreedThe", "Ukraine:Germany". Where the form leaves no doubt the blank is
// put back. Addresses, file names and version numbers keep their stops.

// longestWord bounds how far back the text before a stop is looked at, in
// bytes.
const longestWord = 64

// unglue puts the missing blanks into a paragraph, and joins the letters of an
// acronym that was written with blanks ("U. S.").
func unglue(p string) string {
	out := make([]byte, 0, len(p)+16)
	quotes, chunk := 0, 0 // quotes seen; where the chunk between blanks begins
	for i := 0; i < len(p); i++ {
		c := p[i]
		switch {
		case c == ' ':
			chunk = i + 1
		case c == '"':
			quotes++
		case isUpperByte(c) && i-chunk >= 3 && i-chunk <= longestWord && gluedStarter(p[chunk:i],
			p[i:]):
			out = append(out, ' ')
			chunk = i
		}
		out = append(out, c)
		if c == ':' && gluedColon(p, chunk, i) {
			out = append(out, ' ')
			chunk = i + 1
		}
		if c != '.' && c != '!' && c != '?' {
			continue
		}
		if c == '.' && opensSpacedAcronym(p, i) {
			i++ // the blank
			continue
		}
		if n := blankAfterStop(p, max(chunk, i-longestWord), i, quotes%2 == 1); n > 0 {
			out = append(out, p[i+1:i+n]...)
			out = append(out, ' ')
			quotes += strings.Count(p[i+1:i+n], "\"")
			i += n - 1
			chunk = i + 1
		}
	}
	return string(out)
}

func isUpperByte(c byte) bool { return 'A' <= c && c <= 'Z' }
func isLowerByte(c byte) bool { return 'a' <= c && c <= 'z' }

// gluedStarters open a sentence; no word of a brand or name ends in them.
var gluedStarters = NewSet(`the this that these those they there he she we it but and when while after
	although however meanwhile`)

// gluedStarter reports whether before is a word in lower case and after begins
// with a capitalised function word: "agreed" and "The council".
func gluedStarter(before, after string) bool {
	if strings.Trim(before, lowerLetters) != "" {
		return false
	}
	word, _, found := strings.Cut(after[:min(len(after), 16)], " ")
	return found && gluedStarters[strings.ToLower(word)] && !isUpperByte(word[1])
}

// gluedColon reports whether the colon at i parts two words that are no
// address: "Ukraine:Germany". chunk is where the text between blanks begins.
func gluedColon(p string, chunk, i int) bool {
	return i > chunk && i+2 < len(p) && isLowerByte(p[i-1]) && isUpperByte(p[i+1]) &&
		isLowerByte(p[i+2]) && !strings.ContainsAny(p[chunk:i], "/@_\\")
}

// spacedAcronyms are the acronyms that are also written letter by letter.
var spacedAcronyms = []string{"U. S.", "U. K.", "U. N.", "E. U.", "D. C.", "S. A.", "A. E."}

// opensSpacedAcronym reports whether the stop at i and the letter after the
// blank belong to one acronym.
func opensSpacedAcronym(p string, i int) bool {
	if i < 1 || i+3 >= len(p) || p[i+1] != ' ' || p[i+3] != '.' {
		return false
	}
	if i > 1 && p[i-2] != ' ' && p[i-2] != '(' && p[i-2] != '"' && p[i-2] != '.' {
		return false
	}
	letters := p[i-1 : i+4]
	for _, a := range spacedAcronyms {
		if letters == a {
			return a[0] == 'U' || a[0] == 'E' || a[0] == 'D' || i > 3 &&
				strings.HasSuffix(p[:i-1], "U. ")
		}
	}
	return false
}

// blankAfterStop returns how many bytes behind the stop at i a blank is
// missing, 1 being right behind it, or 0 when none is. chunk is where the text
// between blanks begins; quoted says that a quote is open.
func blankAfterStop(p string, chunk, i int, quoted bool) int {
	j := i + 1
	for j < len(p) && (p[j] == '"' && quoted || p[j] == ')' || p[j] == ']') {
		j++
	}
	if j == len(p) || p[j] == ' ' {
		return 0
	}
	if j == i+1 && p[j] == '"' {
		j++ // an opening quote; the blank belongs before it
	}
	if j == len(p) {
		return 0
	}
	next, n := utf8.DecodeRuneInString(p[j:])
	after, _ := utf8.DecodeRuneInString(p[j+n:])
	blank := j - i
	if p[i+1] == '"' && !quoted {
		blank = 1
	}
	switch {
	case j > i+1 || p[i] != '.':
		if i > 0 && unicode.IsUpper(next) && p[i-1] != ' ' {
			return blank
		}
	case gluedStop(p[chunk:i], p[j:], next, after):
		return blank
	}
	return 0
}

// notSentences are capitals behind a stop that end a name.
var notSentences = NewSet(`net com org io ai tv js pdf doc jpg png html`)

// gluedStop reports whether a full stop between before and rest ends a word and
// rest begins another; next and after are the first two characters of rest.
func gluedStop(before, rest string, next, after rune) bool {
	before = strings.TrimLeft(before, "\"'([")
	if before == "" || isFileOrAddress(before, rest) {
		return false
	}
	capital := unicode.IsUpper(next) && (unicode.IsLower(after) || after == ' ' || after == '\'')
	if isAcronym(before) {
		return unicode.IsUpper(next) && unicode.IsLower(after) || isLowerWord(rest)
	}
	rest = rest[:min(len(rest), longestWord)]
	if unicode.IsUpper(next) && unicode.IsUpper(after) { // "Kyiv.NATO"
		n := wordLength(rest)
		capital = AllUpper(rest[:n]) && !notSentences.hasFold(rest[:n])
	}
	if !capital || len(rest) > 2 && notSentences.hasFold(rest[:min(3, wordLength(rest))]) &&
		wordLength(rest) == 3 {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	return unicode.IsLower(last) || last == ')' || last == '"' || last == '%' ||
		unicode.IsUpper(last) && unicode.IsLower(after) ||
		unicode.IsDigit(last) && endsInNumber(before)
}

// endsInNumber reports whether w ends in two digits or more that are no
// version: "2022", not "v1" or "1.2".
func endsInNumber(w string) bool {
	head := strings.TrimRight(w, "0123456789")
	return len(w)-len(head) >= 2 && (head == "" || strings.HasSuffix(head, ",") ||
		strings.HasSuffix(head, "-"))
}

// isAcronym reports whether w is letters with stops between, without the last:
// "U.S", "e.g".
func isAcronym(w string) bool {
	if i := strings.LastIndexAny(w, "-—/(\""); i >= 0 {
		w = w[i+1:]
	}
	if len(w) < 3 || len(w)%2 == 0 {
		return false
	}
	for i := range len(w) {
		if i%2 == 0 != isLetter(w[i]) || i%2 == 1 && w[i] != '.' {
			return false
		}
	}
	return true
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// isLowerWord reports whether rest begins with a word in lower case that no
// stop ends inside.
func isLowerWord(rest string) bool {
	rest = rest[:min(len(rest), longestWord)]
	n := len(rest) - len(strings.TrimLeft(rest, lowerLetters))
	return n >= 2 && (n == len(rest) || strings.IndexByte(" ,;:", rest[n]) >= 0)
}

// extensions are the endings of file names.
var extensions = NewSet(`pdf doc docx txt jpg jpeg png gif html htm js py go xls xlsx csv zip mp3 mp4 com org
	net gov edu`)

// isFileOrAddress reports whether the text between blanks that has a stop
// between before and rest is an address or the name of a file.
func isFileOrAddress(before, rest string) bool {
	rest, _, _ = strings.Cut(rest[:min(len(rest), 256)], " ")
	if strings.ContainsAny(before, "/@_\\") || strings.ContainsAny(rest, "/@_\\") {
		return true
	}
	rest = strings.TrimRight(rest, ".,;:!?\"')")
	return extensions[rest[strings.LastIndexByte(rest, '.')+1:]]
}
