package features

import (
	"maps"
	"slices"
	"strings"

	"stance/datasets"
)

// Version is the version of what this package makes of an article: text, sentences, tokens, mentions, pairs, features. Raise
// it with every change that makes something else of the same article under the same gazetteer; what was answered before is
// then answered again. TestVersion notices when it was forgotten.
const Version = 3

// Pipeline is the road from an article to features, the same in training and in classification. It is immutable and safe
// for many goroutines.
type Pipeline struct {
	Gazetteer *Gazetteer
	Topics    *TopicSet
	Extractor *Extractor
	TextLimit int // bytes of body text kept of an article; 0 means [TextLimit]
}

// NewPipeline checks the topics against the gazetteer and sets up the road.
func NewPipeline(g *Gazetteer, topics []Topic, textLimit int) (*Pipeline, error) {
	ts, err := NewTopicSet(topics, func(code string) bool { return g.Name(code) != "" })
	if err != nil {
		return nil, err
	}
	c, err := DefaultClusters()
	if err != nil {
		return nil, err
	}
	l, err := DefaultLexicon()
	if err != nil {
		return nil, err
	}
	return &Pipeline{g, ts, NewExtractor(ts, c, l), textLimit}, nil
}

// Analysis is a document with all that was found in it.
type Analysis struct {
	Document   *Document
	Lower      []string // tokens in lower case
	Hits       []Hit
	Topics     []int     // topics the document names, ascending indices into TopicSet.Topics
	Mentions   []Mention // empty when no topic is named
	References []Mention // mentions, and pronouns that stand for one
	Pairs      []Pair    // by country, then topic
}

// Pair is one country beside one topic in one document, with the places that speak of it.
type Pair struct {
	Country  string
	Topic    int   // index into TopicSet.Topics
	Mentions []int // indices into Analysis.Mentions, in order of position
}

// Article parses an article and finds what it names. Countries are looked for only where a topic is named: most articles
// of a night name none and cost little more than a scan.
func (p *Pipeline) Article(a datasets.Article) *Analysis {
	d := Parse(a, p.TextLimit)
	an := &Analysis{Document: d, Lower: lowerTokens(d)}
	an.Hits = p.Topics.Hits(an.Lower)
	an.Topics = namedTopics(an.Hits, len(p.Topics.Topics))
	if len(an.Topics) > 0 {
		an.Mentions = p.Gazetteer.Mentions(d)
		an.References = references(d, an.Lower, an.Mentions)
		an.Pairs = pairs(an.Mentions, an.Topics)
	}
	return an
}

// Text analyzes a text whose byte offsets must stay: nothing is cleaned. It serves corpora whose labels are spans.
func (p *Pipeline) Text(text string) *Analysis {
	d := parseVerbatim(text)
	an := &Analysis{Document: d, Lower: lowerTokens(d)}
	an.Mentions = p.Gazetteer.Mentions(d)
	an.References = an.Mentions
	return an
}

// pairs puts every country that is mentioned beside every topic that is named.
func pairs(mentions []Mention, topics []int) []Pair {
	byCountry := map[string][]int{}
	for i, m := range mentions {
		byCountry[m.Country] = append(byCountry[m.Country], i)
	}
	var out []Pair
	for _, c := range slices.Sorted(maps.Keys(byCountry)) {
		for _, t := range topics {
			out = append(out, Pair{Country: c, Topic: t, Mentions: byCountry[c]})
		}
	}
	return out
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

// WordCounts counts the words of the document and those of them that are English function words, which make up two fifths
// of English prose and next to nothing of other languages.
func (an *Analysis) WordCounts() (words, english int) {
	for i, t := range an.Document.Tokens {
		if t.Kind == Word {
			words++
			if functionWords[an.Lower[i]] {
				english++
			}
		}
	}
	return words, english
}

var functionWords = wordSet(`the of and to a in that is was for on with as it by at from has have had be been are were will
	would not this which its after over he she they his their said but who about into than also`)
