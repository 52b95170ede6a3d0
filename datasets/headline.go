package datasets

import (
	"strings"
	"unicode"
)

// Outlets print an agency's headline with their name, a section or a label
// around it: "Opinion | …", "… - Example News", "[Video] …". Copies of a story
// are compared without them.

// kickers are the labels that stand before a headline.
var kickers = map[string]bool{
	"analysis": true, "breaking": true, "column": true, "comment": true, "commentary": true, "editorial": true,
	"exclusive": true, "explainer": true, "factbox": true, "feature": true, "letter": true,
	"live": true,
	"news": true, "opinion": true, "photos": true, "politics": true, "update": true,
	"updated": true,
	"urgent":  true, "video": true, "watch": true, "world": true,
}

// The bounds of what may be cut off a headline, in words.
const (
	kickerWords   = 2
	outletWords   = 4
	headlineWords = 4 // what must remain
)

// headlineBars part a headline from an outlet, a section or a label.
var headlineBars = []string{" | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » "}

// bareHeadline returns a title without the outlet, section and label around it.
// source is the outlet that the input names.
func bareHeadline(title, source string) string {
	s := strings.TrimSpace(title)
	for {
		cut := cutHeadline(s, source)
		if cut == s {
			return s
		}
		s = cut
	}
}

// cutHeadline takes one label or outlet off.
func cutHeadline(s, source string) string {
	if label, rest := openingBracket(s); isKicker(label) {
		return rest
	}
	if head, label := closingBracket(s); label != "" && wordCount(label) <= outletWords &&
		wordCount(head) >= headlineWords {
		return head
	}
	if label, rest, found := strings.Cut(s, ": "); found && isKicker(label) {
		return strings.TrimSpace(rest)
	}
	at, width := lastBar(s)
	if at < 0 {
		return s
	}
	if head, tail := s[:at], s[at+width:]; wordCount(head) >= headlineWords &&
		(strings.EqualFold(tail, source) ||
			wordCount(tail) <= outletWords && wordCount(tail) < wordCount(head)) {
		return strings.TrimSpace(head)
	}
	if at, width = firstBar(s); isKicker(s[:at]) {
		return strings.TrimSpace(s[at+width:])
	}
	return s
}

// isKicker reports whether s consists of labels.
func isKicker(s string) bool {
	words := strings.Fields(s)
	for _, w := range words {
		if !kickers[strings.ToLower(w)] {
			return false
		}
	}
	return len(words) > 0 && len(words) <= kickerWords
}

// openingBracket parts "[Video] Ferry sinks" into label and headline.
func openingBracket(s string) (label, rest string) {
	if s == "" || s[0] != '[' && s[0] != '(' {
		return "", s
	}
	end := strings.IndexAny(s, "])")
	if end < 0 {
		return "", s
	}
	return s[1:end], strings.TrimSpace(s[end+1:])
}

// closingBracket parts "Ferry sinks (Nordwire)" into headline and label.
func closingBracket(s string) (head, label string) {
	if s == "" || s[len(s)-1] != ']' && s[len(s)-1] != ')' {
		return s, ""
	}
	start := strings.LastIndexAny(s, "[(")
	if start < 0 {
		return s, ""
	}
	return strings.TrimSpace(s[:start]), s[start+1 : len(s)-1]
}

// firstBar and lastBar find a bar in s; at is -1 when there is none.
func firstBar(s string) (at, width int) {
	at = -1
	for _, bar := range headlineBars {
		if i := strings.Index(s, bar); i >= 0 && (at < 0 || i < at) {
			at, width = i, len(bar)
		}
	}
	return at, width
}

func lastBar(s string) (at, width int) {
	at = -1
	for _, bar := range headlineBars {
		if i := strings.LastIndex(s, bar); i > at {
			at, width = i, len(bar)
		}
	}
	return at, width
}

// wordCount counts the words of s that have a letter or digit.
func wordCount(s string) (n int) {
	for w := range strings.FieldsSeq(s) {
		if strings.ContainsFunc(w, func(r rune) bool {
			return unicode.IsLetter(r) || unicode.IsDigit(r)
		}) {
			n++
		}
	}
	return n
}
