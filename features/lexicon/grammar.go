package lexicon

import "strings"

// Grammar is a set of closed classes of words that syntax looks at.
type Grammar uint16

// The closed classes.
const (
	// makes a phrase with a country's name and leaves its meaning: the state
	Office        Grammar = 1 << iota
	PersonOffice          // an office that one person holds
	Auxiliary             // stands between a subject and its verb
	Negation              // turns what follows
	Particle              // a negation that is no verb
	Preposition           // tells that what follows is no subject
	ClauseBreak           // begins a new clause
	Function              // a frequent English function word
	PersonPronoun         // stands for a person
	StatePronoun          // stands for anything else
	Hedge                 // leaves open whether the act that follows is done
)

// closedClasses lists the words of each closed class.
var closedClasses = [...]struct {
	class Grammar
	words string
}{
	{Office, `'s ’s president presidents prime minister ministers ministry ministries foreign defence defense interior
		finance trade chancellor premier leader leaders secretary secretaries government governments administration
		authorities officials official army military forces force troops navy air parliament lawmakers
		parliamentarians senate congress house speaker spokesman spokeswoman spokesperson spokespeople ambassador
		envoy embassy state media diplomat diplomats top senior general chief deputy vice counterpart king queen crown
		prince delegation council cabinet regime national security adviser advisor department office federal central
		commander commanders intelligence police public new outgoing former current republic federation side mainland
		island democracy nation country community bloc mr mrs ms`},
	{PersonOffice, `president minister chancellor premier leader secretary official speaker spokesman spokeswoman
		spokesperson ambassador envoy chief general commander king queen pope adviser advisor mr mrs ms senator
		diplomat counterpart lawmaker`},
	{Auxiliary, `has have had is are was were be been being will would shall should can could may might must do does
		did to also now again still already just only both all have repeatedly publicly formally officially reportedly
		strongly recently previously long longer since then there set due likely ready expected trying continue
		continues continued began begun about going once yet even largely quickly privately openly jointly further
		initially finally later immediately sharply
		isn't aren't wasn't weren't doesn't don't didn't won't can't couldn't shouldn't wouldn't hasn't
		haven't hadn't mustn't needn't ain't`},
	{Negation, `not no never n't cannot without neither nor n’t hardly barely refused refuses refusing declined declines
		declining rejected rejects ruled stopped refrained failed fails lack rule
		isn't aren't wasn't weren't doesn't don't didn't won't can't couldn't shouldn't wouldn't hasn't
		haven't hadn't mustn't needn't ain't`},
	{Particle, `not no never n't n’t cannot isn't aren't wasn't weren't doesn't don't didn't won't can't couldn't shouldn't wouldn't hasn't
		haven't hadn't mustn't needn't ain't`},
	{Preposition, `of in on at to for from with by against over about into near across between under after before
		during than like as via toward towards within outside inside around through amid behind beyond upon without
		regarding concerning`},
	{ClauseBreak, `, ; : — – - but while which who whose whom where although though because since after before unless
		whereas despite as and that if when`},
	{Function, `the of and to a in that is was for on with as it by at from has have had be been are were will would
		not this which its after over he she they his their said but who about into than also`},
	{PersonPronoun, `he she his her`},
	{StatePronoun, `it its`},
	{Hedge, `may might could would unsure undecided whether if reportedly allegedly rumoured rumored supposedly`},
}

// addGrammar enters the closed classes.
func (l *Lexicon) addGrammar() {
	for _, c := range closedClasses {
		for word := range strings.FieldsSeq(c.words) {
			l.entry(word).Grammar |= c.class
		}
	}
}

// Is reports whether the word of e is in one of the given classes. A nil entry
// is in none.
func (e *Entry) Is(classes Grammar) bool { return e != nil && e.Grammar&classes != 0 }
