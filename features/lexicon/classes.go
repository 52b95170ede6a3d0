package lexicon

import "stance/features/vector"

// Class is a class of acts: 0 is none, n is entry n-1 of [Classes].
type Class uint8

// ClassInfo describes a class of words of international politics: acts and
// attitudes of states that make much the same difference to a stance.
type ClassInfo struct {
	Name   string // as the data file writes it
	Doc    string // what belongs to it
	Toward int    // +1: the act is for its grammatical object, -1: against it, 0: the class does not say
}

// Classes lists the classes: those for the object first, those against it last.
func Classes() []ClassInfo { return classes[:] }

// classes does not change. Two words share a class when one could stand for the
// other in a headline without turning its stance. A class is split where states
// of opposite sides would use its halves.
var classes = [...]ClassInfo{
	{"SUPPORT", "takes the side of somebody or of a cause, in word or deed not named", +1},
	{"AID", "gives money, relief or shelter", +1},
	{"PROVIDE", "gives or sends; the thing given tells what it means", +1},
	{"ARM", "gives or sells weapons, and military aid by name", +1},
	{"TRAIN", "teaches soldiers and police", +1},
	{"PRAISE", "speaks well of, thanks, honours or mourns", +1},
	{"APPROVE", "agrees, signs, permits or passes", +1},
	{"COOPERATE", "works with, joins, woos; alliances, ties and membership", +1},
	{"RECOGNIZE", "recognizes a state or government; sovereignty as a word", +1},
	{"MEET", "meets, visits, hosts or travels to", +1},
	{"DEFEND", "protects, guards and holds out", +1},
	{"STRENGTHEN", "makes more or stronger", +1},
	{"EXCUSE", "justifies, plays down or forgives a deed", +1},

	{"PROMISE", "binds itself for the future; what is promised tells the side", 0},
	{"CONSULT", "talks with, phones, discusses", 0},
	{"MEDIATE", "brings sides together; negotiation, ceasefire, settlement", 0},
	{"NEUTRAL", "keeps between the sides or lowers the tension", 0},
	{"ABSTAIN", "does not vote, act or answer", 0},
	{"CONSIDER", "weighs, studies or examines before it decides", 0},
	{"URGE", "asks others to act, politely or not; proposals", 0},
	{"REQUEST", "asks or wishes for something for itself", 0},
	{"DENY", "says that something is not so", 0},
	{"SAY", "speaks, without taking a side by the verb", 0},
	{"REPORT", "makes known, finds or knows", 0},
	{"EXPECT", "foresees, guesses or waits", 0},
	{"PLAN", "intends, prepares or decides", 0},
	{"WORRY", "fears, regrets or is shocked", 0},
	{"VOTE", "votes, elects and makes laws", 0},
	{"TRADE", "buys, sells, pays and produces", 0},
	{"SHIFT", "changes course or place", 0},
	{"YIELD", "gives in, obeys or compromises", 0},
	{"WITHDRAW", "goes away, retreats or leaves an office", 0},
	{"SUFFER", "loses, is hit or dies; losses and crises", 0},
	{"WIN", "gains, liberates or succeeds", 0},
	{"DEPLOY", "moves, musters and shows its forces without fighting", 0},
	{"WEAPON", "weapons and other things that armies use", 0},
	{"FORCES", "armed people, units and vessels", 0},

	{"DEMAND", "asks as of right, forces or commands", -1},
	{"WARN", "tells of bad consequences", -1},
	{"THREATEN", "announces harm of its own doing, or retaliates", -1},
	{"CONDEMN", "blames in strong words; words of blame", -1},
	{"ACCUSE", "says that somebody did wrong; the wrongs by name", -1},
	{"OPPOSE", "is against, protests or resists; disputes", -1},
	{"REJECT", "refuses, dismisses or snubs", -1},
	{"BLOCK", "prevents, vetoes, bans or disrupts", -1},
	{"CUT", "ends or lessens what it gave or did", -1},
	{"DELAY", "hesitates or puts off", -1},
	{"SEVER", "breaks or lowers relations: expels, boycotts, isolates", -1},
	{"SANCTION", "punishes by economic means", -1},
	{"PROSECUTE", "brings before a court", -1},
	{"REPRESS", "detains, deports or harms people in its power", -1},
	{"ATTACK", "uses force first: invades, shells, kills, destroys", -1},
	{"FIGHT", "fights, without saying who began; war as a word", -1},
	{"REPEL", "shoots down, drives back or fends off", -1},
	{"OCCUPY", "takes and holds land or people", -1},
	{"CLAIM", "says that a land is its own", -1},
	{"COERCE", "presses below the threshold of force: intrudes, spies, deceives", -1},
	{"ESCALATE", "raises the tension", -1},
	{"WEAKEN", "makes less, weaker or divided", -1},
	{"EVADE", "gets around sanctions and rules, hides", -1},
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

// classNamed is the class of that name, 0 when there is none.
func classNamed(name string) Class {
	for i, c := range classes {
		if c.Name == name {
			return Class(i + 1)
		}
	}
	return 0
}
