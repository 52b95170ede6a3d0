package syntax

import (
	"strings"

	"stance/features/lexicon"
)

// A country rarely stands right beside its verb: "Germany's defence minister
// also pledged", "Poland, Latvia and Estonia will not send". The functions here
// walk from a name over the rest of its noun phrase (offices, members of a list)
// and over auxiliaries to the verb that the phrase governs. They note negation
// on the way.

// Phrase is a noun phrase: words [Lo, Hi) of a sentence.
type Phrase struct{ Lo, Hi int }

// phraseAt extends the name at a position over offices, and over the other
// members of a list it stands in.
func (s *Sentence) phraseAt(at int) Phrase {
	p := Phrase{at, at + 1}
	for n := s.joinedRight(p.Hi); n > 0; n = s.joinedRight(p.Hi) {
		p.Hi += n
	}
	for n := s.joinedLeft(p.Lo); n > 0; n = s.joinedLeft(p.Lo) {
		p.Lo -= n
	}
	return p
}

// PhraseAt is the noun phrase of the name at a position and the verb that it
// governs, for names other than the actor's.
func (s *Sentence) PhraseAt(at int) (Phrase, Verb) {
	p := s.phraseAt(at)
	return p, s.verbAfter(p)
}

// joinedRight counts the words from position i on that belong to the noun phrase
// that ends there.
func (s *Sentence) joinedRight(i int) int {
	switch {
	case i >= len(s.Words):
		return 0
	case s.is(i, lexicon.Office), s.Words[i].Role == Actor:
		return 1
	case s.reads(i, ",", "and", "or") && s.isName(i+1):
		return 2
	case s.reads(i, ",") && s.reads(i+1, "and") && s.isName(i+2):
		return 3
	}
	return 0
}

// joinedLeft counts the words before position i that belong to the noun phrase
// that begins there.
func (s *Sentence) joinedLeft(i int) int {
	switch {
	case i == 0:
		return 0
	case s.is(i-1, lexicon.Office), s.Words[i-1].Role == Actor, s.reads(i-1, "the"):
		return 1
	case s.reads(i-1, ",", "and", "or") && s.isName(i-2):
		return 2
	}
	return 0
}

// isName reports whether word i stands for a country or a term of a side.
func (s *Sentence) isName(i int) bool {
	if i < 0 || i >= len(s.Words) {
		return false
	}
	switch s.Words[i].Role {
	case Actor, Other, Bloc, Party, Opponent:
		return true
	}
	return false
}

// IsObject reports whether word i is a name or a term of the topic: what an act
// may be aimed at.
func (s *Sentence) IsObject(i int) bool { return s.isName(i) || s.Words[i].Role == Topic }

// Verb is what a noun phrase governs: the positions of the first two words after
// it that are neither auxiliaries nor adverbs, -1 where there is none.
type Verb struct {
	First, Second int
	Negated       bool // a negation stands before the first
}

// verbReach is how many words after a noun phrase its verb may stand in.
const verbReach = 8

// verbAfter looks for the verb of a phrase; it steps over an apposition between
// commas.
func (s *Sentence) verbAfter(p Phrase) Verb {
	v := Verb{First: -1, Second: -1}
	start := s.skipApposition(p.Hi)
	for i := start; i < min(len(s.Words), start+verbReach) && v.Second < 0; i++ {
		if s.is(i, lexicon.Negation) && v.First < 0 {
			v.Negated = true
		}
		switch w := s.Words[i].Text; {
		case s.is(i, lexicon.Particle) && v.First < 0, s.is(i, lexicon.Auxiliary),
			len(w) > 3 && strings.HasSuffix(w, "ly"):
		case v.First < 0:
			v.First = i
		default:
			v.Second = i
		}
	}
	return v
}

// appositionLength bounds an apposition, in words.
const appositionLength = 12

// skipApposition steps over ", … ,".
func (s *Sentence) skipApposition(i int) int {
	if !s.reads(i, ",") {
		return i
	}
	for k := i + 1; k < min(len(s.Words), i+1+appositionLength); k++ {
		if s.reads(k, ",") {
			return k + 1
		}
	}
	return i
}

// Acts reports whether the subject is likely to act in its sentence: it governs
// a verb, and no preposition stands before it.
func (s *Sentence) Acts(subject Subject) bool {
	return subject.Verb.First >= 0 && !s.is(subject.Phrase.Lo-1, lexicon.Preposition)
}
