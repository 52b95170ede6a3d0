// Package behaviour tests what a model answers about plain sentences, one
// capability at a time: M. Ribeiro, T. Wu, C. Guestrin, S. Singh, "Beyond
// Accuracy: Behavioral Testing of NLP Models with CheckList", ACL 2020.
//
// Sentences are made from templates and word lists, all in data/. The words are
// held out: training examples must not be generated with them, so that the
// suite measures what a model knows of words it was not drilled on. Three kinds
// of tests exist:
//
//   - minimum: the label of a country in a sentence is right;
//   - directional: an opposite act, or one act more, moves the score the right
//     way;
//   - invariance: another country, other typography or a sentence that adds
//     nothing leaves the answer as it is.
//
// The same data make the same tests in the same order, always.
package behaviour

// Suite is all tests. It is immutable.
type Suite struct {
	Topics []Topic
	Cases  []Case // minimum tests
	Pairs  []Pair // directional and invariance tests
	words  []string
}

// Case is one text with the right answers about it.
type Case struct {
	ID          string // template, topic and number
	Capability  string
	Topic       string
	Title, Text string
	Wants       []Want
}

// Want is the right answer about one country.
type Want struct {
	Country    string   // ISO 3166-1 alpha-3
	Stand      string   // third, party or opponent
	Capability string   // what the answer counts for
	Labels     []string // supportive, neutral, critical or none; each is right
}

// Pair is two texts whose answers about one country are compared.
type Pair struct {
	Capability  string
	Test        Test
	First       Case
	Second      Case
	FirstAsked  string // country asked about in First
	SecondAsked string // and in Second
}

// Test is what is asked of a pair.
type Test string

// The tests of pairs.
const (
	Opposite Test = "opposite" // the score falls, and not both answers are on one side
	More     Test = "more"     // the score does not fall
	Less     Test = "less"     // the score does not rise
	Same     Test = "same"     // the label stays
)

// Words returns the words the suite is made of, sorted: the base forms of its
// verbs, its nouns of acts and its goods. Generators of training examples must
// not use them.
func (s *Suite) Words() []string { return append([]string(nil), s.words...) }

// Default returns the built-in suite.
func Default() (*Suite, error) {
	l, err := load(data)
	if err != nil {
		return nil, err
	}
	s := &Suite{Topics: l.userTopics(), words: l.words()}
	if s.Cases, err = l.cases(); err != nil {
		return nil, err
	}
	if s.Pairs, err = l.directional(); err != nil {
		return nil, err
	}
	same, err := l.invariance()
	s.Pairs = append(s.Pairs, same...)
	return s, err
}
