// Package topic finds where a document names a topic and the sides of it.
package topic

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"stance/features/text"
)

// Topic is a proposition countries can be for or against, with the words that
// name it and the sides that stand to it by definition (parties and opponents).
type Topic struct {
	ID          string // lower-case, dashed
	Proposition string // one sentence a country can support or oppose
	// words and phrases that name the topic; a final "*" matches any ending of
	// the last word
	Terms   []string
	For     Side // the proposition's own party
	Against Side // its opponents
}

// Side is one side of a topic: countries by code, and terms that speak for that
// side.
type Side struct {
	Countries []string
	Terms     []string
}

// Stand is where a country stands to a topic by definition, before any text is
// read.
type Stand uint8

// The stands.
const (
	Third    Stand = iota // neither party nor opponent
	Party                 // the proposition is its own cause
	Opponent              // the proposition is aimed at it
)

func (s Stand) String() string { return [...]string{"third", "party", "opponent"}[s] }

// Hit is one place where a document names a topic or one of its sides.
type Hit struct {
	Topic       int   // index into Set.Topics
	Stand       Stand // Third: the topic itself; Party, Opponent: a term of that side
	First, Last int   // tokens [First, Last)
}

// Set is a list of topics made ready for matching. It is immutable and safe for
// many goroutines.
type Set struct {
	Topics   []Topic
	terms    map[string][]term // by first word, longest first
	prefixes map[string][]term // one-word prefix terms, by their first bytes
	starts   [1 << 16]bool     // by the first two bytes of a word: a term may begin with it
}

type term struct {
	topic  int
	stand  Stand
	words  []string // folded tokens
	prefix bool     // the last word matches as a prefix
}

var validID = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// NewSet checks topics and prepares their terms; known reports whether a
// country code exists. All faults are reported at once.
func NewSet(topics []Topic, known func(code string) bool) (*Set, error) {
	ts := &Set{Topics: slices.Clone(topics), terms: map[string][]term{},
		prefixes: map[string][]term{}}
	var faults []error
	seen := map[string]bool{}
	for i, t := range topics {
		faults = append(faults, check(t, seen, known)...)
		ts.addTerms(i, Third, t.Terms)
		ts.addTerms(i, Party, t.For.Terms)
		ts.addTerms(i, Opponent, t.Against.Terms)
	}
	for _, list := range ts.terms {
		slices.SortStableFunc(list, func(a, b term) int { return len(b.words) - len(a.words) })
	}
	return ts, errors.Join(faults...)
}

func check(t Topic, seen map[string]bool, known func(string) bool) []error {
	var faults []error
	fault := func(format string, args ...any) {
		faults = append(faults, fmt.Errorf("topic %q: "+format, append([]any{t.ID}, args...)...))
	}
	if !validID.MatchString(t.ID) {
		fault("id must be lower-case letters and digits joined by dashes, such as \"south-china-sea\"")
	}
	if seen[t.ID] {
		fault("is listed twice; give each topic its own id")
	}
	seen[t.ID] = true
	if strings.TrimSpace(t.Proposition) == "" {
		fault("has no proposition; add the sentence that countries support or oppose")
	}
	if len(t.Terms) == 0 {
		fault("has no terms; list the words that name it in a text")
	}
	for _, c := range slices.Concat(t.For.Countries, t.Against.Countries) {
		if !known(c) {
			fault("unknown country %q; use ISO 3166-1 alpha-3 or EU, NATO, UN, G7", c)
		}
	}
	for _, c := range t.For.Countries {
		if slices.Contains(t.Against.Countries, c) {
			fault("country %s is both for and against", c)
		}
	}
	for _, s := range slices.Concat(t.Terms, t.For.Terms, t.Against.Terms) {
		if len(text.Words(strings.TrimSuffix(s, "*"))) == 0 {
			fault("term %q has no word in it", s)
		}
	}
	return faults
}

func (ts *Set) addTerms(topic int, stand Stand, list []string) {
	for _, s := range list {
		bare, prefix := strings.CutSuffix(s, "*")
		words := text.Words(bare)
		if len(words) == 0 {
			continue
		}
		t := term{topic, stand, words, prefix}
		if prefix && len(words) == 1 {
			key := words[0][:min(prefixKeyLength, len(words[0]))]
			ts.prefixes[key] = append(ts.prefixes[key], t)
		} else {
			ts.terms[words[0]] = append(ts.terms[words[0]], t)
		}
		ts.mayStart(words[0], prefix && len(words) == 1)
	}
}

// prefixKeyLength is how many bytes of a one-word prefix term, at most, are the
// key it is filed under.
const prefixKeyLength = 3

// mayStart notes that a term begins with word w, or with any word of prefix w.
func (ts *Set) mayStart(w string, prefix bool) {
	if len(w) > 1 || !prefix {
		ts.starts[startKey(w)] = true
		return
	}
	for second := range 1 << 8 {
		ts.starts[int(w[0])<<8|second] = true
	}
}

// startKey is the index of a word into Set.starts.
func startKey(w string) int {
	if len(w) == 1 {
		return int(w[0]) << 8
	}
	return int(w[0])<<8 | int(w[1])
}

// Stand returns where a country stands to topic t by definition.
func (ts *Set) Stand(t int, country string) Stand {
	switch {
	case slices.Contains(ts.Topics[t].For.Countries, country):
		return Party
	case slices.Contains(ts.Topics[t].Against.Countries, country):
		return Opponent
	}
	return Third
}

// Hits finds the terms of all topics in a document, given its tokens in lower
// case. Hits are in order of position, the longest term of each topic first at
// each place; hits of one topic do not overlap.
func (ts *Set) Hits(lower []string) []Hit {
	var hits []Hit
	until := make([]int, len(ts.Topics)) // per topic, the token after its last hit
	for i, w := range lower {
		if !ts.starts[startKey(w)] {
			continue
		}
		hits = ts.appendHits(hits, ts.terms[w], lower, i, until)
		for n := 1; n <= min(prefixKeyLength, len(w)); n++ {
			hits = ts.appendHits(hits, ts.prefixes[w[:n]], lower, i, until)
		}
	}
	return hits
}

func (ts *Set) appendHits(hits []Hit, terms []term, lower []string, i int, until []int) []Hit {
	for _, t := range terms {
		if until[t.topic] <= i && t.matches(lower[i:]) {
			hits = append(hits, Hit{t.topic, t.stand, i, i + len(t.words)})
			until[t.topic] = i + len(t.words)
		}
	}
	return hits
}

func (t term) matches(lower []string) bool {
	if len(lower) < len(t.words) {
		return false
	}
	for k, w := range t.words {
		if lower[k] != w && !(t.prefix && k == len(t.words)-1 && strings.HasPrefix(lower[k], w)) {
			return false
		}
	}
	return true
}

// Without returns the hits that do not lie in a namesake: a range of tokens
// where a name means something else, as in "chicken Kiev". A term that is the
// whole of a range of several tokens stays: whoever listed it means the
// namesake.
func Without(hits []Hit, namesakes []text.Range) []Hit {
	if len(namesakes) == 0 {
		return hits
	}
	return slices.DeleteFunc(hits, func(h Hit) bool {
		return slices.ContainsFunc(namesakes, func(r text.Range) bool {
			whole := h.First == r.First && h.Last == r.Last && r.Last-r.First > 1
			return r.First <= h.First && h.Last <= r.Last && !whole
		})
	})
}

// Named lists the topics that hits name, in ascending order. Terms of a side
// alone do not name a topic.
func (ts *Set) Named(hits []Hit) []int {
	var named []int
	for t := range ts.Topics {
		if slices.ContainsFunc(hits, func(h Hit) bool { return h.Topic == t && h.Stand == Third }) {
			named = append(named, t)
		}
	}
	return named
}
