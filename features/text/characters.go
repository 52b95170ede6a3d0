package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The canonical typography. The same words typed with other marks give the same
// bytes:
//
//	'        apostrophes, primes, accents and single quotes
//	"        double quotes of every shape, '' and ``
//	-        a hyphen, or any dash between two letters or digits
//	" — "    a dash between words: " - ", "--", " – ", a glued em dash
//	…        three or more full stops
//	blank    every space that is not a line end; never two in a row
//
// Line ends are "\n". Soft hyphens, joiners, byte-order marks and controls are
// gone. Ligatures and full-width forms are plain letters. The rest is NFC.

// Normalize returns s in the canonical typography. It keeps line ends.
func Normalize(s string) string {
	n := firstChange(s, 0)
	if n == len(s) {
		return s
	}
	w := writer{src: s, out: make([]byte, 0, len(s)+len(s)/16+8), pos: n}
	w.out = append(w.out, s[:n]...)
	for w.pos < len(s) {
		if isLetterOrDigit(s[w.pos]) && !w.dash && !w.zero && !w.tighten {
			n := firstChange(s, w.pos)
			w.out = append(w.out, s[w.pos:n]...)
			w.pos = n
			continue
		}
		w.step()
	}
	w.dropBlank()
	out := string(w.out)
	if norm.NFC.IsNormalString(out) {
		return out
	}
	return norm.NFC.String(out)
}

// The classes of bytes that need a look.
const (
	asIs   = iota
	blank  // changes after a blank or a line end, and before a line end
	mark   // changes when doubled, or as a dash
	always // changes, or may change, wherever it stands
)

// byteClass is the class of each byte.
var byteClass = func() (table [256]uint8) {
	for c := range table {
		if c < ' ' || c > '~' {
			table[c] = always
		}
	}
	table['\n'], table['`'] = asIs, always
	table[' '] = blank
	table['-'], table['.'], table['\''] = mark, mark, mark
	return table
}()

// firstChange returns the first byte of s from i on that Normalize may change,
// or len(s).
func firstChange(s string, i int) int {
	for ; i < len(s); i++ {
		switch byteClass[s[i]] {
		case always:
			return i
		case blank:
			if i == 0 || i+1 == len(s) || s[i-1] == '\n' || s[i+1] <= ' ' {
				return i
			}
		case mark:
			if changesMark(s, i) {
				return i
			}
		}
	}
	return len(s)
}

// changesMark reports whether the hyphen, stop or apostrophe at i is part of a
// dash, an ellipsis or a double quote.
func changesMark(s string, i int) bool {
	if i+1 == len(s) {
		return s[i] == '-' && i > 0 && s[i-1] == ' '
	}
	switch s[i] {
	case '-':
		return s[i+1] == '-' ||
			(s[i+1] <= ' ' || s[i+1] >= utf8.RuneSelf) && (i == 0 || s[i-1] <= ' ')
	case '.':
		return s[i+1] == '.' || s[i+1] == ' ' && i+2 < len(s) && s[i+2] == '.'
	}
	return s[i+1] == '\''
}

// writer copies src to out, character by character.
type writer struct {
	src     string
	pos     int
	out     []byte
	dash    bool // out ends in a dash that wants a blank behind it
	french  bool // an opening guillemet has not been closed
	zero    bool // a zero-width space stands before pos
	tighten bool // out ends in an opening guillemet: no blank follows
}

// step reads one character.
func (w *writer) step() {
	r, n := utf8.DecodeRuneInString(w.src[w.pos:])
	if r == utf8.RuneError && n == 1 {
		w.text(utf8.RuneError)
		w.pos++
		return
	}
	w.pos += n
	switch {
	case r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028':
		if r == '\r' && w.pos < len(w.src) && w.src[w.pos] == '\n' {
			w.pos++
		}
		w.lineEnd()
	case r == '\u2029':
		w.lineEnd()
		w.lineEnd()
	case r == '\u200b':
		w.zero = true
	case r > 0x7f && r < 0xa0:
		if r = windows1252(r); r != 0 {
			w.character(r)
		}
	case unicode.IsSpace(r):
		w.blank()
	case isInvisible(r):
	default:
		w.character(r)
	}
}

// isInvisible reports whether r takes no place on the page.
func isInvisible(r rune) bool {
	switch {
	case r < ' ' || r == 0x7f:
		return true
	case r < 0xad:
		return false
	}
	return r >= 0xfe00 && r <= 0xfe0f || unicode.In(r, unicode.Cf, unicode.Cc)
}

// lineEnd writes a line end, without the blank before it.
func (w *writer) lineEnd() {
	w.dropBlank()
	w.out = append(w.out, '\n')
	w.dash, w.zero, w.tighten, w.french = false, false, false, false
}

// dropBlank takes a final blank back.
func (w *writer) dropBlank() {
	if n := len(w.out); n > 0 && w.out[n-1] == ' ' {
		w.out = w.out[:n-1]
	}
}

// last returns the last byte written, or a line end when there is none.
func (w *writer) last() byte {
	if len(w.out) == 0 {
		return '\n'
	}
	return w.out[len(w.out)-1]
}

// blank writes a blank unless one stands there.
func (w *writer) blank() {
	w.zero = false
	if c := w.last(); c != ' ' && c != '\n' && !w.tighten {
		w.out = append(w.out, ' ')
		w.dash = false
	}
}

// character writes a visible character in its canonical form.
func (w *writer) character(r rune) {
	if r >= 0xff01 && r <= 0xff5e {
		r -= 0xff01 - '!'
	}
	switch r {
	case '-', '‐', '‑', '‒', '–', '—', '―', '−', '﹘', '﹣', '⸺', '⸻':
		w.dashOrHyphen(r)
	case '\'', '’', '‘', '‚', '‛', 'ʼ', 'ʻ', 'ʹ', '`', '´', '′', '‵', '‹', '›':
		w.singleQuote()
	case '"', '“', '”', '„', '‟', '″', '‶', '〝', '〞':
		w.text('"')
	case '«', '»':
		w.guillemet(r)
	case '.', '…':
		w.stops(r)
	default:
		if letters := ligature(r); letters != "" {
			w.text(rune(letters[0]))
			w.out = append(w.out, letters[1:]...)
			return
		}
		w.text(r)
	}
}

// text writes r, and before it the blank that a dash or a zero-width space asks
// for.
func (w *writer) text(r rune) {
	if w.dash || w.zero && partsWords(w.out, r) {
		w.blank()
	}
	w.dash, w.zero, w.tighten = false, false, false
	if r < utf8.RuneSelf {
		w.out = append(w.out, byte(r))
		return
	}
	w.out = utf8.AppendRune(w.out, r)
}

// partsWords reports whether a zero-width space between out and r stands where
// a blank was meant: before a letter or digit, behind a word or its stop.
func partsWords(out []byte, r rune) bool {
	before, _ := utf8.DecodeLastRune(out)
	return isWordRune(r) && (isWordRune(before) || strings.ContainsRune(".,;:!?)\"…", before))
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// ligature returns the letters that r joins, or "".
func ligature(r rune) string {
	if r < 'ﬀ' || r > 'ﬆ' {
		return ""
	}
	return [...]string{"ff", "fi", "fl", "ffi", "ffl", "st", "st"}[r-'ﬀ']
}

// singleQuote writes an apostrophe; two of them are a double quote.
func (w *writer) singleQuote() {
	if r, n := utf8.DecodeRuneInString(w.src[w.pos:]); isSingle(r) {
		w.pos += n
		w.text('"')
		return
	}
	w.text('\'')
}

func isSingle(r rune) bool {
	return r == '\'' || r == '`' || r == '’' || r == '‘' || r == '´' || r == '＇'
}

// guillemet writes a double quote. French typography sets a blank inside, which
// goes. A closing mark that closes nothing and stands alone is an arrow.
func (w *writer) guillemet(r rune) {
	next := rune('\n')
	if w.pos < len(w.src) {
		next, _ = utf8.DecodeRuneInString(w.src[w.pos:])
	}
	apart := w.last() == ' ' && unicode.IsSpace(next)
	switch {
	case apart && r == '»' && !w.french:
		w.text('>')
		return
	case w.french && r == '»':
		w.dropBlank()
	}
	opens := !w.french
	w.text('"')
	w.french, w.tighten = opens, opens
}

// stops writes a full stop, or an ellipsis for three and more. Three stops with
// blanks between them count as well.
func (w *writer) stops(r rune) {
	rest := w.src[w.pos:]
	more := strings.TrimLeft(rest, ".．")
	switch run := rest[:len(rest)-len(more)]; {
	case r == '…' || utf8.RuneCountInString(run) >= 2:
		w.pos += len(run)
		w.text('…')
	case strings.HasPrefix(rest, " . ."):
		for strings.HasPrefix(w.src[w.pos:], " .") {
			w.pos += len(" .")
		}
		w.text('…')
	default:
		w.text('.')
	}
}
