package features

// What an act means for the sides is the product of several words: "vetoes aid for Ukraine" is against Ukraine, "no longer
// arms Russia" is against Russia. The lexicon knows of each class whether it is for or against what it reaches; outcome
// multiplies along the way from a country to the next party or opponent.

// The reach of an outcome.
const (
	outcomeWords = 18 // words from the noun phrase to the role, at most
	outcomeRoles = 2  // roles that are reached, at most
	chainClasses = 3  // classes that are named together, at most
)

// outcome sends, for the roles reached from position start on: "C:" with the sign of the product and the role, and "CC:" with
// the classes on the way.
func (e *emitter) outcome(m *masked, start int) {
	sign, chain, reached := 1, []string(nil), 0
	first := start
	for i := start; i < min(len(m.words), start+outcomeWords) && reached < outcomeRoles; {
		w := m.words[i]
		switch {
		case w == symParty || w == symOpponent || w == symTopic:
			if len(chain) > 0 {
				e.on(first, i).send(m.sentence, "C:", signs[(1-sign)/2], w)
				e.on(first, i).send(m.sentence, append(append([]string{"CC:"}, chain...), w)...)
				reached++
				sign, chain = 1, chain[:0]
			}
			i++
		case w == ";" || w == ":":
			return
		case particles[w] || w == "without":
			sign = -sign
			i++
		default:
			class, _, n := e.classes.lexicon.Lookup(m.words, i)
			if toward := towards[class]; toward != 0 {
				if len(chain) == 0 {
					first = i
				}
				sign *= toward
				if len(chain) < chainClasses {
					chain = append(chain, "@"+class+" ")
				}
			}
			i += max(1, n)
		}
	}
}

// signs name a product of 1 and of -1.
var signs = [...]string{"+", "-"}
