package family

import (
	"strconv"
	"strings"

	"stance/features/lexicon"
	"stance/features/syntax"
	"stance/features/vector"
)

// The features of tone answer how a text speaks of somebody, and what a source
// does to a target. They stand on stems and classes of words instead of words:
// the corpora of these tasks are small, and a class shares weight between words
// that a corpus has once and words it never has. A sentence has three layers of
// classes: the tone of a word, its sign alone, and the act it names. A negation
// within three words turns them.

// layer is one way to class the words of a sentence.
type layer int

const (
	toneLayer layer = iota
	signLayer
	actLayer
	layerCount
)

// layerSymbols name the layers.
var layerSymbols = [layerCount]vector.Symbol{vector.NewSymbol("tone"), vector.NewSymbol("sign"),
	vector.NewSymbol("act")}

// Tone holds the stems and classes of one sentence. It is reused from sentence
// to sentence by one goroutine.
type Tone struct {
	lexicon *lexicon.Lexicon
	known   map[vector.ID]knownStem // by word, for those met before
	stems   []lexicon.Stem          // of each word
	classes [layerCount][]vector.Symbol
	balance int // words with a good sign less those with a bad one
}

const (
	stemCache   = 1 << 15 // stems kept
	negationGap = 3       // words from a negation to what it turns
)

// knownStem is the stem of a word. The word is kept, since two words may have
// one ID.
type knownStem struct {
	word string
	stem lexicon.Stem
}

// NewTone returns the working space of one goroutine.
func NewTone(l *lexicon.Lexicon) *Tone {
	return &Tone{lexicon: l, known: map[vector.ID]knownStem{}}
}

// Read classes the words of a sentence.
func (t *Tone) Read(s *syntax.Sentence) {
	t.stems = t.stems[:0]
	for l := range t.classes {
		t.classes[l] = append(t.classes[l][:0], make([]vector.Symbol, len(s.Words))...)
	}
	for i := range s.Words {
		stem := t.stem(s.Words[i])
		t.stems = append(t.stems, stem)
		if stem.Tone != 0 {
			t.classes[toneLayer][i] = toneSymbols[stem.Tone-1]
			t.classes[signLayer][i] = signOf(stem.Tone.Tone().Good)
		}
	}
	for i := 0; i < len(s.Words); {
		w := &s.Words[i]
		if w.Act.Class != 0 {
			t.classes[actLayer][i] = w.Act.Class.Symbol()
		}
		i += max(1, int(w.Act.Words))
	}
	t.negate(s)
	t.balance = 0
	for _, sign := range t.classes[signLayer] {
		switch sign.ID {
		case plus.ID:
			t.balance++
		case minus.ID:
			t.balance--
		}
	}
}

// stem is the stem of a word; roles and marks are their own.
func (t *Tone) stem(w syntax.Word) lexicon.Stem {
	if w.Role != syntax.NoRole || w.Text[0] < 'a' || w.Text[0] > 'z' {
		return lexicon.Stem{Symbol: w.Symbol}
	}
	known := t.known[w.ID]
	if known.word != w.Text {
		if len(t.known) >= stemCache {
			clear(t.known)
		}
		known = knownStem{strings.Clone(w.Text), t.lexicon.Stem(w.Text)}
		t.known[w.ID] = known
	}
	return known.stem
}

// negate turns the classes that stand shortly after a negation.
func (t *Tone) negate(s *syntax.Sentence) {
	negated := -1
	for i := range s.Words {
		if negated >= 0 && i-negated <= negationGap &&
			s.Words[i].Clause == s.Words[negated].Clause {
			for l := range t.classes {
				t.classes[l][i] = negation(t.classes[l][i])
			}
		}
		if s.Words[i].Entry.Is(lexicon.Negation) {
			negated = i
		}
	}
}

// negation is the class of a negated word: the other sign, else "not-" and the
// class.
func negation(class vector.Symbol) vector.Symbol {
	switch class.ID {
	case 0:
		return class
	case plus.ID:
		return minus
	case minus.ID:
		return plus
	}
	return vector.NewSymbol("not-" + class.Text)
}

// toneSymbols name the classes of tone.
var toneSymbols = func() (symbols []vector.Symbol) {
	for _, tone := range lexicon.Tones() {
		symbols = append(symbols, vector.NewSymbol(tone.Name))
	}
	return symbols
}()

// stemAt is stem i of the sentence, or an edge outside it.
func (t *Tone) stemAt(s *syntax.Sentence, i int) vector.Symbol {
	if i < 0 || i >= len(t.stems) {
		return s.Symbol(i)
	}
	return t.stems[i].Symbol
}

var (
	stemWord    = newPrefix("w")  // stem or bigram of stems of the sentence
	classWord   = newPrefix("tw") // class of a word of the sentence
	balanceSign = newPrefix("tb") // balance of signs
)

// balances name the balance of signs, from -4 to 4.
var balances = func() (symbols [9]vector.Symbol) {
	for i := range symbols {
		symbols[i] = vector.NewSymbol(strconv.Itoa(i - 4))
	}
	return symbols
}()

// ToneBag is the sentence as a bag of stems and classes.
func ToneBag(in *Input, e *Emitter) {
	s, t := in.Sentence, in.Tone
	for i := range t.stems {
		e.add(stemWord, at(s, i, i), t.stems[i].Symbol)
		if i > 0 {
			e.add(stemWord, at(s, i-1, i), t.stems[i-1].Symbol, t.stems[i].Symbol)
		}
	}
	for l := range t.classes {
		for i, class := range t.classes[l] {
			if class.ID != 0 {
				e.add(classWord, at(s, i, i), layerSymbols[l], class)
			}
		}
	}
	e.add(balanceSign, inSentence(s), balances[4+max(-4, min(4, t.balance))])
}
