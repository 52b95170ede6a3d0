package format

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"stance/datasets"
)

// edit makes a variant of a as outlets make them of an agency's text. Words to
// put in are drawn from words.
func edit(r *rand.Rand, a datasets.Article, kind string, words []string) datasets.Article {
	title, text := strings.Fields(a.Title), strings.Fields(a.Text)
	replace := func(in []string, n int) {
		for range n {
			in[r.IntN(len(in))] = words[r.IntN(len(words))]
		}
	}
	switch kind {
	case "last third cut off":
		text = text[:len(text)*2/3]
	case "half cut off":
		text = text[:len(text)/2]
	case "one word in twenty replaced":
		replace(text, 1+len(text)/20)
	case "one word in ten replaced":
		replace(text, 1+len(text)/10)
	case "half the title replaced":
		replace(title, (len(title)+1)/2)
	case "promo lines added":
		title, text = append([]string{"Watch:"}, title...), append(text, "Continue", "reading", "on", "our", "site")
	case "dateline and edits":
		text = append([]string{"LONDON", "(Agency)", "-"}, text...)
		replace(text, 1+len(text)/20)
	}
	a.Title, a.Text = strings.Join(title, " "), strings.Join(text, " ")
	return a
}

// TestDuplicateRecall measures the numbers in the comment of
// duplicateSimilarity, through the bands.
func TestDuplicateRecall(t *testing.T) {
	var items []datasets.Article
	for e, err := range Read(context.Background(), corpus(t, "unlabelled-news/rss-2023-01-09.jsonl.gz"), Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		if len(items) == 20_000 {
			break
		}
		if len(strings.Fields(e.Text)) >= 12 && len(strings.Fields(e.Title+" "+e.Text)) >= 20 &&
			len(strings.Fields(e.Title)) > 0 {
			items = append(items, e.Article)
		}
	}
	kinds := []struct {
		kind  string
		least float64
	}{{"last third cut off", .99}, {"half cut off", .93}, {"one word in twenty replaced", .99}, {"one word in ten replaced", .88},
		{"half the title replaced", .90}, {"promo lines added", .99}, {"dateline and edits", .95}}
	r := rand.New(rand.NewPCG(7, 8))
	for _, k := range kinds {
		const n = 1000
		found := 0
		for range n {
			a := items[r.IntN(len(items))]
			words := strings.Fields(items[r.IntN(len(items))].Text)
			var d datasets.Deduper
			original, variant := datasets.Sign(a), datasets.Sign(edit(r, a, k.kind, words))
			d.Add(&original, 0)
			d.Add(&variant, 1)
			if len(d.Groups()) == 1 {
				found++
			}
		}
		share := float64(found) / n
		t.Logf("%s: %.3f found", k.kind, share)
		if share < k.least {
			t.Errorf("%s: %.3f found, want %.3f", k.kind, share, k.least)
		}
	}
}
