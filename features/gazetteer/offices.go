package gazetteer

import (
	"slices"
	"strings"

	"stance/features/text"
)

// Many states have a Department of Justice and a Senate. Such an office belongs
// to the first of these that is there:
//
//   - the state beside it: "Germany's Foreign Office", "the Senate in Rome"
//   - the state it belonged to before in the document
//   - the country of the dateline
//   - its best-known owner, if the document names it or the outlet is from
//     there
//   - the state that is the subject of its sentence, or of the one before
//   - the country of the outlet, if the office stands in the lead
//
// Otherwise it belongs to nobody. An office of a region ("the Ohio Supreme
// Court") belongs to nobody either.

// context is what a document says of whose an office is.
type context struct {
	owners   map[*node]string // by office: whose it was before
	known    bool             // whether the next two are
	dateline string           // country of the dateline
	outlet   string           // country of the outlet
}

// reach is how many words may stand between a state and its office: "Kenya's
// powerful Supreme Court".
const reach = 2

// owner is the country of the office that hit k names, "" for nobody.
func (m *matcher) owner(k int, picked []*claim) string {
	h, home := m.hits[k], picked[k].code
	m.findContext()
	code, form := m.beside(k, picked)
	switch {
	case form == FormPlace || code == "" && m.isRegional(h.first):
		return ""
	case code != "":
	case m.offices.owners[h.node] != "":
		code = m.offices.owners[h.node]
	case m.offices.dateline != "":
		code = m.offices.dateline
	case home != "" && (m.offices.outlet == home || m.named[home]):
		code = home
	default:
		if code = m.subject(k, picked); code == "" && h.sentence < leadSentences &&
			hasOffice(m.offices.outlet, picked[k]) {
			code = m.offices.outlet
		}
	}
	m.offices.owners[h.node] = code
	return code
}

// leadSentences is how many sentences are the lead. Only there an office
// without a state is that of the outlet's readers; later the text speaks of
// another.
const leadSentences = 3

// regional are words before an office that no state as a whole has: "the state
// Department of Education".
var regional = text.NewSet("state county city regional provincial local municipal district")

// isRegional reports whether a regional word stands before token i: "the
// state's Supreme Court".
func (m *matcher) isRegional(i int) bool {
	if m.wordAt(i-1) == "'s" {
		i--
	}
	return regional[text.Fold(m.wordAt(i-1))]
}

// hasOffice reports whether a country may have the office of c. Britain and the
// United States have none that is best known as another's, and the United
// States have departments, not ministries.
func hasOffice(code string, c *claim) bool {
	if code != "GBR" && code != "USA" {
		return true
	}
	ministry := c.words[0] == "Ministry" || c.words[len(c.words)-1] == "Ministry"
	return c.code == "" && (code == "GBR" || !ministry)
}

// subjectLimit is how many tokens may stand before the subject of a sentence.
const subjectLimit = 4

// subject is the country that begins the sentence of hit k, or else the one
// before: "Kenya will appeal. The Supreme Court …".
func (m *matcher) subject(k int, picked []*claim) string {
	code, from := "", m.hits[k].sentence-1
	for i := k - 1; i >= 0 && m.hits[i].sentence >= from; i-- {
		h := m.hits[i]
		s := m.d.Sentences[h.sentence]
		if !m.plainly(picked[i]) || h.first-s.First > subjectLimit {
			continue
		}
		if h.first > s.First+1 && governs[m.d.Word(h.first-1)] {
			continue // "The war in Ukraine"; but "In Paris, …"
		}
		if code = picked[i].code; i > 0 && m.hits[i-1].sentence == h.sentence &&
			m.plainly(picked[i-1]) {
			continue
		}
		return code
	}
	return code
}

// beside is the country of the state that stands right before the office of hit
// k, or behind it with "of" or "in", and the form it is named by.
func (m *matcher) beside(k int, picked []*claim) (code string, form Form) {
	h := m.hits[k]
	if k > 0 && m.hits[k-1].sentence == h.sentence && m.plainly(picked[k-1]) &&
		m.owns(m.hits[k-1], h) {
		return picked[k-1].code, picked[k-1].form
	}
	if k+1 == len(m.hits) || m.hits[k+1].sentence != h.sentence || !m.plainly(picked[k+1]) {
		return "", 0
	}
	gap := m.hits[k+1].first - h.last
	if gap > 2 || gap == 2 && m.wordAt(h.last+1) != "the" {
		return "", 0
	}
	if w := m.wordAt(h.last); gap > 0 && (w == "of" || w == "in" || w == "for") {
		return picked[k+1].code, picked[k+1].form
	}
	return "", 0
}

// plainly reports whether c names a state, not an office of one.
func (m *matcher) plainly(c *claim) bool {
	return c != nil && c.rules&ruleOffice == 0 && c.person == ""
}

// owns reports whether a name and the office of h are one noun phrase: they
// touch, or a possessive and a few words of the same phrase stand between them.
func (m *matcher) owns(name, h hit) bool {
	if name.last == h.first {
		return true
	}
	if w := m.wordAt(name.last); text.Fold(w) != "'s" && w != "'" {
		return false
	}
	if h.first-name.last-1 > reach {
		return false
	}
	for i := name.last + 1; i < h.first; i++ {
		if m.d.Tokens[i].Kind != text.Word || governs[m.d.Word(i)] {
			return false
		}
	}
	return true
}

// findContext looks dateline and outlet up, once.
func (m *matcher) findContext() {
	if m.offices.known {
		return
	}
	m.offices.known = true
	m.offices.dateline = m.g.placeOf(m.d.Dateline)
	m.offices.outlet = m.g.outletCountry(m.d.Outlet)
}

// placeOf is the country of a place that stands alone, "" when it is none. Of
// "Kyiv, Ukraine" it takes the last that is known.
func (g *Gazetteer) placeOf(place string) string {
	code := ""
	for part := range strings.FieldsFuncSeq(place, func(r rune) bool {
		return r == ',' || r == '/'
	}) {
		next := g.root
		var n *node
		for _, t := range text.AppendTokens(nil, part, 0) {
			if n = next[text.Fold(part[t.Start:t.End])]; n == nil {
				break
			}
			next = n.next
		}
		if n == nil {
			continue
		}
		i := slices.IndexFunc(n.claims, func(c claim) bool {
			return c.person == "" && c.rules&ruleOffice == 0
		})
		if i >= 0 {
			code = n.claims[i].code
		}
	}
	return code
}

// outletCountry is the country of an outlet by its name or host: the whole,
// then each ending ("com.au", "au").
func (g *Gazetteer) outletCountry(outlet string) string {
	for name := strings.TrimPrefix(strings.ToLower(outlet), "www."); name != ""; {
		if code := g.outlets[name]; code != "" {
			return code
		}
		_, rest, found := strings.Cut(name, ".")
		if !found {
			return ""
		}
		name = rest
		if !strings.Contains(name, ".") { // top-level domain
			return g.outlets["."+name]
		}
	}
	return ""
}
