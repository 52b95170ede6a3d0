package syntax

import (
	"slices"

	"stance/features/gazetteer"
	"stance/features/text"
	"stance/features/topic"
	"stance/features/vector"
)

// Role is the part that a name plays in a question. Names are replaced by their
// roles, so that a learner cannot learn about a country or a topic by name:
//
//	"Russia's invasion of Ukraine was condemned by Japan", for Japan on ukraine:
//	 OPPONENT 's invasion of PARTY was condemned by ACTOR
type Role uint8

// The roles.
const (
	NoRole   Role = iota // an ordinary word
	Actor                // the country, or span, the question is about
	Target               // the span acted upon, in corpora that mark one
	Party                // a country or term on the topic's own side
	Opponent             // a country or term of the other side
	Other                // any other country
	Bloc                 // EU, NATO, UN, G7
	Topic                // a term that names the topic
)

// roleSymbols are what features are made of.
var roleSymbols = [...]vector.Symbol{
	Actor:    vector.NewSymbol("ACTOR"),
	Target:   vector.NewSymbol("TARGET"),
	Party:    vector.NewSymbol("PARTY"),
	Opponent: vector.NewSymbol("OPPONENT"),
	Other:    vector.NewSymbol("OTHER"),
	Bloc:     vector.NewSymbol("BLOC"),
	Topic:    vector.NewSymbol("TOPIC"),
}

// Mark says which role stands for the tokens of a range.
type Mark struct {
	text.Range
	Role Role
}

// Marks appends to dst the marks of a question, in order of position. Countries
// come before topic terms where both cover a token.
func Marks(dst []Mark, an *Analysis, topics *topic.Set, q Question) []Mark {
	if q.Country == "" {
		return spanMarks(dst, an, q)
	}
	next := 0
	for _, m := range an.References {
		for ; next < len(an.Hits) && an.Hits[next].First < m.First; next++ {
			dst = appendHit(dst, an.Hits[next], q.Topic, m.First)
		}
		dst = append(dst,
			Mark{text.Range{First: m.First, Last: m.Last}, roleOf(topics, q, m.Country)})
		for next < len(an.Hits) && an.Hits[next].First < m.Last {
			next++
		}
	}
	for ; next < len(an.Hits); next++ {
		dst = appendHit(dst, an.Hits[next], q.Topic, len(an.Lower))
	}
	return dst
}

// appendHit adds a topic term that ends before the next mention.
func appendHit(dst []Mark, h topic.Hit, topicIndex, before int) []Mark {
	if h.Topic != topicIndex || h.Last > before {
		return dst
	}
	role := [...]Role{topic.Third: Topic, topic.Party: Party, topic.Opponent: Opponent}[h.Stand]
	return append(dst, Mark{text.Range{First: h.First, Last: h.Last}, role})
}

// roleOf is the role of a mentioned country in a question about a country.
func roleOf(topics *topic.Set, q Question, country string) Role {
	if country == q.Country {
		return Actor
	}
	if q.Topic >= 0 {
		switch topics.Stand(q.Topic, country) {
		case topic.Party:
			return Party
		case topic.Opponent:
			return Opponent
		}
	}
	if gazetteer.IsBloc(country) {
		return Bloc
	}
	return Other
}

// spanMarks marks a source and a target; countries outside them are others.
func spanMarks(dst []Mark, an *Analysis, q Question) []Mark {
	source, target := q.Source, q.Target
	if target.First < source.Last && source.First < target.Last { // what both cover is the target's
		if source.First < target.First {
			source.Last = target.First
		} else {
			source.First = min(target.Last, source.Last)
		}
	}
	first := len(dst)
	if source.First < source.Last {
		dst = append(dst, Mark{source, Actor})
	}
	if target.First < target.Last {
		role := Target
		if len(dst) == first {
			role = Actor
		}
		dst = append(dst, Mark{target, role})
	}
	spans := dst[first:len(dst):len(dst)]
	for _, m := range an.Mentions {
		r := text.Range{First: m.First, Last: m.Last}
		if slices.ContainsFunc(spans, func(s Mark) bool {
			return r.First < s.Last && s.First < r.Last
		}) {
			continue
		}
		role := Other
		if gazetteer.IsBloc(m.Country) {
			role = Bloc
		}
		dst = append(dst, Mark{r, role})
	}
	slices.SortStableFunc(dst[first:], func(a, b Mark) int { return a.First - b.First })
	return dst
}
