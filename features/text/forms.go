package text

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// bareLabels are paragraphs that are the words of a page, not of a story.
var bareLabels = map[string]bool{
	"advertisement": true, "advertising": true, "sponsored content": true, "read more": true,
	"read also": true,
	"also read": true, "see also": true, "related": true, "related articles": true,
	"related stories": true,
	"related topics":  true, "recommended": true, "trending": true, "watch": true, "listen": true,
	"share":              true,
	"share this article": true, "share this story": true, "subscribe": true, "sign up": true,
	"comments":         true,
	"continue reading": true, "story continues below advertisement": true,
	"article continues below": true,
	"loading":                 true, "getty images": true, "image source": true, "follow us": true,
	"download app":        true,
	"recommended stories": true, "most read": true, "more on this story": true, "click here": true,
	"must read": true, "must reads": true, "copy link": true, "print": true, "save": true,
}

// labelLength bounds bare labels, in bytes.
const labelLength = 40

// isBareLabel reports whether p is nothing but the label of a part of the page.
func isBareLabel(p string) bool {
	if len(p) > labelLength {
		return false
	}
	return bareLabels[strings.ToLower(strings.TrimRight(p, " .:…>|!"))]
}

// isShout reports whether p is one or two words in capitals, without a stop: a
// dateline on a line of its own or the label of a box.
func isShout(p string) bool {
	return len(p) <= labelLength && len(p) > 2 && isUpperByte(p[0]) && AllUpper(p) &&
		strings.Count(p, " ") <= 1 && strings.Trim(p, "ABCDEFGHIJKLMNOPQRSTUVWXYZ' ,-") == ""
}

// postLabel opens a stamp.
var postLabel = regexp.MustCompile(`(?i)^(posted|published|updated|first published|last updated|modified)` +
	`( on| at)?\s*[:,]?\s`)

// isPostStamp reports whether p says when it was posted, and nothing else.
func isPostStamp(p string) bool {
	loc := postLabel.FindStringIndex(p)
	return loc != nil && len(p) <= 120 && isStamp(p[loc[1]:])
}

// innerStamp is the label of a stamp behind a text.
var innerStamp = regexp.MustCompile(`\b(Posted|Published|Updated) on\s*:`)

// stampLength bounds a stamp behind a text, with its label, in bytes.
const stampLength = 64

// cutStamp cuts a stamp off the end of p.
func cutStamp(p string) string {
	from := max(0, len(p)-stampLength)
	loc := innerStamp.FindStringIndex(p[from:])
	if loc == nil || !isStamp(p[from+loc[1]:]) {
		return p
	}
	return strings.TrimSpace(p[:from+loc[0]])
}

// credit is the credit of a picture in brackets at the end.
var credit = regexp.MustCompile(`(?i)[(\[]((file )?(photo|image|picture|credit|photograph)s?( credit)?\s?[:/|]|` +
	`(file )?(photo|image|picture|photograph) (by|courtesy|credit|for representation)\b|(file )?(photo|picture|image)[)\]]|` +
	`representational (image|photo|picture)|courtesy( of)?\s?[:/]|courtesy of )[^)\]]{0,80}[)\]]?\.?$`)

// isCaption reports whether p is one sentence, or a little more, and the credit
// of a picture.
func isCaption(p string) bool {
	if len(p) > 600 || !strings.ContainsAny(p, "([") {
		return false
	}
	loc := credit.FindStringIndex(p)
	if loc == nil {
		return false
	}
	return strings.Count(p[:loc[0]], ". ") <= 2
}

// pictureLabel opens a caption or credit; sourceLabel may also open a sentence.
var (
	pictureLabel = regexp.MustCompile(`(?i)^(photograph|photo|image|picture|illustration|graphic|caption|credit)` +
		`s?( credit| source| caption)?\s*:`)
	sourceLabel = regexp.MustCompile(`(?i)^sources?\s*:\s*`)
)

// isLabelled reports whether p is a caption or credit behind its label. What
// stands behind "Source:" must be the name of an outlet.
func isLabelled(p string) bool {
	if len(p) > 160 {
		return false
	}
	if pictureLabel.MatchString(p) {
		return true
	}
	loc := sourceLabel.FindStringIndex(p)
	return loc != nil && nameLike(p[loc[1]:], 6) && isOutlet(p[loc[1]:])
}

// bylineNames are single words that follow "By" in a byline.
var bylineNames = NewSet(`staff correspondent editor agencies admin reporter`)

// isByline reports whether p is "By" and names.
func isByline(p string) bool {
	rest, found := cutBy(p)
	if !found || len(p) > 100 || strings.ContainsAny(rest, "!?…\"") || !nameLike(rest, 12) {
		return false
	}
	first, _, several := strings.Cut(rest, " ")
	word := strings.Trim(first, ".,|")
	if months.hasFold(word) || weekdays.hasFold(word) || word[0] >= '0' && word[0] <= '9' {
		return false
	}
	return several && !strings.HasSuffix(first, ",") && !strings.HasSuffix(word, "ing") ||
		agencies.hasFold(word) || bylineNames.hasFold(word)
}

// cutBy returns what follows the word "By".
func cutBy(p string) (string, bool) {
	if !hasPrefixFold(p, "by ") {
		return p, false
	}
	return strings.TrimSpace(p[3:]), len(p) > 3 && p[3] != ' '
}

// byline is a byline before a text: names, sometimes an office, and a colon.
var byline = regexp.MustCompile(`^By\s+([\p{Lu}][\p{L}.'-]*)((?:\s+(?:and\s+)?[\p{Lu}][\p{L}.'-]*){0,6})` +
	`\s*(?:,\s*[\p{L} ]{2,30})?:\s+`)

// cutByline cuts a byline off the beginning of p.
func cutByline(p string) string {
	loc := byline.FindStringSubmatchIndex(p)
	if loc == nil {
		return p
	}
	if first := p[loc[2]:loc[3]]; months.hasFold(first) || weekdays.hasFold(first) {
		return p
	}
	if loc[4] == loc[5] && !isOutlet(p[loc[2]:loc[3]]) && !bylineNames.hasFold(p[loc[2]:loc[3]]) {
		return p
	}
	return p[loc[1]:]
}

// creditLine is the line that names who wrote, reported and edited.
var creditLine = regexp.MustCompile(`(?i)^\(?(with (inputs|agency inputs|agencies)\b( from\b)?|inputs from\b|` +
	`(additional )?reporting by\b|edited by\b|editing by\b|writing by\b)`)

// contributed ends such a line.
var contributed = regexp.MustCompile(`(?i)\s+contributed to this (report|article|story)\.?$`)

// creditWords stand between the names.
var creditWords = regexp.MustCompile(`(?i)\b(additional|reporting|writing|editing|edited|compiled|inputs?|agency|` +
	`agencies|our|bureau|bureaux|staff|desk|newsroom|correspondents?)\b`)

// isCredits reports whether p names who made it, and nothing else.
func isCredits(p string) bool {
	if len(p) > 300 {
		return false
	}
	if loc := contributed.FindStringIndex(p); loc != nil {
		return nameLike(p[:loc[0]], 25)
	}
	loc := creditLine.FindStringIndex(p)
	if loc == nil {
		return false
	}
	rest := strings.Trim(creditWords.ReplaceAllString(p[loc[1]:], " "), " .;,()")
	return rest == "" || nameLike(rest, 25)
}

// isBareDateline reports whether p is a place and, sometimes, a day, with a
// comma or dash behind it and no text: "New Delhi ,". A place in capitals may
// end in a colon.
func isBareDateline(p string) bool {
	if len(p) > 80 {
		return false
	}
	body := strings.TrimRight(p, " ,—-:")
	if body == p || body == "" || !nameLike(body, 7) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(body)
	if !unicode.IsUpper(r) || strings.ContainsAny(body, ":;!?\"…") {
		return false
	}
	return !strings.HasSuffix(p, ":") || AllUpper(body)
}

// dateline is the place, day and agency before a text.
var dateline = regexp.MustCompile(`^(\p{Lu}[\p{L}.' -]{1,30}(?:/\p{Lu}[\p{L}.' -]{1,30})?)` +
	`(, [\p{Lu}][\p{L}. ]{1,24})?(, \p{Lu}\p{L}{2,8}\.? \d{1,2}(?:, \d{4})?)?` +
	`\s*(\([\p{L}\d ./&-]{2,40}\))?\s?(?:—|-)\s+`)

// openingLength bounds where a dateline may end, in bytes.
const openingLength = 120

// cutDateline cuts a dateline off the beginning of p.
func cutDateline(p string) string {
	_, rest := splitDateline(p)
	return rest
}

// datelineParagraphs is how many paragraphs may stand up to the one with the
// dateline.
const datelineParagraphs = 3

// datelineOf is the place of the dateline among the first paragraphs, as in
// "Kyiv, Ukraine"; "" when there is none.
func datelineOf(paragraphs []string) string {
	for _, p := range paragraphs[:min(datelineParagraphs, len(paragraphs))] {
		if place, _ := splitDateline(p); place != "" {
			return place
		}
		if isBareDateline(p) {
			return strings.TrimRight(p, " ,—-:")
		}
	}
	return ""
}

// splitDateline parts the place of a dateline from the text behind it; place is
// "" when p has none.
func splitDateline(p string) (place, rest string) {
	head := p[:min(openingLength, len(p))]
	if !strings.Contains(head, "— ") && !strings.Contains(head, "- ") {
		return "", p
	}
	loc := dateline.FindStringSubmatchIndex(p)
	if loc == nil || loc[1] == len(p) {
		return "", p
	}
	part := func(k int) string {
		if loc[2*k] < 0 {
			return ""
		}
		return p[loc[2*k]:loc[2*k+1]]
	}
	if isDateline(part(1), part(2), part(3), strings.Trim(part(4), "()")) {
		return strings.TrimSpace(part(1) + part(2)), p[loc[1]:]
	}
	return "", p
}

// isDateline tells "PARIS — " and "Kyiv, Ukraine (AP) — " from a sentence that
// opens with a few names and a dash: the place is in capitals and no acronym,
// or a date or an agency follows it.
func isDateline(place, state, date, agency string) bool {
	place = strings.TrimSpace(place)
	if agency != "" && !isOutlet(agency) {
		return date != "" && nameLike(agency, 5)
	}
	if agency != "" || date != "" {
		return true
	}
	return AllUpper(place) && !placeless[strings.ReplaceAll(place, ".", "")] && len(place) > 2
}

// placeless are acronyms that open sentences and are no place.
var placeless = map[string]bool{
	"NATO": true, "UAE": true, "USA": true, "BRICS": true, "ASEAN": true, "OPEC": true,
	"IAEA": true, "WHO": true,
	"WTO": true, "IMF": true, "ISIS": true, "CIA": true, "FBI": true, "MSF": true, "UNHCR": true,
	"UNICEF": true,
	"OSCE":   true, "AUKUS": true, "DPRK": true, "IDF": true, "EU": true, "UN": true, "US": true,
	"UK": true,
	"G7": true, "WFP": true, "KGB": true, "FSB": true, "ICC": true, "ICJ": true,
	"BREAKING": true, "LIVE": true,
}
