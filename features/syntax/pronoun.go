package syntax

import (
	"slices"

	"stance/features/gazetteer"
	"stance/features/lexicon"
	"stance/features/text"
)

// A country acts on under a pronoun: "Germany said it would send tanks", "Mr
// Scholz hesitated. He later agreed." A pronoun stands for a name by three
// rules that seldom err; all other pronouns are left alone:
//
//   - It stands for the subject of its own sentence, when that comes before it;
//     else, among the first words of a body sentence, for the subject of the
//     sentence before.
//   - "its own" and "his own" stand for the nearest name before them.
//   - "he" and "she" stand for persons: leaders, ministers and names beside an
//     office. "it" stands for all others.
//
// The subject of a sentence is its first name that no preposition stands
// before.

const (
	openingWords = 4 // words at the head of a sentence that may refer to the sentence before
	officeWords  = 4 // words after a name that its office may stand in
)

// antecedents are the countries that pronouns may stand for; "" is nobody.
type antecedents struct {
	person, state string
	from          int // token from which on they are known
}

// of is the country that a pronoun stands for.
func (a antecedents) of(person bool) string {
	if person {
		return a.person
	}
	return a.state
}

// Resolve fills in the references of an analysis: its mentions, and the
// pronouns that stand for one of them, in order of position.
func (an *Analysis) Resolve() {
	an.References = slices.Clone(an.Mentions)
	var before antecedents
	next := 0
	for i, s := range an.Document.Sentences {
		first := next
		for next < len(an.Mentions) && an.Mentions[next].Sentence == i {
			next++
		}
		mentions := an.Mentions[first:next]
		now := an.resolveSentence(i, mentions, an.antecedentsOf(s, mentions), before)
		if before = now; s.Title {
			before = antecedents{}
		}
	}
	slices.SortStableFunc(an.References, func(a, b gazetteer.Mention) int {
		return a.First - b.First
	})
}

// resolveSentence adds the pronouns of a sentence and returns what pronouns of
// the next may stand for.
func (an *Analysis) resolveSentence(index int, mentions []gazetteer.Mention, now,
	before antecedents) antecedents {
	s := an.Document.Sentences[index]
	nearest := -1 // the last mention before the pronoun
	for t := s.First; t < s.Last; t++ {
		for nearest+1 < len(mentions) && mentions[nearest+1].Last <= t {
			nearest++
		}
		entry := an.Words[t].Entry
		if !entry.Is(lexicon.PersonPronoun|lexicon.StatePronoun) || an.isObject(t, s.Last) {
			continue
		}
		person, country := entry.Is(lexicon.PersonPronoun), ""
		switch {
		case t+1 < s.Last && an.Lower[t+1] == "own" && nearest >= 0:
			country = mentions[nearest].Country
		case t >= now.from:
			country = now.of(person)
		}
		if country == "" && t < s.First+openingWords && !s.Title {
			if country = before.of(person); country != "" {
				now = now.carry(before, person)
			}
		}
		if country != "" {
			token := an.Document.Tokens[t]
			an.References = append(an.References,
				gazetteer.Mention{Country: country, Form: gazetteer.FormPronoun,
					Start: token.Start, End: token.End, First: t, Last: t + 1, Sentence: index})
		}
	}
	return now
}

// isObject reports whether the pronoun at token t is an object at the end of
// its clause, as in "Norway opposed it."; what it stands for is rarely a
// country.
func (an *Analysis) isObject(t, end int) bool {
	return an.Lower[t] == "it" && (t+1 == end || an.Document.Tokens[t+1].Kind == text.Punct ||
		an.Words[t+1].Entry.Is(lexicon.Preposition))
}

// carry lets an antecedent of the sentence before go on, unless the sentence
// has one of its own.
func (a antecedents) carry(before antecedents, person bool) antecedents {
	switch {
	case person && a.person == "":
		a.person = before.person
	case !person && a.state == "":
		a.state = before.state
	}
	return a
}

// antecedentsOf finds the subject of a sentence among its mentions.
func (an *Analysis) antecedentsOf(s text.Sentence, mentions []gazetteer.Mention) antecedents {
	for _, m := range mentions {
		head := m.First
		for head > s.First && (an.Words[head-1].Entry.Is(lexicon.Office) || an.Lower[head-1] == "the") {
			head--
		}
		if head > s.First && an.Words[head-1].Entry.Is(lexicon.Preposition) {
			continue
		}
		if an.isPerson(s, m, head) {
			return antecedents{person: m.Country, from: m.Last}
		}
		return antecedents{state: m.Country, from: m.Last}
	}
	return antecedents{}
}

// isPerson reports whether a mention whose noun phrase begins at token head
// speaks of a person.
func (an *Analysis) isPerson(s text.Sentence, m gazetteer.Mention, head int) bool {
	if m.Form == gazetteer.FormLeader || m.Form == gazetteer.FormMinister {
		return true
	}
	for i := head; i < m.First; i++ {
		if an.Words[i].Entry.Is(lexicon.PersonOffice) {
			return true
		}
	}
	for i := m.Last; i < min(s.Last, m.Last+officeWords) &&
		an.Words[i].Entry.Is(lexicon.Office); i++ {
		if an.Words[i].Entry.Is(lexicon.PersonOffice) {
			return true
		}
	}
	return false
}
