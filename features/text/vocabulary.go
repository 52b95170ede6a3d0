package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words by which the forms of boilerplate are told from prose.

// months and weekdays are the names that dates are written with.
var (
	months = NewSet(`january february march april may june july august september october november
		december jan feb mar apr jun jul aug sep sept oct nov dec`)
	weekdays = NewSet(`monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur
		thurs fri sat sun`)
)

// stampWords are the other words of a time stamp.
var stampWords = NewSet(`am pm a.m p.m gmt utc est edt et pst pdt ist cet cest bst eet msk hrs hours hour
	minutes minute mins min days day ago at on of the today yesterday time read local last updated first
	published st nd rd th`)

// agencies are the names that sign for a text or a picture on their own.
var agencies = NewSet(`reuters ap afp pti ani ians upi dpa efe xinhua tass sputnik interfax ukrinform
	yonhap kyodo cnn bbc npr pbs abc cbs nbc rfe/rl rferl voa app wam spa ansa anadolu aa apa belta cna
	bloomberg getty dw aljazeera euronews politico axios rt unian handout agencies twitter wikimedia
	ap/reuters reuters/ap afp/getty x.com`)

// outletWords are words that end or fill the name of an outlet or a section.
var outletWords = NewSet(`news times post herald guardian tribune journal gazette telegraph press magazine
	radio tv television online chronicle express observer broadcasting network newspaper wire service
	agency images media newswire bulletin courier examiner independent mirror mail monitor digest`)

// sections are the names of sections and kinds of piece that titles carry.
var sections = NewSet(`opinion analysis editorial comment commentary explainer politics world business
	europe asia africa americas international live video exclusive interview podcast watch sport science
	technology economy national local editorials letters perspective column breaking update updates`)

// smallWords may stand in lower case inside a name or a list of names.
var smallWords = NewSet(`a and & of the in for de da di del der den la le van von bin al el on with from via to
	by / | at`)

// nameLike reports whether every word of s begins with a capital or a digit or
// is a small word, and at most limit words stand there.
func nameLike(s string, limit int) bool {
	words, capitals := 0, 0
	for w := range strings.FieldsSeq(s) {
		if words++; words > limit {
			return false
		}
		w = strings.Trim(w, ".,;:()[]\"'")
		if w == "" || smallWords[w] {
			continue
		}
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) && !unicode.IsTitle(r) && !unicode.IsDigit(r) {
			return false
		}
		capitals++
	}
	return capitals > 0
}

// isOutlet reports whether s is the name of an outlet by its form: an agency,
// or a name that holds a word of newspapers.
func isOutlet(s string) bool {
	found := false
	for w := range strings.FieldsSeq(s) {
		for part := range strings.SplitSeq(strings.Trim(w, ".,;:()"), "/") {
			found = found || agencies.hasFold(part) || outletWords.hasFold(part)
		}
	}
	return found
}

// isStamp reports whether s is a date or time and nothing else.
func isStamp(s string) bool {
	digits := false
	for w := range strings.FieldsSeq(s) {
		w = strings.Trim(w, ".,;:()|-—/[]")
		switch {
		case w == "" || months.hasFold(w) || weekdays.hasFold(w) || stampWords.hasFold(w):
		case w[0] >= '0' && w[0] <= '9' && len(w) <= 25:
			digits = true
		default:
			return false
		}
	}
	return digits
}
