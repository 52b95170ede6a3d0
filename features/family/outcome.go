package family

import (
	"stance/features/syntax"
	"stance/features/vector"
)

// What an act means for the sides is the product of several words: "vetoes aid
// for Ukraine" is against Ukraine, and so is "no longer arms". The lexicon
// says whether each class is for or against its object. An outcome
// multiplies these signs along the way from a country to the next role. It goes
// backwards first where the country is the agent of a passive or of a noun:
// "aid for Ukraine was blocked by Hungary", "opposition from Hungary to aid".

var (
	outcomeSign  = newPrefix("C")    // sign of the product, and the role
	outcomeChain = newPrefix("CC")   // classes on the way, and the role
	outcomeLean  = newPrefix("lean") // what the acts of a sentence mean
)

// Lean is what the acts of a country mean for the topic's own side.
type Lean uint8

// The leans.
const (
	LeansNot     Lean = iota // no act that is known
	LeansFor                 // for the side
	LeansAgainst             // against it
	LeansBoth                // one act for it, another against it
	LeansMaybe               // an act that is considered, possible or denied
	LeansMiddle              // mediates, consults, abstains or keeps out
	IsAsked                  // is told by others what to do
	Tells                    // tells what others do
	TellsOfSide              // tells what the sides do
	Leans
)

var leanSymbols = [Leans]vector.Symbol{
	LeansNot: vector.NewSymbol("0"), LeansFor: plus, LeansAgainst: minus,
	LeansBoth:  vector.NewSymbol("+-"),
	LeansMaybe: vector.NewSymbol("~"), LeansMiddle: vector.NewSymbol("="),
	IsAsked: vector.NewSymbol("?"),
	Tells:   vector.NewSymbol("says"), TellsOfSide: vector.NewSymbol("says-side"),
}

// String is the sign that names a lean.
func (l Lean) String() string { return leanSymbols[l].Text }

// Acts is what the acts of the country in a sentence mean. It is reused from
// sentence to sentence.
type Acts struct {
	Lean     Lean // what they mean together for the topic's own side
	products []product
}

// product is a chain that has reached a role.
type product struct {
	chain
	role int // position
}

// Read reads a sentence.
func (a *Acts) Read(s *syntax.Sentence) {
	var found [Leans]bool
	a.products = a.products[:0]
	for _, subject := range s.Subjects {
		found[a.read(s, subject)] = true
	}
	for i := range a.products {
		found[a.products[i].lean(s)] = true
	}
	a.Lean = LeansNot
	if found[LeansFor] && found[LeansAgainst] {
		a.Lean = LeansBoth
		return
	}
	for lean := LeansFor; lean < Leans; lean++ {
		if found[lean] {
			a.Lean = lean
			return
		}
	}
}

// lean is what a product means for the topic's own side. Of each act the first
// role counts that it reaches.
func (p *product) lean(s *syntax.Sentence) Lean {
	switch {
	case p.reached > 0:
		return LeansNot
	case p.aside:
		return LeansMiddle
	case p.hedged:
		return LeansMaybe
	case (s.Words[p.role].Role == syntax.Opponent) == p.negative:
		return LeansFor
	}
	return LeansAgainst
}

// Outcome tells what the acts of the country mean for the roles they reach.
func Outcome(in *Input, e *Emitter) {
	s := in.Sentence
	for i := range in.Acts.products {
		p := &in.Acts.products[i]
		where, role := at(s, min(p.at, p.role), max(p.at, p.role)), s.Words[p.role].Symbol
		e.add(outcomeSign, where, p.sign(), role)
		p.symbols[p.length] = role
		e.add(outcomeChain, where, p.symbols[:p.length+1]...)
	}
	e.add(outcomeLean, inSentence(s), leanSymbols[in.Acts.Lean])
}
