package features

import (
	"slices"
	"strconv"
	"strings"

	"github.com/kljensen/snowball/english"
)

// The features of tone answer how a text speaks of somebody, and what a source does to a target. They stand on stems and on
// classes of words instead of words: the corpora of these tasks are small, and a class shares weight between words that
// a corpus has once and words it never has. A sentence has three layers of classes: the tone of a word (see [toneWord]),
// its sign alone, and the act it names (see [Lexicon]). A negation within three words turns them.
//
// Names of features, by prefix; X is A for the actor (source), T for the target, O for another country:
//
//	w:                 stem or bigram of stems of the sentence
//	t: g: a:           class of a word: tone, sign, act; b: balance of signs
//	tXl: tXr: …        class left, right of X; tXcl: in its clause; tXnl: within 4 words; tXfl: nearest, with its distance
//	Xl1: Xr1: …        stem at a distance of 1 to 3; Xll: Xrr: Xlr: bigrams that touch X
//	Xv: Xu: Xp: Xq:    first and second stem of the verb that X governs, stems before X's noun phrase; tXv: … their classes
//	> <                source before (after) target: distance; stems, bigrams and classes before (x), between (i) and after (f)
type toneScratch struct {
	stems  map[string]string // of words met before, at most stemCache
	stem   []string          // of each masked word
	layers [3]layer
}

// layer is one way to class the words of a sentence; class[i] is "" where word i has none.
type layer struct {
	name  string
	class []string
}

const (
	stemCache   = 1 << 15
	negationGap = 3 // words from a negation to what it turns, at most
	nearTone    = 4
)

// Tone sends the tone features of a country: of every sentence that names it, whatever the topic.
func (x *Extractor) Tone(an *Analysis, p Pair, s *Scratch, sink Sink) {
	e := emitter{scratch: s, sink: sink, classes: x.classes}
	p.Topic = -1
	s.marks = marksOf(s.marks, an, x.topics, p)
	last := -1
	for _, mi := range p.Mentions {
		if at := an.Mentions[mi].Sentence; at != last {
			s.m.mask(an, s.marks, at)
			e.tone(&s.m)
			last = at
		}
	}
}

// SpanTone sends the tone features of a source and a target span of a text whose corpus marks them by hand; with an empty
// source the target is the actor, as a country is for Tone, and without both the text is asked about as a whole. Countries
// outside the spans are masked as others. Where there are both, the features of Stance for the source are sent, too.
func (x *Extractor) SpanTone(an *Analysis, source, target TokenRange, s *Scratch, sink Sink) {
	e := emitter{scratch: s, sink: sink, classes: x.classes}
	spans := spanMarks(source, target)
	s.marks = marksOf(s.marks, an, x.topics, Pair{Topic: -1})
	if len(spans) == 0 {
		e.wholeText(an)
		return
	}
	s.marks = slices.DeleteFunc(s.marks, func(m mark) bool {
		return slices.ContainsFunc(spans, func(o mark) bool { return m.first < o.last && o.first < m.last })
	})
	s.marks = append(s.marks, spans...)
	slices.SortStableFunc(s.marks, func(a, b mark) int { return a.first - b.first })
	for si := range an.Document.Sentences {
		if s.m.mask(an, s.marks, si); len(s.m.actors) > 0 {
			if len(spans) > 1 {
				e.sentence(&s.m)
			}
			e.tone(&s.m)
		}
	}
}

// spanMarks are the marks of a source and a target. The part of the source that the target covers is the target's.
func spanMarks(source, target TokenRange) []mark {
	if target.First < source.Last && source.First < target.Last {
		if source.First < target.First {
			source.Last = target.First
		} else {
			source.First = min(target.Last, source.Last)
		}
	}
	var marks []mark
	if source.First < source.Last {
		marks = append(marks, mark{source.First, source.Last, symActor})
	}
	if target.First < target.Last {
		symbol := symTarget
		if len(marks) == 0 {
			symbol = symActor
		}
		marks = append(marks, mark{target.First, target.Last, symbol})
	}
	return marks
}

// wholeText sends the features of a text in which nobody is marked: every country counts.
func (e *emitter) wholeText(an *Analysis) {
	m := &e.scratch.m
	for si := range an.Document.Sentences {
		m.mask(an, e.scratch.marks, si)
		e.sentence(m)
		e.tone(m)
		for _, at := range m.roles {
			e.toneAround(m, at, "O")
			e.toneVerb(m, at, "O")
		}
	}
}

// tone sends the tone features of a masked sentence.
func (e *emitter) tone(m *masked) {
	e.scratch.classify(m)
	e.toneBag(m)
	for _, at := range m.actors {
		e.toneAround(m, at, "A")
		e.toneVerb(m, at, "A")
	}
	for _, to := range m.roles {
		if m.words[to] != symTarget {
			continue
		}
		e.toneAround(m, to, "T")
		e.toneVerb(m, to, "T")
		for _, from := range m.actors {
			e.toneBetween(m, from, to)
		}
	}
}

// classify fills the layers of a masked sentence.
func (s *Scratch) classify(m *masked) {
	t := &s.tone
	t.stem = t.stem[:0]
	for _, w := range m.words {
		t.stem = append(t.stem, t.stemOf(w))
	}
	for k, name := range [...]string{"t", "g", "a"} {
		t.layers[k] = layer{name, append(t.layers[k].class[:0], make([]string, len(m.words))...)}
	}
	acts := t.layers[2].class
	if l, err := DefaultLexicon(); err == nil {
		for i := 0; i < len(m.words); {
			class, _, n := l.Lookup(m.words, i)
			acts[i] = class
			i += max(1, n)
		}
	}
	negated := -1
	words := toneWords()
	for i, w := range m.words {
		word := words[t.stem[i]]
		t.layers[0].class[i], t.layers[1].class[i] = word.class, word.sign
		if negated >= 0 && i-negated <= negationGap && m.clause[i] == m.clause[negated] {
			t.turn(i)
		}
		if negations[w] {
			negated = i
		}
	}
}

// turn marks the classes of word i as negated and changes its sign.
func (t *toneScratch) turn(i int) {
	for _, l := range t.layers {
		switch l.class[i] {
		case "":
		case "+":
			l.class[i] = "-"
		case "-":
			l.class[i] = "+"
		default:
			l.class[i] = "not " + l.class[i]
		}
	}
}

// stemOf is the stem of a lower-case word; symbols and punctuation are their own.
func (t *toneScratch) stemOf(w string) string {
	if w[0] < 'a' || w[0] > 'z' {
		return w
	}
	stem, ok := t.stems[w]
	if !ok {
		if t.stems == nil || len(t.stems) >= stemCache {
			t.stems = map[string]string{}
		}
		stem = english.Stem(w, true)
		t.stems[strings.Clone(w)] = stem
	}
	return stem
}

// stemAt is stem i of the sentence, or an edge symbol outside it.
func (t *toneScratch) stemAt(i int) string {
	switch {
	case i < 0:
		return "<s>"
	case i >= len(t.stem):
		return "</s>"
	}
	return t.stem[i]
}

// toneBag sends the sentence as a bag of stems and classes.
func (e *emitter) toneBag(m *masked) {
	t := &e.scratch.tone
	for i, stem := range t.stem {
		e.on(i).send(m.sentence, "w:", stem)
		if i > 0 {
			e.on(i-1, i).send(m.sentence, "w:", t.stem[i-1], " ", stem)
		}
	}
	for _, l := range t.layers {
		for i, class := range l.class {
			if class != "" {
				e.on(i).send(m.sentence, l.name, ":", class)
			}
		}
	}
	balance := 0
	for _, sign := range t.layers[1].class {
		switch sign {
		case "+":
			balance++
		case "-":
			balance--
		}
	}
	e.send(m.sentence, "b:", strconv.Itoa(max(-4, min(4, balance))))
}

// toneAround sends the classes left and right of position at, and the stems next to it.
func (e *emitter) toneAround(m *masked, at int, who string) {
	t := &e.scratch.tone
	for _, l := range t.layers {
		nearest := [2]int{-1, -1}
		for i, class := range l.class {
			if class == "" || i == at {
				continue
			}
			side, k := "r:", 1
			if i < at {
				side, k = "l:", 0
			}
			if k == 0 || nearest[1] < 0 {
				nearest[k] = i
			}
			e.on(i).send(m.sentence, l.name, who, side, class)
			if m.clause[i] == m.clause[at] {
				e.on(i).send(m.sentence, l.name, who, "c", side, class)
			}
			if max(i-at, at-i) <= nearTone {
				e.on(i).send(m.sentence, l.name, who, "n", side, class)
			}
		}
		if i := nearest[0]; i >= 0 {
			e.on(i).send(m.sentence, l.name, who, "fl:", l.class[i], bucket(at-i))
		}
		if i := nearest[1]; i >= 0 {
			e.on(i).send(m.sentence, l.name, who, "fr:", l.class[i], bucket(i-at))
		}
	}
	for k := 1; k <= 3; k++ {
		e.on(at-k).send(m.sentence, who, "l", distances[k], ":", t.stemAt(at-k))
		e.on(at+k).send(m.sentence, who, "r", distances[k], ":", t.stemAt(at+k))
	}
	e.on(at-2, at-1).send(m.sentence, who, "ll:", t.stemAt(at-2), " ", t.stemAt(at-1))
	e.on(at+1, at+2).send(m.sentence, who, "rr:", t.stemAt(at+1), " ", t.stemAt(at+2))
	e.on(at-1, at+1).send(m.sentence, who, "lr:", t.stemAt(at-1), " ", t.stemAt(at+1))
}

// toneVerb sends the verb that position at governs and what stands before its noun phrase.
func (e *emitter) toneVerb(m *masked, at int, who string) {
	t := &e.scratch.tone
	p := m.phraseAt(at)
	v := m.verbAfter(p)
	for _, part := range [...]struct {
		name string
		at   int
		sign string
	}{{"v", v.first, v.sign}, {"u", v.second, v.sign}, {"p", p.lo - 1, ""}, {"q", p.lo - 2, ""}} {
		if part.at < 0 {
			continue
		}
		e.on(part.at).send(m.sentence, who, part.name, ":", t.stem[part.at], part.sign)
		for _, l := range t.layers {
			e.on(part.at).send(m.sentence, l.name, who, part.name, ":", l.class[part.at], part.sign)
		}
	}
	e.on(p.lo-2, p.lo-1).send(m.sentence, who, "pq:", t.stemAt(p.lo-2), " ", t.stemAt(p.lo-1))
}

// toneBetween sends what stands before, between and after a source and a target.
func (e *emitter) toneBetween(m *masked, from, to int) {
	t := &e.scratch.tone
	lo, hi, dir := from, to, ">"
	if to < from {
		lo, hi, dir = to, from, "<"
	}
	e.send(m.sentence, dir)
	e.send(m.sentence, dir, bucket(hi-lo))
	for i, stem := range t.stem {
		where := "i"
		switch {
		case i == lo || i == hi:
			continue
		case i < lo:
			where = "x"
		case i > hi:
			where = "f"
		}
		e.on(i).send(m.sentence, where, dir, ":", stem)
		for _, l := range t.layers {
			if class := l.class[i]; class != "" {
				e.on(i).send(m.sentence, l.name, where, dir, ":", class)
			}
		}
	}
	for i := lo; i < hi; i++ {
		e.on(i, i+1).send(m.sentence, "i", dir, ":", t.stem[i], " ", t.stem[i+1])
		if i+2 <= hi {
			e.on(i, i+2).send(m.sentence, "i", dir, ":", t.stem[i], " _ ", t.stem[i+2])
		}
	}
}
