package features

import (
	"math"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Cleaning takes out what publishing software put around the story: datelines, bylines, credits, captions, promotional
// links and stamps. They name countries and leaders that play no part in the text, so they go before anything is counted.
// Rules look at form (a label, a bar, a bracket, capitals), never at particular stories.

// boilerplate is one form of boilerplate. The pattern is tried only on paragraphs of at most max bytes that hold one of the
// needed words (in lower case), since a search for a word costs a hundredth of a pattern.
type boilerplate struct {
	needs []string
	max   int
	re    *regexp.Regexp
}

// anyLength lets a rule apply to paragraphs of every length.
const anyLength = math.MaxInt

// dropRules match whole paragraphs that go.
var dropRules = []boilerplate{
	{[]string{"read", "see", "watch", "listen", "also", "related", "recommended", "trending"}, anyLength,
		regexp.MustCompile(`(?i)^(read|see|watch|listen|also|related|recommended|trending)\b[^.]{0,20}[|:»>]`)},
	{[]string{"posted", "published", "updated", "modified"}, 100,
		regexp.MustCompile(`(?i)^(posted|published|updated|first published|last updated|modified)( on| at)?\s*[:,]?\s.{0,60}$`)},
	{[]string{"sign up", "subscribe", "click here", "follow us", "share this", "advertisement", "download", "join us", "get our"}, 250,
		regexp.MustCompile(`(?i)^(sign up|subscribe|click here|follow us|share this|advertisement|download our|join us|get our)\b.{0,160}$`)},
	{[]string{"photo", "image", "picture", "credit", "representational", "courtesy"}, 600,
		regexp.MustCompile(`(?i)^.{0,400}[(\[](file )?(photo|image|picture|credit|representational|courtesy|photograph)\b[^)\]]{0,80}[)\]]\.?$`)},
	{[]string{"photo", "image", "picture", "illustration", "graphic", "caption", "source", "credit"}, 160,
		regexp.MustCompile(`(?i)^(photograph|photo|image|picture|illustration|graphic|caption|source|credit)s?\s*:.{0,120}$`)},
	{[]string{"by "}, 80, regexp.MustCompile(`(?i)^by\s[^.:]{2,60}$`)},
	{[]string{""}, 80,
		regexp.MustCompile(`^[\p{Lu}][\p{L}.' -]{1,30}(, [\p{Lu}][\p{L}.]{1,20}){0,2}( \d{1,2})?\s*[,:—–-]$`)},
	{[]string{""}, 40, regexp.MustCompile(`^\p{Lu}[\p{Lu}' ,-]{2,}$`)},
	{[]string{"inputs from", "reporting by", "edited by", "editing by", "writing by", "contributed to", "(with "}, 250,
		regexp.MustCompile(`(?i)^(with inputs from|inputs from|reporting by|edited by|editing by|writing by|additional reporting|contributed to this report|\(with )\b?.{0,200}$`)},
}

// cutRules match parts of a paragraph that go.
var cutRules = []boilerplate{
	{[]string{"<"}, anyLength, regexp.MustCompile(`<[^<>]{1,200}>`)},
	{[]string{"continue reading"}, anyLength, regexp.MustCompile(`(?i)\s*\bcontinue reading(\.\.\.|…)?\s*$`)},
	{[]string{"photo", "image", "picture", "credit"}, anyLength,
		regexp.MustCompile(`(?i)[(\[](file )?(photo|image|picture|credit|photograph)s?\s?[:/][^)\]]{0,80}[)\]]`)},
	{[]string{"see all"}, anyLength, regexp.MustCompile(`(?i)\bsee all (of )?our [\p{L}\p{Pd} ]{1,40} coverage\b`)},
	{[]string{"posted on", "published on", "updated on"}, anyLength,
		regexp.MustCompile(`(?i)\b(posted|published|updated) on\s*:\s*[\p{L}\d ,.:-]{6,40}$`)},
	{[]string{"sign up"}, anyLength,
		regexp.MustCompile(`(?i)\bsign up (here )?(for|to)\b[^.!?]{0,120}(newsletter|briefing|notifications|updates|email|podcast)s?( by email)?\b`)},
	{[]string{"get our"}, anyLength,
		regexp.MustCompile(`(?i)\bget our [^.]{0,80}(newsletter|podcast|news emails)\b[^.]{0,60}`)},
	{[]string{"click here"}, anyLength, regexp.MustCompile(`(?i)\b(for more|please),? click here\s?\.?`)},
}

// Openings of a paragraph that go, and the label of a promo, whose headline has no end mark: cutPromos finds where it
// stops.
var (
	byline   = regexp.MustCompile(`^By\s+[\p{Lu}][\p{L}.'’-]*(\s+(and\s+)?[\p{Lu}][\p{L}.'’-]*){0,6}\s*(,\s*[\p{L} ]{2,30})?:\s+`)
	dateline = regexp.MustCompile(`^\p{Lu}[\p{L}.'’ -]{1,30}(/\p{Lu}[\p{L}.' -]{1,30})?(, [\p{Lu}][\p{L}. ]{1,24})?(, \p{Lu}\p{L}{2,8}\.? \d{1,2}(, \d{4})?)?\s*(\([\p{L}\d ./&-]{2,40}\)\s*)?\s?(—|–|--|-{1,2})\s+`)
	promo    = regexp.MustCompile(`\b(?:READ|ALSO READ|READ ALSO|READ MORE|SEE ALSO|WATCH|MUST READ|RELATED|LISTEN|Also read|Read also|Read more|See also|Also Read|Read Also|Read More)\s*[|:»>]\s*`)
)

// promoNeeds are what the label of a promo holds.
var promoNeeds = []string{"READ", "SEE ALSO", "WATCH", "RELATED", "LISTEN", "Read also", "Read Also", "Read more", "Read More", "Also r", "Also R", "See also"}

// applies reports whether the rule may match a paragraph whose lower-case form is given.
func (r boilerplate) applies(lower string) bool {
	return len(lower) <= r.max && containsAny(lower, r.needs)
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

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
	if isPlain(s) {
		return s
	}
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

// isPlain reports whether s is printable ASCII and line ends, which normalize leaves as they are.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c != '\n' && (c < ' ' || c > '~') {
			return false
		}
	}
	return true
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

// openingLength bounds where a dateline or byline may end.
const openingLength = 120

// cleanParagraph cuts boilerplate out of one paragraph; "" means nothing is left.
func cleanParagraph(p string) string {
	lower := strings.ToLower(p)
	for _, r := range dropRules {
		if r.applies(lower) && r.re.MatchString(p) {
			return ""
		}
	}
	if containsAny(p, promoNeeds) {
		p = cutPromos(p)
	}
	for _, r := range cutRules {
		if r.applies(lower) {
			p = r.re.ReplaceAllString(p, " ")
		}
	}
	p = strings.TrimSpace(p)
	if strings.HasPrefix(p, "By ") {
		if loc := byline.FindStringIndex(p); loc != nil {
			p = p[loc[1]:]
		}
	}
	if containsAny(p[:min(openingLength, len(p))], []string{"- ", "— ", "– "}) {
		if loc := dateline.FindStringIndex(p); loc != nil && looksLikeDateline(p[:loc[1]]) {
			p = p[loc[1]:]
		}
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
