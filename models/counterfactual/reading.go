package counterfactual

import (
	"slices"
	"sort"

	"stance/datasets"
	"stance/features"
	"stance/features/gazetteer"
	"stance/features/topic"
)

// This file is all that the generator knows of how features reads an article:
// sentences, tokens, mentions, stands, topic terms, and the side that a word
// takes toward its object.

// role says what a token names beside one topic.
type role uint8

const (
	roleNone role = iota
	roleTopic
	roleParty
	roleOpponent
	roleCountry // a country that is neither party nor opponent
)

// mention is one place that names a country, or a pronoun that stands for it.
type mention struct {
	country     string
	first, last int // tokens [first, last)
	pronoun     bool
	person      bool // a leader or minister by name
	adjective   bool
	place       bool // a region or city without a government
}

// sentence is a half-open range of tokens.
type sentence struct {
	first, last int
	title       bool
}

// reading is an article as the generator sees it.
type reading struct {
	text      string
	titleEnd  int
	start     []int // first byte of each token
	end       []int // byte after each token
	lower     []string
	sentences []sentence
	mentions  []mention
	hits      []topic.Hit
	topics    *topic.Set
	named     []int // topics that the text names
	acts      []act
}

// act is what the words that begin at a token say of the side of their object.
type act struct{ toward, words int }

// read analyzes an article.
func read(pl *features.Pipeline, a datasets.Article) *reading {
	an := pl.Article(a)
	r := &reading{text: an.Document.Text, titleEnd: an.Document.TitleEnd, lower: an.Lower,
		hits:   an.Hits,
		topics: pl.Topics, named: an.Topics}
	for _, t := range an.Document.Tokens {
		r.start, r.end = append(r.start, t.Start), append(r.end, t.End)
	}
	for _, s := range an.Document.Sentences {
		r.sentences = append(r.sentences, sentence{s.First, s.Last, s.Title})
	}
	for _, w := range an.Words {
		a := act{words: max(1, int(w.Act.Words))}
		if w.Act.Words > 0 {
			a.toward = w.Act.Class.Toward()
		}
		r.acts = append(r.acts, a)
	}
	for _, m := range an.References {
		r.mentions = append(r.mentions, mention{
			country: m.Country, first: m.First, last: m.Last,
			pronoun:   m.Form == gazetteer.FormPronoun,
			person:    m.Form == gazetteer.FormLeader || m.Form == gazetteer.FormMinister,
			adjective: m.Form == gazetteer.FormAdjective,
			place:     m.Form == gazetteer.FormPlace,
		})
	}
	return r
}

// topicOf returns the index of a topic by its id, -1 when there is none.
func (r *reading) topicOf(id string) int {
	for t := range r.topics.Topics {
		if r.topics.Topics[t].ID == id {
			return t
		}
	}
	return -1
}

// isThird reports whether a country is neither party nor opponent of topic t.
func (r *reading) isThird(t int, country string) bool {
	return r.topics.Stand(t, country) == topic.Third
}

// sides lists the countries that topic t has as party and as opponent.
func (r *reading) sides(t int) (party, opponent []string) {
	return r.topics.Topics[t].For.Countries, r.topics.Topics[t].Against.Countries
}

// asks reports whether the reading has a question for the country and topic.
func (r *reading) asks(country, topic string) bool {
	return slices.Contains(r.named, r.topicOf(topic)) &&
		slices.ContainsFunc(r.mentions, func(m mention) bool {
			return !m.pronoun && m.country == country
		})
}

// mentionAt returns the mention that begins at token i.
func (r *reading) mentionAt(i int) (mention, bool) {
	n := sort.Search(len(r.mentions), func(k int) bool { return r.mentions[k].first >= i })
	if n < len(r.mentions) && r.mentions[n].first == i {
		return r.mentions[n], true
	}
	return mention{}, false
}

// roleAt returns the role of what begins at token i, and the token after it.
func (r *reading) roleAt(t, i int) (role, int) {
	if m, ok := r.mentionAt(i); ok && !m.pronoun {
		switch r.topics.Stand(t, m.country) {
		case topic.Party:
			return roleParty, m.last
		case topic.Opponent:
			return roleOpponent, m.last
		}
		if h, ok := r.hitAt(t, i); ok {
			return h, m.last
		}
		return roleCountry, m.last
	}
	if h, ok := r.hitAt(t, i); ok {
		n := sort.Search(len(r.hits), func(k int) bool { return r.hits[k].First >= i })
		return h, r.hits[n].Last
	}
	return roleNone, i + 1
}

// hitAt returns the role of the topic term that begins at token i.
func (r *reading) hitAt(t, i int) (role, bool) {
	n := sort.Search(len(r.hits), func(k int) bool { return r.hits[k].First >= i })
	for ; n < len(r.hits) && r.hits[n].First == i; n++ {
		if r.hits[n].Topic == t {
			return [...]role{roleTopic, roleParty, roleOpponent}[r.hits[n].Stand], true
		}
	}
	return roleNone, false
}
