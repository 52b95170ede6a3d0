package text

import (
	"fmt"
	"path/filepath"
	"stance/internal/golden"
	"strings"
	"testing"
)

// stages are the folders of testdata and what each expects of a document, a
// line at a time.
var stages = []struct {
	name  string
	lines func(d *Document) string
}{
	{"clean", cleanLines},
	{"sentences", sentenceLines},
	{"tokens", tokenLines},
}

// TestGolden runs every case of testdata.
func TestGolden(t *testing.T) {
	for _, stage := range stages {
		t.Run(stage.name, func(t *testing.T) {
			golden.Cases(t, filepath.Join("testdata", stage.name, "*.txt"),
				func(t *testing.T, input string) string {
					return stage.lines(Parse(golden.Article(t, input), 0))
				})
		})
	}
}

// cleanLines gives the title and each paragraph a line.
func cleanLines(d *Document) string {
	out := "title: " + d.Text[:d.TitleEnd] + "\n"
	for p := range strings.SplitSeq(d.Text[d.TitleEnd:], paragraphBreak) {
		if p != "" {
			out += p + "\n"
		}
	}
	return out
}

// sentenceLines gives each sentence a line, with the number of its paragraph.
func sentenceLines(d *Document) string {
	out := ""
	for _, s := range d.Sentences {
		out += fmt.Sprintf("%d %s\n", s.Paragraph, d.Text[s.Start:s.End])
	}
	return out
}

// tokenLines gives each sentence a line: its tokens, with "w", "n" or "p" for
// their kind behind a slash.
func tokenLines(d *Document) string {
	out := ""
	for _, s := range d.Sentences {
		var words []string
		for i := s.First; i < s.Last; i++ {
			words = append(words, d.Word(i)+"/"+"wnp"[d.Tokens[i].Kind:][:1])
		}
		out += strings.Join(words, " ") + "\n"
	}
	return out
}
