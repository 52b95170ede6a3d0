package gazetteer

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stance/datasets"
	"stance/features/text"
)

var update = flag.Bool("update", false, "rewrite the expected lines of testdata")

// TestMentionsGolden runs every case of testdata/mentions. A case is one file: lines that begin with "#" say what it is
// about, then the expected mentions, a blank line, and the input: a line "date YYYY-MM-DD" where the case has one, the
// title, and the body.
func TestMentionsGolden(t *testing.T) {
	g, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("testdata/mentions/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			head, input, found := strings.Cut(string(data), "\n\n")
			if !found {
				t.Fatal("no blank line between the expected mentions and the input")
			}
			var comment, want strings.Builder
			for line := range strings.Lines(head + "\n") {
				if strings.HasPrefix(line, "#") {
					comment.WriteString(line)
				} else {
					want.WriteString(line)
				}
			}
			d := parseCase(t, input)
			got := mentionLines(d, g.Mentions(d))
			if *update {
				if err := os.WriteFile(file, []byte(comment.String()+got+"\n"+input), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got != want.String() {
				t.Errorf("%sgot\n%swant\n%s", comment.String(), got, want.String())
			}
		})
	}
}

// parseCase makes a document of the input of a golden case.
func parseCase(t *testing.T, input string) *text.Document {
	t.Helper()
	var a datasets.Article
	if rest, ok := strings.CutPrefix(input, "date "); ok {
		day, rest, _ := strings.Cut(rest, "\n")
		published, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		a.Published, input = published, rest
	}
	a.Title, a.Text, _ = strings.Cut(input, "\n")
	return text.Parse(a, 0)
}

// mentionLines writes one line for each mention: sentence, country, form and the words.
func mentionLines(d *text.Document, mentions []Mention) string {
	var b strings.Builder
	for _, m := range mentions {
		fmt.Fprintf(&b, "%d %s %s %q\n", m.Sentence, m.Country, m.Form, d.Text[m.Start:m.End])
	}
	return b.String()
}
