package features

import "sort"

// A masked sentence is what a classifier may see of a sentence: names of countries and topic terms are replaced by the
// role they play, so that nothing is learned about a country or topic by name.
//
//	"Russia's invasion of Ukraine was condemned by Japan", for Japan beside the topic ukraine:
//	 OPPONENT 's invasion of PARTY was condemned by ACTOR

// Role symbols of masked sentences.
const (
	symActor    = "ACTOR"    // the country (or span) the question is about
	symTarget   = "TARGET"   // the span acted upon, in corpora that mark one
	symParty    = "PARTY"    // a country or term on the topic's own side
	symOpponent = "OPPONENT" // a country or term of the other side
	symOther    = "OTHER"    // any other country
	symBloc     = "BLOC"     // EU, NATO, UN, G7
	symTopic    = "TOPIC"    // a term that names the topic
	symNumber   = "NUM"
)

// mark says which symbol stands for tokens [first, last).
type mark struct {
	first, last int
	symbol      string
}

// marksOf lists the marks of pair p in order of position, countries before topic terms where both cover a token. A topic
// of -1 masks countries only.
func marksOf(dst []mark, an *Analysis, ts *TopicSet, p Pair) []mark {
	dst = dst[:0]
	hi := 0
	for _, m := range an.References {
		for ; hi < len(an.Hits) && an.Hits[hi].First < m.First; hi++ {
			dst = appendHit(dst, an.Hits[hi], p.Topic, m.First)
		}
		dst = append(dst, mark{m.First, m.Last, roleOf(ts, p, m.Country)})
		for hi < len(an.Hits) && an.Hits[hi].First < m.Last {
			hi++
		}
	}
	for ; hi < len(an.Hits); hi++ {
		dst = appendHit(dst, an.Hits[hi], p.Topic, len(an.Lower))
	}
	return dst
}

// appendHit adds a topic term that ends before the next mention.
func appendHit(dst []mark, h Hit, topic, before int) []mark {
	if h.Topic != topic || h.Last > before {
		return dst
	}
	return append(dst, mark{h.First, h.Last, [...]string{symTopic, symParty, symOpponent}[h.Stand]})
}

// roleOf gives the symbol of a mentioned country in the sentences of pair p.
func roleOf(ts *TopicSet, p Pair, country string) string {
	if country == p.Country {
		return symActor
	}
	if p.Topic >= 0 {
		switch ts.Stand(p.Topic, country) {
		case Party:
			return symParty
		case Opponent:
			return symOpponent
		}
	}
	switch country {
	case "EU", "NATO", "UN", "G7":
		return symBloc
	}
	return symOther
}

// masked is one masked sentence. Its slices are reused from sentence to sentence.
type masked struct {
	words    []string // symbols, lower-case words and punctuation
	token    []int    // first token of each word
	clause   []int    // clause number of each word
	actors   []int    // positions of ACTOR
	roles    []int    // positions of the other symbols
	sentence int
	title    bool
}

// mask masks sentence s of the document by marks.
func (m *masked) mask(an *Analysis, marks []mark, s int) {
	sent := an.Document.Sentences[s]
	*m = masked{words: m.words[:0], token: m.token[:0], clause: m.clause[:0], actors: m.actors[:0],
		roles: m.roles[:0], sentence: s, title: sent.Title}
	next := sort.Search(len(marks), func(i int) bool { return marks[i].first >= sent.First })
	clause := 0
	for i := sent.First; i < sent.Last; {
		word, end := an.Lower[i], i+1
		switch {
		case next < len(marks) && marks[next].first == i:
			word, end = marks[next].symbol, min(marks[next].last, sent.Last)
			m.place(word)
			next++
		case an.Document.Tokens[i].Kind == Number:
			word = symNumber
		}
		if clauseBreaks[word] {
			clause++
		}
		m.words = append(m.words, word)
		m.token = append(m.token, i)
		m.clause = append(m.clause, clause)
		i = end
	}
}

// place notes that the next word is a role symbol.
func (m *masked) place(symbol string) {
	if symbol == symActor {
		m.actors = append(m.actors, len(m.words))
	} else {
		m.roles = append(m.roles, len(m.words))
	}
}

// clauseBreaks are words and marks that begin a new clause.
var clauseBreaks = wordSet(`, ; : — – - but while which who whose whom where although though because since after before unless
	whereas despite as and that if when`)
