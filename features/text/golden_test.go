package text

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stance/datasets"
)

var update = flag.Bool("update", false, "rewrite the expected lines of testdata")

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

// TestGolden runs every case of testdata. A case is one file: lines that begin
// with "#" say what it is about, then the expected lines, a blank line, and the
// input: the title on the first line, and the body. In the input "\xNN" and
// "\uNNNN" are characters that an editor would hide.
func TestGolden(t *testing.T) {
	for _, stage := range stages {
		files, err := filepath.Glob(filepath.Join("testdata", stage.name, "*.txt"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no cases of %s: %v", stage.name, err)
		}
		for _, file := range files {
			name := strings.TrimSuffix(filepath.Base(file), ".txt")
			t.Run(stage.name+"/"+name, func(t *testing.T) { runGolden(t, file, stage.lines) })
		}
	}
}

func runGolden(t *testing.T, file string, lines func(*Document) string) {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, input, found := strings.Cut(string(data), "\n\n")
	if !found {
		t.Fatal("no blank line between the expected lines and the input")
	}
	var comment, want strings.Builder
	for line := range strings.Lines(head + "\n") {
		if strings.HasPrefix(line, "# ") {
			comment.WriteString(line)
		} else {
			want.WriteString(line)
		}
	}
	var a datasets.Article
	a.Title, a.Text, _ = strings.Cut(unescape(t, input), "\n")
	got := lines(Parse(a, 0))
	if *update {
		if err := os.WriteFile(file, []byte(comment.String()+got+"\n"+input), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if got != want.String() {
		t.Errorf("%sgot\n%swant\n%s", comment.String(), got, want.String())
	}
}

// unescape resolves \xNN, \uNNNN, \r and \n.
func unescape(t *testing.T, s string) string {
	t.Helper()
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		var r rune
		rest := s[i:]
		switch {
		case strings.HasPrefix(rest, `\r`):
			b.WriteByte('\r')
			i++
		case strings.HasPrefix(rest, `\n`):
			b.WriteByte('\n')
			i++
		case strings.HasPrefix(rest, `\x`):
			if _, err := fmt.Sscanf(rest[:4], `\x%02x`, &r); err != nil {
				t.Fatal(err)
			}
			b.WriteByte(byte(r))
			i += 3
		case strings.HasPrefix(rest, `\u`):
			if _, err := fmt.Sscanf(rest[:6], `\u%04x`, &r); err != nil {
				t.Fatal(err)
			}
			b.WriteRune(r)
			i += 5
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
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
