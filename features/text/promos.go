package text

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// promo is the label of a promotional link in running text: "READ | ".
// openingPromo is one at the beginning of a paragraph, where it may be written
// in any case and in more ways.
var (
	promo = regexp.MustCompile(`\b(?:READ|ALSO READ|READ ALSO|READ MORE|SEE ALSO|WATCH|MUST READ|RELATED|LISTEN|` +
		`Also read|Read also|Read more|See also|Also Read|Read Also|Read More)\s*[|:>]\s*`)
	openingPromo = regexp.MustCompile(`(?i)^(?:(?:also )?read(?: more| also| next| this| here| the full story)?|` +
		`see also|(?:also )?watch(?: now| live| also| video)?|listen(?: now)?|must read|trending(?: now)?|` +
		`related(?: stories| story| articles| article| news| topics| content| coverage| links)?|` +
		`recommended(?: reading| stories| for you)?)\s*[|:>]+\s*`)
)

// cutPromos takes out promotional links: the label and the headline behind it,
// which has no end mark.
func cutPromos(p string) string {
	if loc := openingPromo.FindStringIndex(p); loc != nil {
		p = p[loc[1]+headlineLength(p[loc[1]:]):]
	}
	if !promo.MatchString(p) {
		return p
	}
	var b strings.Builder
	for {
		loc := promo.FindStringIndex(p)
		if loc == nil {
			b.WriteString(p)
			return b.String()
		}
		b.WriteString(p[:loc[0]])
		p = p[loc[1]+headlineLength(p[loc[1]:]):]
	}
}

// promoWords bounds the headline of a promo.
const promoWords = 25

// headlineLength returns the length in bytes of the headline that s begins
// with. A headline in running text ends at a stop, or where a capitalised word
// behind a lower-case word or number opens a sentence: a function word
// ("Although"), or a name followed by an auxiliary or a verb of saying ("Russia
// has").
func headlineLength(s string) int {
	before := ""
	for i, words := 0, 0; i < len(s); words++ {
		end := len(s)
		if k := strings.IndexByte(s[i:], ' '); k >= 0 {
			end = i + k
		}
		word := s[i:end]
		if words == promoWords || words > 1 && opensSentence(before, word, s[end:]) {
			return i
		}
		if endsInStop(word) && !strings.HasSuffix(word, ":") && !isAbbreviated(word) {
			return end
		}
		before, i = word, end
		for i < len(s) && s[i] == ' ' {
			i++
		}
		if word == "" {
			words--
		}
	}
	return len(s)
}

// isAbbreviated reports whether the stop of word marks an abbreviation.
func isAbbreviated(word string) bool {
	bare, found := strings.CutSuffix(word, ".")
	return found && (abbreviations.hasFold(bare) || isAcronym(bare))
}

// opensSentence reports whether word opens a sentence behind the word before
// it; rest is what follows.
func opensSentence(before, word, rest string) bool {
	if before == "" || word == "" || !isUpperByte(word[0]) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	if !isWordRune(last) || strings.ToLower(before) != before {
		return false
	}
	if r, _ := utf8.DecodeRuneInString(before); !unicode.IsLower(r) && !unicode.IsDigit(r) {
		return false
	}
	if starters.hasFold(strings.TrimRight(word, ",")) {
		return true
	}
	next, _, _ := strings.Cut(strings.TrimLeft(rest[:min(len(rest), 32)], " "), " ")
	return finiteVerbs[next]
}

// finiteVerbs are the auxiliaries and verbs of saying that show a subject
// before them.
var finiteVerbs = NewSet(`has have had is was were are will would could can may must did does said says told added`)
