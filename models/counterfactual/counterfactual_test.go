package counterfactual

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"stance/datasets"
	"stance/features"
	"stance/features/topic"
)

// testTopics have a country on either side, as most topics do.
var testTopics = []topic.Topic{
	{ID: "ukraine", Proposition: "Ukraine should be able to defend itself.", Terms: []string{"ukrain*", "kyiv"},
		For:     topic.Side{Countries: []string{"UKR"}},
		Against: topic.Side{Countries: []string{"RUS"}}},
	{ID: "loan", Proposition: "The harbour should get its loan.", Terms: []string{"harbour loan"}},
}

func generator(t testing.TB) *Generator {
	t.Helper()
	pl, err := features.New(testTopics, 0)
	if err != nil {
		t.Fatal(err)
	}
	g, err := New(pl)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func example(title, body string, labels ...datasets.Label) datasets.Example {
	return datasets.Example{Article: datasets.Article{ID: "x", Title: title, Text: body},
		Labels: labels}
}

func ukraine(country, answer string) datasets.Label { return stance(country, "ukraine", answer) }

// all makes every pair of an example, without choosing.
func (g *Generator) all(e datasets.Example) []Pair { return g.pairsOf(e, 1) }

// find returns the labels of the edit with this text along an axis.
func find(pairs []Pair, axis, text string) (string, bool) {
	for _, p := range pairs {
		if p.Axis == axis && strings.TrimSpace(p.Edit.Title+" "+p.Edit.Text) == text {
			var labels []string
			for _, l := range p.Edit.Labels {
				labels = append(labels, l.Country+" "+l.Answer)
			}
			return strings.Join(labels, ", "), true
		}
	}
	return "", false
}

// The wanted labels follow from the rules of README.md.
func TestEdits(t *testing.T) {
	g := generator(t)
	for _, c := range []struct {
		axis, title, body, answer, edit, want string
	}{
		{"act", "", "Hungary blocked a loan for Ukraine.", critical, "Hungary approved a loan for Ukraine.", "HUN supportive, UKR none"},
		{"act", "", "Hungary has approved a loan for Ukraine.", supportive, "Hungary has vetoed a loan for Ukraine.", "HUN critical, UKR none"},
		{"act", "Hungary to block loan for Ukraine", "", critical, "Hungary to back loan for Ukraine", "HUN supportive, UKR none"},
		{"act", "", "Hungary sent tanks to Russia, Kyiv's mayor wrote.", critical, "Hungary refused to send tanks to Russia.", ""},
		{"act", "", "Hungary's parliament backed Ukraine's bid after a long debate.", supportive,
			"Hungary's parliament opposed Ukraine's bid.", "HUN critical, UKR none"},
		{"act", "", "Hungary said it would send buses to Ukraine.", supportive, "Hungary said it would rule out sending buses to Ukraine.",
			"HUN critical, UKR none"},
		{"act", "", "Hungary refuses to send buses to Ukraine.", critical, "Hungary agrees to send buses to Ukraine.", "HUN supportive, UKR none"},
		{"negation", "", "Hungary will send buses to Ukraine.", supportive, "Hungary will not send buses to Ukraine.", "HUN critical, UKR none"},
		{"negation", "", "Hungary did not back Ukraine's bid.", critical, "Hungary backed Ukraine's bid.", "HUN supportive, UKR none"},
		{"negation", "", "Hungary vetoed a loan for Ukraine.", critical, "Hungary lifted its veto on a loan for Ukraine.",
			"HUN supportive, UKR none"},
		{"negation", "", "Hungary approved a loan for Ukraine.", supportive, "Hungary dropped its opposition to a loan for Ukraine.",
			"HUN supportive, UKR none"},
		{"negation", "", "Hungary sends buses to Ukraine.", supportive, "Hungary no longer sends buses to Ukraine.", "HUN critical, UKR none"},
		{"hedge", "", "Hungary sent buses to Ukraine.", supportive, "Hungary denied sending buses to Ukraine.", "HUN neutral, UKR none"},
		{"hedge", "", "Hungary is considering sending buses to Ukraine.", neutral, "Hungary is sending buses to Ukraine.",
			"HUN supportive, UKR none"},
		{"hedge", "", "Hungary is considering sending buses to Ukraine.", neutral, "Hungary is refusing to send buses to Ukraine.",
			"HUN critical, UKR none"},
		{"hedge", "", "Hungary voted against a loan for Ukraine.", critical, "Hungary abstained on a loan for Ukraine.",
			"HUN neutral, UKR none"},
		{"nominal", "", "Hungary approved a loan for Ukraine.", supportive, "Hungary's veto of a loan for Ukraine drew criticism.",
			"HUN critical, UKR none"},
		{"nominal", "", "Hungary blocked a loan for Ukraine.", critical, "A loan for Ukraine had been approved by Hungary.",
			"HUN supportive, UKR none"},
		{axisSide, "", "Hungary condemned Russia's invasion of Ukraine.", supportive, "Hungary condemned Ukraine's invasion of Russia.",
			"HUN critical"},
	} {
		pairs := g.all(example(c.title, c.body, ukraine("HUN", c.answer), ukraine("UKR", none)))
		if got, ok := find(pairs, c.axis, c.edit); got != c.want || ok != (c.want != "") {
			t.Errorf("%s of %q: %q has labels %q, want %q", c.axis, c.title+c.body, c.edit, got,
				c.want)
		}
	}
}

// Agents are chosen by seed: the test asks for what they do and their label.
func TestAddedAgents(t *testing.T) {
	g := generator(t)
	pairs := g.all(example("", "Hungary blocked a loan for Ukraine.", ukraine("HUN", critical),
		ukraine("UKR", none)))
	for _, c := range []struct{ axis, part, country, agent string }{
		{"target", " urged Hungary to block a loan for Ukraine.", none, critical},
		{"target", "Hungary was asked by ", none, supportive},
		{"target", " criticised Hungary for blocking a loan for Ukraine.", critical, supportive},
		{"speaker", " praised Hungary for blocking a loan for Ukraine.", critical, critical},
		{"speaker", " criticised Hungary for approving a loan for Ukraine.", supportive, critical},
		{"speaker", " declined to comment after Hungary blocked a loan for Ukraine.", critical,
			neutral},
	} {
		i := slices.IndexFunc(pairs, func(p Pair) bool {
			return p.Axis == c.axis && strings.Contains(p.Edit.Text, c.part)
		})
		if i < 0 {
			t.Errorf("no edit along %s with %q", c.axis, c.part)
			continue
		}
		labels := pairs[i].Edit.Labels
		if labels[0] != ukraine("HUN", c.country) || labels[1].Answer != c.agent ||
			labels[1].Country == "HUN" {
			t.Errorf("%q has labels %v, want HUN %s and another country %s", pairs[i].Edit.Text,
				labels, c.country, c.agent)
		}
	}
}

// A list of countries that share the act changes all their labels.
func TestListChangesAllLabels(t *testing.T) {
	pairs := generator(t).all(example("", "Spain, Italy and Malta backed Ukraine's bid.",
		ukraine("ESP", supportive), ukraine("ITA", supportive), ukraine("MLT", supportive)))
	want := "ESP critical, ITA critical, MLT critical"
	if got, _ := find(pairs, "act", "Spain, Italy and Malta opposed Ukraine's bid."); got != want {
		t.Errorf("labels %q, want %q", got, want)
	}
}

// Where the label cannot follow for certain, there is no edit.
func TestUncertain(t *testing.T) {
	g := generator(t)
	for _, c := range []struct{ why, title, body, answer string }{
		{"the label says something else than the act", "", "Hungary blocked a loan for Ukraine.",
			supportive},
		{"the act is quoted", "", "\"Hungary blocked a loan for Ukraine,\" he said.", critical},
		{"another says so", "", "Reportedly Hungary blocked a loan for Ukraine.", critical},
		{"a condition", "", "If Hungary blocked a loan for Ukraine, it would be alone.", critical},
		{"a conditional", "", "Hungary would block a loan for Ukraine.", critical},
		{"a company of the country", "", "Hungary's Rheinbahn sent buses to Ukraine.", supportive},
		{"the country is no subject", "", "The banks of Hungary sent buses to Ukraine.",
			supportive},
		{"the object names no side", "", "Hungary sent buses to Malta. Ukraine waits.", supportive},
		{"a passive headline", "Hungary offered buses by Ukraine", "", supportive},
		{"a noun", "Hungary arms sales to Ukraine", "", supportive},
		{"the speaker's own voice", "", "Hungary backs our help for Ukraine.", supportive},
		{"a party to the topic", "", "Ukraine blocked a loan for Ukraine.", critical},
		{"half of a list", "", "Hungary and Malta blocked a loan for Ukraine.", critical},
	} {
		labels := []datasets.Label{ukraine("HUN", c.answer), ukraine("MLT", none)}
		for _, p := range g.all(example(c.title, c.body, labels...)) {
			t.Errorf("%s: %q became %q", c.why, c.title+c.body, p.Edit.Title+p.Edit.Text)
		}
	}
}

// A text keeps the sentences that do not speak of the country, and their
// labels.
func TestText(t *testing.T) {
	body := "Hungary blocked a loan for Ukraine. Malta sent a doctor to Kyiv. The veto surprised many. Hungary is small."
	pairs := generator(t).all(example("Hungary blocks loan for Ukraine", body,
		ukraine("HUN", critical), ukraine("MLT", supportive)))
	for _, p := range pairs {
		if p.Unit != UnitText || p.Axis != "act" || p.To != supportive {
			continue
		}
		if p.Country != "HUN" {
			continue
		}
		want := "Hungary blocked a loan for Ukraine. Malta sent a doctor to Kyiv."
		if p.Original.Text != want {
			t.Errorf("original %q, want %q", p.Original.Text, want)
		}
		if !strings.HasSuffix(p.Edit.Text, " Malta sent a doctor to Kyiv.") ||
			strings.Contains(p.Edit.Title+p.Edit.Text, "block") {
			t.Errorf("edit %q, %q", p.Edit.Title, p.Edit.Text)
		}
		if want := []datasets.Label{ukraine("HUN", supportive),
			ukraine("MLT", supportive)}; !reflect.DeepEqual(p.Edit.Labels, want) {
			t.Errorf("labels %v, want %v", p.Edit.Labels, want)
		}
		return
	}
	t.Error("no text was edited")
}

// Pairs of many examples keep to their bounds, and the same seed gives the
// same.
func TestPairsAreBoundedAndRepeatable(t *testing.T) {
	g := generator(t)
	var examples []datasets.Example
	for i, country := range []string{"Hungary", "Malta", "Spain", "Italy", "Ghana", "Peru", "Chile", "Japan"} {
		code := []string{"HUN", "MLT", "ESP", "ITA", "GHA", "PER", "CHL", "JPN"}[i]
		e := example("", country+" approved a loan for Ukraine.", ukraine(code, supportive))
		e.ID = country
		examples = append(examples, e)
	}
	o := Options{Seed: 3, PerText: 2, PerVerb: 5, PerTopic: 4, PerRule: 1}
	pairs := g.Pairs(examples, o)
	if !reflect.DeepEqual(pairs, g.Pairs(examples, o)) {
		t.Error("a second call gives other pairs")
	}
	o.Seed++
	if reflect.DeepEqual(pairs, g.Pairs(examples, o)) {
		t.Error("another seed gives the same pairs")
	}
	texts, topics, rules := map[string]int{}, map[string]int{}, map[string]int{}
	for _, p := range pairs {
		texts[p.Original.Group]++
		topics[p.Axis]++
		rules[p.Axis+p.Rule]++
	}
	for name, m := range map[string]map[string]int{"text": texts, "axis and topic": topics,
		"rule": rules} {
		limit := map[string]int{"text": 2, "axis and topic": 4, "rule": 1}[name]
		for k, n := range m {
			if n > limit {
				t.Errorf("%d pairs of %s %s, want at most %d", n, name, k, limit)
			}
		}
	}
	if len(pairs) < 8 {
		t.Errorf("%d pairs of 8 texts, want 8 at least", len(pairs))
	}
}

// Every verb in every finite form, with every edit that takes it, leaves no
// place of a template unfilled, and gives only labels that the text has a
// question for.
func TestEveryEdit(t *testing.T) {
	g := generator(t)
	used := map[string]bool{}
	for _, v := range g.tables.verbs {
		after := map[string]string{"np": "a loan for Ukraine", "base": "send buses to Ukraine", "ing": "sending buses to Ukraine"}[v.next]
		if after == "" {
			continue
		}
		rest := strings.Join(append(slices.Clone(v.rest), after), " ")
		for _, verb := range []string{v.forms[formPast], v.forms[formThird],
			"has " + v.forms[formPart], "will " + v.forms[formBase],
			"is " + v.forms[formIng], "did not " + v.forms[formBase]} {
			for _, answer := range []string{supportive, critical, neutral} {
				for _, p := range g.all(example("", "Hungary "+verb+" "+rest+".",
					ukraine("HUN", answer))) {
					used[p.Axis+"\t"+p.Rule] = true
					if text := p.Edit.Text; strings.ContainsAny(text, "{}") ||
						strings.Contains(text, "  ") || !strings.HasSuffix(text, ".") {
						t.Errorf("%s gives %q", p.Rule, text)
					}
				}
			}
		}
	}
	for _, e := range g.tables.edits {
		if !used[e.axis+"\t"+e.to] {
			t.Errorf("data/%s.tsv: %q of %s is never applied", e.axis, e.to, e.from)
		}
	}
}

func TestWordsAreContentWords(t *testing.T) {
	words := generator(t).Words()
	for _, want := range []string{"send", "vote for", "criticism", "opposition"} {
		if !slices.Contains(words, want) {
			t.Errorf("Words lacks %q", want)
		}
	}
	for _, w := range []string{"the", "to", "of", "{base}", "not"} {
		if slices.Contains(words, w) {
			t.Errorf("Words has %q", w)
		}
	}
}

// Faults of the tables are named by file and line.
func TestTableFaults(t *testing.T) {
	tb := &tables{byForm: map[string][]formOf{}, forms: map[string][formCount]string{}}
	if err := tb.addVerb([]string{"send", "sends", "sent", "sent", "sending", "+", "np",
		"GIVE"}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ from, forms, actor, to, want string }{
		{"mail", "all", "as", "=x", `"mail" is no verb or kind`},
		{"send", "future", "as", "=x", `form "future"`},
		{"send", "all", "good", "=x", `label "good"`},
		{"send", "all", "as", "mail {base}", `"mail" has no forms`},
	} {
		err := tb.addReplacement("act", []string{c.from, c.forms, c.actor, c.to})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: error %v, want %s", c, err, c.want)
		}
	}
	if err := tb.addTemplate("speaker",
		[]string{"send", "all", "as", "crowd", "as", "{agent}"}); err == nil {
		t.Error("no error for an unknown agent")
	}
	if err := tb.addVerb([]string{"send", "", "", "", "", "plus", "np", "GIVE"}); err == nil {
		t.Error("no error for an unknown sign")
	}
}

func FuzzPairs(f *testing.F) {
	f.Add("Hungary blocks loan for Ukraine", "Hungary said it would not send buses to Ukraine. He refused.")
	f.Add("", "Hungary, the host, has Ukraine")
	f.Add("the", "Hungary sends  ")
	f.Add("Hungary İ blocks Ukraine", "\"Hungary")
	g := generator(f)
	f.Fuzz(func(t *testing.T, title, body string) {
		for _, answer := range []string{supportive, critical, neutral} {
			for _, p := range g.all(example(title, body, ukraine("HUN", answer))) {
				if !g.answers(p.Edit) || !g.answers(p.Original) {
					t.Errorf("a label of %q has no question", p.Edit.Text)
				}
			}
		}
	})
}
