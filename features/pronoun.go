package features

import "slices"

// A country acts on under a pronoun: "Germany said it would send tanks", "Mr Scholz hesitated. He later agreed." A pronoun
// stands for a mention by two rules that seldom err; all others are left alone:
//
//   - It stands for the subject of its own sentence, when that comes before it; else, when it is among the first words of
//     a sentence of the body, for the subject of the sentence before.
//   - "he" and "she" stand for persons: leaders, ministers and mentions beside an office. "it" stands for all others.
//
// The subject of a sentence is its first mention that no preposition stands before.

// pronouns of the third person singular; true for those of persons.
var pronouns = map[string]bool{"he": true, "she": true, "his": true, "her": true, "it": false, "its": false}

// prepositions tell that what follows is no subject.
var prepositions = wordSet(`of in on at to for from with by against over about into near across between under after before
	during than like as via toward towards within outside inside around through amid behind beyond upon without
	regarding concerning`)

// personOffices are the offices that one person holds.
var personOffices = wordSet(`president minister chancellor premier leader secretary official speaker spokesman spokeswoman
	spokesperson ambassador envoy chief general commander king queen pope adviser advisor mr mrs ms senator diplomat
	counterpart lawmaker`)

const (
	openingWords = 4 // words at the head of a sentence that may refer to the sentence before
	officeWords  = 4 // words after a mention that its office may stand in
)

// subjects are the countries of the subjects that pronouns may stand for; "" is nobody.
type subjects struct {
	person, state string
	from          int // token from which on they are known
}

// of is the country a pronoun stands for.
func (s subjects) of(person bool) string {
	if person {
		return s.person
	}
	return s.state
}

// references are the mentions of a document and the pronouns that stand for one of them ([FormPronoun]), in order of
// position.
func references(d *Document, lower []string, mentions []Mention) []Mention {
	out := slices.Clone(mentions)
	var before subjects
	for i, next := 0, 0; i < len(d.Sentences); i++ {
		first := next
		for next < len(mentions) && mentions[next].Sentence == i {
			next++
		}
		s := d.Sentences[i]
		now := subjectsOf(lower, s, mentions[first:next])
		for t := s.First; t < s.Last; t++ {
			person, ok := pronouns[lower[t]]
			if !ok {
				continue
			}
			country := ""
			if t >= now.from {
				country = now.of(person)
			}
			if country == "" && t < s.First+openingWords && !s.Title {
				if country = before.of(person); country != "" {
					now = now.carry(before, person)
				}
			}
			if country != "" {
				out = append(out, Mention{Country: country, Form: FormPronoun, Start: d.Tokens[t].Start, End: d.Tokens[t].End,
					First: t, Last: t + 1, Sentence: i})
			}
		}
		if before = now; s.Title {
			before = subjects{}
		}
	}
	slices.SortStableFunc(out, func(a, b Mention) int { return a.First - b.First })
	return out
}

// carry lets a subject of the sentence before go on, unless the sentence has one of its own.
func (s subjects) carry(before subjects, person bool) subjects {
	switch {
	case person && s.person == "":
		s.person = before.person
	case !person && s.state == "":
		s.state = before.state
	}
	return s
}

// subjectsOf finds the subject of a sentence among its mentions.
func subjectsOf(lower []string, s Sentence, mentions []Mention) subjects {
	for _, m := range mentions {
		head := m.First
		for head > s.First && (offices[lower[head-1]] || lower[head-1] == "the") {
			head--
		}
		if head > s.First && prepositions[lower[head-1]] {
			continue
		}
		if isPerson(lower, s, m, head) {
			return subjects{person: m.Country, from: m.Last}
		}
		return subjects{state: m.Country, from: m.Last}
	}
	return subjects{}
}

// isPerson reports whether a mention whose noun phrase begins at token head speaks of a person.
func isPerson(lower []string, s Sentence, m Mention, head int) bool {
	if m.Form == FormLeader || m.Form == FormMinister {
		return true
	}
	for i := head; i < m.First; i++ {
		if personOffices[lower[i]] {
			return true
		}
	}
	for i := m.Last; i < min(s.Last, m.Last+officeWords) && offices[lower[i]]; i++ {
		if personOffices[lower[i]] {
			return true
		}
	}
	return false
}
