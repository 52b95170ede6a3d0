package text

import (
	"regexp"
	"slices"
	"strings"
)

// Cleaning takes out what publishing software puts around a story: datelines,
// bylines, credits, captions, promotional links and stamps. They name countries
// and leaders that play no part in the text. A rule removes only what its form
// makes certain; whatever could be a sentence of the story stays. Rules look at
// form (a label, a bar, a bracket, capitals), never at particular stories.
//
// One pass over the letters of a paragraph finds which rules may apply; most
// paragraphs have none, and come back as they are.

// trigger is a word that makes a rule worth trying.
type trigger struct {
	word    string // in lower case
	place   place
	capital bool // the word must begin with a capital
	rule    ruleSet
}

// place says where in a paragraph a trigger counts.
type place uint8

// The places of a trigger.
const (
	anywhere place = iota
	opening        // the first word
)

// ruleSet is a set of rules.
type ruleSet uint16

// The rules, in the order in which they are tried.
const (
	ruleAddresses ruleSet = 1 << iota
	ruleGlue
	ruleStamp
	ruleAppeal
	ruleCaption
	ruleLabel
	ruleByline
	ruleCredits
	rulePromo
	ruleContinue
	ruleSeeAll
	ruleSignUp
	ruleGetOur
	ruleClickHere
)

// triggers is the table of words and the rules they call for.
var triggers = []trigger{
	{"http", anywhere, false, ruleAddresses},
	{"www.", anywhere, false, ruleAddresses},
	{"posted", anywhere, true, ruleStamp},
	{"published", anywhere, true, ruleStamp},
	{"updated", anywhere, true, ruleStamp},
	{"first published", opening, false, ruleStamp},
	{"last updated", opening, false, ruleStamp},
	{"modified", opening, false, ruleStamp},
	{"sign up", anywhere, true, ruleAppeal | ruleSignUp},
	{"subscribe", opening, false, ruleAppeal},
	{"click here", anywhere, false, ruleAppeal | ruleClickHere},
	{"follow us", opening, false, ruleAppeal},
	{"share this", opening, false, ruleAppeal},
	{"download", opening, false, ruleAppeal},
	{"join us", opening, false, ruleAppeal},
	{"get our", anywhere, true, ruleAppeal | ruleGetOur},
	{"get the", opening, false, ruleAppeal},
	{"see all", anywhere, false, ruleSeeAll},
	{"continue reading", anywhere, true, ruleContinue},
	{"photo", anywhere, false, ruleCaption},
	{"file photo", anywhere, false, ruleCaption},
	{"image", anywhere, false, ruleCaption},
	{"picture", anywhere, false, ruleCaption},
	{"credit", anywhere, false, ruleCaption},
	{"representational", anywhere, false, ruleCaption},
	{"courtesy", anywhere, false, ruleCaption},
	{"illustration", opening, false, ruleLabel},
	{"graphic", opening, false, ruleLabel},
	{"caption", opening, false, ruleLabel},
	{"source", opening, false, ruleLabel},
	{"by", opening, false, ruleByline},
	{"with inputs", anywhere, false, ruleCredits},
	{"with agency", anywhere, false, ruleCredits},
	{"inputs from", opening, false, ruleCredits},
	{"reporting by", anywhere, true, ruleCredits},
	{"additional reporting", opening, false, ruleCredits},
	{"edited by", opening, false, ruleCredits},
	{"editing by", anywhere, true, ruleCredits},
	{"writing by", anywhere, true, ruleCredits},
	{"contributed to this", anywhere, false, ruleCredits},
	{"read", opening, false, rulePromo},
	{"read", anywhere, true, rulePromo},
	{"also read", anywhere, true, rulePromo},
	{"see also", anywhere, true, rulePromo},
	{"watch", anywhere, true, rulePromo},
	{"must read", anywhere, true, rulePromo},
	{"related", anywhere, true, rulePromo},
	{"recommended", opening, false, rulePromo},
	{"trending", opening, false, rulePromo},
	{"listen", anywhere, true, rulePromo},
}

// byLetter holds the triggers by their first letter.
var byLetter = func() (table [26][]trigger) {
	for _, t := range triggers {
		k := t.word[0] - 'a'
		table[k] = append(table[k], t)
	}
	return table
}()

// cleanBody returns the paragraphs of normalised text without boilerplate.
func cleanBody(paragraphs []string) []string {
	out := paragraphs[:0]
	mixed := slices.ContainsFunc(paragraphs, func(p string) bool { return !AllUpper(p) })
	for _, p := range paragraphs {
		if mixed && isShout(p) {
			continue
		}
		if p = cleanParagraph(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// cleanParagraph cuts boilerplate out of one paragraph; "" means nothing is
// left.
func cleanParagraph(p string) string {
	may := scan(p)
	if may&ruleAddresses != 0 {
		p = cutAddresses(p)
	}
	if may&ruleGlue != 0 {
		p = unglue(p)
	}
	if isBareLabel(p) || isBareDateline(p) {
		return ""
	}
	if may >= ruleStamp {
		p = applyRules(p, may)
	}
	return tidy(cutDateline(p))
}

// scan finds the rules that may change p.
func scan(p string) ruleSet {
	var may ruleSet
	for i := 0; i < len(p); {
		c := p[i]
		if !isLetter(c) {
			if kind := markRules[c]; kind != 0 {
				may |= scanMark(p, i, kind)
			}
			i++
			continue
		}
		k := c | 0x20 - 'a'
		for t := range byLetter[k] {
			may |= byLetter[k][t].match(p, i)
		}
		for i++; i < len(p) && isLetter(p[i]); i++ {
			if isUpperByte(p[i]) && isLowerByte(p[i-1]) {
				may |= ruleGlue
			}
		}
	}
	return may
}

// match returns the rules of t when its word stands at p[i].
func (t *trigger) match(p string, i int) ruleSet {
	if t.place == opening && i > 2 || t.capital && !isUpperByte(p[i]) || !hasPrefixFold(p[i:],
		t.word) {
		return 0
	}
	return t.rule
}

// markRules are the rules that a byte other than a letter may call for.
var markRules = func() (table [256]ruleSet) {
	for _, c := range "@#$" {
		table[c] = ruleAddresses
	}
	table['.'] = ruleAddresses | ruleGlue
	table['!'], table['?'] = ruleGlue, ruleGlue
	table[':'] = ruleAddresses | ruleGlue
	return table
}()

// scanMark returns the rules out of kind that the mark at p[i] calls for.
func scanMark(p string, i int, kind ruleSet) ruleSet {
	if i+1 == len(p) {
		return 0
	}
	next := p[i+1]
	switch p[i] {
	case ':': // a scheme, a listing in brackets, or two words
		if isUpperByte(next) && i > 0 && isLowerByte(p[i-1]) {
			return kind & ruleGlue
		}
		if next == '/' || i > 2 && isUpperByte(p[i-1]) && strings.LastIndexByte(p[max(0, i-9):i],
			'(') >= 0 {
			return kind & ruleAddresses
		}
		return 0
	case '.', '!', '?':
		if next == ' ' {
			if i+3 < len(p) && p[i+3] == '.' && isUpperByte(p[i+2]) {
				return kind & ruleGlue
			}
			return 0
		}
		return kind
	}
	return kind
}

// tidy makes runs of blanks one and drops a paragraph that holds no letter or
// digit.
func tidy(p string) string {
	p = strings.TrimSpace(p)
	if strings.Contains(p, "  ") {
		p = strings.Join(strings.Fields(p), " ")
	}
	for _, r := range p {
		if isWordRune(r) {
			return p
		}
	}
	return ""
}

// applyRules tries the rules in may on p.
func applyRules(p string, may ruleSet) string {
	for _, r := range wholeRules {
		if may&r.rule != 0 && r.matches(p) {
			return ""
		}
	}
	if may&rulePromo != 0 {
		p = cutPromos(p)
	}
	if may&ruleStamp != 0 {
		p = cutStamp(p)
	}
	if may&ruleContinue != 0 {
		p = cutContinue(p)
	}
	for i := range inlineForms {
		if f := &inlineForms[i]; may&f.rule != 0 {
			p = f.cut(p)
		}
	}
	if may&ruleByline != 0 {
		p = cutByline(p)
	}
	return p
}

// wholeRules match whole paragraphs that go.
var wholeRules = []struct {
	rule    ruleSet
	matches func(p string) bool
}{
	{ruleStamp, isPostStamp},
	{ruleAppeal, appeal.MatchString},
	{ruleCaption, isCaption},
	{ruleCaption | ruleLabel, isLabelled},
	{ruleByline, isByline},
	{ruleCredits, isCredits},
}

// appeal is a request to the reader that fills one sentence.
var appeal = regexp.MustCompile(`(?i)^(sign up( here| now| today)?( for| to)\b|sign up( here| now| today)?[.!]?$|` +
	`subscribe( to (our|the)| now| here| today| for)\b|subscribe[.!]?$|click here\b|` +
	`follow us\b|share this( \w+)?( on| with| via|[:.!]?$)|download (our|the [^.]{1,40}) app\b|` +
	`join us on\b|get (our|the latest)\b[^.]{0,60}(newsletter|app|podcast|email|inbox|updates|alerts))` +
	`[^.!?]{0,160}[.!?]?$`)

// continueLabel opens the link to the rest of a text that ends a paragraph.
const continueLabel = "Continue reading"

// continueLink is what may follow the label.
var continueLink = regexp.MustCompile(`^\s?(…|\.)?\s*$`)

// cutContinue cuts the link to the rest of a text off the end of p.
func cutContinue(p string) string {
	i := strings.LastIndex(p, continueLabel)
	if i < 0 || !continueLink.MatchString(p[i+len(continueLabel):]) ||
		i > 0 && (isLetter(p[i-1]) || p[i-1] == '_' || '0' <= p[i-1] && p[i-1] <= '9') {
		return p
	}
	return strings.TrimRight(p[:i], " \t\n\f\r") + " "
}

// inlineForm matches a part of a paragraph that goes.
type inlineForm struct {
	rule  ruleSet
	marks string // the form begins with one of these; "" when it does with a letter
	form  *regexp.Regexp
}

// cut puts a blank for each part of p that has the form.
func (f *inlineForm) cut(p string) string {
	if f.marks != "" && !strings.ContainsAny(p, f.marks) {
		return p
	}
	return f.form.ReplaceAllString(p, " ")
}

var inlineForms = [...]inlineForm{
	{ruleCaption, "([", regexp.MustCompile(
		`(?i)[(\[](file )?(photo|image|picture|credit|photograph)s?( credit)?\s?[:/][^)\]]{0,80}[)\]]`)},
	{ruleSeeAll, "", regexp.MustCompile(`(?i)\bsee all (of )?our [\p{L}\p{Pd} ]{1,40} coverage\b`)},
	{ruleSignUp, "", regexp.MustCompile(`\bSign up (here )?(for|to)\b[^.!?]{0,120}` +
		`(newsletter|briefing|notification|update|email|podcast)s?( by email)?\b\s?\.?`)},
	{ruleGetOur, "", regexp.MustCompile(`\bGet our [^.]{0,80}(newsletter|podcast|news emails)\b[^.]{0,60}\.?`)},
	{ruleClickHere, "", regexp.MustCompile(`(?i)\b(for more|please),? click here\s?\.?`)},
}
