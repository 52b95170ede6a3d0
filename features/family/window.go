package family

import "stance/features/syntax"

// The widths of the windows around a name, in words.
const (
	nearWindow = 4
	bagWindow  = 12
	pathWindow = 16
)

var (
	// Word, cluster or act at a distance of 1 to 4, left and right.
	near = [...][2]prefix{
		1: {newPrefix("L1"), newPrefix("R1")},
		2: {newPrefix("L2"), newPrefix("R2")},
		3: {newPrefix("L3"), newPrefix("R3")},
		4: {newPrefix("L4"), newPrefix("R4")},
	}
	around      = newPrefix("LR")  // the words on both sides
	twoLeft     = newPrefix("LL")  // bigram to the left
	twoRight    = newPrefix("RR")  // bigram to the right
	threeRight  = newPrefix("RRR") // trigram to the right
	leftWord    = newPrefix("l")   // word within 12 places
	rightWord   = newPrefix("r")
	leftClause  = newPrefix("cl") // word, cluster or act of the country's clause
	rightClause = newPrefix("cr")
	pathRight   = newPrefix("p>") // another role to the right: its distance, and the words between
	pathLeft    = newPrefix("p<") // another role to the left
)

// Adjacent is what touches the country's name.
func Adjacent(in *Input, e *Emitter) {
	s := in.Sentence
	for _, subject := range s.Subjects {
		i := subject.At
		e.addWord(s, i-1, near[1][0])
		e.addWord(s, i+1, near[1][1])
		e.add(around, at(s, i-1, i+1), s.Symbol(i-1), s.Symbol(i+1))
		e.add(twoLeft, at(s, i-2, i-1), s.Symbol(i-2), s.Symbol(i-1))
		e.add(twoRight, at(s, i+1, i+2), s.Symbol(i+1), s.Symbol(i+2))
		e.add(threeRight, at(s, i+1, i+3), s.Symbol(i+1), s.Symbol(i+2), s.Symbol(i+3))
	}
}

// Near is what stands two to four words from the country's name.
func Near(in *Input, e *Emitter) {
	s := in.Sentence
	for _, subject := range s.Subjects {
		for k := 2; k <= nearWindow; k++ {
			e.addWord(s, subject.At-k, near[k][0])
			e.addWord(s, subject.At+k, near[k][1])
		}
	}
}

// Window is the bag of words left and right of the country's name, and of its
// clause once more.
func Window(in *Input, e *Emitter) {
	s := in.Sentence
	for _, subject := range s.Subjects {
		center := subject.At
		for i := max(0, center-bagWindow); i < min(len(s.Words), center+bagWindow+1); i++ {
			side, clause := rightWord, rightClause
			if i < center {
				side, clause = leftWord, leftClause
			}
			if i == center {
				continue
			}
			e.add(side, at(s, i, i), s.Words[i].Symbol)
			if s.Words[i].Clause == s.Words[center].Clause {
				e.addWord(s, i, clause)
			}
		}
	}
}

// Path tells, for each other role near the country, its distance and the words
// between the two.
func Path(in *Input, e *Emitter) {
	for _, subject := range in.Sentence.Subjects {
		for _, other := range in.Sentence.Others {
			pathBetween(in.Sentence, e, subject.At, other)
		}
	}
}

func pathBetween(s *syntax.Sentence, e *Emitter, from, to int) {
	lo, hi, p := from, to, pathRight
	if to < from {
		lo, hi, p = to, from, pathLeft
	}
	if hi-lo > pathWindow {
		return
	}
	role := s.Words[to].Symbol
	e.add(p, at(s, to, to), role, bucket(hi-lo))
	for i := lo + 1; i < hi; i++ {
		e.addWordBeside(s, i, p, role)
	}
}
