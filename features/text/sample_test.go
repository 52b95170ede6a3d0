package text

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stance/datasets"
	"stance/datasets/format"
)

// sample returns the articles of datasets/sample.
func sample(t *testing.T) []datasets.Article {
	t.Helper()
	var out []datasets.Article
	files, err := filepath.Glob("../../datasets/sample/labelled-*.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		for e, err := range format.Read(t.Context(), file, format.Options{Format: "stance"}) {
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, e.Article)
		}
	}
	if len(out) < 900 {
		t.Fatalf("datasets/sample has %d articles, want 900 at least", len(out))
	}
	return out
}

// rewritten is an article with title and body rewritten.
func rewritten(a datasets.Article, rewrite func(string) string) datasets.Article {
	a.Title, a.Text = rewrite(a.Title), rewrite(a.Text)
	return a
}

// TestTypographyOfSample demands that every article of the sample gives the
// same document in any typography. What is read from equal documents is equal,
// so no stance differs.
func TestTypographyOfSample(t *testing.T) {
	articles := sample(t)
	plain := make([]*Document, len(articles))
	for i := range articles {
		articles[i] = rewritten(articles[i], ascii)
		plain[i] = Parse(articles[i], 0)
	}
	for _, typo := range typographies {
		differ := 0
		for i, a := range articles {
			want, got := plain[i], Parse(rewritten(a, typo.rewrite), 0)
			if got.Text == want.Text && got.Dateline == want.Dateline {
				continue
			}
			if differ++; differ <= 2 {
				t.Errorf("%s: %s\ngot  %q\nwant %q", typo.name, a.ID, got.Text, want.Text)
			}
		}
		if differ > 0 {
			t.Errorf("%s: %d of %d articles differ, want none", typo.name, differ, len(articles))
		}
	}
}

// ascii types a text with the marks of ASCII, which the typographies replace.
func ascii(s string) string {
	return strings.NewReplacer("“", `"`, "”", `"`, "’", "'", "‘", "'", "–", "-", "—", " - ", "…", "...",
		"\u00a0", " ").Replace(s)
}

// TestWrappingOfSample demands that at most 1 % of the articles of the sample
// have other sentences when they are wrapped at widths of 40 to 120, with and
// without words parted at line ends. Fewer stances differ: a sentence cut in
// two mostly says the same. What differs is mostly a body of two lines, where
// no column can be told.
func TestWrappingOfSample(t *testing.T) {
	articles := sample(t)
	plain := make([][]string, len(articles))
	for i, a := range articles {
		plain[i] = sentences(Parse(a, 0))
	}
	for _, way := range wrappings {
		differ, all := 0, 0
		for width := 40; width <= 120; width += 16 {
			for i, wrapped := range articles {
				wrapped.Text = wrapAll(wrapped.Text, width, way.wrap)
				if all++; !slices.Equal(sentences(Parse(wrapped, 0)), plain[i]) {
					differ++
				}
			}
		}
		share := float64(differ) / float64(all)
		t.Logf("%s: %.2f %% of %d differ", way.name, 100*share, all)
		if share > 0.01 {
			t.Errorf("%s: %.2f %% of the articles differ, want 1 %% at most", way.name, 100*share)
		}
	}
}

// sentences returns the sentences of a document.
func sentences(d *Document) []string {
	var out []string
	for _, s := range d.Sentences {
		out = append(out, d.Text[s.Start:s.End])
	}
	return out
}

// wrappings are the ways to wrap a paragraph.
var wrappings = []struct {
	name string
	wrap func(p string, width int) string
}{
	{"at blanks", func(p string, width int) string { return wrap(p, width, false) }},
	{"behind hyphens", func(p string, width int) string { return wrap(p, width, true) }},
	{"inside words", hyphenate},
}

// wrapAll wraps each paragraph of a text.
func wrapAll(s string, width int, wrap func(string, int) string) string {
	parts := strings.Split(s, "\n\n")
	for i, p := range parts {
		if !strings.Contains(p, "\n") {
			parts[i] = wrap(p, width)
		}
	}
	return strings.Join(parts, "\n\n")
}

// hyphenate breaks a paragraph into lines of at most width characters and parts
// long words in small letters with a hyphen where a line ends.
func hyphenate(p string, width int) string {
	var lines []string
	line := []rune{}
	for word := range strings.FieldsSeq(p) {
		w := []rune(word)
		if len(line) > 0 && len(line)+1+len(w) > width {
			room := width - len(line) - 2
			if cut := min(room, len(w)-3); cut >= 3 && isPlain(w) {
				line = append(append(append(line, ' '), w[:cut]...), '-')
				w = w[cut:]
			}
			lines = append(lines, string(line))
			line = line[:0]
		}
		if len(line) > 0 {
			line = append(line, ' ')
		}
		line = append(line, w...)
	}
	return strings.Join(append(lines, string(line)), "\n")
}

// isPlain reports whether a word has small ASCII letters only.
func isPlain(w []rune) bool {
	return !slices.ContainsFunc(w, func(r rune) bool { return r < 'a' || r > 'z' })
}
