package features

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"stance/datasets"
)

// TestVersion holds that [Version] was raised when the same articles come to mean something else: testdata/version.txt has
// the version and a hash of what it makes of the sample corpus.
func TestVersion(t *testing.T) {
	const file = "testdata/version.txt"
	g, err := DefaultGazetteer()
	if err != nil {
		t.Fatal(err)
	}
	pl, err := NewPipeline(g, []Topic{{ID: "ukraine", Proposition: "p", Terms: []string{"ukrain*", "kyiv"},
		For: Side{Countries: []string{"UKR"}}, Against: Side{Countries: []string{"RUS"}}}}, 0)
	if err != nil {
		t.Fatal(err)
	}
	h := sha256.New()
	files, err := filepath.Glob("../datasets/sample/articles-*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatalf("no sample: %v", err)
	}
	for _, path := range files {
		for e, err := range datasets.Read(t.Context(), path, datasets.Options{}) {
			if err != nil {
				t.Fatal(err)
			}
			an := pl.Article(e.Article)
			fmt.Fprintln(h, an.Document.Text, an.Document.Sentences, an.Document.Tokens, an.Hits, an.Mentions)
			for _, p := range an.Pairs {
				pl.Extractor.Stance(an, p, &Scratch{}, func(name []byte, sentence int) { fmt.Fprintf(h, "%s %d\n", name, sentence) })
				pl.Extractor.Tone(an, p, &Scratch{}, func(name []byte, sentence int) { fmt.Fprintf(h, "%s %d\n", name, sentence) })
			}
		}
	}
	got := fmt.Sprintf("version %d\ngazetteer %.16s\nfeatures %x\n", Version, g.Hash(), h.Sum(nil))
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got\n%swant\n%sFeatures of the same articles have changed: raise Version, unless only gazetteer or sample did, "+
			"then go test ./features -run TestVersion -update", got, want)
	}
}
