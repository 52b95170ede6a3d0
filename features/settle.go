package features

import "slices"

// settle turns hits into mentions: it picks one claim for each, or none.
func (m *matcher) settle() []Mention {
	picked := make([]*claim, len(m.hits))
	named := map[string]bool{} // countries named by something that stands on its own
	for k, h := range m.hits {
		c := m.pick(h)
		if picked[k] = c; c != nil && c.rules&ruleWith == 0 {
			named[c.code] = true
		}
	}
	var mentions []Mention
	for k, h := range m.hits {
		c := picked[k]
		if c == nil || c.rules&ruleWith != 0 && !named[c.code] {
			continue
		}
		last := h.last
		for last > h.first+1 && m.d.Word(last-1) == "-" { // "Sino-" of "Sino-American"
			last--
		}
		mentions = append(mentions, Mention{
			Country: c.code, Form: c.form,
			Start: m.d.Tokens[h.first].Start, End: m.d.Tokens[last-1].End,
			First: h.first, Last: last, Sentence: h.sentence,
		})
	}
	return mentions
}

// pick returns the claim that h makes good, nil when there is none. Of several the one of a later term of office wins.
func (m *matcher) pick(h hit) *claim {
	who, introduced := m.introduced(h)
	if introduced && who.person == "" {
		return nil // the short form of a trap
	}
	code, voted := m.elected(h.node)
	var best *claim
	for k := range h.node.claims {
		c := &h.node.claims[k]
		if !m.written(c, h.first) || !m.inOffice(c) || !m.allowed(c, h) {
			continue
		}
		if voted && c.person == "" && c.code != code || !voted && c.rules&ruleCued != 0 {
			continue
		}
		if introduced {
			if c.person != who.person {
				continue
			}
		} else if c.rules&ruleAfter != 0 && !m.titled(h) {
			continue
		}
		if best == nil || c.since() > best.since() {
			best = c
		}
	}
	return best
}

// introduced finds whose short form h is: the full name that stood last before it. A title may run ahead of its text.
func (m *matcher) introduced(h hit) (intro, bool) {
	var who intro
	found := false
	for _, in := range m.intros {
		if in.short != h.node {
			continue
		}
		if in.token < h.first || !found && m.d.Sentences[h.sentence].Title {
			who, found = in, true
		}
	}
	return who, found
}

// elected returns the reading of an ambiguous surface that most cues of the document speak for. Nothing is elected without
// cues or on a tie: then the claim that needs no cue stands.
func (m *matcher) elected(n *node) (code string, ok bool) {
	if n.ballot == 0 || len(m.votes) == 0 {
		return "", false
	}
	best, lead := 0, 0
	for option := range n.options {
		count := 0
		for _, v := range m.votes {
			if v.ballot == n.ballot && v.option == option {
				count++
			}
		}
		switch {
		case count > best:
			best, lead, code = count, 1, n.options[option]
		case count == best:
			lead++
		}
	}
	return code, best > 0 && lead == 1
}

// inOffice reports whether the article is of a time when the claim holds: within the years of office, or one year off. An
// article without a date is of any time.
func (m *matcher) inOffice(c *claim) bool {
	if len(c.terms) == 0 || m.d.Published.IsZero() {
		return true
	}
	year := m.d.Published.Year()
	return slices.ContainsFunc(c.terms, func(t term) bool {
		return t.from-1 <= year && (t.to == 0 || year <= t.to+1)
	})
}

// since is the year the last term of office began.
func (c *claim) since() int {
	if len(c.terms) == 0 {
		return 0
	}
	return c.terms[len(c.terms)-1].from
}

// allowed reports whether the words around h agree with the rules of c.
func (m *matcher) allowed(c *claim, h hit) bool {
	if c.rules&ruleWord != 0 && (m.wordAt(h.last) == "$" || m.shouts(h.sentence)) {
		return false
	}
	if c.rules&(ruleGiven|ruleAfter) != 0 && m.beforeSurname(h) {
		return false
	}
	return c.rules&ruleCredit == 0 || !m.signs(h)
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
	return h.first > m.d.Sentences[h.sentence].First && m.g.titles[fold(m.d.Word(h.first-1))]
}

// beforeSurname reports whether h looks like the first of two names: the next word has a capital in a sentence where
// capitals mean something, and is no name of a country itself.
func (m *matcher) beforeSurname(h hit) bool {
	s := m.d.Sentences[h.sentence]
	if h.last >= s.Last || m.d.Tokens[h.last].Kind != Word {
		return false
	}
	next := m.d.Word(h.last)
	if !startsUpper(next) || m.g.titles[fold(next)] || allUpper(next) || m.headline(h.sentence) {
		return false
	}
	k, _ := slices.BinarySearchFunc(m.hits, h.last, func(o hit, first int) int { return o.first - first })
	return k == len(m.hits) || m.hits[k].first != h.last
}

// headline reports whether a sentence writes its long words with capitals, as headlines do.
func (m *matcher) headline(sentence int) bool {
	s := m.d.Sentences[sentence]
	upper, lower := 0, 0
	for i := s.First; i < s.Last; i++ {
		if w := m.d.Word(i); m.d.Tokens[i].Kind == Word && len(w) >= 4 {
			if startsUpper(w) {
				upper++
			} else {
				lower++
			}
		}
	}
	return upper >= 3 && lower*4 <= upper
}

// shouts reports whether a sentence of four words or more is in capitals throughout.
func (m *matcher) shouts(sentence int) bool {
	s := m.d.Sentences[sentence]
	words := 0
	for i := s.First; i < s.Last; i++ {
		if m.d.Tokens[i].Kind != Word {
			continue
		}
		if words++; !allUpper(m.d.Word(i)) {
			return false
		}
	}
	return words >= 4
}

// signs reports whether h stands as the credit of a news agency: "(Xinhua)", or last in its sentence behind a dash or slash.
func (m *matcher) signs(h hit) bool {
	switch before := m.wordAt(h.first - 1); before {
	case "(":
		return m.wordAt(h.last) == ")"
	case "-", "–", "—", "/", "|":
		return h.last == m.d.Sentences[h.sentence].Last
	}
	return false
}
