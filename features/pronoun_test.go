package features

import (
	"strings"
	"testing"

	"stance/datasets"
)

// Each case is a text and the pronouns that stand for a country, "word=country", in order of position.
func TestReferences(t *testing.T) {
	g, err := DefaultGazetteer()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ title, text, want string }{
		{"", "Germany said it would send tanks to Ukraine.", "it=DEU"},
		{"", "Japan's prime minister said he would not visit Taiwan.", "he=JPN"},
		{"", "The Polish president hesitated. He later agreed, and he signed.", "He=POL he=POL"},
		{"", "Sweden waited for Hungary. Then it joined. Its army moved.", "it=SWE Its=SWE"},
		{"", "In Germany it rained.", ""},                                         // no subject: a preposition stands before it
		{"", "It rained, and Germany waited.", ""},                                // the subject comes after
		{"", "Germany waited. Analysts had long thought that it would.", ""},      // not among the first words
		{"", "Germany waited. He left.", ""},                                      // a state is no person
		{"", "The French minister spoke. It rained.", ""},                         // a person is no state
		{"Germany waits", "It will send tanks.", ""},                              // headlines end with themselves
		{"", "Russia and China met. Norway protested. It sent a note.", "It=NOR"}, // the nearest sentence
	} {
		d := Parse(datasets.Article{Title: c.title, Text: c.text}, 0)
		var got []string
		last := -1
		for _, m := range references(d, lowerTokens(d), g.Mentions(d)) {
			if m.First < last {
				t.Errorf("%q: token %d after %d", c.text, m.First, last)
			}
			if last = m.First; m.Form == FormPronoun {
				got = append(got, d.Text[m.Start:m.End]+"="+m.Country)
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%q %q: got %q, want %q", c.title, c.text, s, c.want)
		}
	}
}
