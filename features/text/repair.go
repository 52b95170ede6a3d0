package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text in UTF-8 that a program upstream read as Windows-1252 or Latin-1 shows
// two or three characters for one: "â€™" for ’, "Ã¼" for ü. A run of such
// characters is turned back only where it begins with a character that UTF-8
// uses as a first byte, and where the bytes it stands for are valid UTF-8.
// What could be a word of its own ("CAFÉ”") stays.

// upperHalf holds the characters of Windows-1252 for bytes 0x80 to 0x9f; 0 has
// none.
var upperHalf = [32]rune{'€', 0, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0, 'Ž', 0,
	0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0, 'ž', 'Ÿ'}

// windows1252 returns what the control character r (U+0080 to U+009F) is in
// Windows-1252, or 0.
func windows1252(r rune) rune { return upperHalf[r-0x80] }

// byteOf returns the byte that r was read from.
func byteOf(r rune) (byte, bool) {
	if r >= 0x80 && r <= 0xff {
		return byte(r), true
	}
	if r < 0x80 {
		return 0, false
	}
	for i, c := range upperHalf {
		if c == r {
			return byte(0x80 + i), true
		}
	}
	return 0, false
}

// repairPasses is how often a text is repaired. A second pass mends what went
// wrong twice.
const repairPasses = 2

// repair turns mojibake back into the characters that were meant.
func repair(s string) string {
	for range repairPasses {
		i := nextLead(s, 0)
		if i == len(s) {
			return s
		}
		repaired := repairOnce(s, i)
		if repaired == s {
			return s
		}
		s = repaired
	}
	return s
}

// nextLead returns where the next character stands that may begin mojibake, or
// len(s). All of them are between U+00C2 and U+00F4, in UTF-8 behind byte 0xc3.
func nextLead(s string, from int) int {
	for from < len(s) {
		i := strings.IndexByte(s[from:], 0xc3)
		if i < 0 || from+i+1 >= len(s) {
			break
		}
		from += i
		if lead := s[from+1] + 0x40; lead >= 0xc2 && leadLength(lead) > 0 {
			return from
		}
		from += 2
	}
	return len(s)
}

// leadLength returns how many bytes follow a first byte of UTF-8, for those
// that are trusted to begin mojibake; 0 for others. Two bytes are Latin, Greek,
// Cyrillic, Hebrew or Arabic letters, three are punctuation (0xe2) and
// ligatures or marks (0xef), four are emoji.
func leadLength(lead byte) int {
	switch lead {
	case 0xc2, 0xc3, 0xc4, 0xc5, 0xc8, 0xce, 0xcf, 0xd0, 0xd1, 0xd7, 0xd8, 0xd9:
		return 1
	case 0xe2, 0xef:
		return 2
	case 0xf0:
		return 3
	}
	return 0
}

// repairOnce repairs s from byte i on.
func repairOnce(s string, i int) string {
	var b strings.Builder
	done := 0
	follows := false // the character before was repaired
	for ; i < len(s); i = nextLead(s, i) {
		follows = follows && i == done
		text, n := decodeMojibake(s[i:])
		if n == 0 || !follows && isDoubtful(s, i) {
			i += 2
			continue
		}
		b.WriteString(s[done:i])
		b.WriteString(text)
		i += n
		done, follows = i, true
	}
	if done == 0 {
		return s
	}
	b.WriteString(s[done:])
	return b.String()
}

// decodeMojibake returns the character that s begins with once its characters
// are read as bytes, and its length in s; 0 when they are no UTF-8.
func decodeMojibake(s string) (string, int) {
	lead := s[1] + 0x40
	var buf [4]byte
	buf[0] = lead
	pos := 2
	for k := range leadLength(lead) {
		r, n := utf8.DecodeRuneInString(s[pos:])
		c, ok := byteOf(r)
		if !ok {
			if k == 1 && lead == 0xe2 && buf[1] == 0x80 {
				return "\"", pos // the last byte of ” has no character and was lost
			}
			return "", 0
		}
		buf[k+1] = c
		pos += n
	}
	r, n := utf8.DecodeRune(buf[:leadLength(lead)+1])
	if r == utf8.RuneError || n != leadLength(lead)+1 {
		return "", 0
	}
	return string(r), pos
}

// isDoubtful reports whether the two characters at i may be meant as they
// stand: a capital with a quote, dash, ellipsis or blank behind it, where no
// lower-case letter shows that a word goes on.
func isDoubtful(s string, i int) bool {
	if leadLength(s[i+1]+0x40) != 1 || s[i+1]+0x40 == 0xc2 {
		return false
	}
	next, n := utf8.DecodeRuneInString(s[i+2:])
	if !strings.ContainsRune("‘’‚“”„–—…‹›«»•™\u00a0´¨", next) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+2+n:])
	return !unicode.IsLower(before) && !unicode.IsLower(after)
}
