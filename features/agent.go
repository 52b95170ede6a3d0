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
	recently previously long longer since then there set due likely ready expected trying continue continues continued began
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
	for n := m.joinedRight(p.hi); n > 0; n = m.joinedRight(p.hi) {
		p.hi += n
	}
	for n := m.joinedLeft(p.lo); n > 0; n = m.joinedLeft(p.lo) {
		p.lo -= n
	}
	return p
}

// joinedRight counts the words from position i on that belong to the noun phrase that ends there.
func (m *masked) joinedRight(i int) int {
	switch w := m.word(i); {
	case offices[w], w == symActor:
		return 1
	case (w == "," || w == "and" || w == "or") && m.isName(i+1):
		return 2
	case w == "," && m.word(i+1) == "and" && m.isName(i+2):
		return 3
	}
	return 0
}

// joinedLeft counts the words before position i that belong to the noun phrase that begins there.
func (m *masked) joinedLeft(i int) int {
	switch w := m.word(i - 1); {
	case offices[w], w == symActor, w == "the":
		return 1
	case (w == "," || w == "and" || w == "or") && m.isName(i-2):
		return 2
	}
	return 0
}

// isName reports whether word i stands for a country or its party.
func (m *masked) isName(i int) bool {
	switch m.word(i) {
	case symActor, symOther, symBloc, symParty, symOpponent:
		return true
	}
	return false
}

// verb is what a noun phrase governs: the positions of the first two words after it that are neither auxiliaries nor
// adverbs (-1: none), and "-" when a negation stands before the first, else "+".
type verb struct {
	first, second int
	sign          string
}

// verbAfter looks for the verb within 8 words after the phrase; an apposition between commas is stepped over.
func (m *masked) verbAfter(p phrase) verb {
	v := verb{-1, -1, "+"}
	start := m.skipApposition(p.hi)
	for i := start; i < min(len(m.words), start+8) && v.second < 0; i++ {
		w := m.words[i]
		if negations[w] && v.first < 0 {
			v.sign = "-"
		}
		switch {
		case particles[w] && v.first < 0, auxiliaries[w], len(w) > 3 && w[len(w)-2:] == "ly":
		case v.first < 0:
			v.first = i
		default:
			v.second = i
		}
	}
	return v
}

// particles are the negations that are no verbs.
var particles = wordSet(`not no never n't n’t cannot`)

// skipApposition steps over ", … ," of at most 12 words.
func (m *masked) skipApposition(i int) int {
	if m.word(i) != "," {
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
	v := m.verbAfter(p)
	if v.first >= 0 {
		e.act(m, v)
		e.on(p.lo-1, v.first).send(m.sentence, "PV:", m.word(p.lo-1), " ", m.words[v.first])
	}
	e.outcome(m, p.hi)
	e.word(m, p.lo-1, "P:")
	e.on(p.lo-2, p.lo-1).send(m.sentence, "PP:", m.word(p.lo-2), " ", m.word(p.lo-1))
	for i := p.lo + 1; i < p.hi; i++ {
		if w := m.words[i]; offices[w] {
			e.on(i).send(m.sentence, "off:", w)
		}
	}
}

// act sends the verb of the country, its complement, and the first two roles within 12 words as its objects.
func (e *emitter) act(m *masked, v verb) {
	e.word(m, v.first, "V:")
	e.word(m, v.first, "V", v.sign, ":")
	if v.second >= 0 {
		e.on(v.first, v.second).send(m.sentence, "VV:", m.words[v.first], " ", m.words[v.second])
		e.word(m, v.second, "V2", v.sign, ":")
		if c := e.class(m, v.second); c != "" {
			e.on(v.first, v.second).send(m.sentence, "VV:@", e.class(m, v.first), " @", c)
		}
	}
	objects := 0
	for i := v.first + 1; i < min(len(m.words), v.first+12) && objects < 2; i++ {
		w := m.words[i]
		if !m.isName(i) && w != symTopic {
			continue
		}
		objects++
		e.on(i).send(m.sentence, "O", v.sign, ":", w)
		e.on(v.first, i).send(m.sentence, "VO:", m.words[v.first], " ", w)
		if c := e.class(m, v.first); c != "" {
			e.on(v.first, i).send(m.sentence, "VO", v.sign, ":@", c, " ", w)
		}
		if v.second >= 0 && v.second < i {
			e.on(v.second, i).send(m.sentence, "VO2:", m.words[v.second], " ", w)
		}
	}
}
