package features

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"stance/datasets"
)

// Each feature of the windows is made of the very words it names; names are one place, however many words they have.
func TestTokensOfFeatures(t *testing.T) {
	topic := Topic{ID: "harbour", Proposition: "The harbour should stay open.", Terms: []string{"harbour"},
		Against: Side{Countries: []string{"RUS"}}}
	pl, err := NewPipeline(loadDefault(t), []Topic{topic}, 0)
	if err != nil {
		t.Fatal(err)
	}
	an := pl.Article(datasets.Article{Text: "The harbour is shut. South Korea pledged 20 boats against Russian Federation fleets."})
	at := slices.IndexFunc(an.Pairs, func(p Pair) bool { return p.Country == "KOR" })
	var s Scratch
	got := map[string]string{}
	pl.Extractor.Stance(an, an.Pairs[at], &s, func(name []byte, _ int) {
		var words []string
		for _, r := range s.Tokens(nil, an) {
			words = append(words, an.Document.Text[an.Document.Tokens[r.First].Start:an.Document.Tokens[r.Last-1].End])
		}
		got[string(name)] = strings.Join(words, "|")
	})
	for name, want := range map[string]string{
		"bias":                 "",
		"s:pledged":            "pledged",
		"s:pledged NUM|third":  "pledged|20",
		"L1:<s>":               "",
		"R1:pledged":           "pledged",
		"RR:pledged NUM":       "pledged|20",
		"p>OPPONENT:boats":     "boats",
		"VO:pledged OPPONENT":  "pledged|Russian Federation",
		"LR:<s> pledged|third": "pledged",
	} {
		if words, ok := got[name]; !ok || words != want {
			t.Errorf("%s: sent %v of %q, want %q", name, ok, words, want)
		}
	}
	if t.Failed() {
		t.Log(fmt.Sprint(got))
	}
}
