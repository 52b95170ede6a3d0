package counterfactual

import (
	"slices"
	"strings"
)

// A clause is one act of a third country that a sentence states as a fact, in
// the order of English news: subject, auxiliaries, verb, object.
//
//	Germany 's defence minister | on Monday | has agreed to | send tanks to Ukraine | , Kyiv said
//	subject                     | skipped   | group         | object                | left out
//
// Whatever does not fit this shape without doubt is no clause: the generator
// would rather pass over nine sentences than take one wrongly.
type clause struct {
	sentence       int
	subject        span     // the noun phrase
	countries      []string // it names, more than one in a list
	plural, person bool
	pronoun        bool   // the subject is a pronoun; start is that of the speaker
	named          string // name to write for a pronoun; "" as it stands
	start          int    // first token of the clause as a sentence of its own
	group          span   // auxiliaries and verb, with the words that belong to it
	verb           int    // first token of the verb
	entry          verb
	form           form
	finite         bool // no auxiliary
	not            bool
	aux            string // first auxiliary
	inner          formOf // verb that entry governs; verb -1 when none
	innerAt        int    // its token, -1 when none
	object         span   // up to the end of the clause
	roleEnd        int    // token after the first name of a side in the object
	sign           int    // of the act for the topic, "not" included
}

// span is a half-open range of tokens.
type span struct{ first, last int }

// The bounds of a clause.
const (
	maxReach  = 14 // tokens from the verb to the first name of a side
	maxClause = 40 // tokens
	minClause = 4
)

// clauses finds the clauses of sentence n for topic t.
func (g *Generator) clauses(r *reading, t, n int) []clause {
	s := r.sentences[n]
	var out []clause
	for i := s.first; i < s.last; i++ {
		m, ok := r.mentionAt(i)
		if !ok || !r.isThird(t, m.country) {
			continue
		}
		if c, ok := g.clauseAt(r, t, n, i); ok {
			out = append(out, c)
			i = c.group.last
		}
	}
	return out
}

// clauseAt reads the clause whose subject has its first mention at token i.
func (g *Generator) clauseAt(r *reading, t, n, i int) (clause, bool) {
	c := clause{sentence: n, innerAt: -1, inner: formOf{verb: -1}}
	s := r.sentences[n]
	end, ok := c.readSubject(r, t, s, i)
	if !ok || !c.readLeft(r, s) {
		return c, false
	}
	group := skipTime(r.lower, c.skipApposition(r, s, end), s.last)
	if !g.readGroup(&c, r, s, group) || !g.readObject(&c, r, t, s) {
		return c, false
	}
	own := c.start == c.subject.first // not reported by the country itself
	switch {
	case own && c.aux == "would": // a condition, not a plan
		return c, false
	// "the plan of Germany to send"
	case c.start > s.first && (c.aux == "to" || !c.finite && c.aux == ""):
		return c, false
	case own && c.pronoun && !c.nameSubject(g.tables):
		return c, false
	}
	length := c.object.last - c.start
	return c, length >= minClause && length <= maxClause
}

// readSubject reads the noun phrase from its first mention on and returns the
// token after it.
func (c *clause) readSubject(r *reading, t int, s sentence, i int) (int, bool) {
	first := i
	for first > s.first && titles[r.lower[first-1]] {
		first--
	}
	if first > s.first && r.lower[first-1] == "the" {
		first--
	}
	for {
		end, ok := c.readMember(r, t, s, i)
		if !ok {
			return 0, false
		}
		c.subject = span{first, end}
		next := end
		switch {
		case end+1 < s.last && r.lower[end] == "," && r.lower[end+1] == "and":
			next = end + 2
		case end < s.last && (r.lower[end] == "," || r.lower[end] == "and" || r.lower[end] == "or"):
			next = end + 1
		}
		if next < s.last && r.lower[next] == "the" {
			next++
		}
		m, ok := r.mentionAt(min(next, s.last))
		if next == end || !ok || m.last > s.last || m.pronoun {
			break
		}
		i = next
	}
	if c.plural = c.plural || len(c.countries) > 1; len(c.countries) > 1 {
		c.person = false
	}
	return c.subject.last, true
}

// readMember reads one member of the subject: mentions of one country with
// offices and the possessive.
func (c *clause) readMember(r *reading, t int, s sentence, i int) (int, bool) {
	m, ok := r.mentionAt(i)
	if !ok || m.place || !r.isThird(t, m.country) || slices.Contains(c.countries, m.country) {
		return 0, false
	}
	c.countries = append(c.countries, m.country)
	c.pronoun, c.person, c.plural = m.pronoun, m.person, false
	if m.pronoun && (r.lower[i] == "its" || r.lower[i] == "his" || r.lower[i] == "her") {
		return 0, false
	}
	at, bare := m.last, m.adjective
	if at < s.last && isPossessive(r.lower[at]) {
		at, bare = at+1, true
	}
	for at < s.last {
		plural, office := offices[r.lower[at]]
		more, ok := r.mentionAt(at)
		switch {
		case ok && more.country == m.country && !more.pronoun && more.last <= s.last:
			c.person, bare = c.person || more.person, more.adjective
			at = more.last
			continue
		case office:
			c.plural = plural
			bare = !heads[r.lower[at]]
			c.person = c.person || persons[r.lower[at]]
			at++
			continue
		}
		break
	}
	return at, !bare
}

func isPossessive(w string) bool { return w == "'s" || w == "’s" || w == "'" || w == "’" }

// readLeft checks what stands before the subject and sets where the clause
// begins as a sentence of its own.
func (c *clause) readLeft(r *reading, s sentence) bool {
	c.start = c.subject.first
	for i := s.first; i < c.subject.first; i++ {
		if doubts[r.lower[i]] || quotes[r.lower[i]] {
			return false
		}
	}
	if c.start == s.first {
		return true
	}
	before := c.start - 1
	if r.lower[before] == "that" {
		before--
	}
	if before > s.first && says[r.lower[before]] && c.spokenBy(r, s, before) {
		return true
	}
	w := r.lower[c.start-1]
	return lefts[w] || !noLeft[w] && !inList(r, s, c.start-1) && !isPossessive(w)
}

// spokenBy reports whether the sentence begins with the country that acts, and
// its word of speech stands at token at: "Germany said it would send".
func (c *clause) spokenBy(r *reading, s sentence, at int) bool {
	m, ok := r.mentionAt(s.first)
	if !ok {
		m, ok = r.mentionAt(s.first + 1)
	}
	if !ok || len(c.countries) != 1 || m.country != c.countries[0] || m.pronoun || at-s.first > 8 {
		return false
	}
	for i := m.last; i < at; i++ {
		_, office := offices[r.lower[i]]
		time := adverbs[r.lower[i]] || days[r.lower[i]] || r.lower[i] == "on"
		if !office && !time && !isPossessive(r.lower[i]) && !r.within(i, m.country) {
			return false
		}
	}
	c.start = s.first
	return true
}

// within reports whether token i lies in a mention of the country.
func (r *reading) within(i int, country string) bool {
	for _, m := range r.mentions {
		if m.first <= i && i < m.last && m.country == country {
			return true
		}
	}
	return false
}

// inList reports whether the comma at token i stands after a name.
func inList(r *reading, s sentence, i int) bool {
	if w := r.lower[i]; w != "," && w != "and" && w != "or" && w != "&" {
		return false
	}
	if i > s.first && r.lower[i-1] == "," {
		i--
	}
	for _, m := range r.mentions {
		if m.last == i && m.first >= s.first {
			return true
		}
	}
	return false
}

// skipTime steps over "on Monday", "this week" and adverbs.
func skipTime(lower []string, i, last int) int {
	for i < last {
		switch {
		case i+1 < last && lower[i] == "on" && days[lower[i+1]]:
			i += 2
		case i+1 < last && (lower[i] == "this" || lower[i] == "last") && spans[lower[i+1]]:
			i += 2
		case adverbs[lower[i]], days[lower[i]]:
			i++
		default:
			return i
		}
	}
	return i
}

// maxApposition is the number of tokens between commas after a subject.
const maxApposition = 12

// skipApposition steps over ", … ," after the subject; what names the country
// again or quotes is left alone.
func (c *clause) skipApposition(r *reading, s sentence, i int) int {
	if i >= s.last || r.lower[i] != "," {
		return i
	}
	for k := i + 1; k < min(s.last, i+2+maxApposition); k++ {
		if r.lower[k] == "," {
			return k + 1
		}
		if m, ok := r.mentionAt(k); quotes[r.lower[k]] || r.lower[k] == "and" || says[r.lower[k]] ||
			ok && slices.Contains(c.countries, m.country) {
			return i
		}
	}
	return i
}

// nameSubject gives a pronoun the name of its country.
func (c *clause) nameSubject(t *tables) bool {
	n, ok := t.country(c.countries[0])
	if ok {
		c.named, c.pronoun, c.person = n.name, false, false
	}
	return ok
}

// readGroup reads auxiliaries and the verb from token i on.
func (g *Generator) readGroup(c *clause, r *reading, s sentence, i int) bool {
	c.group.first = i
	wants := formCount
	for ; i < s.last; i++ {
		w := r.lower[i]
		switch {
		case nots[w]:
			c.not = true
			continue
		case w == "ca" || w == "wo" || w == "cannot":
			return false
		case strings.HasSuffix(w, "n't") || strings.HasSuffix(w, "n’t"):
			c.not = true
			w = strings.TrimSuffix(strings.TrimSuffix(w, "n't"), "n’t")
			if w == "wo" {
				w = "will"
			}
		}
		switch {
		case auxBase[w], auxDo[w]:
			wants = formBase
		case auxHave[w]:
			wants = formPart
		case auxBe[w]:
			wants = formIng
		case readies[w] && wants == formIng && i+1 < s.last && r.lower[i+1] == "to":
			wants = formBase
			i++
		case adverbs[w] && (wants != formCount || c.group.first < i):
			continue
		default:
			return g.readVerb(c, r, s, i, wants)
		}
		if c.aux == "" {
			c.aux = w
		}
	}
	return false
}

// readVerb reads the verb at token i, which must stand in form wants;
// formCount asks for a finite form.
func (g *Generator) readVerb(c *clause, r *reading, s sentence, i int, wants form) bool {
	c.verb, c.finite = i, wants == formCount
	if s.title && c.finite && strings.HasSuffix(r.lower[i], "ing") { // "UK sending tanks"
		wants, c.finite = formIng, false
	}
	best := -1
	for _, f := range g.tables.byForm[r.lower[i]] {
		v := g.tables.verbs[f.verb]
		if c.verb+len(v.rest) >= s.last || !slices.Equal(r.lower[i+1:i+1+len(v.rest)], v.rest) {
			continue
		}
		ok, found := matches(v, r.lower[i], wants, c.plural)
		if ok && (best < 0 || len(v.rest) > len(c.entry.rest)) {
			best, c.entry, c.form = f.verb, v, found
		}
	}
	if s.title && c.finite && receivers[r.lower[i]] {
		return false
	}
	if best < 0 || c.finite && nounish[r.lower[i]] && !r.names(i+1) {
		return false
	}
	c.group.last = i + 1 + len(c.entry.rest)
	return g.readInner(c, r, s)
}

// names reports whether a country is named at token i.
func (r *reading) names(i int) bool {
	m, ok := r.mentionAt(i)
	return ok && !m.pronoun
}

// matches reports whether word is verb v in form wants, and which form it is.
func matches(v verb, word string, wants form, plural bool) (bool, form) {
	if wants != formCount {
		return v.forms[wants] == word, wants
	}
	switch word {
	case v.forms[formPast]:
		return true, formPast
	case v.forms[formThird]:
		return !plural, formThird
	case v.forms[formBase]:
		return plural, formBase
	}
	return false, 0
}

// readInner checks what follows the verb and finds the verb it governs.
func (g *Generator) readInner(c *clause, r *reading, s sentence) bool {
	i := c.group.last
	if i >= s.last {
		return false
	}
	wants := map[string]form{"base": formBase, "ing": formIng}
	want, governs := wants[c.entry.next]
	if !governs {
		return !noNoun[r.lower[i]] && !quotes[r.lower[i]] && !breaks[r.lower[i]] &&
			!says[r.lower[i]]
	}
	for _, f := range g.tables.byForm[r.lower[i]] {
		v := g.tables.verbs[f.verb]
		if v.forms[want] == r.lower[i] && v.next == "np" && len(v.rest) == 0 &&
			i+1 < s.last && !noNoun[r.lower[i+1]] {
			c.inner, c.innerAt = formOf{f.verb, want}, i
			return true
		}
	}
	return false
}
