package features

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Cleaning takes out what publishing software put around the story: datelines, bylines, credits, captions, promotional
// links and stamps. They name countries and leaders that play no part in the text, so they go before anything is counted.
// Rules look at form (a label, a bar, a bracket, capitals), never at particular stories.

// Patterns of whole paragraphs that are dropped, and of parts that are cut out of a paragraph. A promo's headline has no
// end mark; cutPromos finds where it stops.
var (
	dropParagraph = []*regexp.Regexp{
		regexp.MustCompile(`(?i)^(read|see|watch|listen|also|related|recommended|trending)\b[^.]{0,20}[|:»>]`),
		regexp.MustCompile(`(?i)^(posted|published|updated|first published|last updated|modified)( on| at)?\s*[:,]?\s.{0,60}$`),
		regexp.MustCompile(`(?i)^(sign up|subscribe|click here|follow us|share this|advertisement|download our|join us|get our)\b.{0,160}$`),
		regexp.MustCompile(`(?i)^.{0,400}[(\[](file )?(photo|image|picture|credit|representational|courtesy|photograph)\b[^)\]]{0,80}[)\]]\.?$`),
		regexp.MustCompile(`(?i)^(photograph|photo|image|picture|illustration|graphic|caption|source|credit)s?\s*:.{0,120}$`),
		regexp.MustCompile(`(?i)^by\s[^.:]{2,60}$`),
		regexp.MustCompile(`^[\p{Lu}][\p{L}.' -]{1,30}(, [\p{Lu}][\p{L}.]{1,20}){0,2}( \d{1,2})?\s*[,:—–-]?$`),
		regexp.MustCompile(`(?i)^(with inputs from|inputs from|reporting by|edited by|editing by|writing by|additional reporting|contributed to this report|\(with )\b?.{0,200}$`),
	}
	cutPart = []*regexp.Regexp{
		regexp.MustCompile(`<[^<>]{1,200}>`),
		regexp.MustCompile(`(?i)\s*\bcontinue reading(\.\.\.|…)?\s*$`),
		regexp.MustCompile(`(?i)[(\[](file )?(photo|image|picture|credit|photograph)s?\s?[:/][^)\]]{0,80}[)\]]`),
		regexp.MustCompile(`\bsee all (of )?our [\p{L}\p{Pd} ]{1,40} coverage\b`),
		regexp.MustCompile(`(?i)\b(posted|published|updated) on\s*:\s*[\p{L}\d ,.:-]{6,40}$`),
		regexp.MustCompile(`(?i)\bsign up (here )?(for|to)\b[^.!?]{0,120}(newsletter|briefing|notifications|updates|email|podcast)s?( by email)?[^.!?\p{Lu}]{0,40}`),
		regexp.MustCompile(`(?i)\bget our [^.]{0,80}(newsletter|podcast|news emails)\b[^.]{0,60}`),
		regexp.MustCompile(`(?i)\b(for more|please),? click here\s?\.?`),
	}
	byline   = regexp.MustCompile(`^By\s+[\p{Lu}][\p{L}.'’-]*(\s+(and\s+)?[\p{Lu}][\p{L}.'’-]*){0,6}\s*(,\s*[\p{L} ]{2,30})?:\s+`)
	dateline = regexp.MustCompile(`^\p{Lu}[\p{L}.'’ -]{1,30}(/\p{Lu}[\p{L}.' -]{1,30})?(, [\p{Lu}][\p{L}. ]{1,24})?(, \p{Lu}\p{L}{2,8}\.? \d{1,2}(, \d{4})?)?\s*(\([\p{L}\d ./&-]{2,40}\)\s*)?\s?(—|–|--|-{1,2})\s+`)
	promo    = regexp.MustCompile(`\b(?:READ|ALSO READ|READ ALSO|READ MORE|SEE ALSO|WATCH|MUST READ|RELATED|LISTEN|Also read|Read also|Read more|See also|Also Read|Read Also|Read More)\s*[|:»>]\s*`)
)

// cleanTitle normalises a headline to one line of NFC text.
func cleanTitle(s string) string {
	return strings.Join(strings.Fields(normalize(s)), " ")
}

// cleanBody splits a body into paragraphs, each on one line, without boilerplate.
func cleanBody(s string) []string {
	var out []string
	for _, p := range paragraphs(normalize(s)) {
		if p = cleanParagraph(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// normalize gives NFC text with plain spaces and without invisible format characters.
func normalize(s string) string {
	s = norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD"))
	clean := func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.Cf, r), unicode.IsControl(r):
			return -1
		}
		return r
	}
	return strings.Map(clean, s)
}

// paragraphs splits text at line ends, except where a line was merely wrapped: a line of at least 40 bytes that does not
// end a sentence goes on in the next.
func paragraphs(s string) []string {
	var out []string
	var current strings.Builder
	flush := func() {
		if current.Len() > 0 {
			out = append(out, current.String())
			current.Reset()
		}
	}
	lineLength := 0
	for line := range strings.Lines(s) {
		words := strings.Join(strings.Fields(line), " ")
		if words == "" {
			flush()
			continue
		}
		if current.Len() > 0 {
			if wrapped(current.String(), lineLength) {
				current.WriteByte(' ')
			} else {
				flush()
			}
		}
		current.WriteString(words)
		lineLength = len(words)
	}
	flush()
	return out
}

// wrapped reports whether text, whose last line has the given length, goes on in the next line.
func wrapped(text string, lineLength int) bool {
	return lineLength >= 40 && lineLength <= 100 && !strings.ContainsAny(text[len(text)-1:], ".!?:\"") &&
		!strings.HasSuffix(text, "”")
}

// cleanParagraph cuts boilerplate out of one paragraph; "" means nothing is left.
func cleanParagraph(p string) string {
	for _, re := range dropParagraph {
		if re.MatchString(p) {
			return ""
		}
	}
	p = cutPromos(p)
	for _, re := range cutPart {
		p = re.ReplaceAllString(p, " ")
	}
	p = strings.TrimSpace(p)
	if loc := byline.FindStringIndex(p); loc != nil {
		p = p[loc[1]:]
	}
	if loc := dateline.FindStringIndex(p); loc != nil && looksLikeDateline(p[:loc[1]]) {
		p = p[loc[1]:]
	}
	return strings.Join(strings.Fields(p), " ")
}

// looksLikeDateline tells "PARIS — " and "Kyiv, Ukraine (AP) — " from a sentence that opens with a few names and a dash:
// the place is in capitals, or a date or an agency in brackets follows it.
func looksLikeDateline(s string) bool {
	if strings.Contains(s, "(") || strings.ContainsAny(s, "0123456789") {
		return true
	}
	place, _, _ := strings.Cut(strings.TrimRight(s, " —–-"), ",")
	return place == strings.ToUpper(place)
}

// promoWords bounds the headline of a promo.
const promoWords = 25

// cutPromos removes promotional links set in running text: "READ | " and the headline behind it.
func cutPromos(p string) string {
	for {
		loc := promo.FindStringIndex(p)
		if loc == nil {
			return p
		}
		p = p[:loc[0]] + p[loc[1]+headlineLength(p[loc[1]:]):]
	}
}

// headlineLength returns the length in bytes of the headline that s begins with. A headline in running text ends at a
// stop, or where a capitalised word after a lower-case word or number opens a sentence: a function word ("Although"), or
// a name followed by an auxiliary or a verb of saying ("Russia has").
func headlineLength(s string) int {
	tokens := appendTokens(nil, s, 0)
	words := 0
	for i, t := range tokens {
		w := s[t.Start:t.End]
		if t.Kind == Punct && isStop(w) {
			return t.End
		}
		if t.Kind != Word {
			continue
		}
		if words++; words > promoWords {
			return t.Start
		}
		if i > 1 && opensSentence(s, tokens, i) {
			return t.Start
		}
	}
	return len(s)
}

func opensSentence(s string, tokens []Token, i int) bool {
	before := s[tokens[i-1].Start:tokens[i-1].End]
	if tokens[i-1].Kind == Punct || (tokens[i-1].Kind == Word && strings.ToLower(before) != before) {
		return false
	}
	if isStarter(s, tokens[i]) {
		return true
	}
	first := s[tokens[i].Start:tokens[i].End]
	if first[0] < 'A' || first[0] > 'Z' || i+1 == len(tokens) {
		return false
	}
	return finiteVerbs[s[tokens[i+1].Start:tokens[i+1].End]]
}

// finiteVerbs are the auxiliaries and verbs of saying that show a subject before them.
var finiteVerbs = wordSet(`has have had is was were are will would could can may must did does said says told added`)
