package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stance/datasets/format"
	"stance/internal/config"
	"stance/internal/program"
	"stance/models"
)

// TestSeedArticle reads the article that the project began with and holds the
// built-in model against what people expect of it. Both lie beside the
// repository; STANCE_SHARED names their folder.
func TestSeedArticle(t *testing.T) {
	seed := filepath.Join(os.Getenv("STANCE_SHARED"), "seed")
	if os.Getenv("STANCE_SHARED") == "" {
		seed = filepath.Join("..", "..", "..", "shared", "seed")
	}
	lines, err := os.ReadFile(filepath.Join(seed, "expected.jsonl"))
	if err != nil {
		t.Skipf("the seed article is not here: %v", err)
	}
	answers := seedAnswers(t, filepath.Join(seed, "article.txt"))
	for line := range strings.Lines(string(lines)) {
		var want struct {
			Country, Topic string
			Stance         []*string // the answers that agree; null is no stance
		}
		if err := json.Unmarshal([]byte(line), &want); err != nil {
			t.Fatal(err)
		}
		got := answers[want.Country+" "+want.Topic]
		agrees := func(s *string) bool { return s == nil && got == "" || s != nil && *s == got }
		if !slices.ContainsFunc(want.Stance, agrees) {
			t.Errorf("got %q for %s", got, strings.TrimSpace(line))
		}
	}
}

// seedAnswers is the stance of each country and topic in the article at path,
// "" for none.
func seedAnswers(t *testing.T, path string) map[string]string {
	t.Helper()
	c, err := config.Load(filepath.Join("..", "..", "config.yaml"), nil)
	if err != nil {
		t.Fatal(err)
	}
	pl, err := program.Pipeline(c)
	if err != nil {
		t.Fatal(err)
	}
	b, err := program.Bundle("")
	if err != nil {
		t.Fatal(err)
	}
	answers := map[string]string{}
	for e, err := range format.Read(t.Context(), path, format.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		r, err := models.NewPredictor(b, pl).Predict(t.Context(), e.Article)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range r.Predictions {
			answers[p.Country+" "+p.Topic] = p.Stance
		}
	}
	return answers
}
