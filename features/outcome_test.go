package features

import (
	"slices"
	"strings"
	"testing"

	"stance/datasets"
)

// Each case is a sentence and the outcomes of the first country in it beside the topic ukraine.
func TestOutcome(t *testing.T) {
	g, err := DefaultGazetteer()
	if err != nil {
		t.Fatal(err)
	}
	pl, err := NewPipeline(g, []Topic{{ID: "ukraine", Proposition: "p", Terms: []string{"ukrain*"},
		For: Side{Countries: []string{"UKR"}}, Against: Side{Countries: []string{"RUS"}}}}, 0)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"Hungary vetoed EU aid for Ukraine.":                       "C:-PARTY CC:@BLOCK @AID PARTY",
		"Norway sends aid to Ukraine.":                             "C:+PARTY CC:@PROVIDE @AID PARTY",
		"Slovakia would no longer supply weapons to Ukraine.":      "C:-PARTY CC:@ARM PARTY",
		"Iran armed Russia, and condemned Ukraine.":                "C:+OPPONENT C:-PARTY CC:@ARM OPPONENT CC:@CONDEMN PARTY",
		"Japan condemned Russia's invasion of Ukraine.":            "C:-OPPONENT C:-PARTY CC:@ATTACK PARTY CC:@CONDEMN OPPONENT",
		"Brazil spoke of Ukraine.":                                 "", // no class on the way takes a side
		"Spain rested; it condemned no invasion; Ukraine thanked.": "",
	} {
		an := pl.Article(datasets.Article{Text: text})
		first := an.Mentions[0].Country
		p := an.Pairs[slices.IndexFunc(an.Pairs, func(p Pair) bool { return p.Country == first })]
		var got []string
		pl.Extractor.Stance(an, p, &Scratch{}, func(name []byte, _ int) {
			if s := string(name); strings.HasPrefix(s, "C") && !strings.Contains(s, "|") {
				got = append(got, s)
			}
		})
		slices.Sort(got)
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q: got %q, want %q", text, s, want)
		}
	}
}
