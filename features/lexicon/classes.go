package lexicon

import "stance/features/vector"

// Class is a class of acts: 0 is none, n is entry n-1 of [Classes].
type Class uint8

// ClassInfo describes a class of words of international politics: acts and
// attitudes of states that make much the same difference to a stance.
type ClassInfo struct {
	Name string // as the data file writes it
	Doc  string // what belongs to it
	// +1: the act is for its grammatical object, -1: against it, 0: the class
	// does not say
	Toward int
	Use    Use // how acts of the class stand to an act that follows
}

// Use is a set of ways in which an act can stand to another one.
type Use uint16

// The ways.
const (
	Speaks   Use = 1 << iota // tells what somebody else does
	Asks                     // asks for, or threatens with, the act that follows
	Bids                     // tells somebody what to do or to leave
	Hedges                   // leaves open whether the act that follows is done
	KeepsOut                 // takes no side
	Punishes                 // a noun that follows the name of whom it strikes: "Russia sanctions"
	Wants                    // asks for what follows as a good: "demands safety for Ukraine"
	Offers                   // what is given decides what the act means
	Things                   // things that an act before them only describes: "attack drones"
	Gains                    // what is well for whoever does it
	Loses                    // what is ill for whoever does it
)

// Classes lists the classes: those for the object first, those against it last.
func Classes() []ClassInfo { return classes[:] }

// classes does not change. Two words share a class when one could stand for the
// other in a headline without turning its stance. A class is split where states
// of opposite sides would use its halves.
var classes = [...]ClassInfo{
	{"SUPPORT", "takes the side of somebody or of a cause, in word or deed not named", +1, 0},
	{"AID", "gives money, relief or shelter", +1, 0},
	{"PROVIDE", "gives or sends; the thing given tells what it means", +1, Offers},
	{"ARM", "gives or sells weapons, and military aid by name", +1, 0},
	{"TRAIN", "teaches soldiers and police", +1, 0},
	{"PRAISE", "speaks well of, thanks, honours or mourns", +1, 0},
	{"APPROVE", "agrees, signs, permits or passes", +1, 0},
	{"COOPERATE", "works with, joins, woos; alliances, ties and membership", +1, 0},
	{"RECOGNIZE", "recognizes a state or government; sovereignty as a word", +1, 0},
	{"MEET", "meets, visits, hosts or travels to", +1, Offers},
	{"DEFEND", "protects, guards and holds out", +1, 0},
	{"STRENGTHEN", "makes more or stronger", +1, 0},
	{"PROMISE", "binds itself for the future", +1, Offers},
	{"EXCUSE", "justifies, plays down or forgives a deed", +1, 0},

	{"CONSULT", "talks with, phones, discusses", 0, KeepsOut},
	{"MEDIATE", "brings sides together; negotiation, ceasefire, settlement", 0, KeepsOut},
	{"NEUTRAL", "keeps between the sides or lowers the tension", 0, KeepsOut},
	{"ABSTAIN", "does not vote, act or answer", 0, KeepsOut | Hedges},
	{"CONSIDER", "weighs, studies or examines before it decides", 0, Hedges},
	{"URGE", "asks others to act, politely or not; proposals", 0, Bids},
	{"REQUEST", "asks or wishes for something for itself", 0, Bids},
	{"DENY", "says that something is not so", 0, Hedges},
	{"SAY", "speaks, without taking a side by the verb", 0, Speaks},
	{"REPORT", "makes known, finds or knows", 0, Speaks},
	{"EXPECT", "foresees, guesses or waits", 0, Speaks},
	{"PLAN", "intends, prepares or decides", 0, 0},
	{"WORRY", "fears, regrets or is shocked", 0, Speaks},
	{"VOTE", "votes, elects and makes laws", 0, 0},
	{"TRADE", "buys, sells, pays and produces", 0, 0},
	{"SHIFT", "changes course or place", 0, 0},
	{"YIELD", "gives in, obeys or compromises", 0, Loses},
	{"SUFFER", "loses, is hit or dies; losses and crises", 0, Loses},
	{"WIN", "gains, liberates or succeeds", 0, Gains},
	{"DEPLOY", "moves, musters and shows its forces without fighting", 0, 0},
	{"WEAPON", "weapons and other things that armies use", 0, Things},
	{"FORCES", "armed people, units and vessels", 0, Things},

	{"DEMAND", "asks as of right, forces or commands", -1, Asks | Bids | Wants},
	{"WARN", "tells of bad consequences", -1, Bids},
	{"THREATEN", "announces harm of its own doing, or retaliates", -1, Asks | Bids},
	{"CONDEMN", "blames in strong words; words of blame", -1, 0},
	{"ACCUSE", "says that somebody did wrong; the wrongs by name", -1, 0},
	{"OPPOSE", "is against, protests or resists; disputes", -1, 0},
	{"REJECT", "refuses, dismisses or snubs", -1, 0},
	{"BLOCK", "prevents, vetoes, bans or disrupts", -1, 0},
	{"CUT", "ends or lessens what it gave or did", -1, 0},
	{"DELAY", "hesitates or puts off", -1, 0},
	{"SEVER", "breaks or lowers relations: expels, boycotts, isolates", -1, 0},
	{"SANCTION", "punishes by economic means", -1, Punishes},
	{"PROSECUTE", "brings before a court", -1, 0},
	{"REPRESS", "detains, deports or harms people in its power", -1, 0},
	{"ATTACK", "uses force first: invades, shells, kills, destroys", -1, 0},
	{"FIGHT", "fights, without saying who began; war as a word", -1, 0},
	{"REPEL", "shoots down, drives back or fends off", -1, 0},
	{"OCCUPY", "takes and holds land or people", -1, 0},
	{"CLAIM", "says that a land is its own", -1, 0},
	{"COERCE", "presses below the threshold of force: intrudes, spies, deceives", -1, 0},
	{"ESCALATE", "raises the tension", -1, 0},
	{"WEAKEN", "makes less, weaker or divided", -1, 0},
	{"WITHDRAW", "goes away, retreats, gives up what it held or promised", -1, 0},
	{"EVADE", "gets around sanctions and rules, hides", -1, 0},
}

// classSymbols are "@" and the name of each class.
var classSymbols = func() (symbols [len(classes)]vector.Symbol) {
	for i, c := range classes {
		symbols[i] = vector.NewSymbol("@" + c.Name)
	}
	return symbols
}()

// Name is the class's name, "" for 0.
func (c Class) Name() string {
	if c == 0 {
		return ""
	}
	return classes[c-1].Name
}

// Symbol is what features are made of; it panics on 0.
func (c Class) Symbol() vector.Symbol { return classSymbols[c-1] }

// Toward says whether acts of the class are for (+1) or against (-1) their
// object; 0 when the class does not say.
func (c Class) Toward() int {
	if c == 0 {
		return 0
	}
	return classes[c-1].Toward
}

// Is reports whether the class is used in one of the given ways.
func (c Class) Is(u Use) bool { return c != 0 && classes[c-1].Use&u != 0 }

// classNamed is the class of that name, 0 when there is none.
func classNamed(name string) Class {
	for i, c := range classes {
		if c.Name == name {
			return Class(i + 1)
		}
	}
	return 0
}
