package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"stance/features/lexicon"
)

// A country rarely stands right beside its verb: "Germany's defence minister
// also pledged", "Poland, Latvia and Estonia will not send". The functions here
// walk from a name over the rest of its noun phrase (offices, members of a
// list) and over auxiliaries to the verb that the phrase governs. They note
// negation on the way.

// Phrase is a noun phrase: words [Lo, Hi) of a sentence.
type Phrase struct{ Lo, Hi int }

// phraseAt extends the name at a position over offices, and over the other
// members of a list it stands in. A list has an "and" or "or": in "despite
// Norway, Malta agreed" are two phrases.
func (s *Sentence) phraseAt(at int) Phrase {
	p := s.extend(Phrase{at, at + 1}, true)
	for i := p.Lo; i < p.Hi; i++ {
		if s.reads(i, "and", "or") {
			return p
		}
	}
	return s.extend(Phrase{at, at + 1}, false)
}

// extend extends a phrase by all words that belong to it.
func (s *Sentence) extend(p Phrase, list bool) Phrase {
	for n := s.joinedRight(p.Hi, list); n > 0; n = s.joinedRight(p.Hi, list) {
		p.Hi += n
	}
	for n := s.joinedLeft(p.Lo, list); n > 0; n = s.joinedLeft(p.Lo, list) {
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

// joinedRight counts the words from position i on that belong to the noun
// phrase that ends there; the members of a list if it is one.
func (s *Sentence) joinedRight(i int, list bool) int {
	switch {
	case i >= len(s.Words):
		return 0
	case s.is(i, lexicon.Office), s.Words[i].Role == Actor:
		return 1
	case !list:
	case s.reads(i, ",", "and", "or") && s.isName(i+1):
		return 2
	case s.reads(i, ",") && s.reads(i+1, "and") && s.isName(i+2):
		return 3
	}
	return 0
}

// joinedLeft counts the words before position i that belong to the noun phrase
// that begins there; the members of a list if it is one.
func (s *Sentence) joinedLeft(i int, list bool) int {
	switch {
	case i == 0:
		return 0
	case s.is(i-1, lexicon.Office), s.Words[i-1].Role == Actor, s.reads(i-1, "the"):
		return 1
	case list && s.reads(i-1, ",", "and", "or") && s.isName(i-2):
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

// Verb is what a noun phrase governs: the positions of the first two words
// after it that are neither auxiliaries nor adverbs, -1 where there is none.
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

// IsAgent reports whether "by" or "from" stands before the subject's noun
// phrase: it is the agent of a passive verb or of a noun.
func (s *Sentence) IsAgent(subject Subject) bool {
	return s.reads(subject.Phrase.Lo-1, "by", "from") && subject.Phrase.Lo > 1
}

// IsComplement reports whether a preposition stands before the subject's noun
// phrase: it does not govern what follows.
func (s *Sentence) IsComplement(subject Subject) bool {
	return s.is(subject.Phrase.Lo-1, lexicon.Preposition)
}

// IsAddressee reports whether somebody else tells the subject what follows:
// "told ACTOR that".
func (s *Sentence) IsAddressee(subject Subject) bool {
	before := subject.Phrase.Lo - 1
	if s.reads(before, "his", "her", "its", "their", "the") || s.isName(before) {
		before--
	}
	return s.reads(before, "told", "tells", "tell", "telling", "informed", "informs", "reminded", "assured")
}

// passiveReach is how many words before a participle its auxiliary may stand.
const passiveReach = 3

// IsPassive reports whether word i is a participle behind a form of "be": what
// is done to the subject is not its act.
func (s *Sentence) IsPassive(i int) bool {
	if !strings.HasSuffix(s.Words[i].Text, "ed") {
		return false
	}
	for k := i - 1; k >= max(0, i-passiveReach); k-- {
		if s.reads(k, "was", "were", "been", "be", "being", "is", "are") {
			return true
		}
		if !s.is(k, lexicon.Auxiliary|lexicon.Particle) && !strings.HasSuffix(s.Words[k].Text, "ly") {
			return false
		}
	}
	return false
}

// Governs reports whether word i is a name of somebody other than the actor
// that governs a verb.
func (s *Sentence) Governs(i int) bool {
	if !s.isName(i) || s.Words[i].Role == Actor {
		return false
	}
	p, v := s.PhraseAt(i)
	if s.is(p.Lo-1, lexicon.Preposition) && !s.IsBreak(p.Lo-1) {
		return false
	}
	for k := p.Lo; k < p.Hi; k++ {
		if s.Words[k].Role == Actor {
			return false // they act together
		}
	}
	return v.First >= 0 && !s.is(v.First, lexicon.Preposition) && isLetter(s.Words[v.First].Text)
}

// Opinion is a kind of view of a subject.
type Opinion uint8

// The opinions.
const (
	NoOpinion Opinion = iota
	Duty              // it should do something
	Claim             // something should be done to it, or should not
	Judgment          // it is something
)

// OpinionOf returns what a speaker thinks of the name at position i, and the
// position of the verb: "should leave", "must be helped", "is right".
func (s *Sentence) OpinionOf(i int) (opinion Opinion, verb int) {
	start := s.phraseAt(i).Hi
	if s.reads(start, "should", "must", "ought", "cannot", "can") {
		for k := start + 1; k < min(len(s.Words), start+1+passiveReach); k++ {
			if s.reads(k, "be") {
				return Claim, start
			}
		}
		if s.reads(start, "should", "must", "ought") {
			return Duty, start
		}
		return NoOpinion, -1
	}
	for k := start; k < min(len(s.Words), start+verbReach) && !s.IsBreak(k); k++ {
		switch {
		case !s.reads(k, "is", "are"):
		case strings.HasSuffix(s.Symbol(k+1).Text, "ing"), s.reads(k+2, "by"):
			return NoOpinion, -1
		default:
			return Judgment, k
		}
	}
	return NoOpinion, -1
}

// isLetter reports whether a word begins with a letter: it is no mark.
func isLetter(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsLetter(r)
}

// IsParticle reports whether word i is a negation: "may" leaves open what
// "would not" refuses.
func (s *Sentence) IsParticle(i int) bool { return s.is(i, lexicon.Particle) }

// IsBreak reports whether word i begins a clause.
func (s *Sentence) IsBreak(i int) bool { return s.is(i, lexicon.ClauseBreak) }

// IsAsked reports whether the subject is asked by somebody else to do what
// follows: "Warsaw urges ACTOR to send".
func (s *Sentence) IsAsked(subject Subject) bool {
	before := subject.Phrase.Lo - 1
	if s.reads(before, "on", "upon", "with") { // "calls on ACTOR to"
		before--
	}
	return before >= 0 && s.Words[before].Act.Class.Is(lexicon.Bids) && s.reads(subject.Phrase.Hi, "to", "not", "against", "of", "over", "for")
}

// IsTold reports whether the name at position i is told what to do: "urges
// OPPONENT to leave".
func (s *Sentence) IsTold(i int) bool { return s.reads(s.phraseAt(i).Hi, "to", "not", "against") }

// IsPossessive reports whether word i makes a possessive of the name before it.
func (s *Sentence) IsPossessive(i int) bool { return s.reads(i, "'s", "’s", "'") }

// undoneReach is how many words after a role its passive may stand.
const undoneReach = 4

// IsUndone reports whether what reaches the role at position i is to be undone:
// "insists that sanctions on OPPONENT be lifted".
func (s *Sentence) IsUndone(i int) bool {
	for k := i + 1; k < min(len(s.Words), i+1+undoneReach) && !s.IsBreak(k); k++ {
		if s.reads(k, "be") {
			return s.Class(k+1).Toward() < 0 && strings.HasSuffix(s.Symbol(k+1).Text, "ed")
		}
	}
	return false
}

// IsAttribute reports whether word i describes the noun after it: an adjective,
// or a participle as in "widely banned munitions", "a disputed sale".
func (s *Sentence) IsAttribute(i int) bool {
	switch {
	case s.is(i+1, lexicon.Preposition):
		return false
	case s.Words[i].Act.Modifier:
		return !s.isPredicate(i)
	case !strings.HasSuffix(s.Words[i].Text, "ed"):
		return false
	}
	return s.reads(i-1, "a", "an", "the", "its", "their", "more") ||
		strings.HasSuffix(s.Symbol(i-1).Text, "ly") && !s.is(i-2, lexicon.Auxiliary) &&
			!s.isName(i-2)
}

// DescribesThing reports whether the act at position i only describes the
// weapon or the troops behind it: "attack drones", "defence systems".
func (s *Sentence) DescribesThing(i int) bool {
	w := s.Words[i].Text
	return s.Class(i+int(s.Words[i].Act.Words)).Is(lexicon.Things) && !strings.HasSuffix(w, "ed") &&
		!strings.HasSuffix(w, "ing") &&
		!s.reads(i-1, "to", "it", "they") && !s.is(i-1, lexicon.ClauseBreak|lexicon.Auxiliary) &&
		!s.isName(i-1)
}

// IsGoodFor reports whether what stands before the role at position i is a good
// for it: "safety for PARTY", "a vote in TOPIC". It looks back to position
// start, where somebody asks for it. Nothing is good for whom it is asked of:
// "demands answers from OPPONENT".
func (s *Sentence) IsGoodFor(i, start int) bool {
	good := s.Words[i].Role == Topic || s.reads(i-1, "a", "an")
	i = s.phraseAt(i).Lo
	switch {
	case s.reads(i-1, "from", "of", "on", "that", "against"):
		return false
	case good:
		return true
	}
	for k := start; k < i; k++ {
		if !s.is(k, lexicon.Function|lexicon.Office|lexicon.Auxiliary) {
			return true
		}
	}
	return false
}

// IsRelative reports whether word i begins a clause that describes the noun
// before it: "states that join", not "said that".
func (s *Sentence) IsRelative(i int) bool {
	if !s.reads(i, "that", "which", "who") || s.reads(i-1, ",") {
		return false
	}
	before := s.Class(i - 1)
	return s.is(i-2, lexicon.Preposition) || before.Toward() == 0 && !before.Is(lexicon.Speaks)
}

// FollowsQuestion reports whether word i begins what somebody leaves open:
// "whether", "if", "that".
func (s *Sentence) FollowsQuestion(i int) bool { return s.reads(i, "whether", "if", "that", "which") }

// predicateReach is how many words before an adjective its verb may stand.
const predicateReach = 4

// isPredicate reports whether the adjective at position i is a predicate: "is
// reckless and wrong".
func (s *Sentence) isPredicate(i int) bool {
	for k := i - 1; k >= max(0, i-predicateReach); k-- {
		switch {
		case s.reads(k, "is", "are", "was", "were", "be", "been", "remains", "remain", "seems", "becomes"):
			return true
		case s.reads(k, "and", "or", "very", "so", "too", "both"), s.is(k, lexicon.Particle),
			s.Words[k].Act.Modifier,
			strings.HasSuffix(s.Words[k].Text, "ly"):
		default:
			return false
		}
	}
	return false
}

// Repeats reports whether the actor was named before, in the clause of subject
// or as who does what is done to it: in "ACTOR lifts its veto", "its" is no
// second actor.
func (s *Sentence) Repeats(subject Subject) bool {
	for _, other := range s.Subjects {
		if other.At < subject.At &&
			(s.Words[other.At].Clause == s.Words[subject.At].Clause ||
				s.Class(subject.Phrase.Lo-1) != 0) {
			return true
		}
	}
	return false
}

// IsSpeakerAtEnd reports whether the subject says what stands before it: "…,"
// ACTOR's minister told reporters.
func (s *Sentence) IsSpeakerAtEnd(subject Subject) bool {
	return subject.Phrase.Lo > 2 && s.Class(subject.Verb.First).Is(lexicon.Speaks) &&
		s.reads(subject.Phrase.Lo-1, ",", "\"", "”", "for", "of")
}

// RefersBack reports whether word i, an object, stands for what was named
// before: "it", or a noun such as "the bill".
func (s *Sentence) RefersBack(i int) bool {
	return s.reads(i, "it", "them", "this") ||
		s.reads(i-1, "the", "this", "that") && s.reads(i, "text", "bill", "plan", "deal", "package", "proposal", "measure",
			"measures", "move", "resolution", "document", "draft", "agreement", "idea", "decision",
			"vote", "motion")
}

// adjunctReach is how many words before a noun its preposition may stand.
const adjunctReach = 4

// IsAdjunct reports whether the noun at position i stands behind "despite" and
// the like, at the beginning of a sentence: "Despite ACTOR's veto, …".
func (s *Sentence) IsAdjunct(i int) bool {
	return i <= adjunctReach && s.reads(0, "despite", "after", "over", "amid", "following", "notwithstanding", "ignoring", "with")
}

// BeginsClause reports whether the noun phrase of the name at position i begins
// a clause or the sentence.
func (s *Sentence) BeginsClause(i int) bool {
	p := s.phraseAt(i)
	return p.Lo == 0 || s.IsBreak(p.Lo-1)
}

// FollowsThat reports whether the noun phrase of the name at position i stands
// behind "that".
func (s *Sentence) FollowsThat(i int) bool { return s.reads(s.phraseAt(i).Lo-1, "that") }
