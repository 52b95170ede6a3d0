package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A line end either ends a paragraph or wraps it. Wrapped text fills a column: a
// line ends only where the first word of the next would not have fitted. When
// the line ends of a text look like that, those that do are blanks. Otherwise a
// line goes on only where it stops mid-sentence and the next begins in lower
// case. Headlines and lists satisfy neither and stay apart.

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
	return !endsInStop(p.last) && startsLower(line) && !startsLower(p.first) &&
		!isListItem(p.first)
}

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

// wrapColumn returns the width of the column that the lines of the text fill, or
// 0 when they were not wrapped. The width is that of the longest line that goes
// on without a stop. Line ends behind a stop say nothing: they may end a
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
		if startsLower(next) {
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

// fills reports whether the first word of next did not fit behind line. A word
// may break at a hyphen, so only its first part has to fit.
func fills(line, next string, column int) bool {
	first, _, _ := strings.Cut(next, " ")
	if i := strings.IndexByte(first, '-'); i > 0 {
		first = first[:i+1]
	}
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

// endsInHyphen reports whether a line ends in a letter, or the stop of an
// acronym, and a hyphen.
func endsInHyphen(line string) bool {
	before, found := strings.CutSuffix(line, "-")
	r, _ := utf8.DecodeLastRuneInString(before)
	return found && before != "" && (isWordRune(r) || r == '.')
}

// hyphenParts reports whether the hyphen at the end of the last line only parts
// a word ("gov-" and "ernment"), so that it goes. It stays in a compound.
func (p *paragrapher) hyphenParts(line string) bool {
	before := p.last[:len(p.last)-1]
	first := before[strings.LastIndexByte(before, ' ')+1:]
	return !p.isCompound(first, line[:wordLength(line)])
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

// compoundSample is how many bytes of a text are searched for a word, joined or
// with its hyphen; compoundSearches is how often at most.
const (
	compoundSample   = 1 << 15
	compoundSearches = 200
)

// isCompound reports whether first and second are words that a hyphen joins.
func (p *paragrapher) isCompound(first, second string) bool {
	if !startsLower(second) || strings.ContainsAny(first, "-.0123456789") {
		return true
	}
	if len(first) > 1 && AllUpper(first) {
		return true
	}
	if p.looked++; p.looked <= compoundSearches {
		sample := p.text[:min(len(p.text), compoundSample)]
		if strings.Contains(sample, first+"-"+second) {
			return true
		}
		if strings.Contains(sample, first+second) {
			return false
		}
	}
	return compoundFirsts.hasFold(first) || compoundSeconds.hasFold(second)
}

// compoundFirsts are words that stand first in compounds and before no other
// ending.
var compoundFirsts = NewSet(`air all anti arms award best better cease centre center close cross deep
	double east ever eye face fact far first five four free front full gas hard half head high home ill
	large last left life light long low market mid middle much multi nation near new next nine
	non north off oil old one open peace post power present price pro quick rapid record right sea second
	self semi seven short single six slow small so soft south state stand ten third three top tough trade
	twenty thirty forty fifty sixty seventy eighty ninety two under vice war water weapons well west
	western wide world year month week day`)

// compoundSeconds are words that stand second in compounds and end no other
// word.
var compoundSeconds = NewSet(`and armed backed based born bound brokered built called controlled
	driven facing fire flying free friendly funded general going held high in induced known language
	led level like line long looking made making minded minister month occupied of off old or out owned
	party per president profile range ranking ready related run running scale sea sized speaking
	sponsored standing style supplied taking term the time to torn trained up week wide wing year`)
