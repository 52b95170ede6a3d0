package counterfactual

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"stance/datasets"
)

// sentencePairs makes the pairs of one clause: the clause as a sentence of its
// own, and each edit that applies to it.
func (g *Generator) sentencePairs(s source, t int, c clause) []Pair {
	topic := s.reading.topics.Topics[t].ID
	original := s.sentence(c, nil)
	original.ID = fmt.Sprintf("%s#%s.%d.%d", s.example.ID, topic, c.sentence, c.start)
	for _, country := range c.countries {
		original.Labels = append(original.Labels, stance(country, topic, s.label(country, topic)))
	}
	original.Labels = append(original.Labels, s.bystanders(g, original, topic)...)
	if !g.answers(original) {
		return nil
	}
	var out []Pair
	for i, e := range g.tables.edits {
		if !e.takes(c.entry, c.not) || !e.forms[c.listed()] {
			continue
		}
		made, labels, ok := g.edited(s, t, c, e)
		if !ok {
			continue
		}
		made.ID = original.ID + "/" + e.axis + strconv.Itoa(i)
		made.Labels = append(labels, without(original.Labels, labels)...)
		out = g.appendPair(out, s, c,
			Pair{Axis: e.axis, Rule: e.to, Original: original, Edit: made})
	}
	if made, ok := g.mirrored(s, t, c); ok && c.entry.sign != 0 {
		made.ID = original.ID + "/" + axisSide
		for _, country := range c.countries {
			made.Labels = append(made.Labels, stance(country, topic, answerAgainst.of(c.sign)))
		}
		out = g.appendPair(out, s, c,
			Pair{Axis: axisSide, Rule: axisSide, Original: original, Edit: made})
	}
	return out
}

// appendPair completes a pair and appends it, unless a label of the edit has no
// question or the edit changed nothing.
func (g *Generator) appendPair(out []Pair, s source, c clause, p Pair) []Pair {
	if !g.answers(p.Edit) || p.Edit.Title+p.Edit.Text == p.Original.Title+p.Original.Text {
		return out
	}
	p.Unit, p.Country, p.Verb = UnitSentence, c.countries[0], c.entry.key
	return append(out, p.complete(s))
}

// complete fills in what the labels of a pair say.
func (p Pair) complete(s source) Pair {
	for _, l := range p.Original.Labels {
		if l.Country == p.Country {
			p.From, p.Topic = l.Answer, l.Topic
		}
	}
	for _, l := range p.Edit.Labels {
		if l.Country == p.Country && l.Topic == p.Topic {
			p.To = l.Answer
		}
	}
	p.order = hash(s.seed, p.Edit.ID, p.Topic)
	return p
}

// listed is the form under which tables of edits list that of the clause: a
// finite plural counts as third person.
func (c clause) listed() form {
	if c.finite && c.form == formBase {
		return formThird
	}
	return c.form
}

// edited writes the clause that edit e makes, and the labels that it decides.
func (g *Generator) edited(s source, t int, c clause,
	e edit) (datasets.Example, []datasets.Label, bool) {
	topic := s.reading.topics.Topics[t].ID
	w := writer{tables: g.tables, r: s.reading, c: &c}
	var labels []datasets.Label
	for _, country := range c.countries {
		labels = append(labels, stance(country, topic, e.actor.of(c.sign)))
	}
	if !e.whole {
		ch, ok := w.replace(e)
		if !ok {
			return datasets.Example{}, nil, false
		}
		return s.sentence(c, []change{ch}), labels, true
	}
	if e.agent != "-" {
		country, name, ok := g.agentOf(s, t, c, e)
		if !ok {
			return datasets.Example{}, nil, false
		}
		w.agent = name
		labels = append(labels, stance(country, topic, e.view.of(c.sign)))
	}
	text, ok := w.template(e)
	made := s.derived()
	made.Text = text
	return made, labels, ok && !strings.HasPrefix(text, ".")
}

// agentOf chooses a country that the edit adds, and what to call it. A party
// speaks for its own cause only.
func (g *Generator) agentOf(s source, t int, c clause, e edit) (country, name string, ok bool) {
	pick := hash(s.seed, s.example.ID, strconv.Itoa(c.verb), e.to)
	party, _ := s.reading.sides(t)
	if e.agent == "party" {
		if e.view.of(c.sign) != supportive || len(party) == 0 {
			return "", "", false
		}
		n, ok := g.tables.country(party[pick%uint64(len(party))])
		return n.code, [...]string{n.capital, n.name,
			"the " + n.adjective + " government"}[pick>>8%3], ok
	}
	for k := range uint64(len(g.tables.countries)) {
		n := g.tables.countries[(pick+k)%uint64(len(g.tables.countries))]
		named := slices.ContainsFunc(s.reading.mentions, func(m mention) bool {
			return m.country == n.code
		})
		if named || !s.reading.isThird(t, n.code) {
			continue
		}
		forms := [...]string{n.name, n.capital, "the " + n.adjective + " government",
			n.adjective + " officials",
			n.name, possessive(n.name) + " foreign minister", possessive(n.name) + " parliament"}
		return n.code, forms[pick>>8%uint64(len(forms))], true
	}
	return "", "", false
}

func possessive(name string) string {
	if strings.HasSuffix(name, "s") {
		return name + "'"
	}
	return name + "'s"
}

// mirrored writes the clause with the sides of its object swapped.
func (g *Generator) mirrored(s source, t int, c clause) (datasets.Example, bool) {
	changes, ok := g.swapSides(s.reading, t, &c)
	if !ok {
		return datasets.Example{}, false
	}
	return s.sentence(c, changes), true
}

// derived is an example with what a source hands on to its parts.
func (s source) derived() datasets.Example {
	e := s.example
	d := datasets.Example{Collection: "counterfactual", Group: e.Group}
	if d.Group == "" {
		d.Group = e.ID
	}
	d.Source, d.Lang, d.Published, d.Origin = e.Source, e.Lang, e.Published, e.Origin
	return d
}

// sentence is the clause, with changes, as an example of its own. One from a
// title stays a title.
func (s source) sentence(c clause, changes []change) datasets.Example {
	r := s.reading
	if c.named != "" {
		name := change{r.start[c.subject.first], r.end[c.subject.last-1], c.named}
		changes = append([]change{name}, changes...)
	}
	text := upperFirst(apply(r.text, r.start[c.start], r.end[c.object.last-1], changes))
	e := s.derived()
	if r.sentences[c.sentence].title {
		e.Title = text
	} else {
		e.Text = text + "."
	}
	return e
}

// bystanders are the labels "none" of a source that hold in a part of it, too.
func (s source) bystanders(g *Generator, part datasets.Example, topic string) []datasets.Label {
	r := read(g.pipeline, part.Article)
	var out []datasets.Label
	for _, l := range s.example.Labels {
		if l.Task == datasets.TaskStance && l.Topic == topic && l.Answer == none &&
			r.asks(l.Country, topic) {
			out = append(out, l)
		}
	}
	return out
}

// without lists the labels of countries that decided does not name.
func without(labels, decided []datasets.Label) []datasets.Label {
	var out []datasets.Label
	for _, l := range labels {
		if !slices.ContainsFunc(decided, func(d datasets.Label) bool {
			return d.Country == l.Country
		}) {
			out = append(out, l)
		}
	}
	return out
}

// answers reports whether the text of an example has a question for each of its
// labels.
func (g *Generator) answers(e datasets.Example) bool {
	r := read(g.pipeline, e.Article)
	for _, l := range e.Labels {
		if l.Task == datasets.TaskStance && !r.asks(l.Country, l.Topic) {
			return false
		}
	}
	return len(e.Labels) > 0
}

func stance(country, topic, answer string) datasets.Label {
	return datasets.Label{Task: datasets.TaskStance, Country: country, Topic: topic, Answer: answer}
}
