package features

import (
	"strings"
	"testing"

	"stance/datasets"
	"stance/features/gazetteer"
	"stance/features/topic"
)

// everything is a topic that every text below names.
var everything = topic.Topic{ID: "everything", Proposition: "p", Terms: []string{"e*", "a*", "h*", "i*", "it", "r*", "m*", "said"}}

// Each case is a text and the pronouns that stand for a country, "word=country", in order of position.
func TestReferences(t *testing.T) {
	pl, err := New([]topic.Topic{everything}, 0)
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
		an := pl.Article(datasets.Article{Title: c.title, Text: c.text})
		d := an.Document
		var got []string
		last := -1
		for _, m := range an.References {
			if m.First < last {
				t.Errorf("%q: token %d after %d", c.text, m.First, last)
			}
			if last = m.First; m.Form == gazetteer.FormPronoun {
				got = append(got, d.Text[m.Start:m.End]+"="+m.Country)
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%q %q: got %q, want %q", c.title, c.text, s, c.want)
		}
	}
}
