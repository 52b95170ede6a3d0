package models

import (
	"path/filepath"
	"strings"
	"testing"

	"stance/datasets"
	"stance/datasets/format"
)

// forms are ways to write the same article, with the largest share of stances
// that may differ. docs/inputs.md publishes what was measured; the bounds lie a
// little above.
var forms = []struct {
	name    string
	rewrite func(datasets.Article) datasets.Article
	bound   float64
}{
	{"curly quotes, long dashes, hard blanks", both(strings.NewReplacer(` "`, " “", `"`, "”", "'", "’",
		" - ", " — ", ", ", ",\u00a0").Replace), 0},
	{"zero-width spaces, ligatures", both(strings.NewReplacer(" ", " \u200b", "fi", "ﬁ", "fl",
		"ﬂ").Replace), 0},
	{"lines of 60 characters", body(func(s string) string { return wrapped(s, 60) }), 0.01},
	{"lines of 72 characters", body(func(s string) string { return wrapped(s, 72) }), 0.01},
	{"lines of 100 characters", body(func(s string) string { return wrapped(s, 100) }), 0.01},
	{"title in small letters", title(strings.ToLower), 0.02},
	{"title in capitals", title(strings.ToUpper), 0.02},
	{"all in small letters", both(strings.ToLower), 0.05},
	{"all in capitals", both(strings.ToUpper), 0.04},
}

func both(f func(string) string) func(datasets.Article) datasets.Article {
	return func(a datasets.Article) datasets.Article { return body(f)(title(f)(a)) }
}

func title(f func(string) string) func(datasets.Article) datasets.Article {
	return func(a datasets.Article) datasets.Article { a.Title = f(a.Title); return a }
}

func body(f func(string) string) func(datasets.Article) datasets.Article {
	return func(a datasets.Article) datasets.Article { a.Text = f(a.Text); return a }
}

// wrapped breaks each paragraph into lines of at most width bytes.
func wrapped(s string, width int) string {
	paragraphs := strings.Split(s, "\n\n")
	for i, p := range paragraphs {
		if strings.Contains(p, "\n") {
			continue
		}
		var lines []string
		line := ""
		for word := range strings.FieldsSeq(p) {
			if line != "" && len(line)+1+len(word) > width {
				lines = append(lines, line)
				line = ""
			}
			if line != "" {
				line += " "
			}
			line += word
		}
		paragraphs[i] = strings.Join(append(lines, line), "\n")
	}
	return strings.Join(paragraphs, "\n\n")
}

// TestForms measures on the sample how many stances differ when the form of the
// text does. A pair that stands in only one of the two counts as one that
// differs.
func TestForms(t *testing.T) {
	p := defaultPredictor(t)
	articles := sampleArticles(t)
	plain := make([]map[string]string, len(articles))
	for i, a := range articles {
		plain[i] = stances(t, p, a)
	}
	for _, f := range forms {
		differ, all := 0, 0
		for i, a := range articles {
			got := stances(t, p, f.rewrite(a))
			for pair, want := range plain[i] {
				if all++; got[pair] != want {
					differ++
				}
			}
			for pair := range got {
				if _, ok := plain[i][pair]; !ok {
					all++
					differ++
				}
			}
		}
		share := float64(differ) / float64(all)
		t.Logf("%s: %.2f %% of %d stances differ", f.name, 100*share, all)
		if share > f.bound {
			t.Errorf("%s: %.2f %% of %d stances differ, want %.0f %% at most", f.name, 100*share,
				all, 100*f.bound)
		}
	}
}

// stances are the stances for an article by country and topic; "-" for none.
func stances(t *testing.T, p *Predictor, a datasets.Article) map[string]string {
	t.Helper()
	r, err := p.Predict(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, x := range r.Predictions {
		stance := "-"
		if x.Role == RoleActor {
			stance = string(x.Stance)
		}
		out[x.Country+" "+x.Topic] = stance
	}
	return out
}

// sampleArticles are the articles of datasets/sample.
func sampleArticles(t *testing.T) []datasets.Article {
	t.Helper()
	files, err := filepath.Glob("../datasets/sample/labelled-*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatalf("no sample: %v", err)
	}
	var out []datasets.Article
	for _, file := range files {
		for e, err := range format.Read(t.Context(), file, format.Options{Format: "stance"}) {
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, e.Article)
		}
	}
	return out
}
