package counterfactual

import (
	"slices"
	"strconv"
	"strings"

	"stance/datasets"
)

// The bounds of a text that is edited as a whole.
const (
	maxActs  = 3    // sentences with an act of the country
	maxBytes = 3000 // of all sentences
)

// textPairs edits short texts: the acts of one country, each as a sentence,
// amid the sentences of the source that do not name it. Those that name it
// without an act that can be edited, or that may refer to the act, are left out
// of both members, so that nothing in the text contradicts the edit.
func (g *Generator) textPairs(s source, t int, clauses [][]clause) []Pair {
	var out []Pair
	done := map[string]bool{}
	for _, list := range clauses {
		for _, c := range list {
			country := c.countries[0]
			if len(c.countries) != 1 || done[country] {
				continue
			}
			done[country] = true
			plan := s.plan(country, clauses)
			if len(plan.acts) == 0 || len(plan.acts)+len(plan.kept) < 2 {
				continue
			}
			for _, a := range axes {
				for _, to := range []answer{answerAs, answerAgainst, answerNeutral} {
					if !a.whole {
						out = g.appendText(out, s, t, plan, a.name, to)
					}
				}
			}
		}
	}
	return out
}

// plan says which sentences of a source a text is made of.
type plan struct {
	country string
	acts    map[int]clause // sentences to edit
	kept    map[int]bool   // sentences that stay as they are
}

// plan divides the sentences of a source. A sentence with two acts of the
// country is left out.
func (s source) plan(country string, clauses [][]clause) plan {
	p := plan{country, map[int]clause{}, map[int]bool{}}
	bytes := 0
	for n, sentence := range s.reading.sentences {
		var own []clause
		for _, c := range clauses[n] {
			if len(c.countries) == 1 && c.countries[0] == country {
				own = append(own, c)
			}
		}
		size := s.reading.end[sentence.last-1] - s.reading.start[sentence.first]
		switch {
		case bytes+size > maxBytes:
		case len(own) == 1 && len(p.acts) < maxActs:
			p.acts[n] = own[0]
			bytes += size
		case !s.names(sentence, country) && !sentence.title && !s.refers(sentence):
			p.kept[n] = true
			bytes += size
		}
	}
	for n := range s.reading.sentences {
		if p.kept[n] && s.repeats(p, s.reading.sentences[n]) {
			delete(p.kept, n)
		}
	}
	return p
}

// repeats reports whether a sentence has a word of a subject of the acts, such
// as the surname of a king.
func (s source) repeats(p plan, sentence sentence) bool {
	for _, word := range s.reading.lower[sentence.first:sentence.last] {
		if _, office := offices[word]; office || len(word) < 4 {
			continue
		}
		for _, c := range p.acts {
			if slices.Contains(s.reading.lower[c.subject.first:c.subject.last], word) {
				return true
			}
		}
	}
	return false
}

// names reports whether a sentence names the country or stands for it.
func (s source) names(sentence sentence, country string) bool {
	for _, m := range s.reading.mentions {
		if m.country == country && m.first >= sentence.first && m.first < sentence.last {
			return true
		}
	}
	return false
}

// refers reports whether a sentence may speak of the country, or take up its
// act, without a name: "the president", "the veto", "we".
func (s source) refers(sentence sentence) bool {
	lower := s.reading.lower[sentence.first:sentence.last]
	if referring[lower[0]] || quotes[lower[0]] {
		return true
	}
	for i, w := range lower {
		if ownVoice[w] {
			return true
		}
		if i == 0 || lower[i-1] != "the" && lower[i-1] != "this" && lower[i-1] != "that" {
			continue
		}
		if _, office := offices[w]; deeds[w] || office && !s.namedAfter(sentence.first+i) {
			return true
		}
	}
	return false
}

// namedAfter reports whether a country is named within 4 tokens of an office:
// "the president of Ukraine".
func (s source) namedAfter(token int) bool {
	for i := token; i <= token+4; i++ {
		if s.reading.names(i) {
			return true
		}
	}
	return false
}

// appendText appends the pair that edits all acts along one axis to one answer.
func (g *Generator) appendText(out []Pair, s source, t int, p plan, axis string, to answer) []Pair {
	topic := s.reading.topics.Topics[t].ID
	edits := map[int][]change{}
	var rules []string
	var first *clause
	for n := range s.reading.sentences {
		c, ok := p.acts[n]
		if !ok {
			continue
		}
		ch, rule, ok := g.changeTo(s, c, axis, to)
		if !ok {
			return out
		}
		if first == nil {
			first = &c
		}
		edits[n], rules = []change{ch}, append(rules, rule)
	}
	original, made := s.assemble(p, nil), s.assemble(p, edits)
	original.ID = s.example.ID + "#" + topic + ".text." + p.country
	made.ID = original.ID + "/" + axis + strconv.Itoa(int(to))
	edited := stance(p.country, topic, to.of(first.sign))
	others := s.labelsKept(g, p, original, topic)
	original.Labels = append([]datasets.Label{stance(p.country, topic, s.label(p.country, topic))},
		others...)
	made.Labels = append([]datasets.Label{edited}, others...)
	if !g.answers(original) || !g.answers(made) {
		return out
	}
	pair := Pair{Axis: axis, Unit: UnitText, Country: p.country, Verb: first.entry.key,
		Rule:     strings.Join(rules, "; "),
		Original: original, Edit: made}
	return append(out, pair.complete(s))
}

// assemble writes the text that a plan describes, with the edits of its acts.
func (s source) assemble(p plan, edits map[int][]change) datasets.Example {
	r := s.reading
	e := s.derived()
	var body []string
	for n, sentence := range r.sentences {
		c, acts := p.acts[n]
		switch {
		case acts:
			part := s.sentence(c, edits[n])
			e.Title += part.Title
			if part.Text != "" {
				body = append(body, part.Text)
			}
		case p.kept[n]:
			body = append(body, r.text[r.start[sentence.first]:r.end[sentence.last-1]])
		}
	}
	e.Text = strings.Join(body, " ")
	return e
}

// changeTo chooses the change of a clause along an axis to an answer.
func (g *Generator) changeTo(s source, c clause, axis string, to answer) (change, string, bool) {
	var best change
	rule, order, found := "", uint64(0), false
	w := writer{tables: g.tables, r: s.reading, c: &c}
	for _, e := range g.tables.edits {
		if e.axis != axis || e.actor != to || e.whole || !e.takes(c.entry, c.not) ||
			!e.forms[c.listed()] {
			continue
		}
		ch, ok := w.replace(e)
		if h := hash(s.seed, s.example.ID, strconv.Itoa(c.verb), e.to); ok &&
			(!found || h < order) {
			best, rule, order, found = ch, e.to, h, true
		}
	}
	return best, rule, found
}

// labelsKept are the labels of other countries that hold in both members: those
// of countries that no edited or left-out sentence names, and "none".
func (s source) labelsKept(g *Generator, p plan, made datasets.Example,
	topic string) []datasets.Label {
	touched := map[string]bool{p.country: true}
	for n, sentence := range s.reading.sentences {
		if p.kept[n] {
			continue
		}
		for _, m := range s.reading.mentions {
			if m.first >= sentence.first && m.first < sentence.last {
				touched[m.country] = true
			}
		}
	}
	r := read(g.pipeline, made.Article)
	var out []datasets.Label
	for _, l := range s.example.Labels {
		if l.Task == datasets.TaskStance && l.Topic == topic && l.Country != p.country &&
			r.asks(l.Country, topic) &&
			(!touched[l.Country] || l.Answer == none) {
			out = append(out, l)
		}
	}
	return out
}
