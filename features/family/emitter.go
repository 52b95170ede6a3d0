// Package family makes the features of a question. Each file holds one group of
// families; the table in package features says which questions ask each family.
package family

import (
	"fmt"
	"strings"

	"stance/features/lexicon"
	"stance/features/syntax"
	"stance/features/vector"
)

// Func makes the features of one family. A family of sentences is called once
// for each sentence; a family of documents once, with a nil in.Sentence.
type Func func(in *Input, e *Emitter)

// Input is what a family looks at.
type Input struct {
	Analysis *syntax.Analysis
	Question syntax.Question
	Sentence *syntax.Sentence
	Acts     *Acts      // of the country in the sentence; nil where only tone is asked for
	Tone     *Tone      // of the sentence; nil unless the question asks for tone
	Leans    [Leans]int // sentences on the topic by lean, so far
}

// Emitter collects features. Every feature is emitted plain and, when a
// question has joints, once more joined with each of them: so a learner can
// share what parties, opponents and third countries have in common and keep
// apart what they have not (feature augmentation: Daumé 2007, "Frustratingly
// Easy Domain Adaptation", section 3.1).
type Emitter struct {
	Features []vector.Feature
	Joints   []vector.Symbol
	Weight   float32 // of the features of the family being called
	// Names, when it is not nil, receives the name of each of its keys. Two
	// names for one ID are a collision; Err reports it.
	Names map[vector.ID]string
	err   error
}

// Reset empties the emitter for the next question.
func (e *Emitter) Reset() { e.Features, e.Joints = e.Features[:0], e.Joints[:0] }

// Err is the first collision that was found while names were collected.
func (e *Emitter) Err() error { return e.err }

// prefix begins the name of a feature and says what the feature tells.
type prefix struct{ vector.Symbol }

func newPrefix(name string) prefix { return prefix{vector.NewSymbol(name)} }

// place is where a feature was seen.
type place struct{ sentence, first, last int32 }

// nowhere is the place of a fact of the whole document.
var nowhere = place{-1, -1, -1}

// at is the place of a feature that is made of words i to j of a sentence. An
// end outside the sentence does not count.
func at(s *syntax.Sentence, i, j int) place {
	if i < 0 {
		i = j
	}
	if j >= len(s.Words) {
		j = i
	}
	if i < 0 || i >= len(s.Words) {
		return inSentence(s)
	}
	return place{int32(s.Index), s.Words[i].Token, s.Words[j].Token}
}

// inSentence is the place of a fact of a whole sentence.
func inSentence(s *syntax.Sentence) place { return place{int32(s.Index), -1, -1} }

// add emits the feature that is made of a prefix and symbols.
func (e *Emitter) add(p prefix, where place, symbols ...vector.Symbol) {
	id := p.ID
	for i := range symbols {
		id = vector.Join(id, symbols[i].ID)
	}
	f := vector.Feature{ID: id, Sentence: where.sentence, First: where.first, Last: where.last,
		Weight: e.Weight}
	e.Features = append(e.Features, f)
	for i := range e.Joints {
		f.ID = vector.Join(id, e.Joints[i].ID)
		e.Features = append(e.Features, f)
	}
	if e.Names != nil {
		e.name(id, p, symbols)
	}
}

// addWord emits a feature of word i of the sentence, and once more of each of
// its classes: its cluster and its act.
func (e *Emitter) addWord(s *syntax.Sentence, i int, p prefix) {
	where := at(s, i, i)
	e.add(p, where, s.Symbol(i))
	for _, class := range classesAt(s, i) {
		if class.ID != 0 {
			e.add(p, where, class)
		}
	}
}

// addWordBeside does the same for a word that stands beside a role.
func (e *Emitter) addWordBeside(s *syntax.Sentence, i int, p prefix, role vector.Symbol) {
	where := at(s, i, i)
	e.add(p, where, role, s.Symbol(i))
	for _, class := range classesAt(s, i) {
		if class.ID != 0 {
			e.add(p, where, role, class)
		}
	}
}

// classesAt are the cluster and the act of word i; zero where it has none.
func classesAt(s *syntax.Sentence, i int) (classes [2]vector.Symbol) {
	if i < 0 || i >= len(s.Words) {
		return classes
	}
	w := &s.Words[i]
	if w.Entry != nil {
		classes[0] = w.Entry.Cluster
	}
	if w.Act.Class != 0 {
		classes[1] = w.Act.Class.Symbol()
	}
	return classes
}

// name notes the names of a feature and its joined copies.
func (e *Emitter) name(id vector.ID, p prefix, symbols []vector.Symbol) {
	var b strings.Builder
	b.WriteString(p.Text)
	b.WriteByte(':')
	for i, s := range symbols {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(s.Text)
	}
	e.note(id, b.String())
	for _, j := range e.Joints {
		e.note(vector.Join(id, j.ID), b.String()+joint+j.Text)
	}
}

// joint parts a name from the joint of a joined copy.
const joint = "|"

// NewJoint returns what features may be joined with. Its ID is not that of a
// word: "a|third" is not the bigram "a third".
func NewJoint(text string) vector.Symbol {
	return vector.Symbol{ID: vector.Hash(joint + text), Text: text}
}

// note keeps a name that is asked for.
func (e *Emitter) note(id vector.ID, name string) {
	known, wanted := e.Names[id]
	switch {
	case !wanted || known == name:
	case known == "":
		e.Names[id] = name
	case e.err == nil:
		e.err = fmt.Errorf("features: %q and %q have the same ID %#x; change one of their prefixes", known, name, uint64(id))
	}
}

// ParseName returns the ID of the feature with the given name. joints has the
// texts of the joints there are.
func ParseName(name string, joints map[string]bool) (vector.ID, error) {
	if plain, text := CutJoint(name, joints); text != "" {
		id, err := ParseName(plain, nil)
		return vector.Join(id, NewJoint(text).ID), err
	}
	prefix, rest, ok := strings.Cut(name, ":")
	if !ok || prefix == "" {
		return 0, fmt.Errorf("features: %q is no name of a feature; it needs a prefix and a colon",
			name)
	}
	id := vector.Hash(prefix)
	if rest != "" {
		for symbol := range strings.SplitSeq(rest, " ") {
			id = vector.Join(id, vector.Hash(symbol))
		}
	}
	return id, nil
}

// CutJoint returns a name without the joint at its end, and the text of that
// joint, "" when it has none.
func CutJoint(name string, joints map[string]bool) (plain, text string) {
	i := strings.LastIndex(name, joint)
	if i < 0 || !joints[name[i+len(joint):]] {
		return name, ""
	}
	return name[:i], name[i+len(joint):]
}

// Symbols of counts, distances and signs.
var (
	buckets = [...]vector.Symbol{vector.NewSymbol("0"), vector.NewSymbol("1"), vector.NewSymbol("2"), vector.NewSymbol("3"),
		vector.NewSymbol("4"), vector.NewSymbol("5-8"), vector.NewSymbol("9-16"), vector.NewSymbol("17+")}
	plus  = vector.NewSymbol("+")
	minus = vector.NewSymbol("-")
	yes   = vector.NewSymbol("yes")
	no    = vector.NewSymbol("no")
)

// bucket names the size of a count or distance coarsely.
func bucket(n int) vector.Symbol {
	switch {
	case n <= 4:
		return buckets[n]
	case n <= 8:
		return buckets[5]
	case n <= 16:
		return buckets[6]
	}
	return buckets[7]
}

// signOf is "+" for what is for its object, "-" for what is against it.
func signOf(positive bool) vector.Symbol {
	if positive {
		return plus
	}
	return minus
}

// classAt is the act that begins at word i and its symbol, "no" when there is
// none.
func classAt(s *syntax.Sentence, i int) (symbol vector.Symbol, class lexicon.Class) {
	if class = s.Class(i); class == 0 {
		return no, 0
	}
	return class.Symbol(), class
}
