package features

import (
	"maps"
	"slices"
	"strings"
)

// Pair is one country beside one topic in one document, with the places that speak of it.
type Pair struct {
	Country  string
	Topic    int   // index into TopicSet.Topics
	Mentions []int // indices into Analysis.Mentions, in order of position
}

// Analysis is a document with all that was found in it.
type Analysis struct {
	Document *Document
	Lower    []string // tokens in lower case
	Mentions []Mention
	Hits     []Hit
	Pairs    []Pair // by topic, then country
	Topics   []int  // topics the document names, ascending
}

// Analyze finds mentions, topic hits and pairs. A pair is made of every country that is mentioned and every topic that is
// named at least once by one of its own terms.
func Analyze(d *Document, g *Gazetteer, ts *TopicSet) *Analysis {
	an := &Analysis{Document: d, Lower: lowerTokens(d)}
	an.Hits = ts.Hits(an.Lower)
	an.Topics = namedTopics(an.Hits, len(ts.Topics))
	if len(an.Topics) == 0 {
		return an
	}
	an.Mentions = g.Mentions(d)
	byCountry := map[string][]int{}
	for i, m := range an.Mentions {
		byCountry[m.Country] = append(byCountry[m.Country], i)
	}
	countries := slices.Sorted(maps.Keys(byCountry))
	for _, t := range an.Topics {
		for _, c := range countries {
			an.Pairs = append(an.Pairs, Pair{Country: c, Topic: t, Mentions: byCountry[c]})
		}
	}
	return an
}

func namedTopics(hits []Hit, topics int) []int {
	named := make([]bool, topics)
	for _, h := range hits {
		named[h.Topic] = named[h.Topic] || h.Stand == Third
	}
	var out []int
	for t, ok := range named {
		if ok {
			out = append(out, t)
		}
	}
	return out
}

func lowerTokens(d *Document) []string {
	lower := make([]string, len(d.Tokens))
	for i := range d.Tokens {
		lower[i] = strings.ToLower(d.Word(i))
	}
	return lower
}
