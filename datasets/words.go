package datasets

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A word of a story is a hash of its letters in lower case. Two texts that
// differ in typography, in markup or in where lines are broken have the same
// words.

// slotBit is set in the hash of a word that a template fills in anew each day:
// a number, a weekday or a month. It is clear in all others.
const slotBit = 1

// longBit is set in the hash of a word of longWord bytes or more, and clear in
// all others. Long words are hardly ever function words.
const (
	longBit  = 2
	longWord = 5
)

// slotNames are the slots that are no figures. "may", "march" and "one" are
// more often other words.
const slotNames = `monday tuesday wednesday thursday friday saturday sunday january february
	april june july august september october november december two three four five six seven eight nine ten
	eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty
	sixty seventy eighty ninety hundred thousand million billion dozen`

// hashSet is a set of word hashes. Most words are not in it, which the bits say
// without a look into the map.
type hashSet struct {
	bits [32]uint64
	has  map[uint64]bool
}

var slotHashes = newHashSet(strings.Fields(slotNames))

func newHashSet(words []string) *hashSet {
	s := &hashSet{has: map[uint64]bool{}}
	for _, w := range words {
		h := uint64(fnvOffset)
		for _, c := range []byte(w) {
			h = (h ^ uint64(c)) * fnvPrime
		}
		s.has[h] = true
		s.bits[h>>6%uint64(len(s.bits))] |= 1 << (h % 64)
	}
	return s
}

func (s *hashSet) contains(h uint64) bool {
	return s.bits[h>>6%uint64(len(s.bits))]&(1<<(h%64)) != 0 && s.has[h]
}

// wordReader splits a text into words.
type wordReader struct {
	words []uint64
	hash  uint64 // of the letters of the open word
	bytes int    // of the open word
	digit bool   // it begins with a digit
}

// appendWords appends a hash for every word of text. Letters of scripts that do
// not space their words count as words of their own.
func appendWords(words []uint64, text string) []uint64 {
	text = norm.NFC.String(text)
	w := wordReader{words: words, hash: fnvOffset}
	for i := 0; i < len(text); {
		if i = w.letters(text, i); i == len(text) {
			break
		}
		switch c := text[i]; {
		case c == ' ':
			w.end()
			i++
		case c < utf8.RuneSelf:
			i = w.mark(text, i)
		default:
			r, size := utf8.DecodeRuneInString(text[i:])
			i += size
			w.rune(r)
		}
	}
	w.end()
	return w.words
}

// letters reads the ASCII letters and digits from i on and returns where the
// text goes on.
func (w *wordReader) letters(text string, i int) int {
	start, h := i, w.hash
	for i < len(text) && asciiWord(text[i]) {
		h = (h ^ uint64(text[i]|0x20)) * fnvPrime // lower case; digits have that bit already
		i++
	}
	if i > start {
		if w.bytes == 0 {
			w.digit = text[start] <= '9'
		}
		w.hash, w.bytes = h, w.bytes+i-start
	}
	return i
}

// letter reads one letter or digit.
func (w *wordReader) letter(c uint64, digit bool) {
	if w.bytes == 0 {
		w.digit = digit
	}
	w.hash = (w.hash ^ c) * fnvPrime
	w.bytes++
}

// end closes the open word.
func (w *wordReader) end() {
	if w.bytes == 0 {
		return
	}
	h := mix(w.hash) &^ (slotBit | longBit)
	if w.bytes >= longWord {
		h |= longBit
	}
	if w.digit || slotHashes.contains(w.hash) {
		h |= slotBit
	}
	w.words = append(w.words, h)
	w.hash, w.bytes = fnvOffset, 0
}

// mark reads the ASCII mark at i and returns where the text goes on.
func (w *wordReader) mark(text string, i int) int {
	rest := text[i+1:]
	switch text[i] {
	case '\'', '`':
		return i + 1 // "Xi's" is one word
	case '.':
		if next, _ := utf8.DecodeRuneInString(rest); wordRune(next) {
			return i + 1 // "U.S" is one word
		}
	case ',':
		if w.bytes > 0 && w.digit && rest != "" && '0' <= rest[0] && rest[0] <= '9' {
			return i + 1 // "1,020" is "1020"
		}
	case '-':
		if n := lineBreak(rest); n > 0 && w.bytes > 0 {
			return i + 1 + n
		}
	case '<':
		if n := tagLength(rest); n > 0 {
			w.end()
			return i + 1 + n
		}
	case '&':
		if n := strings.IndexByte(rest[:min(len(rest), 8)], ';'); n > 1 &&
			!strings.ContainsAny(rest[:n], " &") {
			if !apostrophes[rest[:n]] {
				w.end()
			}
			return i + 1 + n + 1
		}
	}
	w.end()
	return i + 1
}

// apostrophes are the entities that do not end a word.
var apostrophes = map[string]bool{"#39": true, "#x27": true, "apos": true, "rsquo": true,
	"lsquo": true, "#8217": true, "shy": true}

// lineBreak returns the length of the line end that s begins with, where a word
// in lower case goes on behind it; else 0.
func lineBreak(s string) int {
	n := 0
	for n < len(s) && n < 4 && (s[n] == '\n' || s[n] == '\r') {
		n++
	}
	if n == 0 || n == len(s) || s[n] < 'a' || s[n] > 'z' {
		return 0
	}
	return n
}

// longestTag bounds a tag, in bytes.
const longestTag = 1024

// tagLength returns the length of the HTML tag whose "<" stands before s, or 0.
func tagLength(s string) int {
	if s == "" || s[0] != '/' && s[0] != '!' && !asciiWord(s[0]) || '0' <= s[0] && s[0] <= '9' {
		return 0
	}
	return 1 + strings.IndexByte(s[:min(len(s), longestTag)], '>')
}

// rune reads a character beyond ASCII.
func (w *wordReader) rune(r rune) {
	switch {
	case r >= 0xff01 && r <= 0xff5e: // full-width forms
		if r -= 0xff01 - '!'; asciiWord(byte(r)) {
			w.letter(uint64(r|0x20), r <= '9')
		} else if r != '\'' {
			w.end()
		}
	case r >= 0xfb00 && r <= 0xfb06: // ligatures
		for _, c := range []string{"ff", "fi", "fl", "ffi", "ffl", "st", "st"}[r-0xfb00] {
			w.letter(uint64(c), false)
		}
	case isJoiner(r):
	case wordRune(r):
		alone := r >= 0x0e00 &&
			unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
		if alone {
			w.end()
		}
		w.letter(uint64(unicode.ToLower(r)), unicode.IsDigit(r))
		if alone {
			w.end()
		}
	default:
		w.end()
	}
}

// isJoiner reports whether r does not end a word: an apostrophe, or a character
// that takes no place.
func isJoiner(r rune) bool {
	switch r {
	case '’', '‘', 'ʼ', 'ʻ', '′', '´', '\u00ad', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff':
		return true
	}
	return false
}

func asciiWord(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// The constants of FNV-1a, 64 bits.
const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

// mix spreads the bits of x: the finaliser of SplitMix64 (Steele, Lea, Flood:
// OOPSLA 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
