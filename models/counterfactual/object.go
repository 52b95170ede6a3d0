package counterfactual

import "strings"

// readObject finds the first name of a side in the object, the sign of the act
// for the topic, and the end of the clause.
func (g *Generator) readObject(c *clause, r *reading, t int, s sentence) bool {
	c.object.first = c.group.last
	sign := c.entry.sign
	if sign == 0 {
		sign = 1
	}
	if c.not {
		sign = -sign
	}
	found, end := roleNone, 0
	topicEnd, turned := 0, false
	for i := c.group.last; i < min(s.last, c.group.last+maxReach) && found == roleNone; {
		if g.endsObject(r, c, i) {
			break
		}
		what, next := r.roleAt(t, i)
		switch what {
		case roleParty, roleOpponent:
			found, end = what, next
		case roleTopic:
			if topicEnd == 0 {
				topicEnd = next
			}
			i = next
		case roleCountry:
			i = next
		default:
			if i == c.innerAt {
				if g.tables.verbs[c.inner.verb].sign < 0 {
					sign, turned = -sign, true
				}
				i++
				continue
			}
			if r.acts[i].toward < 0 && !doubled(r.lower, c.group.last, i) {
				sign, turned = -sign, true
			}
			i += r.acts[i].words
		}
	}
	switch {
	case found == roleOpponent:
		sign = -sign
	// what is against a topic has no certain side
	case found == roleNone && topicEnd > 0 && !turned:
		end = topicEnd
	case found == roleNone:
		return false
	}
	c.sign, c.roleEnd = sign, end
	return c.readEnd(g, r, s)
}

// doubled reports whether token i says once more what a word before it said
// ("sanctions against"), or names a thing rather than an act.
func doubled(lower []string, first, i int) bool {
	if arms[lower[i]] && (i+1 >= len(lower) || lower[i+1] != "on") {
		return true
	}
	if lower[i] != "against" {
		return false
	}
	for k := max(first, i-3); k < i; k++ {
		if harms[lower[k]] {
			return true
		}
	}
	return false
}

// endsObject reports whether token i breaks off the object before it has named
// a side: another act would begin there.
func (g *Generator) endsObject(r *reading, c *clause, i int) bool {
	w := r.lower[i]
	if w == "and" || w == "or" {
		return i+1 < len(r.lower) && g.isVerb(r.lower[i+1])
	}
	if m, ok := r.mentionAt(i); ok && (m.pronoun || m.country == c.countries[0]) {
		return !m.pronoun || m.country != c.countries[0] || (w != "its" && w != "his" && w != "her")
	}
	return breaks[w] || quotes[w] || nots[w] || says[w] || w == "without" || w == "between" ||
		c.not && wordsOfDenial[w]
}

// isVerb reports whether a word is likely a verb in a finite form.
func (g *Generator) isVerb(w string) bool {
	for _, f := range g.tables.byForm[w] {
		if f.form != formBase {
			return true
		}
	}
	return says[w] || auxBase[w] || auxHave[w] || auxBe[w] || len(w) > 4 && strings.HasSuffix(w, "ed")
}

// readEnd finds where the clause ends after the side that its object names. It
// fails where cutting there would leave a fragment.
func (c *clause) readEnd(g *Generator, r *reading, s sentence) bool {
	for _, w := range r.lower[c.object.first:c.roleEnd] {
		if w == "from" && preventers[c.entry.key] || ownVoice[w] && w != "us" || w == "too" ||
			w == "into" {
			return false // "condemn Finland into NATO", "too much aid"
		}
	}
	i := c.roleEnd
	for ; i < s.last; i++ {
		w := r.lower[i]
		if quotes[w] || c.not && wordsOfDenial[w] || w == "from" && preventers[c.entry.key] {
			return false
		}
		if ownVoice[w] && w != "us" {
			return false
		}
		if breaks[w] || w == "in" && r.judges(i+1, s.last) || nots[w] || says[w] || auxBe[w] ||
			auxHave[w] {
			break
		}
		if w == "and" || w == "or" {
			if i+1 < s.last && (g.isVerb(r.lower[i+1]) || noNoun[r.lower[i+1]]) {
				break
			}
			if i+2 < s.last && (determiners[r.lower[i+2]] ||
				strings.HasSuffix(r.lower[i+1], "s") && noNoun[r.lower[i+2]]) {
				break // "and pays their passage"
			}
			if m, ok := r.mentionAt(i + 1); ok && m.last < s.last && g.isVerb(r.lower[m.last]) {
				break
			}
		}
		if m, ok := r.mentionAt(i); ok && !m.pronoun {
			for _, country := range c.countries {
				if m.country == country {
					return false
				}
			}
		}
	}
	c.object.last = i
	if i < s.last {
		if w := r.lower[i]; w == "-" || w == "who" || says[w] || nots[w] || auxBe[w] || auxHave[w] {
			return false
		}
	}
	last := r.lower[i-1]
	if times[last] && i < s.last && (r.lower[i] == "before" || r.lower[i] == "after") {
		return false // "visited Ukraine hours"
	}
	return !isPossessive(last) && !cutOff[last] && !(i-1 < c.roleEnd && c.endsInAdjective(r))
}

// judges reports whether a verdict on the act begins at token i.
func (r *reading) judges(i, last int) bool {
	for k := i; k < min(last, i+3); k++ {
		if verdicts[r.lower[k]] {
			return true
		}
	}
	return false
}

// endsInAdjective reports whether the last name of the object is an adjective.
func (c *clause) endsInAdjective(r *reading) bool {
	for _, m := range r.mentions {
		if m.last == c.object.last && m.adjective {
			return true
		}
	}
	return false
}
