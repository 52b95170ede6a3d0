package family

import (
	"stance/features/lexicon"
	"stance/features/syntax"
)

// The reach of an outcome.
const (
	outcomeWords  = 24 // words from the noun phrase to the role
	outcomeRoles  = 2  // roles that are reached
	sanctionReach = 3  // words before a name that its sanctions may stand in
)

// reader walks from a subject over its sentence. It multiplies the classes of
// acts in chain and keeps each product that reaches a role.
type reader struct {
	*syntax.Sentence
	acts *Acts
	chain
	start int  // position at which reading began
	said  bool // what follows is what the subject says
	// one more than the position of an act that tells others what to do; 0 when
	// there is none
	bid    int
	open   bool // what the act is aimed at may be what another does
	roles  int  // reached since the last "but"
	passed int  // a side that was passed before any act; -1 when there is none
	tells  Lean // what the acts tell besides products
}

// read reads all that a subject does in its sentence. It returns what the acts
// tell besides products, LeansNot when they tell nothing.
func (a *Acts) read(s *syntax.Sentence, subject syntax.Subject) Lean {
	r := reader{Sentence: s, acts: a}
	if s.IsAgent(subject) {
		if role := r.backward(subject.Phrase.Lo - 2); role >= 0 {
			r.keep(role)
			r.chain = chain{}
		}
	}
	switch {
	case s.IsAsked(subject):
		return IsAsked
	case s.Repeats(subject), s.IsAddressee(subject):
		return LeansNot
	case s.IsSpeakerAtEnd(subject):
		r.speech(subject.Phrase.Lo)
		r.chain = chain{}
	}
	tells := r.forward(subject.Phrase.Hi, len(s.Words))
	if r.length > 0 && r.reached == 0 && r.chain.at == subject.Phrase.Hi {
		// "Aid for PARTY stalls over ACTOR's veto" has named its object.
		r.reachBack(subject.Phrase.Lo)
	}
	if role := r.sideIn(subject.Phrase); role >= 0 && r.length > 0 && r.reached == 0 &&
		!r.negative {
		r.reach(role) // "ACTOR and OPPONENT signed a pact"
	}
	if s.IsComplement(subject) {
		return LeansNot
	}
	return tells
}

// speech reads what stands before a speaker who is named at the end. "Russia's
// war is just" begins with a side and judges it at the end; "we back Ukraine"
// begins with an act.
func (r *reader) speech(end int) {
	for i := range end {
		switch {
		case r.isSide(i):
			if role := r.backward(end - 2); role >= 0 {
				r.keep(role)
			}
			return
		case r.Class(i).Toward() != 0:
			r.forward(0, end)
			return
		}
	}
}

// forward reads words [start, end). It returns what else they tell.
func (r *reader) forward(start, end int) Lean {
	r.start, r.said, r.bid, r.open = start, false, 0, r.length > 0
	r.roles, r.passed, r.tells = 0, -1, LeansNot
	for i := start; i < min(end, start+outcomeWords) && r.roles < outcomeRoles; {
		if r.IsBreak(i) {
			r.atBreak(i)
		}
		if r.isOthers(i) {
			return r.others(i, end)
		}
		next := r.word(i)
		if next < 0 {
			return r.tells
		}
		i = next
	}
	r.reachPassed()
	return r.tells
}

// atBreak ends a clause at word i.
func (r *reader) atBreak(i int) {
	r.reachPassed()
	if r.reached > 0 || r.aside && r.length == 0 && !r.FollowsQuestion(i) {
		r.chain = chain{}
	}
	r.passed = -1
	r.open = r.open || r.length > 0 && r.chain.at == r.start && r.IsAdjunct(r.start)
	if r.Words[i].Text == "but" {
		r.roles = 0
	}
}

// word reads word i and returns the position of the next; -1 ends reading.
func (r *reader) word(i int) int {
	w := &r.Words[i]
	switch {
	case w.Text == ";" || w.Text == ":" || w.Text == "about" && r.said && r.length == 0:
		return -1
	case r.isSide(i):
		r.side(i)
		return i + 1
	case r.length > 0 && r.reached == 0 && r.RefersBack(i):
		r.open = !r.reachBack(r.start) || r.open
		return i + 1
	case w.Entry.Is(lexicon.Particle) && !w.Act.Class.Is(lexicon.KeepsOut|lexicon.Hedges) ||
		w.Text == "without",
		w.Text == "against" && r.length > 0:
		r.turn()
		return i + 1
	case r.length == 0 &&
		(w.Entry.Is(lexicon.Hedge) && !r.IsParticle(i+1) || w.Act.Class.Is(lexicon.Hedges)):
		r.hedged = true
		if w.Act.Class.Is(lexicon.KeepsOut) {
			r.tells = LeansMiddle
		}
	default:
		r.act(i)
	}
	return i + max(1, int(w.Act.Words))
}

// act reads what may be an act of the subject at word i.
func (r *reader) act(i int) {
	w := &r.Words[i]
	r.said = r.said || w.Text == "that" || w.Act.Class.Is(lexicon.Speaks) && !w.Act.Modifier
	if w.Act.Class.Is(lexicon.Bids) && r.length == 0 {
		r.bid = i + 1
	}
	switch {
	case r.IsPassive(i) || r.IsAttribute(i) || r.length > 0 && r.DescribesThing(i):
	case r.length == 1 && i == r.start+1 && r.chain.at == r.start && r.IsPossessive(r.start-1) &&
		w.Act.Class.Toward() != 0:
		r.chain = chain{} // of "ACTOR's veto sank a plan" the verb counts
		r.add(i, w.Act.Class)
	case w.Act.Class.Toward() != 0:
		r.add(i, w.Act.Class)
	case w.Act.Class.Is(lexicon.KeepsOut) &&
		(r.length == 0 || r.offers && !r.negative && r.reached == 0):
		r.tells, r.hedged, r.aside = LeansMiddle, true, true
	}
}

// side reads the side at word i.
func (r *reader) side(i int) {
	if r.Class(i + 1).Is(lexicon.Punishes) {
		r.add(i+1, r.Class(i+1))
	}
	switch {
	case r.bid > 0 && r.reached == 0 && r.Words[i].Role == syntax.Opponent && r.IsTold(i):
		// Whoever urges the opponent to do anything is against it.
		r.chain = chain{}
		r.add(r.bid-1, r.Class(r.bid-1))
		r.negative = true
		r.reach(i)
		r.roles = outcomeRoles
	case r.length > 0:
		r.negative = r.negative != r.IsUndone(i)
		r.reach(i)
	case r.passed < 0:
		r.passed = i
	}
}

// reach keeps the product for a role and counts the role.
func (r *reader) reach(role int) {
	r.grant(r.Sentence, role)
	r.keep(role)
	r.reached++
	r.roles++
}

// keep keeps the product for a role.
func (r *reader) keep(role int) {
	r.acts.products = append(r.acts.products, product{r.chain, role})
}

// reachPassed gives a product that has reached no role to the side before it.
func (r *reader) reachPassed() {
	if r.passed >= 0 && r.length > 0 && r.reached == 0 {
		r.reach(r.passed)
	}
}

// reachBack gives the product to the last side before position end, which a
// pronoun may stand for. A noun before it turns the sign: "sanctions on
// Russia". It reports whether there is a side.
func (r *reader) reachBack(end int) bool {
	for i := min(end, len(r.Words)) - 1; i >= 0; i-- {
		if !r.isSide(i) {
			continue
		}
		turned := false
		for k := max(0, i-sanctionReach); k <= min(i+1, len(r.Words)-1); k++ {
			turned = turned || r.Class(k).Is(lexicon.Punishes)
		}
		r.negative = r.negative != turned
		r.reach(i)
		return true
	}
	return false
}

// isOthers reports whether word i begins what others do, in a clause of their
// own or in what the subject says. The object of an act does not count.
func (r *reader) isOthers(i int) bool {
	if !r.Governs(i) || !r.BeginsClause(i) && !(r.said && r.length == 0) {
		return false
	}
	return !(r.open && r.reached == 0) && !(r.length > 0 && r.FollowsThat(i))
}

// others ends reading where others begin to act at word i. What they do is
// theirs; what they should do, or are, is what the speaker thinks.
func (r *reader) others(i, end int) Lean {
	side, tells := r.isSide(i), r.tells
	if r.said {
		r.opinion(i, end)
	}
	switch {
	case !r.said || tells != LeansNot || r.reached > 0:
		return tells
	case side:
		return TellsOfSide
	}
	return Tells
}

// opinion multiplies what a speaker thinks of the subject at position i: what
// it should do, what should be done to it, or what it is.
func (r *reader) opinion(i, end int) {
	opinion, verb := r.OpinionOf(i)
	switch {
	case opinion == syntax.NoOpinion:
		return
	case opinion == syntax.Duty && r.Words[i].Role == syntax.Opponent:
		r.negative = true
		r.reach(i)
		return
	case !r.isSide(i):
		r.forward(verb, end)
		r.said = true
		return
	}
	for k := verb; k < end && !r.IsBreak(k); k++ {
		switch w := &r.Words[k]; {
		case w.Entry.Is(lexicon.Particle):
			r.turn()
		case w.Act.Class.Is(lexicon.Gains | lexicon.Loses),
			w.Act.Class.Toward() != 0 && !r.IsAttribute(k):
			r.add(k, w.Act.Class)
			r.negative = r.negative != w.Act.Class.Is(lexicon.Loses)
			r.reach(i)
			return
		}
	}
}

// backward multiplies the classes of the clause that ends at position end with
// a passive verb or a noun, and returns the position of the side in it, -1 when
// there is none: "aid for Ukraine was blocked", "Russia's annexation was
// praised". After the side only the last class counts: the others are the
// side's own deeds.
func (r *reader) backward(end int) int {
	role, last, negated := -1, -1, false
	for i := r.clauseBefore(end); i <= end; {
		w := &r.Words[i]
		switch {
		case r.isSide(i):
			if role < 0 {
				role = i
			}
			i++
			continue
		case w.Entry.Is(lexicon.Particle):
			negated = !negated
			i++
			continue
		case w.Entry.Is(lexicon.Hedge) || w.Act.Class.Is(lexicon.Hedges):
			r.hedged = true
		case w.Act.Class.Toward() == 0 || r.IsAttribute(i):
		case role < 0:
			r.add(i, w.Act.Class)
		default:
			last = i
		}
		i += max(1, int(w.Act.Words))
	}
	if last >= 0 {
		r.add(last, r.Class(last))
	}
	if negated {
		r.negative = !r.negative
	}
	if r.length == 0 {
		return -1
	}
	return role
}

// clauseBefore is where the clause begins that ends at position end. A clause
// without a side continues the one before it: "aid for Ukraine, blocked by".
func (r *reader) clauseBefore(end int) int {
	start := end
	for start > 0 && end-start < outcomeWords &&
		(r.Words[start-1].Clause == r.Words[start].Clause || r.IsRelative(start) ||
			!r.hasSide(start, end)) {
		start--
	}
	return start
}

// isSide reports whether word i names a party, an opponent or the topic.
func (r *reader) isSide(i int) bool {
	role := r.Words[i].Role
	return role == syntax.Party || role == syntax.Opponent || role == syntax.Topic
}

// sideIn is the position of a side that a phrase lists beside the subject, -1
// when it lists none.
func (r *reader) sideIn(p syntax.Phrase) int {
	for i := p.Lo; i < p.Hi; i++ {
		if r.isSide(i) {
			return i
		}
	}
	return -1
}

// hasSide reports whether a side stands among words [from, to].
func (r *reader) hasSide(from, to int) bool {
	for i := from; i <= to; i++ {
		if r.isSide(i) {
			return true
		}
	}
	return false
}
