package gazetteer

import (
	"slices"

	"stance/features/text"
)

// Mentions finds every place where a country is named; see [Gazetteer.Read].
func (g *Gazetteer) Mentions(d *text.Document) []Mention {
	mentions, _ := g.Read(d)
	return mentions
}

// Read finds every place of d where a country is named, by position, without
// overlaps: of the names that begin at a token the longest wins. It takes two
// passes. The first walks the trie over the tokens and collects hits, full
// names of people and votes of cues; the second settles each hit by the rules
// of its claims, since an ambiguous surface ("Georgia", a mere surname in a
// headline) may be decided by what stands later in the text.
//
// The second result are the ranges of tokens where a name of a country stands
// and something else is meant: a town of that name in another country, a
// person, a dish. No topic is named there either.
func (g *Gazetteer) Read(d *text.Document) ([]Mention, []text.Range) {
	m := matcher{g: g, d: d}
	m.findCase()
	m.hits = make([]hit, 0, len(d.Tokens)/24+8)
	m.scan()
	m.findAliases()
	return m.settle(), m.namesakes
}

// matcher is the state of one call of Mentions.
type matcher struct {
	g      *Gazetteer
	d      *text.Document
	buf    [64]byte
	hits   []hit
	intros []intro      // by token
	votes  map[vote]int // how often each cue was found; nil until one is
	// countries named by something that stands on its own; nil on the first
	// round
	named  map[string]bool
	first  map[*node]intro // the first full name for each short form
	latest map[*node]intro // the full name that stood last before the hit being settled

	namesakes             []text.Range // where a name of a country means something else
	lowerTitle, lowerBody bool         // written without capitals
	upperBody             bool         // written in capitals throughout
	lower                 bool         // the sentence being scanned is
	offices               context      // what says whose an office is
}

// hit is a stretch of tokens [first, last) whose words lead to a node with
// claims.
type hit struct {
	node                  *node
	first, last, sentence int
	town                  string // country of the town that is meant: "Lebanon, Ohio"
	alias                 bool   // a person, firm or thing of that name
}

// intro notes that, at a token, a full name stood whose short form is a surface
// of its own. A trap has no person.
type intro struct {
	short  *node
	person string
	token  int
}

// vote is one cue found in the document.
type vote struct{ ballot, option int }

// scan collects hits, intros and votes.
func (m *matcher) scan() {
	for s, sentence := range m.d.Sentences {
		m.lower = m.lowerBody && !sentence.Title || m.lowerTitle && sentence.Title
		for i := sentence.First; i < sentence.Last; {
			i = m.longest(i, sentence.Last, s)
		}
	}
}

// longest notes the longest surface that begins at token i and ends before
// token end, and returns the token to go on with.
func (m *matcher) longest(i, end, sentence int) int {
	if m.d.Tokens[i].Kind != text.Word || !m.lower && !m.g.begins(m.d.Word(i)) {
		return i + 1
	}
	found, last := (*node)(nil), i+1
	next := m.g.root
	for j := i; j < end; j++ {
		n := m.child(next, j)
		if n == nil {
			break
		}
		for _, c := range n.cues {
			if m.cased(c.words, i, true) {
				if m.votes == nil {
					m.votes = map[vote]int{}
				}
				m.votes[vote{c.ballot, c.option}]++
			}
		}
		if (n.trap != nil && m.cased(n.trap.words, i, true)) || m.claimed(n, i) {
			found, last = n, j+1
		}
		if len(n.next) == 0 {
			break
		}
		next = n.next
	}
	if found == nil {
		return last
	}
	if t := found.trap; t != nil && m.cased(t.words, i, true) {
		if t.shadows != nil {
			m.intros = append(m.intros, intro{short: t.shadows, token: i})
		}
		if t.namesake {
			m.namesakes = append(m.namesakes, text.Range{First: i, Last: last})
		}
		return last
	}
	for k := range found.claims {
		if c := &found.claims[k]; c.short != nil && m.written(c, i) {
			m.intros = append(m.intros, intro{short: c.short, person: c.person, token: i})
		}
	}
	h := hit{node: found, first: i, last: last, sentence: sentence}
	h.town, h.last = m.town(found, i, last, sentence)
	m.hits = append(m.hits, h)
	return h.last
}

// begins reports whether a surface may begin with w. Most words of a text have
// no capital and end here, without a lookup.
func (g *Gazetteer) begins(w string) bool {
	if !isLower(w[0]) {
		return true
	}
	first, second, third, ok := lowerStart(w)
	return ok && g.lower[first][second][third]
}

// lowerStart returns the numbers of the first three letters of a word in small
// letters, from 0; the third of a word of two letters is 26.
func lowerStart(w string) (first, second, third int, ok bool) {
	if len(w) < 2 || !isLower(w[0]) || !isLower(w[1]) {
		return 0, 0, 0, false
	}
	third = 26
	if len(w) > 2 {
		if !isLower(w[2]) {
			return 0, 0, 0, false
		}
		third = int(w[2] - 'a')
	}
	return int(w[0] - 'a'), int(w[1] - 'a'), third, true
}

func isLower(c byte) bool { return 'a' <= c && c <= 'z' }

// key is the folded form of token i, good until the next call.
func (m *matcher) key(i int) []byte { return text.AppendFold(m.buf[:0], m.d.Word(i)) }

// child is the node that token j leads to. Text copied from the web often has
// lost its apostrophes, so "Ukraines" leads to Ukraine where no surface is
// written like that.
func (m *matcher) child(next map[string]*node, j int) *node {
	key := m.key(j)
	if n := next[string(key)]; n != nil {
		return n
	}
	k := len(key) - 1
	if k < 4 || key[k] != 's' {
		return nil
	}
	n := next[string(key[:k])]
	if n == nil || !slices.ContainsFunc(n.claims, hasPossessive) {
		return nil
	}
	return n
}

// hasPossessive reports whether c is a name with a possessive that is no plural
// as well.
func hasPossessive(c claim) bool {
	switch c.form {
	case FormName, FormCapital, FormLeader, FormMinister:
		return c.rules&(ruleCased|ruleGiven|ruleAfter) == 0
	}
	return false
}

// claimed reports whether the tokens from i on are written as some claim of n
// wants them.
func (m *matcher) claimed(n *node, i int) bool {
	for k := range n.claims {
		if m.written(&n.claims[k], i) {
			return true
		}
	}
	return false
}

// written reports whether the tokens from i on have the capitals that claim c
// wants.
func (m *matcher) written(c *claim, i int) bool {
	if m.lower {
		return m.writtenLower(c, i)
	}
	if c.rules&ruleCased == 0 {
		return m.cased(c.words, i, c.caps)
	}
	for k, w := range c.words {
		if got := m.d.Word(i + k); got != w && !(hasRight(got) && text.Fold(got) == text.Fold(w)) {
			return false
		}
	}
	return true
}

// hasRight reports whether w has an apostrophe that is not the plain one, which
// is no difference in spelling.
func hasRight(w string) bool {
	for _, r := range w {
		if r == '’' {
			return true
		}
	}
	return false
}

// cased reports whether each token from i on begins with a capital where the
// word of the surface does. A token wholly in capitals passes for a word that
// is not only when caps allows it.
func (m *matcher) cased(words []string, i int, caps bool) bool {
	if m.lower {
		return true
	}
	for k, w := range words {
		got := m.d.Word(i + k)
		if !text.StartsUpper(w) {
			continue
		}
		if !text.StartsUpper(got) {
			return false
		}
		if !caps && len(got) > 1 && text.AllUpper(got) && !text.AllUpper(w) {
			return false
		}
	}
	return true
}
