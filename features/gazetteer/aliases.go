package gazetteer

import (
	"slices"

	"stance/features/text"
)

// The name of a country is often part of another name: a person ("Kenya
// Ashford", "Tom Holland"), a firm ("Kenya Airways"), a thing ("German
// shepherd") or a town of another country ("Lebanon, Ohio"). Known phrases
// stand in the files of traps. Here the words beside a name decide.

// class is a set of classes of words.
type class uint16

const (
	classGiven     class = 1 << iota // a first name
	classFirst                       // a place that is a first name as well
	classSeldom                      // the same, only among words that stand around persons
	classSurname                     // a surname
	classHonorific                   // stands before a surname
	// may follow a country's name, which stays that of the country
	classState
	classFirm       // follows a name and makes a firm of it
	classFirmProse  // the same, outside headlines
	classFirmBefore // stands before a name and makes a firm of it
	classThing      // follows an adjective and makes a thing of it
	classCommon     // an ordinary word in text without capitals
	classUnsure     // the same, unless the text names another country
	classPolity     // follows the name of a state, in text of one case as well
	classTreaty     // follows a city and makes a treaty of it
)

// classNames are the words for classes in the data files.
var classNames = map[string]class{
	"given": classGiven, "first": classFirst, "seldom": classSeldom, "surname": classSurname,
	"honorific": classHonorific, "state": classState, "firm": classFirm,
	"firm-prose":  classFirmProse,
	"firm-before": classFirmBefore, "thing": classThing, "common": classCommon,
	"unsure": classUnsure,
	"polity": classPolity, "treaty": classTreaty,
}

// class returns the classes of token i when it is a word of a sentence, else 0.
func (m *matcher) class(i, sentence int) class {
	s := m.d.Sentences[sentence]
	if i < s.First || i >= s.Last || m.d.Tokens[i].Kind != text.Word {
		return 0
	}
	return m.g.classes[string(m.key(i))]
}

// findAliases marks the hits that the words beside them make persons, firms,
// things or towns.
func (m *matcher) findAliases() {
	known := len(m.intros)
	for k := range m.hits {
		h := &m.hits[k]
		if h.town != "" {
			continue
		}
		single, adjective := h.last == h.first+1, h.node.isAdjective()
		switch {
		case adjective && single:
			h.alias = m.isThing(h) || m.isFirm(h) || m.honored(h) || m.isLanguage(k)
		case isPlace(h.node) && single:
			h.alias = m.isFirm(h) || m.isTreaty(h) || m.isFirstName(k) || m.isSurname(k)
			h.town = m.townBefore(k)
		case adjective || isPlace(h.node):
			h.alias = m.isFirm(h)
		}
	}
	if len(m.intros) > known {
		slices.SortStableFunc(m.intros, func(a, b intro) int { return a.token - b.token })
	}
}

// isAdjective reports whether n is the adjective of one country and nothing
// else.
func (n *node) isAdjective() bool {
	return len(n.claims) == 1 && n.claims[0].form == FormAdjective
}

// isPlace reports whether a name is that of a place and of no person or office.
func isPlace(n *node) bool {
	return len(n.claims) > 0 && !slices.ContainsFunc(n.claims, func(c claim) bool {
		return c.form != FormName && c.form != FormCapital && c.form != FormPlace
	})
}

// follows reports whether one blank and no more parts token i from the token
// before it.
func (m *matcher) follows(i int) bool { return m.d.Tokens[i].Start == m.d.Tokens[i-1].End+1 }

// isFirm reports whether a word beside h makes a firm, club or building of it.
func (m *matcher) isFirm(h *hit) bool {
	next := m.class(h.last, h.sentence)
	if next&(classFirm|classFirmProse) != 0 && m.follows(h.last) &&
		text.StartsUpper(m.d.Word(h.last)) && m.wordAt(h.last+1) != "-" {
		return next&classFirm != 0 || !m.headline(h.sentence)
	}
	return m.class(h.first-1, h.sentence)&classFirmBefore != 0 && m.follows(h.first) &&
		text.StartsUpper(m.d.Word(h.first-1)) && h.node.claims[0].form == FormName
}

// isThing reports whether the word behind an adjective makes an animal, a
// disease or a thing of it.
func (m *matcher) isThing(h *hit) bool {
	return m.class(h.last, h.sentence)&classThing != 0 && m.follows(h.last)
}

// isTreaty reports whether the word behind a city makes a treaty of it: "the
// Istanbul Convention".
func (m *matcher) isTreaty(h *hit) bool {
	form := h.node.claims[0].form
	return (form == FormCapital || form == FormPlace) &&
		m.class(h.last, h.sentence)&classTreaty != 0 &&
		m.follows(h.last) && text.StartsUpper(m.d.Word(h.last)) && !m.headline(h.sentence)
}

// speaks are words before a language.
var speaks = text.NewSet("speak speaks spoke speaking spoken learn learns learned taught translated")

// spokenWith are words behind a language and not behind an adjective.
var spokenWith = text.NewSet("and or in at with to as but well fluently when on for")

// isLanguage reports whether the adjective of hit k means a language: "spoke
// German", "said in Polish", and the next of a list.
func (m *matcher) isLanguage(k int) bool {
	h := &m.hits[k]
	s := m.d.Sentences[h.sentence]
	if h.first == s.First || h.last < s.Last && m.d.Tokens[h.last].Kind == text.Word &&
		!spokenWith[m.d.Word(h.last)] {
		return false
	}
	switch before := m.d.Word(h.first - 1); before {
	case "in", "into":
		return h.last == s.Last || m.d.Tokens[h.last].Kind == text.Punct && m.d.Word(h.last) != "-"
	case ",", "and", "or":
		return k > 0 && m.hits[k-1].last == h.first-1 && m.hits[k-1].alias &&
			m.hits[k-1].node.isAdjective()
	default:
		return speaks[before]
	}
}

// outvoted reports whether the cues of the document speak for a reading of n
// that is no claim of it.
func (m *matcher) outvoted(n *node) bool {
	code, ok := m.elected(n)
	return ok && !n.speaksFor(code)
}

// speaksFor reports whether n has a claim for a country.
func (n *node) speaksFor(code string) bool {
	return slices.ContainsFunc(n.claims, func(c claim) bool { return c.code == code })
}
