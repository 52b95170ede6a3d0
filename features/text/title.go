package text

import "strings"

// titleLimit bounds the title in bytes.
const titleLimit = 2 << 10

// cleanTitle normalises a headline to one line, without the outlet and section
// that pages add to it. cut reports whether it was too long.
func cleanTitle(s string) (title string, cut bool) {
	if len(s) > 4*titleLimit {
		s, cut = strings.ToValidUTF8(s[:4*titleLimit], ""), true
	}
	s = Normalize(plainText(repair(s)))
	if strings.IndexByte(s, '\n') >= 0 {
		s = strings.Join(strings.Fields(s), " ")
	}
	s = cutOutlet(s)
	may := scan(s)
	if may&ruleAddresses != 0 {
		s = cutAddresses(s)
	}
	if may&ruleGlue != 0 {
		s = unglue(s)
	}
	if len(s) > titleLimit {
		s, cut = cutAtSentence(s, titleLimit), true
	}
	return strings.TrimSpace(s), cut
}

// bars part the outlet or section of a page from its headline.
var bars = []string{" | ", " · ", " • ", " :: "}

// cutOutlet takes the outlet, sections and date off a headline: "… | World news
// | The Example Times", "… — Example News", "Opinion | …".
func cutOutlet(s string) string {
	if !strings.Contains(s, " — ") && !strings.ContainsAny(s, "|·•") && !strings.Contains(s,
		" :: ") {
		return s
	}
	for {
		head, tail, bar := cutLastBar(s)
		if head == "" || !isOutletTail(head, tail, bar) {
			break
		}
		s = head
	}
	for _, bar := range bars[:1] {
		if first, rest, found := strings.Cut(s, bar); found && isSection(first) && rest != "" {
			return rest
		}
	}
	return s
}

// cutLastBar parts s at its last bar or dash.
func cutLastBar(s string) (head, tail string, bar bool) {
	at, width := -1, 0
	for _, mark := range bars {
		if i := strings.LastIndex(s, mark); i > at {
			at, width, bar = i, len(mark), true
		}
	}
	if i := strings.LastIndex(s, " — "); i > at {
		at, width, bar = i, len(" — "), false
	}
	if at < 0 {
		return "", s, false
	}
	return s[:at], s[at+width:], bar
}

// isOutletTail reports whether tail names an outlet, a section or a day. Behind
// a bar any short name does, if the headline is the longer part.
func isOutletTail(head, tail string, bar bool) bool {
	if strings.ContainsAny(tail, "\"?!…") {
		return false
	}
	words := len(strings.Fields(tail))
	switch {
	case words == 0 || isStamp(tail):
		return true
	case words > 6:
		return false
	case isDomain(tail):
		return true
	case bar && isSection(tail):
		return true
	case nameLike(tail, 6) && endsInOutlet(tail):
		return true
	}
	return bar && words <= 4 && nameLike(tail, 4) && len(strings.Fields(head)) >= max(4, 2*words)
}

// isSection reports whether s is the name of a section: "World", "World news",
// "Opinion".
func isSection(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 3 {
		return false
	}
	for _, w := range words {
		if !sections.hasFold(w) && !outletWords.hasFold(w) && w != "&" && w != "and" {
			return false
		}
	}
	return true
}

// endsInOutlet reports whether s is an agency, or several words with one of
// newspapers among the first or last.
func endsInOutlet(s string) bool {
	words := strings.Fields(s)
	first, last := words[0], words[len(words)-1]
	if agencies.hasFold(first) && first != "Aa" && len(words) <= 3 || agencies.hasFold(last) {
		return true
	}
	return len(words) > 1 && (outletWords.hasFold(last) || outletWords.hasFold(words[1]) &&
		len(words) <= 3 ||
		first == "The" && outletWords.hasFold(words[1]))
}

// isDomain reports whether s is the address of a site: "Example.com".
func isDomain(s string) bool {
	i := strings.LastIndexByte(s, '.')
	return i > 0 && !strings.Contains(s, " ") && domains[s[i+1:]]
}
