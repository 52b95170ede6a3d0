package syntax

import (
	"slices"
	"sort"

	"stance/features/lexicon"
	"stance/features/text"
	"stance/features/vector"
)

// Sentence is a masked sentence: what a feature family may see. Its slices are
// reused from question to question.
type Sentence struct {
	Words    []Word
	Index    int // into Document.Sentences
	Title    bool
	Subjects []Subject // each place where the actor is named
	Others   []int     // positions of the other roles
	OnTopic  bool      // the sentence names the topic or its party
}

// Subject is a place where the actor is named, with its noun phrase and the
// verb that the phrase governs.
type Subject struct {
	At     int // position of the actor
	Phrase Phrase
	Verb   Verb
}

// edges stand before and after a sentence.
var edges = [...]vector.Symbol{vector.NewSymbol("<s>"), vector.NewSymbol("</s>")}

// Mask fills s with sentence index of the document, masked by marks.
func (s *Sentence) Mask(an *Analysis, marks []Mark, index int) {
	sentence := an.Document.Sentences[index]
	*s = Sentence{Words: s.Words[:0], Subjects: s.Subjects[:0], Others: s.Others[:0],
		Index: index, Title: sentence.Title}
	next := sort.Search(len(marks), func(i int) bool { return marks[i].First >= sentence.First })
	clause := int32(0)
	for i := sentence.First; i < sentence.Last; {
		w, end := an.Words[i], i+1
		if next < len(marks) && marks[next].First == i {
			role := marks[next].Role
			w = Word{Symbol: roleSymbols[role], Role: role, Token: int32(i)}
			end = min(marks[next].Last, sentence.Last)
			s.place(role)
			next++
		}
		if w.Entry.Is(lexicon.ClauseBreak) {
			clause++
		}
		w.Clause = clause
		s.Words = append(s.Words, w)
		i = end
	}
	for k := range s.Subjects {
		subject := &s.Subjects[k]
		subject.Phrase = s.phraseAt(subject.At)
		subject.Verb = s.verbAfter(subject.Phrase)
	}
}

// place notes that the next word is a role.
func (s *Sentence) place(role Role) {
	at := len(s.Words)
	switch role {
	case Actor:
		s.Subjects = append(s.Subjects, Subject{At: at})
		return
	case Party, Topic:
		s.OnTopic = true
	}
	s.Others = append(s.Others, at)
}

// Symbol is word i of the sentence, or an edge outside it.
func (s *Sentence) Symbol(i int) vector.Symbol {
	switch {
	case i < 0:
		return edges[0]
	case i >= len(s.Words):
		return edges[1]
	}
	return s.Words[i].Symbol
}

// Class is the class of the act that begins at position i; 0 when there is
// none.
func (s *Sentence) Class(i int) lexicon.Class {
	if i < 0 || i >= len(s.Words) {
		return 0
	}
	return s.Words[i].Act.Class
}

// Token is the first token of word i, -1 outside the sentence.
func (s *Sentence) Token(i int) int32 {
	if i < 0 || i >= len(s.Words) {
		return -1
	}
	return s.Words[i].Token
}

// is reports whether word i is in one of the closed classes.
func (s *Sentence) is(i int, classes lexicon.Grammar) bool {
	return i >= 0 && i < len(s.Words) && s.Words[i].Entry.Is(classes)
}

// reads reports whether word i is an ordinary word that reads as one of list.
func (s *Sentence) reads(i int, list ...string) bool {
	return i >= 0 && i < len(s.Words) && s.Words[i].Role == NoRole &&
		slices.Contains(list, s.Words[i].Text)
}

// TokenRange is the range of tokens of the word that begins at token first: a
// name of several tokens is one word.
func (an *Analysis) TokenRange(first int32) text.Range {
	at := int(first)
	if i, ok := sort.Find(len(an.References), func(i int) int {
		return at - an.References[i].First
	}); ok {
		return text.Range{First: at, Last: an.References[i].Last}
	}
	i := sort.Search(len(an.Hits), func(i int) bool { return an.Hits[i].First >= at })
	if i < len(an.Hits) && an.Hits[i].First == at {
		return text.Range{First: at, Last: an.Hits[i].Last}
	}
	return text.Range{First: at, Last: at + 1}
}
