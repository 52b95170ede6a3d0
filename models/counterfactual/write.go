package counterfactual

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// change replaces the bytes [start, end) of a text.
type change struct {
	start, end int
	text       string
}

// writer writes what an edit makes of a clause.
type writer struct {
	tables *tables
	r      *reading
	c      *clause
	agent  string // name of the added agent
}

// replace returns the change that a replacement makes; ok is false when the
// clause has no words for it.
func (w writer) replace(e edit) (change, bool) {
	c := w.c
	first, to, literal := c.verb, e.to, false
	if to, literal = strings.CutPrefix(to, "="); literal {
		first = c.group.first
	} else if head, rest, _ := strings.Cut(to, " "); head != "{inner}" {
		to = strings.TrimSpace(w.head(head) + " " + rest)
	}
	last := c.group.last
	if strings.Contains(to, "{inner") {
		if c.innerAt < 0 || c.verb > 0 && adverbs[w.r.lower[c.verb-1]] { // "strongly considering"
			return change{}, false
		}
		last = c.innerAt + 1
	}
	text, ok := w.expand(to)
	if !ok {
		return change{}, false
	}
	if r, _ := utf8.DecodeRuneInString(w.r.text[w.r.start[c.verb]:]); unicode.IsUpper(r) {
		text = titleCase(text)
	}
	return change{w.r.start[first], w.r.end[last-1], text}, true
}

// head is the first word of a replacement in the form of the verb it replaces.
func (w writer) head(word string) string {
	forms := w.tables.forms[word]
	switch {
	case word == "be" && w.c.finite && w.c.form == formPast:
		return w.was()
	case word == "be" && w.c.finite && w.c.form == formBase:
		return "are"
	}
	return forms[w.c.form]
}

func (w writer) was() string {
	if w.c.plural {
		return "were"
	}
	return "was"
}

// template returns the clause that an edit writes.
func (w writer) template(e edit) (string, bool) {
	text, ok := w.expand(e.to)
	return upperFirst(text) + ".", ok
}

// expand fills in the places of a template.
func (w writer) expand(template string) (string, bool) {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(template, "{")
		out.WriteString(before)
		if !found {
			return out.String(), true
		}
		place, after, _ := strings.Cut(rest, "}")
		text, ok := w.place(place)
		if !ok || text == "" {
			return "", false
		}
		out.WriteString(text)
		template = after
	}
}

// place is the text of one place of a template.
func (w writer) place(name string) (string, bool) {
	c := w.c
	if i := slices.Index(formNames[:], name); i >= 0 {
		return strings.Join(append([]string{c.entry.forms[i]}, c.entry.rest...), " "), true
	}
	if form, ok := strings.CutPrefix(name, "inner"); ok {
		v := w.tables.verbs[c.inner.verb]
		if i := slices.Index(formNames[:], form); i >= 0 {
			return v.forms[i], true
		}
		return v.forms[c.form], form == ""
	}
	switch name {
	case "affirm":
		return w.affirmed(), true
	case "object":
		return w.text(c.object), true
	case "x":
		return w.subject(), len(c.countries) == 1 && !c.pronoun
	case "x's":
		x := w.subject()
		if strings.HasSuffix(x, "s") {
			return x + "'", len(c.countries) == 1 && !c.pronoun
		}
		return x + "'s", len(c.countries) == 1 && !c.pronoun
	case "agent":
		return w.agent, w.agent != ""
	case "finite":
		return strings.Join(append([]string{c.entry.forms[c.form]}, c.entry.rest...), " "), c.finite
	case "donot":
		return w.doNot(), c.finite
	case "auxnot":
		return strings.Replace(c.aux, "to", "will", 1) + " not", auxBase[c.aux]
	case "it":
		if c.plural {
			return "they", true
		}
		return "it", !c.person && !c.pronoun
	case "was":
		return w.was(), true
	case "its":
		if c.plural {
			return "their", true
		}
		return "its", !c.person && !c.pronoun
	}
	return "", false
}

// doNot denies a finite verb.
func (w writer) doNot() string {
	switch w.c.form {
	case formPast:
		return "did not"
	case formBase:
		return "do not"
	}
	return "does not"
}

// affirmed is the verb without "not", its auxiliary and form kept.
func (w writer) affirmed() string {
	c := w.c
	rest := append([]string{}, c.entry.rest...)
	word := func(f form) string { return strings.Join(append([]string{c.entry.forms[f]}, rest...), " ") }
	switch {
	case c.aux == "did":
		return word(formPast)
	case c.aux == "does":
		return word(formThird)
	case c.aux == "do":
		return word(formBase)
	}
	return c.aux + " " + word(c.form)
}

// subject is the noun phrase as it stands inside a sentence.
func (w writer) subject() string {
	if w.c.named != "" {
		return w.c.named
	}
	text := w.text(w.c.subject)
	if rest, ok := strings.CutPrefix(text, "The "); ok {
		return "the " + rest
	}
	return text
}

func (w writer) text(s span) string { return w.r.text[w.r.start[s.first]:w.r.end[s.last-1]] }

func upperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// titleCase writes words as a headline in capitals does.
func titleCase(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		if i == 0 || len(w) > 3 {
			words[i] = upperFirst(w)
		}
	}
	return strings.Join(words, " ")
}

// apply makes changes, in order of position, to text[start:end].
func apply(text string, start, end int, changes []change) string {
	var out strings.Builder
	for _, c := range changes {
		out.WriteString(text[start:c.start])
		out.WriteString(c.text)
		start = c.end
	}
	out.WriteString(text[start:end])
	return out.String()
}
