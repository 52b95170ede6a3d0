package gazetteer

import (
	"strings"

	"stance/features/text"
)

// isFirstName reports whether hit k is the first of two names: a place that is
// a first name as well, and behind it a word with a capital that is no ordinary
// word. In a headline capitals say nothing, so only known surnames count.
func (m *matcher) isFirstName(k int) bool {
	h := &m.hits[k]
	c := m.class(h.first, h.sentence)
	if c&(classFirst|classSeldom) == 0 || text.AllUpper(m.d.Word(h.first)) || !m.beforeName(h) {
		return false
	}
	s := m.d.Sentences[h.sentence]
	next := m.class(h.last, h.sentence)
	switch {
	case next&classSurname != 0 && !s.Title && c&classFirst != 0:
		return true
	case m.headline(h.sentence), m.isOrdinary(h.last, next):
		return false
	case k+1 < len(m.hits) && m.hits[k+1].first == h.last:
		return false
	case h.first == s.First:
		return c&classFirst != 0 || m.personBehind(h)
	case governs[m.d.Word(h.first-1)], m.endsAddress(h):
		return false
	}
	return c&classFirst != 0 || m.occupation(h.first-1) || m.personBehind(h)
}

// beforeName reports whether the token behind h is a word written like a name.
func (m *matcher) beforeName(h *hit) bool {
	if h.last >= m.d.Sentences[h.sentence].Last || m.d.Tokens[h.last].Kind != text.Word ||
		!m.follows(h.last) {
		return false
	}
	w := m.d.Word(h.last)
	return text.StartsUpper(w) && !text.AllUpper(w)
}

// governs holds words that stand before a country and not before the first of
// two names: "the envoy to China Qin Gang", "north London Travelodge".
var governs = text.NewSet(`of to in from for at with by on against near into over north south east
	west central across inside outside`)

// ordinaryEndings are endings of words that are seldom surnames.
var ordinaryEndings = []string{"ing", "tion", "sion", "ment", "ness", "ly", "ics", "ism", "ous",
	"ful", "ies", "ity"}

// isOrdinary reports whether token i, of class c, is no surname in spite of its
// capital: a word that follows countries, a first name, a word with an ending
// of ordinary words, or one that the document has in small letters as well.
func (m *matcher) isOrdinary(i int, c class) bool {
	key := text.Fold(m.d.Word(i))
	if c&(classState|classGiven|classFirst) != 0 || m.g.titles[key] || m.g.plain[key] {
		return true
	}
	for _, ending := range ordinaryEndings {
		if len(key) > len(ending)+2 && strings.HasSuffix(key, ending) {
			return true
		}
	}
	for k := range min(len(m.d.Tokens), ordinarySample) {
		if m.d.Word(k) == key {
			return true
		}
	}
	return false
}

// ordinarySample is how many tokens of a document are searched for a word in
// small letters.
const ordinarySample = 2000

// endsAddress reports whether a comma and a word with a capital stand before h,
// as in "Young Vic, London".
func (m *matcher) endsAddress(h *hit) bool {
	first := m.d.Sentences[h.sentence].First
	return h.first-2 >= first && m.d.Word(h.first-1) == "," && text.StartsUpper(m.d.Word(h.first-2))
}

// occupationEndings end words for what a person does: "singer", "actor",
// "pianist", "chairman".
var occupationEndings = []string{"er", "or", "ist", "man", "woman", "ian", "ress"}

// occupations are words for persons with other endings.
var occupations = text.NewSet(`pilot nurse coach chef star poet mother father sister brother wife
	husband son daughter friend named called pastor model judge cook graduate student resident
	rapper captain sergeant lieutenant private colonel general major lawyer veteran activist`)

// noOccupations end like one and are none.
var noOccupations = text.NewSet(`over after under other former never ever however whether rather
	either another together later earlier better offer consider cover power order border number
	water minister leader member deliver enter remember transfer minor senior junior prior`)

// occupation reports whether token i says what the person does whose name
// follows.
func (m *matcher) occupation(i int) bool {
	if m.d.Tokens[i].Kind != text.Word {
		return false
	}
	key := text.Fold(m.d.Word(i))
	if noOccupations[key] || len(key) < 4 {
		return false
	}
	for _, ending := range occupationEndings {
		if strings.HasSuffix(key, ending) {
			return true
		}
	}
	return occupations[key]
}

// personVerbs are verbs that follow the full name of a person.
var personVerbs = text.NewSet(`said says told tells wrote writes was is has had who whose sang plays
	played won scored flew taught gave`)

// personBehind reports whether what stands behind the two names that h begins
// is what stands behind a person: an age or description between commas, or a
// verb.
func (m *matcher) personBehind(h *hit) bool {
	i, end := h.last+1, m.d.Sentences[h.sentence].Last
	if i >= end {
		return false
	}
	if m.d.Word(i) != "," {
		return m.d.Tokens[i].Kind == text.Word && personVerbs[m.d.Word(i)]
	}
	if i+1 >= end {
		return false
	}
	w := m.d.Word(i + 1)
	return m.d.Tokens[i+1].Kind == text.Number && len(w) == 2 || w == "a" || w == "an" || w == "who"
}

// isSurname reports whether hit k is somebody's surname: a first name or "Mr"
// stands before it. The name means that person from there on.
func (m *matcher) isSurname(k int) bool {
	h := &m.hits[k]
	if m.honored(h) {
		m.intros = append(m.intros, intro{short: h.node, token: h.first})
		return true
	}
	i, first := h.first-1, m.d.Sentences[h.sentence].First
	if i-1 > first && m.d.Word(i) == "." && len(m.d.Word(i-1)) == 1 { // "Michael J. Holland"
		i -= 2
	} else if i < first || !m.follows(h.first) {
		return false
	}
	if i < first || m.class(i, h.sentence)&classGiven == 0 || !text.StartsUpper(m.d.Word(i)) ||
		m.headline(h.sentence) || k > 0 && m.hits[k-1].last > i {
		return false
	}
	if m.class(h.first, h.sentence)&classFirst != 0 {
		m.intros = append(m.intros, intro{short: h.node, token: h.first})
	}
	return true
}

// honored reports whether "Mr", "Dr." or the like stands before h.
func (m *matcher) honored(h *hit) bool {
	i, first := h.first-1, m.d.Sentences[h.sentence].First
	if i > first && m.d.Word(i) == "." {
		i--
	}
	return i >= first && m.class(i, h.sentence)&classHonorific != 0 &&
		text.StartsUpper(m.d.Word(i)) && text.StartsUpper(m.d.Word(h.first)) &&
		!text.AllUpper(m.d.Word(i))
}
