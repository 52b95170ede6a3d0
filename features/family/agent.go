package family

import (
	"stance/features/lexicon"
	"stance/features/syntax"
)

var (
	verb         = newPrefix("V")                                  // verb that the country governs
	signedVerb   = [...]prefix{newPrefix("V+"), newPrefix("V-")}   // the same with its negation
	verbs        = newPrefix("VV")                                 // verb and complement
	complement   = [...]prefix{newPrefix("V2+"), newPrefix("V2-")} // complement of the verb
	object       = [...]prefix{newPrefix("O+"), newPrefix("O-")}   // role that the verb reaches
	verbObject   = newPrefix("VO")                                 // verb and role
	signedObject = [...]prefix{newPrefix("VO+"), newPrefix("VO-")} // act and role
	secondObject = newPrefix("VO2")                                // complement and role
	before       = newPrefix("P")                                  // word before the noun phrase
	twoBefore    = newPrefix("PP")                                 // two words before it
	beforeVerb   = newPrefix("PV")                                 // word before it, and verb
	office       = newPrefix("off")                                // office in the noun phrase
)

// The reach of a verb for its objects.
const (
	objectReach = 12 // words from the verb
	objectLimit = 2  // objects that are told
)

// signIndex is the index of a sign into a pair of prefixes.
func signIndex(negative bool) int {
	if negative {
		return 1
	}
	return 0
}

// Agent tells what the country does, and what stands before its noun phrase.
func Agent(in *Input, e *Emitter) {
	s := in.Sentence
	for _, subject := range s.Subjects {
		p, v := subject.Phrase, subject.Verb
		if v.First >= 0 && !s.IsComplement(subject) {
			act(s, e, v)
			e.add(beforeVerb, at(s, v.First, v.First), s.Symbol(p.Lo-1), s.Words[v.First].Symbol)
		}
		e.addWord(s, p.Lo-1, before)
		e.add(twoBefore, at(s, p.Lo-2, p.Lo-1), s.Symbol(p.Lo-2), s.Symbol(p.Lo-1))
	}
}

// Offices tells which offices stand in the country's noun phrase.
func Offices(in *Input, e *Emitter) {
	s := in.Sentence
	for _, subject := range s.Subjects {
		for i := subject.Phrase.Lo + 1; i < subject.Phrase.Hi; i++ {
			if s.Words[i].Entry.Is(lexicon.Office) {
				e.add(office, at(s, i, i), s.Words[i].Symbol)
			}
		}
	}
}

// act tells the verb of the country, its complement, and the first roles that
// it reaches.
func act(s *syntax.Sentence, e *Emitter, v syntax.Verb) {
	sign := signIndex(v.Negated)
	first, class := classAt(s, v.First)
	e.addWord(s, v.First, verb)
	e.addWord(s, v.First, signedVerb[sign])
	if v.Second >= 0 {
		e.add(verbs, at(s, v.First, v.Second), s.Words[v.First].Symbol, s.Words[v.Second].Symbol)
		e.addWord(s, v.Second, complement[sign])
		if second, has := classAt(s, v.Second); has != 0 {
			e.add(verbs, at(s, v.First, v.Second), first, second)
		}
	}
	objects := 0
	for i := v.First + 1; i < min(len(s.Words), v.First+objectReach) && objects < objectLimit; i++ {
		if !s.IsObject(i) {
			continue
		}
		objects++
		role := s.Words[i].Symbol
		e.add(object[sign], at(s, i, i), role)
		e.add(verbObject, at(s, v.First, i), s.Words[v.First].Symbol, role)
		if class != 0 {
			e.add(signedObject[sign], at(s, v.First, i), first, role)
		}
		if v.Second >= 0 && v.Second < i {
			e.add(secondObject, at(s, v.Second, i), s.Words[v.Second].Symbol, role)
		}
	}
}
