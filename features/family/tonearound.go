package family

import (
	"stance/features/syntax"
	"stance/features/vector"
)

// sides are prefixes for what stands left and right of a name.
type sides [2]prefix

var (
	toneSide    = sides{newPrefix("tl"), newPrefix("tr")}   // class on a side
	toneClause  = sides{newPrefix("tcl"), newPrefix("tcr")} // class of the same clause
	toneNear    = sides{newPrefix("tnl"), newPrefix("tnr")} // class within 4 words
	toneNearest = sides{newPrefix("tfl"), newPrefix("tfr")} // nearest class, with its distance
	// Stem at a distance of 1 to 3.
	stemSide = [...]sides{1: {newPrefix("wl1"), newPrefix("wr1")},
		2: {newPrefix("wl2"), newPrefix("wr2")}, 3: {newPrefix("wl3"), newPrefix("wr3")}}
	stemTwo   = sides{newPrefix("wll"), newPrefix("wrr")} // bigram on a side
	stemBoth  = newPrefix("wlr")                          // stems on both sides
	toneVerb  = [...]prefix{newPrefix("tv"), newPrefix("tu"), newPrefix("tp"), newPrefix("tq")}
	stemVerb  = [...]prefix{newPrefix("wv"), newPrefix("wu"), newPrefix("wp"), newPrefix("wq")}
	stemPair  = newPrefix("wpq") // the two stems before the noun phrase
	toneBelow = newPrefix("d")   // source and target: order and distance
)

const nearTone = 4

// ToneAround tells the classes and stems around each named role: the actor, the
// target, or, in a text without both, every other country.
func ToneAround(in *Input, e *Emitter) {
	for _, at := range in.toneCenters() {
		toneAround(in, e, at)
		stemsAround(in, e, at)
	}
}

// ToneVerb tells the verb that each named role governs, and what stands before
// its noun phrase.
func ToneVerb(in *Input, e *Emitter) {
	for _, center := range in.toneCenters() {
		toneGovernment(in, e, center)
	}
}

// toneCenters are the positions that features of tone are told of.
func (in *Input) toneCenters() []int {
	s := in.Sentence
	var centers []int
	for _, subject := range s.Subjects {
		centers = append(centers, subject.At)
	}
	for _, other := range s.Others {
		if s.Words[other].Role == syntax.Target || len(s.Subjects) == 0 {
			centers = append(centers, other)
		}
	}
	return centers
}

func toneAround(in *Input, e *Emitter, center int) {
	s, t := in.Sentence, in.Tone
	role := s.Words[center].Symbol
	for l := range t.classes {
		nearest := [2]int{-1, -1}
		for i, class := range t.classes[l] {
			if class.ID == 0 || i == center {
				continue
			}
			side := 1
			if i < center {
				side = 0
			}
			if side == 0 || nearest[1] < 0 {
				nearest[side] = i
			}
			e.add(toneSide[side], at(s, i, i), layerSymbols[l], role, class)
			if s.Words[i].Clause == s.Words[center].Clause {
				e.add(toneClause[side], at(s, i, i), layerSymbols[l], role, class)
			}
			if max(i-center, center-i) <= nearTone {
				e.add(toneNear[side], at(s, i, i), layerSymbols[l], role, class)
			}
		}
		for side, i := range nearest {
			if i >= 0 {
				distance := bucket(max(i-center, center-i))
				e.add(toneNearest[side], at(s, i, i), layerSymbols[l], role, t.classes[l][i],
					distance)
			}
		}
	}
}

func stemsAround(in *Input, e *Emitter, center int) {
	s, t := in.Sentence, in.Tone
	role := s.Words[center].Symbol
	for k := 1; k < len(stemSide); k++ {
		e.add(stemSide[k][0], at(s, center-k, center-k), role, t.stemAt(s, center-k))
		e.add(stemSide[k][1], at(s, center+k, center+k), role, t.stemAt(s, center+k))
	}
	e.add(stemTwo[0], at(s, center-2, center-1), role, t.stemAt(s, center-2), t.stemAt(s, center-1))
	e.add(stemTwo[1], at(s, center+1, center+2), role, t.stemAt(s, center+1), t.stemAt(s, center+2))
	e.add(stemBoth, at(s, center-1, center+1), role, t.stemAt(s, center-1), t.stemAt(s, center+1))
}

func toneGovernment(in *Input, e *Emitter, center int) {
	s, t := in.Sentence, in.Tone
	role := s.Words[center].Symbol
	p, v := s.PhraseAt(center)
	sign := signOf(!v.Negated)
	for part, i := range [...]int{v.First, v.Second, p.Lo - 1, p.Lo - 2} {
		if i < 0 {
			continue
		}
		symbols := [...]vector.Symbol{role, t.stems[i].Symbol, sign}
		n := 3
		if part > 1 {
			n = 2 // what stands before the phrase has no sign
		}
		e.add(stemVerb[part], at(s, i, i), symbols[:n]...)
		for l := range t.classes {
			class := t.classes[l][i]
			if class.ID == 0 {
				class = no
			}
			symbols := [...]vector.Symbol{layerSymbols[l], role, class, sign}
			e.add(toneVerb[part], at(s, i, i), symbols[:n+1]...)
		}
	}
	e.add(stemPair, at(s, p.Lo-2, p.Lo-1), role, t.stemAt(s, p.Lo-2), t.stemAt(s, p.Lo-1))
}

// The places of a word beside a source and a target.
const (
	outside = iota
	between
	after
)

var (
	stemPlace = [...]sides{outside: {newPrefix("wx>"), newPrefix("wx<")}, between: {newPrefix("wi>"), newPrefix("wi<")},
		after: {newPrefix("wf>"), newPrefix("wf<")}}
	tonePlace = [...]sides{outside: {newPrefix("tx>"), newPrefix("tx<")}, between: {newPrefix("ti>"), newPrefix("ti<")},
		after: {newPrefix("tf>"), newPrefix("tf<")}}
	gap        = vector.NewSymbol("_")
	directions = [...]vector.Symbol{vector.NewSymbol(">"), vector.NewSymbol("<")}
)

// ToneBetween tells what stands before, between and after a source and a
// target.
func ToneBetween(in *Input, e *Emitter) {
	s := in.Sentence
	for _, other := range s.Others {
		if s.Words[other].Role != syntax.Target {
			continue
		}
		for _, subject := range s.Subjects {
			toneBetween(in, e, subject.At, other)
		}
	}
}

func toneBetween(in *Input, e *Emitter, from, to int) {
	s, t := in.Sentence, in.Tone
	lo, hi, dir := from, to, 0
	if to < from {
		lo, hi, dir = to, from, 1
	}
	e.add(toneBelow, inSentence(s), directions[dir])
	e.add(toneBelow, inSentence(s), directions[dir], bucket(hi-lo))
	for i := range t.stems {
		where := between
		switch {
		case i == lo || i == hi:
			continue
		case i < lo:
			where = outside
		case i > hi:
			where = after
		}
		e.add(stemPlace[where][dir], at(s, i, i), t.stems[i].Symbol)
		for l := range t.classes {
			if class := t.classes[l][i]; class.ID != 0 {
				e.add(tonePlace[where][dir], at(s, i, i), layerSymbols[l], class)
			}
		}
	}
	for i := lo; i < hi; i++ {
		e.add(stemPlace[between][dir], at(s, i, i+1), t.stems[i].Symbol, t.stems[i+1].Symbol)
		if i+2 <= hi {
			e.add(stemPlace[between][dir], at(s, i, i+2), t.stems[i].Symbol, gap,
				t.stems[i+2].Symbol)
		}
	}
}
