package gazetteer

import (
	"fmt"
	"strings"
	"testing"

	"stance/features/text"
	"stance/internal/golden"
)

// TestMentionsGolden runs every case of testdata/mentions.
func TestMentionsGolden(t *testing.T) {
	g, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	golden.Cases(t, "testdata/mentions/*.txt", func(t *testing.T, input string) string {
		d := text.Parse(golden.Article(t, input), 0)
		return mentionLines(d, g.Mentions(d))
	})
}

// mentionLines has a line for each mention: its sentence, country, form and
// words.
func mentionLines(d *text.Document, mentions []Mention) string {
	var b strings.Builder
	for _, m := range mentions {
		fmt.Fprintf(&b, "%d %s %s %q\n", m.Sentence, m.Country, m.Form, d.Text[m.Start:m.End])
	}
	return b.String()
}
