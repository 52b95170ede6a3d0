package family

import (
	"stance/features/syntax"
	"stance/features/vector"
)

// What an act means for the sides is the product of several words: "vetoes aid
// for Ukraine" is against Ukraine, and so is "no longer arms". The lexicon
// knows of each class whether it is for or against what it reaches. An outcome
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

// Outcome tells what the acts of the country mean for the roles they reach.
func Outcome(in *Input, e *Emitter) {
	s := in.Sentence
	for _, subject := range s.Subjects {
		read(s, subject, func(c *chain, role int) {
			where := at(s, min(c.at, role), max(c.at, role))
			e.add(outcomeSign, where, c.sign(), s.Words[role].Symbol)
			c.symbols[c.length] = s.Words[role].Symbol
			e.add(outcomeChain, where, c.symbols[:c.length+1]...)
		})
	}
	e.add(outcomeLean, inSentence(s), leanSymbols[LeanOf(s)])
}

// LeanOf sums up what the acts of the country in a sentence mean for the
// topic's own side. Of each act the first role counts that it reaches.
func LeanOf(s *syntax.Sentence) Lean {
	var found [Leans]bool
	for _, subject := range s.Subjects {
		ends := read(s, subject, func(c *chain, role int) {
			switch {
			case c.reached > 0:
			case c.aside:
				found[LeansMiddle] = true
			case c.hedged:
				found[LeansMaybe] = true
			case (s.Words[role].Role == syntax.Opponent) == c.negative:
				found[LeansFor] = true
			default:
				found[LeansAgainst] = true
			}
		})
		found[ends] = true
	}
	if found[LeansFor] && found[LeansAgainst] {
		return LeansBoth
	}
	for lean := LeansFor; lean < Leans; lean++ {
		if found[lean] {
			return lean
		}
	}
	return LeansNot
}
