package counterfactual

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"stance/datasets"
	"stance/datasets/format"
	"stance/features"
	"stance/features/topic"
	"stance/internal/golden"
)

// TestPairs has a line for each clause of a labelled article that can be
// edited, and below it the first edit along each axis, with its labels. The
// first line of an input has the labels of the article, on Ukraine unless it
// says on what.
func TestPairs(t *testing.T) {
	g := generator(t)
	golden.Cases(t, "testdata/pairs/*.txt", func(t *testing.T, input string) string {
		head, article, _ := strings.Cut(input, "\n")
		e := datasets.Example{Article: golden.Article(t, article)}
		e.ID = "x"
		for answer := range strings.SplitSeq(head, ", ") {
			country, label, _ := strings.Cut(answer, " ")
			label, topic, other := strings.Cut(label, " on ")
			if !other {
				topic = "ukraine"
			}
			e.Labels = append(e.Labels, stance(country, topic, label))
		}
		out, last, shown := "", "", map[string]bool{}
		for _, p := range g.all(e) {
			if from := p.Unit + ": " + plain(p.Original) + "\n"; from != last {
				out, last = out+from, from
				shown = map[string]bool{}
			}
			if !shown[p.Axis] {
				out += fmt.Sprintf("  %s: %s\n", p.Axis, plain(p.Edit))
			}
			shown[p.Axis] = true
		}
		if out == "" {
			return "no pair\n"
		}
		return out
	})
}

// plain is the text of an example with its labels.
func plain(e datasets.Example) string {
	var labels []string
	for _, l := range e.Labels {
		labels = append(labels, l.Country+" "+l.Answer)
	}
	title := e.Title
	if title != "" && e.Text != "" {
		title += " / "
	}
	return fmt.Sprintf("%s [%s]", title+e.Text, strings.Join(labels, ", "))
}

// TestPairsOfTheSample counts the pairs of the sample articles by what they
// turn, and hashes them and those that looser bounds let through.
func TestPairsOfTheSample(t *testing.T) {
	pl, err := features.New([]topic.Topic{testTopics[0], {ID: "taiwan", Proposition: "Taiwan should keep its self-rule.",
		Terms: []string{"taiwan*", "taipei"}, For: topic.Side{Countries: []string{"TWN"}},
		Against: topic.Side{Countries: []string{"CHN"}}}}, 0)
	if err != nil {
		t.Fatal(err)
	}
	g, err := New(pl)
	if err != nil {
		t.Fatal(err)
	}
	var examples []datasets.Example
	for _, n := range []int{1, 2, 5} {
		file := fmt.Sprintf("../../datasets/sample/labelled-%d.jsonl", n)
		for e, err := range format.Read(t.Context(), file, format.Options{Format: "stance"}) {
			if err != nil {
				t.Fatal(err)
			}
			examples = append(examples, e)
		}
	}
	counts := map[string]int{}
	all := sha256.New()
	for _, p := range g.Pairs(examples, Options{Seed: 1}) {
		counts[fmt.Sprintf("%s of a %s on %s, %s to %s", p.Axis, p.Unit, p.Topic, p.From, p.To)]++
		fmt.Fprintln(all, p.Edit.ID)
	}
	for _, p := range g.Pairs(examples,
		Options{Seed: 2, PerText: 1000, PerTopic: 1000, PerVerb: 1000, PerRule: 1000}) {
		fmt.Fprintln(all, p.Verb, p.Rule, p.Original.ID, plain(p.Original), p.Edit.ID,
			plain(p.Edit))
	}
	out := "# Pairs of datasets/sample, labelled 1, 2 and 5.\n"
	for _, what := range slices.Sorted(maps.Keys(counts)) {
		out += fmt.Sprintf("%4d %s\n", counts[what], what)
	}
	golden.File(t, "testdata/sample.txt", fmt.Appendf(nil, "%shash %x\n", out, all.Sum(nil)[:16]))
}

// TestSidesWithArticles swaps a side that is written with an article.
func TestSidesWithArticles(t *testing.T) {
	pl, err := features.New([]topic.Topic{{ID: "sea", Proposition: "The Philippines should keep its shoals.",
		Terms: []string{"shoal*"}, For: topic.Side{Countries: []string{"PHL"}},
		Against: topic.Side{Countries: []string{"CHN"}}}}, 0)
	if err != nil {
		t.Fatal(err)
	}
	g, err := New(pl)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"Hungary backed the Philippines against China at the shoal.": "Hungary backed China against the Philippines at the shoal.",
		"Hungary backed Philippines against China at the shoal.":     "",
		"Hungary backed the Philippines against the China shoal.":    "",
	} {
		got := ""
		for _, p := range g.all(example("", text, stance("HUN", "sea", "supportive"))) {
			if p.Axis == axisSide && p.Unit != UnitText {
				got = p.Edit.Text
			}
		}
		if got != want {
			t.Errorf("%s\ngot  %q\nwant %q", text, got, want)
		}
	}
}
