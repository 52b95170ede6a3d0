package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A line end either ends a paragraph or wraps it. Wrapped text fills a column:
// a line ends only where the first word of the next would not have fitted. When
// the line ends of a text look like that, those that do are blanks. Otherwise a
// line goes on only where it stops mid-sentence: the next begins in lower case,
// or its last word is one like "in". Headlines and lists stay apart.

// paragraphs splits normalised text into paragraphs, each on one line.
func paragraphs(s string) []string {
	p := paragrapher{text: s}
	p.column = p.wrapColumn()
	for line := range strings.Lines(s) {
		p.add(strings.TrimSuffix(line, "\n"))
	}
	p.flush()
	return p.done
}

// paragrapher gathers lines into paragraphs.
type paragrapher struct {
	text   string
	column int // width of the wrapped column in characters; 0 when none
	done   []string
	first  string // first line of the paragraph so far
	last   string // its last line
	joined []byte // the paragraph so far, when it has more than one line
	looked int    // how often the text was searched for a compound
}

func (p *paragrapher) flush() {
	switch {
	case len(p.joined) > 0:
		p.done = append(p.done, string(p.joined))
	case p.first != "":
		p.done = append(p.done, p.first)
	}
	p.first, p.last, p.joined = "", "", p.joined[:0]
}

// add takes the next line.
func (p *paragrapher) add(line string) {
	switch {
	case line == "":
		p.flush()
		return
	case p.first == "":
		p.first = line
	case endsInHyphen(p.last) && startsWithWord(line):
		p.join(line, "", p.hyphenParts(line))
	case p.goesOn(line):
		p.join(line, " ", false)
	default:
		p.flush()
		p.first = line
	}
	p.last = line
}

// join adds line to the paragraph, behind a separator and without the hyphen
// before it when that is to go.
func (p *paragrapher) join(line, separator string, dropHyphen bool) {
	if len(p.joined) == 0 {
		p.joined = append(p.joined, p.first...)
	}
	if dropHyphen {
		p.joined = p.joined[:len(p.joined)-1]
	}
	p.joined = append(p.joined, separator...)
	p.joined = append(p.joined, line...)
}

// goesOn reports whether line continues the line before it.
func (p *paragrapher) goesOn(line string) bool {
	if p.column > 0 && fills(p.last, line, p.column) {
		return !isListItem(line)
	}
	if strings.HasSuffix(p.last, ",") && width(p.last) >= longLine {
		return !isListItem(line)
	}
	if width(p.last) >= longLine && (endsOpen(p.last) || startsLower(line) && endsInQuote(p.last)) {
		return startsWithText(line) && !isListItem(line)
	}
	return !endsInStop(p.last) && startsLower(line) && !startsLower(p.first) &&
		!isListItem(p.first)
}

// endsOpen reports whether a line ends as no sentence, heading or list item
// does: in a word like "in", or amid a second sentence.
func endsOpen(line string) bool {
	i := strings.LastIndexByte(line, ' ')
	if openWords[line[i+1:]] {
		return i < 1 || line[i-1] != ';' // "…; and" ends an item
	}
	return !endsInStop(line) && !strings.HasSuffix(line, ";") && hasSentence(line)
}

// endsInQuote reports whether a line ends in a quote without a stop, or in a
// colon.
func endsInQuote(line string) bool {
	before := strings.TrimRight(line, "\"")
	return strings.HasSuffix(line, ":") || before != line && before != "" &&
		!strings.ContainsAny(before[len(before)-1:], ".!?,")
}

// hasSentence reports whether a sentence ends within a line: a stop stands
// between a word in small letters, four at least, and a capital.
func hasSentence(line string) bool {
	for i := 4; i+2 < len(line); i++ {
		if line[i] == '.' && line[i+1] == ' ' && isUpperByte(line[i+2]) &&
			strings.Trim(line[i-4:i], lowerLetters) == "" {
			return true
		}
	}
	return false
}

// openWords are articles, prepositions and the like.
var openWords = NewSet(`
	a an the of to in for and or but nor with by at from on as that than its their his her our your
	my who which whose into onto upon against between among toward towards through during under over
	near without within because although while when where whether if is are was were be been has
	have had will would could should may might must can cannot`)

// longLine is how many characters a line has at least that is no dateline: a
// comma at its end tells that the sentence goes on.
const longLine = 40

// The evidence that wrapColumn wants: the least number of line ends, and the
// share of them, in quarters, that must lie where a column would put them.
const (
	leastWraps   = 2
	wrapQuarters = 3
)

// longestColumn bounds the width of a wrapped column.
const longestColumn = 160

// wrapColumn returns the width of the column that the lines of the text fill,
// or 0 when they were not wrapped. The width is that of the longest line that
// goes on without a stop. Line ends behind a stop say nothing: they may end a
// paragraph.
func (p *paragrapher) wrapColumn() int {
	if strings.IndexByte(p.text, '\n') < 0 {
		return 0
	}
	column := 0
	p.pairs(func(line, _ string) {
		if !endsInStop(line) {
			column = max(column, width(line))
		}
	})
	if column == 0 || column > longestColumn {
		return 0
	}
	full, all, lower := 0, 0, 0
	p.pairs(func(line, next string) {
		if endsInStop(line) {
			return
		}
		all++
		if fills(line, next, column) {
			full++
		}
		if startsLower(next) || endsOpen(line) {
			lower++
		}
	})
	if full < leastWraps || full*4 < all*wrapQuarters || lower*4 < all {
		return 0
	}
	return column
}

// pairs calls f with each two lines that follow each other directly.
func (p *paragrapher) pairs(f func(line, next string)) {
	before := ""
	for line := range strings.Lines(p.text) {
		line = strings.TrimSuffix(line, "\n")
		if before != "" && line != "" {
			f(before, line)
		}
		before = line
	}
}

// wrapSlack is how many characters a line may have lost when its typography was
// normalised: three stops are one now.
const wrapSlack = 2

// fills reports whether the first word of next did not fit behind line.
func fills(line, next string, column int) bool {
	first, _, _ := strings.Cut(next, " ")
	return endsInHyphen(line) || width(line)+1+width(first)+wrapSlack > column
}

func width(s string) int { return utf8.RuneCountInString(s) }

// endsInStop reports whether a line ends a sentence or announces a list.
func endsInStop(line string) bool {
	return strings.HasSuffix(strings.TrimRight(line, "\"')]"), ".") ||
		strings.ContainsAny(line[len(line)-1:], "!?:\"") || strings.HasSuffix(line, "…")
}

func startsLower(line string) bool {
	r, _ := utf8.DecodeRuneInString(line)
	return unicode.IsLower(r)
}

func startsWithWord(line string) bool {
	r, _ := utf8.DecodeRuneInString(line)
	return isWordRune(r)
}

// startsWithText reports whether a line begins with a word, a number, a quote
// or a currency, and not with a dash or bullet.
func startsWithText(line string) bool {
	r, _ := utf8.DecodeRuneInString(line)
	return isWordRune(r) || strings.ContainsRune("\"'($£€", r)
}

// isListItem reports whether a line begins with a bullet or a number and a
// bracket or stop.
func isListItem(line string) bool {
	mark, _, found := strings.Cut(line, " ")
	switch mark {
	case "•", "*", "·", "▪", "●", "◦", "‣", "+":
		return found
	}
	digits := strings.TrimLeft(mark, "0123456789")
	return found && len(mark) <= 3 && digits != mark && (digits == "." || digits == ")")
}

// wordLength returns the length of the letters that s begins with.
func wordLength(s string) int {
	for i, r := range s {
		if !unicode.IsLetter(r) {
			return i
		}
	}
	return len(s)
}
