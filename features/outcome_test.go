package features

import (
	"slices"
	"strings"
	"testing"

	"stance/datasets"
)

// outcomes are the outcomes and the lean of a country in one sentence.
func outcomes(t *testing.T, pl *Pipeline, sentence, country string) (products, lean string) {
	t.Helper()
	an := pl.Article(datasets.Article{Text: sentence + " Ukraine waits."})
	var got []string
	for _, s := range sightings(t, pl, an, stanceOf(t, pl, an, country)) {
		switch prefix, name, _ := strings.Cut(s.name, ":"); {
		case PlainName(s.name) != s.name:
		case prefix == "C":
			got = append(got, name)
		case prefix == "lean":
			lean = name
		}
	}
	slices.Sort(got)
	return strings.Join(got, ", "), lean
}

// The first role that an act reaches counts; a product goes on to the next role
// until a clause ends.
func TestProductsReachRoles(t *testing.T) {
	pl := newPipeline(t, 0, ukraine)
	for sentence, want := range map[string]string{
		"Norway vetoed EU aid for Ukraine.":              "- PARTY",
		"Norway sends aid to Ukraine.":                   "+ PARTY",
		"Norway no longer supplies weapons to Ukraine.":  "- PARTY",
		"Norway armed Russia, and condemned Ukraine.":    "+ OPPONENT, - PARTY",
		"Norway condemned Russia's invasion of Ukraine.": "+ PARTY, - OPPONENT",
		// no class on the way takes a side
		"Norway spoke of Ukraine.":                                "",
		"Norway rested; Malta condemned the invasion of Ukraine.": "",
		// what is given may follow
		"Norway sent Ukraine aid on Monday.":                       "+ PARTY",
		"Norway blocked a vote on fresh Russia sanctions.":         "+ OPPONENT",
		"Norway helped Ukraine defend itself against Russia.":      "+ PARTY, - OPPONENT",
		"Norway thanked Malta for shipping generators to Ukraine.": "+ PARTY",
	} {
		if got, _ := outcomes(t, pl, sentence, "NOR"); got != want {
			t.Errorf("%q: got %q, want %q", sentence, got, want)
		}
	}
}

// Signs follow from reading the sentences: + is for Ukraine.
func TestLean(t *testing.T) {
	pl := newPipeline(t, 0, ukraine)
	for _, c := range []struct{ sentence, want string }{
		{"Norway approved a loan for Ukraine.", "+"},
		{"Norway lifted its veto on a loan for Ukraine.", "+"},
		{"Norway refused to block a loan for Ukraine.", "+"},
		{"Norway withdrew its support for Ukraine.", "-"},
		{"Norway threatened to block a loan for Ukraine.", "-"},
		{"Norway warned Malta against arming Russia.", "+"},
		{"Norway warned Malta not to arm Russia.", "+"},
		{"Norway will not send weapons to Ukraine.", "-"},
		{"Norway would not send weapons to Ukraine.", "-"},
		{"Norway demanded an end to aid for Ukraine.", "-"},
		{"Norway eased sanctions on Russia.", "-"},
		{"Norway promised widely banned munitions to Ukraine.", "+"},
		// The agent of a passive, and of a noun.
		{"A loan for Ukraine was blocked by Norway.", "-"},
		{"A loan for Ukraine, blocked by Norway on Monday, lapsed.", "-"},
		{"Russia's annexation of the port was praised by Norway.", "-"},
		{"Russia was condemned by Norway.", "+"},
		{"Russia's war in Ukraine was praised by Norway.", "-"},
		{"Malta was criticised by Norway for helping Ukraine.", "-"},
		// What was named before.
		{"Malta backed a loan for Ukraine, while Norway opposed it.", "-"},
		{"A loan for Ukraine stalled over Norway's opposition to the bill.", "-"},
		{"Despite Norway's condemnation of the text, Malta backed a loan for Ukraine.", "-"},
		{"After months of praise for a loan for Ukraine, Norway opposed it on Monday.", "-"},
		{"Over stiff opposition from Norway, Malta approved a loan for Ukraine.", "-"},
		// What somebody says.
		{`"Russia's war in Ukraine is justified," Norway's minister told reporters.`, "-"},
		{`"Russia's war in Ukraine is an atrocity," Norway's minister told reporters.`, "+"},
		{"Norway protested that Malta had blocked a loan for Ukraine.", "+"},
		{`"We will never abandon Ukraine," Norway's minister said.`, "+"},
		{"Norway said that Malta had blocked a loan for Ukraine.", "says"},
		// Others' acts.
		{"Norway rested as Malta sent weapons to Ukraine.", "0"},
		{"Malta urged Norway to send weapons to Ukraine.", "?"},
		{"Malta told Norway that it opposes a loan for Ukraine.", "0"},
		{"Malta differs with Norway's position on how Ukraine fights.", "0"},
		// Neither side.
		{"Norway sent weapons to Ukraine, but blocked a loan for Kyiv.", "+-"},
		{"Norway may send weapons to Ukraine.", "~"},
		{"Norway denied sending weapons to Ukraine.", "~"},
		{"Norway offered to mediate between Ukraine and Russia.", "="},
		{"Norway offered a castle for talks between Ukraine and Russia.", "="},
		{"Norway will not take sides between Ukraine and Russia.", "="},
		{"Norway hosted talks between Russia and Ukraine.", "="},
		{"Norway discussed arms for Ukraine by telephone.", "="},
		{"Norway spoke about a loan that helps Ukraine.", "0"},
		{"Norway sent tanks to Ukraine but blocked a loan for Kyiv.", "+-"},
		// What a speaker thinks that others should do, or are.
		{"Norway said that Malta must help Ukraine.", "+"},
		{"Norway said that Malta should not help Ukraine.", "-"},
		{"Norway said that Russia must leave.", "+"},
		{"Norway said Ukraine should not be allowed to join the union.", "-"},
		{"Norway said Russia should be punished.", "+"},
		{"Norway said Russia's war is justified.", "-"},
		{"Norway said that Norway and Russia should cooperate.", "-"},
		{"Norway said it condemned Russia's war.", "+"},
		{"Norway and Russia signed a pact.", "-"},
		{"Norway insisted that sanctions on Russia be lifted.", "-"},
		{"Norway urged Russia to withdraw from Ukraine.", "+"},
		{"Norway gave in and dropped its veto on sanctions against Russia.", "+"},
		{"Norway's objections sank a plan to arm Ukraine.", "-"},
		{"Norway says Ukraine must cede land.", "-"},
		{"Norway says Ukraine must win.", "+"},
		{"Norway won't send weapons to Ukraine.", "-"},
		{"Norway doesn't oppose a loan for Ukraine.", "+"},
		{"Norway has publicly backed Russia's position.", "-"},
		{"Norway said Ukraine is blocking the talks.", "says-side"},
		// An act without an object after it means what was named before.
		{"Aid for Ukraine stalls over Norway's veto.", "-"},
		{"Aid for Ukraine stalls over Norwegian veto.", "-"},
		{"Sanctions on Russia were adopted despite Norway's veto.", "-"},
		{"Despite Norway's veto, Malta promised arms to Ukraine.", "-"},
		// What is demanded: a good for whom it is for, a duty of whom it is
		// from.
		{"Norway backed a motion that demands safety for Ukraine.", "+"},
		{"Norway sank a motion that demands fair play in Ukraine.", "-"},
		{"Norway demanded answers from Russia.", "+"},
		{"Norway demanded that Russia leave.", "+"},
		// What only describes a weapon is no act.
		{"Norway blocked attack drones meant for Ukraine.", "-"},
		{"Norway mediated between Ukraine and Russia.", "="},
		{"Norway spoke of Ukraine.", "0"},
	} {
		if _, got := outcomes(t, pl, c.sentence, "NOR"); got != c.want {
			t.Errorf("%q: got %q, want %q", c.sentence, got, c.want)
		}
	}
}
