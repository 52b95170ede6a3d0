package counterfactual

import (
	"embed"
	"errors"
	"fmt"
	"slices"
	"strings"
)

//go:embed data/*.tsv
var dataFiles embed.FS

// verb is a line of verbs.tsv.
type verb struct {
	key   string // lemma with the words that follow it: "vote for"
	forms [formCount]string
	rest  []string // the words that follow
	sign  int      // +1 for its object, -1 against it, 0 neither
	next  string   // np, base, ing or -
	kind  string
}

// form is an inflected form of a verb.
type form uint8

const (
	formBase form = iota
	formThird
	formPast
	formPart
	formIng
	formCount
)

// formNames are the words for forms in the data files.
var formNames = [formCount]string{"base", "third", "past", "part", "ing"}

// edit is a line of a table of edits: what it takes, and what it makes.
type edit struct {
	axis  string
	from  []string // keys or kinds of verbs
	forms [formCount]bool
	actor answer // of the country that acts
	agent string // who is added: party, third, or "" for nobody
	view  answer // of that agent
	to    string // replacement of the verb, or template of a clause
	whole bool   // to is a template of a clause
}

// answer says how a label follows from what the act is for the topic.
type answer uint8

const (
	answerAs      answer = iota // supportive when the act is for the topic, else critical
	answerAgainst               // the contrary
	answerNeutral
	answerNone
)

var answerNames = []string{"as", "against", "neutral", "none"}

// of is the label that follows from an act of this sign.
func (a answer) of(sign int) string {
	switch {
	case a == answerNeutral:
		return neutral
	case a == answerNone:
		return none
	case (a == answerAs) == (sign > 0):
		return supportive
	}
	return critical
}

// name is a line of countries.tsv.
type name struct{ code, name, adjective, capital string }

// tables are the data of the generator.
type tables struct {
	verbs     []verb
	byForm    map[string][]formOf // first word in any form to the verbs it begins
	forms     map[string][formCount]string
	edits     []edit
	countries []name
}

// formOf is a verb in one form.
type formOf struct {
	verb int
	form form
}

// axes lists the tables of edits in the order in which they are applied.
var axes = []struct {
	name  string
	whole bool // its edits are templates of a clause
}{
	{"act", false}, {"negation", false}, {"hedge", false},
	{"nominal", true}, {"target", true}, {"speaker", true},
}

// axisSide is the axis without a table of edits: it swaps names.
const axisSide = "side"

// Axes lists the names of all axes.
func Axes() []string {
	var names []string
	for _, a := range axes {
		names = append(names, a.name)
	}
	return append(names, axisSide)
}

// loadTables reads the embedded data and reports every fault in it.
func loadTables() (*tables, error) {
	t := &tables{byForm: map[string][]formOf{}, forms: map[string][formCount]string{}}
	var faults []error
	faults = append(faults, eachLine("verbs", 8, t.addVerb), eachLine("countries", 4, t.addCountry))
	for _, a := range axes {
		if a.whole {
			faults = append(faults, eachLine(a.name, 6, func(f []string) error {
				return t.addTemplate(a.name, f)
			}))
		} else {
			faults = append(faults, eachLine(a.name, 4, func(f []string) error {
				return t.addReplacement(a.name, f)
			}))
		}
	}
	return t, errors.Join(faults...)
}

// eachLine calls add with the fields of each line of a data file.
func eachLine(file string, fields int, add func([]string) error) error {
	text, err := dataFiles.ReadFile("data/" + file + ".tsv")
	if err != nil {
		return fmt.Errorf("counterfactual: %w", err)
	}
	var faults []error
	n := 0
	for line := range strings.SplitSeq(string(text), "\n") {
		n++
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		err := fmt.Errorf("%d fields; want %d", len(f), fields)
		if len(f) == fields {
			err = add(f)
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("counterfactual: data/%s.tsv:%d: %w", file, n, err))
		}
	}
	return errors.Join(faults...)
}

func (t *tables) addVerb(f []string) error {
	words := strings.Fields(f[0])
	sign, ok := map[string]int{"+": 1, "-": -1, "0": 0}[f[5]]
	if len(words) == 0 || !ok || !slices.Contains([]string{"np", "base", "ing", "-"}, f[6]) {
		return fmt.Errorf("want a verb, a sign + - 0 and what follows, np, base, ing or -")
	}
	v := verb{key: f[0], rest: words[1:], sign: sign, next: f[6], kind: f[7],
		forms: [formCount]string{words[0], f[1], f[2], f[3], f[4]}}
	t.forms[words[0]] = v.forms
	if v.next != "-" {
		for i, w := range v.forms {
			if i > 0 && slices.Contains(v.forms[:i], w) {
				continue
			}
			t.byForm[w] = append(t.byForm[w], formOf{len(t.verbs), form(i)})
		}
	}
	t.verbs = append(t.verbs, v)
	return nil
}

func (t *tables) addCountry(f []string) error {
	if slices.Contains(f, "") {
		return fmt.Errorf("empty field; want code, name, adjective and capital")
	}
	t.countries = append(t.countries, name{f[0], f[1], f[2], f[3]})
	return nil
}

// addReplacement adds a line of a table that replaces a verb: from, forms,
// actor, to.
func (t *tables) addReplacement(axis string, f []string) error {
	e := edit{axis: axis, to: f[3]}
	return t.add(e, f[0], f[1], f[2], "as")
}

// addTemplate adds a line of a table that writes a clause anew: from, forms,
// actor, agent, view, to.
func (t *tables) addTemplate(axis string, f []string) error {
	e := edit{axis: axis, to: f[5], whole: true, agent: f[3]}
	if !slices.Contains([]string{"-", "party", "third"}, e.agent) {
		return fmt.Errorf("agent %q; want party, third or -", e.agent)
	}
	return t.add(e, f[0], f[1], f[2], strings.Replace(f[4], "-", "as", 1))
}

func (t *tables) add(e edit, from, forms, actor, view string) error {
	e.from = strings.Split(from, ",")
	for _, k := range e.from {
		bare := strings.TrimPrefix(k, negated)
		if !slices.ContainsFunc(t.verbs, func(v verb) bool { return v.selectedBy(bare) }) {
			return fmt.Errorf("%q is no verb or kind of verbs.tsv", k)
		}
	}
	for _, name := range strings.Split(forms, ",") {
		i := slices.Index(formNames[:], name)
		if name == "all" {
			e.forms = [formCount]bool{true, true, true, true, true}
		} else if i < 0 {
			return fmt.Errorf("form %q; want all, %s", name, strings.Join(formNames[:], ", "))
		} else {
			e.forms[i] = true
		}
	}
	a, b := slices.Index(answerNames, actor), slices.Index(answerNames, view)
	if a < 0 || b < 0 {
		return fmt.Errorf("label %q or %q; want %s", actor, view, strings.Join(answerNames, ", "))
	}
	e.actor, e.view = answer(a), answer(b)
	head, _, _ := strings.Cut(e.to, " ")
	if !e.whole && !strings.HasPrefix(head, "=") && head != "{inner}" && t.forms[head][0] == "" {
		return fmt.Errorf("%q has no forms in verbs.tsv; add it or write it with =", head)
	}
	t.edits = append(t.edits, e)
	return nil
}

// negated stands before a verb or kind of a table of edits that takes the act
// only with "not".
const negated = "not:"

// selectedBy reports whether k is the verb or its kind.
func (v verb) selectedBy(k string) bool {
	return v.next != "-" && (v.key == k || v.kind == k)
}

// takes reports whether the edit applies to a verb, with or without "not".
func (e edit) takes(v verb, not bool) bool {
	return slices.ContainsFunc(e.from, func(k string) bool {
		bare, wants := strings.CutPrefix(k, negated)
		return wants == not && v.selectedBy(bare)
	})
}

// phraseWords lists the words of a replacement or template, without its places.
func phraseWords(to string) []string {
	var words []string
	for _, w := range strings.Fields(strings.TrimPrefix(to, "=")) {
		if w = strings.Trim(w, ".,"); !strings.ContainsAny(w, "{}") {
			words = append(words, w)
		}
	}
	return words
}

// words lists the verbs that edits find and write, and the other content words
// that they write, sorted.
func (t *tables) words() []string {
	var out []string
	for _, v := range t.verbs {
		out = append(out, v.key)
	}
	for _, e := range t.edits {
		for _, w := range phraseWords(e.to) {
			if !noNoun[w] && !cutOff[w] && !nots[w] && !auxBase[w] && t.forms[w][0] == "" {
				out = append(out, w)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
