package features

import (
	"slices"
	"strconv"
	"strings"
)

// The features of a pair are the words of the sentences that name the country, each told apart by where it stands to the
// country: in the title or body, left or right of it, in its clause, between it and a party of the topic. Names are masked
// (see masked.go). Every feature is sent twice, once plain and once joined with the country's stand to the topic, so that
// a learner can share what parties, opponents and third countries have in common and keep apart what they have not
// (feature augmentation: Daumé 2007, "Frustratingly Easy Domain Adaptation", section 3.1).
//
// Names of features, by prefix:
//
//	s: t:      word or bigram of a body sentence, of the title, that names the country
//	S:         word of a sentence that names the country and the topic or its party
//	T:         word of a title that does not name it
//	l: r:      word within 12 places left, right of the country; cl: cr: the same within its clause
//	L1: R1: …  word at a distance of 1 to 4
//	LL: RR: …  n-grams that touch the country
//	p> p<      another role right (left) of the country: its distance, and the words between
//	V: VV: VO: …   the verb the country governs, its complement and object (see agent.go)
//	C: CC:     what the country's act comes to for a party or opponent (see outcome.go)
//	#12 @AID   stand for a word of cluster 12, of the lexicon's class AID
//	n: first: title: len: form:   how often, how early, where and by which names the country is named

// What a country does and what touches its name tells more than the bags around, and is rare; such features count double.
// A learner with one penalty for all weights would else trust the many to outvote the few.
var emphasized = []string{"C", "V", "O+", "O-", "P", "L1", "R1", "LL", "LR", "RR"}

// emphasis is what the frequency of a feature is multiplied by.
func emphasis(name string) float64 {
	for _, prefix := range emphasized {
		if strings.HasPrefix(name, prefix) {
			return 2
		}
	}
	return 1
}

// Sink receives features: a name (valid only during the call) and the sentence it was seen in, -1 for facts of the whole
// document.
type Sink func(name []byte, sentence int)

// Extractor turns pairs into features. It is immutable; scratch space belongs to the caller.
type Extractor struct {
	topics  *TopicSet
	classes wordClasses
}

// NewExtractor returns an extractor for the topics of ts.
func NewExtractor(ts *TopicSet, c *Clusters, l *Lexicon) *Extractor {
	return &Extractor{ts, wordClasses{c, l}}
}

// Scratch is the reusable working space of one goroutine.
type Scratch struct {
	m     masked
	marks []mark
	name  []byte
	words []int // of m: what the feature being sent is made of
	tone  toneScratch
}

// The widths of the windows around a mention, in words.
const (
	nearWindow = 4
	bagWindow  = 12
	pathWindow = 16
)

// Stance sends the features of pair p for the question of the country's stance on the topic.
func (x *Extractor) Stance(an *Analysis, p Pair, s *Scratch, sink Sink) {
	e := emitter{scratch: s, sink: sink, classes: x.classes, stand: x.topics.Stand(p.Topic, p.Country).String()}
	s.marks = marksOf(s.marks, an, x.topics, p)
	e.facts(an, p)
	e.mentions(an, p)
	for si := 0; si < len(an.Document.Sentences) && an.Document.Sentences[si].Title; si++ {
		if s.m.mask(an, s.marks, si); len(s.m.actors) == 0 {
			for i, w := range s.m.words {
				e.on(i).send(si, "T:", w)
			}
		}
	}
}

// TokenRange is the half-open range of tokens [First, Last).
type TokenRange struct{ First, Last int }

// emitter builds the names of features.
type emitter struct {
	scratch *Scratch
	sink    Sink
	classes wordClasses
	stand   string // "" sends every feature once
}

// on says which words of the masked sentence the next feature is made of, for [Scratch.Tokens]; send forgets it.
func (e *emitter) on(words ...int) *emitter {
	e.scratch.words = append(e.scratch.words, words...)
	return e
}

func (e *emitter) send(sentence int, parts ...string) {
	b := e.scratch.name[:0]
	for _, p := range parts {
		b = append(b, p...)
	}
	e.sink(b, sentence)
	if e.stand != "" {
		b = append(append(b, '|'), e.stand...)
		e.sink(b, sentence)
	}
	e.scratch.name, e.scratch.words = b, e.scratch.words[:0]
}

// wordClasses are the groups that words are sent as beside themselves: symbols "#12" of clusters, "@AID" of the lexicon.
type wordClasses struct {
	clusters *Clusters
	lexicon  *Lexicon
}

// word sends word i of a sentence behind a prefix, and once more as each of its classes.
func (e *emitter) word(m *masked, i int, prefix ...string) {
	w := m.word(i)
	e.on(i).send(m.sentence, append(prefix, w)...)
	if c := e.classes.clusters.Symbol(w); c != "" {
		e.on(i).send(m.sentence, append(prefix, c)...)
	}
	if c := e.class(m, i); c != "" {
		e.on(i).send(m.sentence, append(prefix, "@", c)...)
	}
}

// class is the lexicon's class of the words that begin at position i; "" when it has none.
func (e *emitter) class(m *masked, i int) string {
	if i < 0 || i >= len(m.words) {
		return ""
	}
	c, _, _ := e.classes.lexicon.Lookup(m.words, i)
	return c
}

// facts sends how often, how early and where the country is named.
func (e *emitter) facts(an *Analysis, p Pair) {
	first := an.Mentions[p.Mentions[0]].Sentence
	title := "no"
	if an.Document.Sentences[first].Title {
		title = "yes"
	}
	e.send(-1, "bias")
	e.send(-1, "n:", bucket(len(p.Mentions)))
	e.send(-1, "first:", bucket(first))
	e.send(-1, "title:", title)
	e.send(-1, "len:", bucket(len(an.Document.Sentences)))
}

// mentions sends the sentences that name the country.
func (e *emitter) mentions(an *Analysis, p Pair) {
	last := -1
	for _, mention := range an.References {
		if mention.Country != p.Country {
			continue
		}
		if mention.Sentence != last {
			e.scratch.m.mask(an, e.scratch.marks, mention.Sentence)
			e.sentence(&e.scratch.m)
			last = mention.Sentence
		}
		e.send(mention.Sentence, "form:", mention.Form.String())
	}
}

// sentence sends the bag of words and bigrams of a sentence, and what stands around each mention in it.
func (e *emitter) sentence(m *masked) {
	where := "s:"
	if m.title {
		where = "t:"
	}
	onTopic := m.namesTopic()
	for i, w := range m.words {
		e.on(i).send(m.sentence, where, w)
		if i > 0 {
			e.on(i-1, i).send(m.sentence, where, m.words[i-1], " ", w)
		}
		if onTopic {
			e.word(m, i, "S:")
		}
	}
	for _, at := range m.actors {
		e.near(m, at)
		e.window(m, at)
		e.paths(m, at)
		e.agent(m, at)
	}
}

// namesTopic reports whether the sentence names the topic or its party, and so is likely to tell of a stance rather than
// of other business.
func (m *masked) namesTopic() bool {
	return slices.ContainsFunc(m.roles, func(i int) bool { return m.words[i] == symParty || m.words[i] == symTopic })
}

// word returns word i of the sentence, or an edge symbol outside it.
func (m *masked) word(i int) string {
	switch {
	case i < 0:
		return "<s>"
	case i >= len(m.words):
		return "</s>"
	}
	return m.words[i]
}

var distances = [...]string{"0", "1", "2", "3", "4"}

// near sends the words next to the mention at position at, by distance, and the n-grams around it.
func (e *emitter) near(m *masked, at int) {
	for k := 1; k <= nearWindow; k++ {
		e.word(m, at-k, "L", distances[k], ":")
		e.word(m, at+k, "R", distances[k], ":")
	}
	e.on(at-1, at+1).send(m.sentence, "LR:", m.word(at-1), " ", m.word(at+1))
	e.on(at-2, at-1).send(m.sentence, "LL:", m.word(at-2), " ", m.word(at-1))
	e.on(at+1, at+2).send(m.sentence, "RR:", m.word(at+1), " ", m.word(at+2))
	e.on(at+1, at+2, at+3).send(m.sentence, "RRR:", m.word(at+1), " ", m.word(at+2), " ", m.word(at+3))
}

// window sends the words left and right of the mention, and those of its own clause once more.
func (e *emitter) window(m *masked, at int) {
	for i := max(0, at-bagWindow); i < min(len(m.words), at+bagWindow+1); i++ {
		side, inClause := "r:", "cr:"
		if i < at {
			side, inClause = "l:", "cl:"
		}
		if i == at {
			continue
		}
		e.on(i).send(m.sentence, side, m.words[i])
		if m.clause[i] == m.clause[at] {
			e.word(m, i, inClause)
		}
	}
}

// paths sends, for every other role near the mention, its distance and the words between the two.
func (e *emitter) paths(m *masked, at int) {
	for _, r := range m.roles {
		lo, hi, dir := at, r, "p>"
		if r < at {
			lo, hi, dir = r, at, "p<"
		}
		if hi-lo > pathWindow {
			continue
		}
		e.on(r).send(m.sentence, dir, m.words[r], bucket(hi-lo))
		for i := lo + 1; i < hi; i++ {
			e.word(m, i, dir, m.words[r], ":")
		}
	}
}

// bucket names the size of a count or distance coarsely.
func bucket(n int) string {
	switch {
	case n <= 4:
		return strconv.Itoa(n)
	case n <= 8:
		return "5-8"
	case n <= 16:
		return "9-16"
	}
	return "17+"
}
