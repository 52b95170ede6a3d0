package features

// A country rarely stands right beside its verb: "Germany's defence minister also pledged", "Poland, Latvia and Estonia
// will not send". The functions here walk from a mention over what belongs to its noun phrase (offices, members of a
// list) and over auxiliaries to the verb it governs, and note negation on the way.

// offices are nouns, adjectives and titles that make a phrase with the name of a country and leave its meaning: the state.
var offices = wordSet(`'s ’s president presidents prime minister ministers ministry ministries foreign defence defense interior
	finance trade chancellor premier leader leaders secretary secretaries government governments administration authorities
	officials official army military forces force troops navy air parliament lawmakers parliamentarians senate congress
	house speaker spokesman spokeswoman spokesperson spokespeople ambassador envoy embassy state media diplomat diplomats
	top senior general chief deputy vice counterpart king queen crown prince delegation council cabinet regime national
	security adviser advisor department office federal central commander commanders intelligence police public central
	new outgoing former current republic federation side mainland island democracy nation country community bloc mr mrs ms`)

// auxiliaries stand between a subject and its verb.
var auxiliaries = wordSet(`has have had is are was were be been being will would shall should can could may might must do does did
	to also now again still already just only both all have repeatedly publicly formally officially reportedly strongly
	recently previously long since then there set due likely ready expected trying continue continues continued began
	begun about going once yet even largely quickly privately openly jointly further initially finally later immediately
	sharply`)

// negations turn what follows.
var negations = wordSet(`not no never n't cannot without neither nor n’t hardly barely refused refuses refusing declined declines
	declining rejected rejects ruled stopped refrained failed fails lack rule`)

// phrase is the noun phrase of a mention: masked words [lo, hi), with the mention in it.
type phrase struct{ lo, hi int }

// phraseAt extends the mention at position at over offices, and over the other members of a list it stands in.
func (m *masked) phraseAt(at int) phrase {
	p := phrase{at, at + 1}
	for p.hi < len(m.words) {
		switch w := m.words[p.hi]; {
		case offices[w], w == symActor:
			p.hi++
		case (w == "," || w == "and" || w == "or") && p.hi+1 < len(m.words) && m.isName(p.hi+1):
			p.hi += 2
		case w == "," && p.hi+2 < len(m.words) && m.words[p.hi+1] == "and" && m.isName(p.hi+2):
			p.hi += 3
		default:
			goto left
		}
	}
left:
	for p.lo > 0 {
		switch w := m.words[p.lo-1]; {
		case offices[w], w == symActor, w == "the":
			p.lo--
		case (w == "," || w == "and" || w == "or") && p.lo > 1 && m.isName(p.lo-2):
			p.lo -= 2
		default:
			return p
		}
	}
	return p
}

// isName reports whether word i stands for a country.
func (m *masked) isName(i int) bool {
	switch m.words[i] {
	case symActor, symOther, symBloc, symParty, symOpponent:
		return true
	}
	return false
}

// verbAfter finds the first two words after the phrase that are neither auxiliaries nor adverbs, and whether a negation
// stands before the first. An apposition between commas is skipped. -1 means none.
func (m *masked) verbAfter(p phrase) (first, second int, negated bool) {
	first, second = -1, -1
	i := m.skipApposition(p.hi)
	for end := min(len(m.words), i+8); i < end; i++ {
		w := m.words[i]
		switch {
		case negations[w] && first < 0:
			negated = true
			if w == "not" || w == "never" || w == "n't" || w == "no" || w == "cannot" {
				continue
			}
			first = i
		case auxiliaries[w] || (len(w) > 3 && w[len(w)-2:] == "ly"):
			continue
		case first < 0:
			first = i
		default:
			return first, i, negated
		}
	}
	return first, second, negated
}

// skipApposition steps over ", … ," of at most 12 words.
func (m *masked) skipApposition(i int) int {
	if i >= len(m.words) || m.words[i] != "," {
		return i
	}
	for k := i + 1; k < min(len(m.words), i+13); k++ {
		if m.words[k] == "," {
			return k + 1
		}
	}
	return i
}

// agent sends what the country does, and what governs it from the left.
func (e *emitter) agent(m *masked, at int) {
	p := m.phraseAt(at)
	first, second, negated := m.verbAfter(p)
	sign := "+"
	if negated {
		sign = "-"
	}
	if first >= 0 {
		v := m.words[first]
		e.on(first).send(m.sentence, "V:", v)
		e.on(first).send(m.sentence, "V:", v, sign)
		if second >= 0 {
			e.on(first, second).send(m.sentence, "VV:", v, " ", m.words[second])
			e.on(second).send(m.sentence, "V2:", m.words[second], sign)
		}
		seen := 0
		for i := first + 1; i < min(len(m.words), first+12) && seen < 2; i++ {
			w := m.words[i]
			if m.isName(i) || w == symTopic {
				e.on(first, i).send(m.sentence, "VO:", v, " ", w)
				e.on(i).send(m.sentence, "O:", w, sign)
				if second >= 0 && second < i {
					e.on(second, i).send(m.sentence, "VO2:", m.words[second], " ", w)
				}
				seen++
			}
		}
	}
	l1, l2 := m.word(p.lo-1), m.word(p.lo-2)
	e.on(p.lo-1).send(m.sentence, "P:", l1)
	e.on(p.lo-2, p.lo-1).send(m.sentence, "PP:", l2, " ", l1)
	if first >= 0 {
		e.on(p.lo-1, first).send(m.sentence, "PV:", l1, " ", m.words[first])
	}
	for i := p.lo + 1; i < p.hi; i++ {
		if w := m.words[i]; offices[w] {
			e.on(i).send(m.sentence, "off:", w)
		}
	}
}
