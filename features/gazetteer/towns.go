package gazetteer

import (
	"slices"

	"stance/features/text"
)

// A town is often called like a country or a capital: "Lebanon, Ohio", "the
// Texas town of Odessa". The region beside it says whose town it is.

// region is the name of a state or province, as it stands behind a town.
type region struct {
	words []string
	code  string
	after Form // the only form of name it may follow; anyForm for all
}

// anyForm says that a region may follow a name of any form.
const anyForm = FormPronoun

// town reports whether ", REGION" of another country stands behind a name that
// ends before token last: the name is that of a town there. It returns the
// country, "" for none, and the token after the name.
func (m *matcher) town(n *node, first, last, sentence int) (code string, after int) {
	end := m.d.Sentences[sentence].Last
	if last+1 >= end || m.d.Word(last) != "," || !isPlace(n) {
		return "", last
	}
	regions := m.g.regions[string(m.key(last+1))]
	if len(regions) == 0 || m.isRegion(n, first, last) || m.inCountry(n, last+1) ||
		m.inList(first) {
		return "", last
	}
	after = last
	for _, r := range regions {
		stop := last + 1 + len(r.words)
		if stop < after || stop > end || !r.follows(n) || !m.spelled(r.words, last+1) ||
			m.goesOn(stop, end) || m.isLonger(stop, sentence) {
			continue
		}
		if n.speaksFor(r.code) {
			return "", last // "Perth, WA"
		}
		if stop > after {
			code, after = r.code, stop
		}
	}
	return code, after
}

// isLonger reports whether the name of a region that ends before token i goes
// on: "New York Times". In a headline every word has a capital.
func (m *matcher) isLonger(i, sentence int) bool {
	return i < m.d.Sentences[sentence].Last && m.d.Tokens[i].Kind == text.Word && m.follows(i) &&
		text.StartsUpper(m.d.Word(i)) && !m.headline(sentence)
}

// inCountry reports whether token i names a country that n stands in: "Tbilisi,
// Georgia".
func (m *matcher) inCountry(n *node, i int) bool {
	country := m.g.root[string(m.key(i))]
	return country != nil && slices.ContainsFunc(country.claims, func(c claim) bool {
		return c.form == FormName && n.speaksFor(c.code)
	})
}

// follows reports whether r may stand behind the names of n.
func (r region) follows(n *node) bool {
	form := n.claims[0].form
	return r.after == anyForm || r.after == form || r.after == FormCapital && form == FormPlace
}

// spelled reports whether words stand from token i on, capitals included. Text
// without capitals may have small letters for all but abbreviations.
func (m *matcher) spelled(words []string, i int) bool {
	for k, w := range words {
		got := m.d.Word(i + k)
		if got != w &&
			!((m.lower || text.AllUpper(got)) && len(w) > 3 && text.Fold(got) == text.Fold(w)) {
			return false
		}
	}
	return true
}

// goesOn reports whether a list goes on at token i: "Mexico, Texas and
// California", "Rome, New York, London".
func (m *matcher) goesOn(i, end int) bool {
	if i+1 >= end || !text.StartsUpper(m.d.Word(i+1)) {
		return false
	}
	switch m.d.Word(i) {
	case "and", "or":
		return true
	case ",":
		n := m.g.root[string(m.key(i+1))]
		return n != nil && len(n.claims) > 0
	}
	return false
}

// inList reports whether a name and a comma stand right before token first.
func (m *matcher) inList(first int) bool {
	if len(m.hits) == 0 || m.hits[len(m.hits)-1].town != "" {
		return false
	}
	return m.hits[len(m.hits)-1].last == first-1 && m.d.Word(first-1) == ","
}

// townBefore is the country whose region stands before hit k as in "the Texas
// town of Odessa", "" when none does.
func (m *matcher) townBefore(k int) string {
	h := &m.hits[k]
	if k == 0 || m.wordAt(h.first-1) != "of" || !settlements[m.wordAt(h.first-2)] {
		return ""
	}
	before := m.hits[k-1]
	code := before.node.claims[0].code
	if before.last != h.first-2 || before.sentence != h.sentence || h.node.speaksFor(code) ||
		!m.isRegion(before.node, before.first, before.last) {
		return ""
	}
	return code
}

// settlements are words for what a town is.
var settlements = text.NewSet("town city village suburb community hamlet")

// isRegion reports whether n, which stands at tokens [first, last), names a
// region that towns stand in.
func (m *matcher) isRegion(n *node, first, last int) bool {
	for _, r := range m.g.regions[string(m.key(first))] {
		if len(r.words) == last-first && m.spelled(r.words, first) && n.speaksFor(r.code) {
			return true
		}
	}
	return false
}
