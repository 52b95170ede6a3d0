package gazetteer

import (
	"slices"

	"stance/features/text"
)

// settle turns hits into mentions: it picks one claim for each, or none.
func (m *matcher) settle() []Mention {
	if len(m.hits) == 0 {
		return nil
	}
	picked := m.pickAll()
	mentions := make([]Mention, 0, len(m.hits))
	for k, h := range m.hits {
		code, form := m.country(k, picked)
		if h.town != "" || h.alias || picked[k] == nil && m.outvoted(h.node) {
			m.namesakes = append(m.namesakes, text.Range{First: h.first, Last: h.last})
		}
		if code == "" {
			continue
		}
		last := h.last
		for last > h.first+1 && m.d.Word(last-1) == "-" { // "Sino-" of "Sino-American"
			last--
		}
		mentions = append(mentions, Mention{
			Country: code, Form: form,
			Start: m.d.Tokens[h.first].Start, End: m.d.Tokens[last-1].End,
			First: h.first, Last: last, Sentence: h.sentence,
		})
	}
	return mentions
}

// pickAll picks a claim for each hit, nil for none. It goes round twice, since
// some claims depend on which countries the others name.
func (m *matcher) pickAll() []*claim {
	picked := make([]*claim, len(m.hits))
	named := map[string]bool{}
	m.first, m.latest = map[*node]intro{}, map[*node]intro{}
	m.offices.owners = map[*node]string{}
	for _, in := range slices.Backward(m.intros) {
		m.first[in.short] = in
	}
	body := m.bodyStart()
	for range 2 {
		clear(m.latest)
		next := 0
		for k, h := range m.hits {
			for ; next < len(m.intros) && m.intros[next].token < h.first; next++ {
				m.latest[m.intros[next].short] = m.intros[next]
			}
			m.lower = m.lowerBody && h.first >= body || m.lowerTitle && h.first < body
			if picked[k] = nil; !h.alias && h.town == "" {
				picked[k] = m.pick(h)
			}
		}
		for _, c := range picked {
			if c != nil && c.rules&(ruleWith|ruleAfter|ruleOffice) == 0 {
				named[c.code] = true
			}
		}
		m.named = named
	}
	return picked
}

// country is the country that hit k names, "" for none, and the form it is
// named by.
func (m *matcher) country(k int, picked []*claim) (code string, form Form) {
	h, c := m.hits[k], picked[k]
	switch {
	case h.town != "":
		return h.town, FormPlace
	case c == nil || c.rules&ruleWith != 0 && !m.named[c.code]:
		return "", 0
	case c.rules&ruleOffice != 0:
		return m.owner(k, picked), c.form
	}
	return c.code, c.form
}

// pick returns the claim that h makes good, nil when there is none. Of several
// people, one in office at the time of the article comes before one a little
// off, then one whose country the document names by something else, then the
// one of the later term.
func (m *matcher) pick(h hit) *claim {
	who, introduced := m.introduced(h)
	if introduced && who.person == "" {
		return nil // the short form of a trap
	}
	code, voted := m.elected(h.node)
	var best *claim
	bestRank := [3]int{}
	for k := range h.node.claims {
		c := &h.node.claims[k]
		switch {
		case !m.written(c, h.first), !m.allowed(c, h),
			voted && c.person == "" && c.code != code,
			!voted && c.rules&ruleCued != 0,
			introduced && c.person != who.person,
			!introduced && c.rules&ruleAfter != 0 && !m.titled(h):
			continue
		}
		rank := [3]int{m.inOffice(c), 0, c.since()}
		if m.named[c.code] {
			rank[1] = 1
		}
		if rank[0] > 0 && (best == nil || slices.Compare(rank[:], bestRank[:]) > 0) {
			best, bestRank = c, rank
		}
	}
	return best
}

// introduced finds whose short form h is: the full name that stood last before
// it. A headline may run ahead of its text.
func (m *matcher) introduced(h hit) (intro, bool) {
	who, ok := m.latest[h.node]
	if !ok && m.d.Sentences[h.sentence].Title {
		who, ok = m.first[h.node]
	}
	return who, ok
}

// elected returns the reading of an ambiguous surface that most cues of the
// document speak for. Nothing is elected without cues or on a tie: then the
// claim that needs no cue stands.
func (m *matcher) elected(n *node) (code string, ok bool) {
	if n.ballot == 0 || len(m.votes) == 0 {
		return "", false
	}
	best, lead := 0, 0
	for option := range n.options {
		count := m.votes[vote{n.ballot, option}]
		switch {
		case count > best:
			best, lead, code = count, 1, n.options[option]
		case count == best:
			lead++
		}
	}
	return code, best > 0 && lead == 1
}

// The answers of inOffice.
const (
	never  = iota
	nearly // within a year of the term
	now
)

// inOffice says whether the claim holds at the time of the article. It always
// does without terms and without a date.
func (m *matcher) inOffice(c *claim) int {
	if len(c.terms) == 0 || m.d.Published.IsZero() {
		return now
	}
	month := m.d.Published.Year()*12 + int(m.d.Published.Month()) - 1
	answer := never
	for _, t := range c.terms {
		switch {
		case t.from <= month && (t.to == 0 || month <= t.to):
			return now
		case t.from-12 <= month && (t.to == 0 || month <= t.to+12):
			answer = nearly
		}
	}
	return answer
}

// since is the month the last term began, 0 for a claim without terms.
func (c *claim) since() int {
	if len(c.terms) == 0 {
		return 0
	}
	return c.terms[len(c.terms)-1].from
}

// allowed reports whether the words around h agree with the rules of c.
func (m *matcher) allowed(c *claim, h hit) bool {
	if c.rules&ruleWord != 0 && (m.wordAt(h.last) == "$" || m.shouts(h.sentence) && !m.likeUS(h)) {
		return false
	}
	if m.lower && !m.sureInLower(c, h) {
		return false
	}
	if c.rules&(ruleGiven|ruleAfter) != 0 && m.beforeSurname(h) {
		return false
	}
	if c.rules&ruleShort != 0 && m.afterFirstName(h) {
		return false
	}
	return c.rules&ruleCredit == 0 || !m.signs(h)
}

// likeUS reports whether h is "US" among words of a state. Other acronyms that
// are words ("WHO", "PLAN") cannot be told in text in capitals.
func (m *matcher) likeUS(h hit) bool {
	return text.Fold(m.d.Word(h.first)) == "us" && m.likeState(h)
}

// wordAt returns token i, or "" beyond the ends of the document.
func (m *matcher) wordAt(i int) string {
	if i < 0 || i >= len(m.d.Tokens) {
		return ""
	}
	return m.d.Word(i)
}

// titled reports whether a title stands right before h: "President Lai".
func (m *matcher) titled(h hit) bool {
	return h.first > m.d.Sentences[h.sentence].First && m.g.titles[text.Fold(m.d.Word(h.first-1))]
}

// beforeSurname reports whether h looks like the first of two names: the next
// word has a capital in a sentence where capitals mean something, and is no
// name of a country itself.
func (m *matcher) beforeSurname(h hit) bool {
	s := m.d.Sentences[h.sentence]
	if h.last >= s.Last || m.d.Tokens[h.last].Kind != text.Word {
		return false
	}
	next := m.d.Word(h.last)
	key := text.Fold(next)
	if !text.StartsUpper(next) || m.g.titles[key] || ofStates[key] || text.AllUpper(next) ||
		m.headline(h.sentence) {
		return false
	}
	k, ok := slices.BinarySearchFunc(m.hits, h.last, func(o hit, first int) int {
		return o.first - first
	})
	return !ok || !slices.ContainsFunc(m.hits[k].node.claims, func(c claim) bool {
		return c.rules&ruleAfter == 0
	})
}

// ofStates are words that follow the name of a state with a capital and no
// first name.
var ofStates = text.NewSet("foreign prime president ambassador defence defense army embassy interior king queen ministry")

// afterFirstName reports whether h looks like the surname of somebody else: a
// word with a capital stands before it that is no title, no name of a country,
// and not the first of its sentence.
func (m *matcher) afterFirstName(h hit) bool {
	i := h.first - 1
	if i <= m.d.Sentences[h.sentence].First || m.d.Tokens[i].Kind != text.Word ||
		m.d.Tokens[i].End+1 != m.d.Tokens[h.first].Start {
		return false
	}
	before := m.d.Word(i)
	if !text.StartsUpper(before) || text.AllUpper(before) || m.headline(h.sentence) {
		return false
	}
	if key := text.Fold(before); m.g.titles[key] || m.g.plain[key] {
		return false
	}
	k, _ := slices.BinarySearchFunc(m.hits, h.first, func(o hit, first int) int {
		return o.first - first
	})
	return k == 0 || m.hits[k-1].last != h.first
}

// headlineLimit bounds headlines, in tokens. What is longer is none, however it
// is written.
const headlineLimit = 64

// headline reports whether a sentence writes its long words with capitals, as
// headlines do. A sentence of the body that ends in a full stop is none.
func (m *matcher) headline(sentence int) bool {
	s := m.d.Sentences[sentence]
	if s.Last-s.First > headlineLimit || !s.Title && m.d.Word(s.Last-1) == "." {
		return false
	}
	upper, lower := 0, 0
	for i := s.First; i < s.Last; i++ {
		if w := m.d.Word(i); m.d.Tokens[i].Kind == text.Word && len(w) >= 4 {
			if text.StartsUpper(w) {
				upper++
			} else {
				lower++
			}
		}
	}
	return upper >= 3 && lower*4 <= upper
}

// shouts reports whether a sentence of four words or more, and of a headline's
// length, is in capitals throughout, or the whole body is.
func (m *matcher) shouts(sentence int) bool {
	s := m.d.Sentences[sentence]
	if m.upperBody && !s.Title {
		return true
	}
	if s.Last-s.First > headlineLimit {
		return false
	}
	words := 0
	for i := s.First; i < s.Last; i++ {
		if m.d.Tokens[i].Kind != text.Word {
			continue
		}
		if words++; !text.AllUpper(m.d.Word(i)) {
			return false
		}
	}
	return words >= 4
}

// signs reports whether h stands as the credit of a news agency: "(Xinhua)", or
// last in its sentence behind a dash or slash.
func (m *matcher) signs(h hit) bool {
	switch before := m.wordAt(h.first - 1); before {
	case "(":
		return m.wordAt(h.last) == ")"
	case "-", "–", "—", "/", "|":
		return h.last == m.d.Sentences[h.sentence].Last
	}
	return false
}
