package family

import (
	"stance/features/lexicon"
	"stance/features/syntax"
	"stance/features/vector"
)

// What an act means for the sides is the product of several words: "vetoes aid
// for Ukraine" is against Ukraine, and so is "no longer arms". The lexicon knows
// of each class whether it is for or against what it reaches. An outcome
// multiplies these signs along the way from a country to the next role.

// The reach of an outcome.
const (
	outcomeWords = 18 // words from the noun phrase to the role
	outcomeRoles = 2  // roles that are reached
	chainClasses = 3  // classes that are named together
)

var (
	outcomeSign  = newPrefix("C")  // sign of the product, and the role
	outcomeChain = newPrefix("CC") // classes on the way, and the role
)

// Outcome tells what the acts of the country mean for the roles they reach.
func Outcome(in *Input, e *Emitter) {
	for _, subject := range in.Sentence.Subjects {
		outcome(in.Sentence, e, subject.Phrase.Hi)
	}
}

// chain is a product of classes in the making.
type chain struct {
	negative bool
	first    int // position of the first class
	symbols  [chainClasses + 1]vector.Symbol
	length   int
}

// add multiplies by the class of the act at position i.
func (c *chain) add(i int, class lexicon.Class) {
	if c.length == 0 {
		c.first = i
	}
	c.negative = c.negative != (class.Toward() < 0)
	if c.length < chainClasses {
		c.symbols[c.length] = class.Symbol()
		c.length++
	}
}

func outcome(s *syntax.Sentence, e *Emitter, start int) {
	var c chain
	reached := 0
	for i := start; i < min(len(s.Words), start+outcomeWords) && reached < outcomeRoles; {
		w := &s.Words[i]
		switch {
		case w.Role == syntax.Party || w.Role == syntax.Opponent || w.Role == syntax.Topic:
			if c.length > 0 {
				e.add(outcomeSign, at(s, c.first, i), signOf(!c.negative), w.Symbol)
				c.symbols[c.length] = w.Symbol
				e.add(outcomeChain, at(s, c.first, i), c.symbols[:c.length+1]...)
				reached++
				c = chain{}
			}
			i++
		case w.Text == ";" || w.Text == ":":
			return
		case w.Entry.Is(lexicon.Particle) || w.Text == "without":
			c.negative = !c.negative
			i++
		default:
			if w.Act.Class.Toward() != 0 {
				c.add(i, w.Act.Class)
			}
			i += max(1, int(w.Act.Words))
		}
	}
}
