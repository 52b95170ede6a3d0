package family

import (
	"stance/features/lexicon"
	"stance/features/syntax"
	"stance/features/vector"
)

// chainClasses is how many classes of a product are named together.
const chainClasses = 3

// chain is a product of classes in the making.
type chain struct {
	negative bool
	hedged   bool
	aside    bool // it stays out of what follows
	asked    bool // so far it only asks, or threatens with, what follows
	// one more than the position of an act that wants what follows; 0 when
	// there is none
	wants   int
	offers  bool // so far it only offers what follows
	last    int  // sign of the last class
	at      int  // position of the first class
	reached int  // roles
	symbols [chainClasses + 1]vector.Symbol
	length  int
}

// sign is what the product is for its role.
func (c *chain) sign() vector.Symbol {
	if c.hedged {
		return leanSymbols[LeansMaybe]
	}
	return signOf(!c.negative)
}

// add multiplies by the class of the act at position i. Who demands or
// threatens is against whom the verb reaches; but of an act that is demanded or
// threatened with, that act decides.
func (c *chain) add(i int, class lexicon.Class) {
	if c.length == 0 {
		c.at = i
	}
	if c.asked {
		c.negative, c.asked = !c.negative, false
	}
	c.last = class.Toward()
	c.negative = c.negative != (c.last < 0)
	c.asked, c.wants = class.Is(lexicon.Asks), 0
	if class.Is(lexicon.Wants) {
		c.wants = i + 1
	}
	c.offers = class.Is(lexicon.Offers) && (c.offers || c.length == 0)
	if c.length < chainClasses {
		c.symbols[c.length] = class.Symbol()
		c.length++
	}
}

// turn turns the product at a negation. "Warned not to" and "warned against"
// are negated once, not twice.
func (c *chain) turn() {
	if c.last >= 0 || c.length == 0 {
		c.negative = !c.negative
		c.last = -1
	}
	c.asked, c.wants = false, 0
}

// grant turns the product when what is wanted is a good for the role: "demands
// safety for PARTY", but not "demands that OPPONENT leave".
func (c *chain) grant(s *syntax.Sentence, role int) {
	if c.wants > 0 && s.IsGoodFor(role, c.wants) {
		c.negative, c.wants = !c.negative, 0
	}
}
