// Package counterfactual makes minimal pairs of training examples: a sentence
// or text of a labelled corpus, and the same with one act turned into another
// (Kaushik, Hovy and Lipton 2020). A classifier that sees both members learns
// what the act says, not what the words around it are usually said with.
//
// The edits are data: README.md says what the tables hold and how labels follow
// from an edit. The same examples and options give the same pairs.
package counterfactual

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"stance/datasets"
	"stance/features"
)

// The answers of the stance task.
const (
	supportive = "supportive"
	neutral    = "neutral"
	critical   = "critical"
	none       = "none"
)

// Units of a pair.
const (
	UnitSentence = "sentence" // one clause of the source
	UnitText     = "text"     // the whole source
)

// Pair is an original and its edit. Both are whole examples with the labels
// that are certain in them.
type Pair struct {
	Axis     string // table of the edit, or side
	Unit     string
	Topic    string
	Country  string // whose act was edited; the first of a list
	Verb     string // lemma of the act
	From, To string // labels of Country
	Rule     string // what the edit writes
	Original datasets.Example
	Edit     datasets.Example
	order    uint64 // place in the seeded order
}

// Options bound what is made. A zero field means its default.
type Options struct {
	Seed     uint64
	PerText  int // pairs of one source; default 8
	PerTopic int // pairs of one axis and topic; default 240
	PerVerb  int // pairs of one axis and verb; default 100
	PerRule  int // pairs of one edit; default 60
}

func (o Options) orDefault() Options {
	for _, f := range []struct {
		value    *int
		standard int
	}{{&o.PerText, 8}, {&o.PerTopic, 240}, {&o.PerVerb, 100}, {&o.PerRule, 60}} {
		if *f.value <= 0 {
			*f.value = f.standard
		}
	}
	return o
}

// Generator makes pairs. It is immutable and safe for many goroutines.
type Generator struct {
	pipeline *features.Pipeline
	tables   *tables
}

// New loads the tables of edits and reports every fault in them.
func New(pl *features.Pipeline) (*Generator, error) {
	t, err := loadTables()
	if err != nil {
		return nil, err
	}
	return &Generator{pl, t}, nil
}

// Words lists the content words that the generator looks for and writes: lemmas
// of verbs, some with a preposition, and other words of its templates. A test
// on held-out words must use none of them.
func (g *Generator) Words() []string { return g.tables.words() }

// Pairs makes the pairs of labelled examples and chooses among them by the
// bounds of o, in the order of the examples.
func (g *Generator) Pairs(examples []datasets.Example, o Options) []Pair {
	var all []Pair
	for _, e := range examples {
		all = append(all, g.pairsOf(e, o.Seed)...)
	}
	return choose(all, o.orDefault())
}

// Examples lists the members of pairs, each original once.
func Examples(pairs []Pair) []datasets.Example {
	var out []datasets.Example
	seen := map[string]bool{}
	for _, p := range pairs {
		for _, e := range []datasets.Example{p.Original, p.Edit} {
			if !seen[e.ID] {
				seen[e.ID] = true
				out = append(out, e)
			}
		}
	}
	return out
}

// Sample returns n pairs, all when there are fewer, in a seeded order.
func Sample(pairs []Pair, n int) []Pair {
	out := slices.Clone(pairs)
	slices.SortStableFunc(out, func(a, b Pair) int { return cmp.Compare(a.order, b.order) })
	return out[:min(n, len(out))]
}

// The bounds of what is made of one source before any choice.
const (
	maxSource  = 1 << 16 // bytes; longer texts are left alone
	maxClauses = 50      // of a topic
)

// source is a labelled example that is being edited.
type source struct {
	example datasets.Example
	reading *reading
	seed    uint64
}

// pairsOf makes all pairs of one example, sentences first.
func (g *Generator) pairsOf(e datasets.Example, seed uint64) []Pair {
	if len(e.Title)+len(e.Text) > maxSource ||
		!slices.ContainsFunc(e.Labels, func(l datasets.Label) bool {
			return l.Task == datasets.TaskStance && l.Answer != none
		}) {
		return nil
	}
	s := source{e, read(g.pipeline, e.Article), seed}
	var out []Pair
	for _, topic := range topicsOf(e) {
		t := s.reading.topicOf(topic)
		if t < 0 {
			continue
		}
		clauses, found := make([][]clause, len(s.reading.sentences)), 0
		for n := range s.reading.sentences {
			for _, c := range g.clauses(s.reading, t, n) {
				if found < maxClauses && s.agrees(topic, c) {
					found++
					clauses[n] = append(clauses[n], c)
					out = append(out, g.sentencePairs(s, t, c)...)
				}
			}
		}
		out = append(out, g.textPairs(s, t, clauses)...)
	}
	return out
}

// topicsOf lists the topics that the labels of an example name, in order.
func topicsOf(e datasets.Example) []string {
	var out []string
	for _, l := range e.Labels {
		if l.Task == datasets.TaskStance && !slices.Contains(out, l.Topic) {
			out = append(out, l.Topic)
		}
	}
	return out
}

// label is the answer of a country on a topic, "" when it has none.
func (s source) label(country, topic string) string {
	for _, l := range s.example.Labels {
		if l.Task == datasets.TaskStance && l.Country == country && l.Topic == topic {
			return l.Answer
		}
	}
	return ""
}

// agrees reports whether the labels of all countries that share the act are
// what the act alone would give. Where they are not, other acts in the text
// decided, or the act was misread.
func (s source) agrees(topic string, c clause) bool {
	want := answerAs.of(c.sign)
	if c.entry.sign == 0 {
		want = neutral
	}
	for _, country := range c.countries {
		if s.label(country, topic) != want {
			return false
		}
	}
	return true
}

// hash is a number that depends on the seed and the words alone.
func hash(seed uint64, words ...string) uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d\x00%s", seed, strings.Join(words, "\x00"))
	x := h.Sum64()
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	return x ^ x>>29
}
