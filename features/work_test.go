package features

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stance/datasets"
	"stance/datasets/format"
	"stance/features/syntax"
	"stance/features/topic"
)

// names are countries by names of few bytes: they cost the most for each byte.
const names = "US EU UN UK Iran Chad Mali Cuba Fiji Peru Oman Togo Iraq Laos China Japan India Egypt Italy Spain Kenya " +
	"Ghana Libya Nepal Qatar Yemen Sudan Chile Malta Gabon Benin Niger Samoa Tonga Haiti Syria France Norway Poland Brazil"

// costly are texts of about n bytes that cost as much as a text can.
func costly(n int) map[string]string {
	list := strings.Fields(names)
	return map[string]string{
		"names":        repeat(strings.Join(list, " ")+" ", n),
		"names in one": repeat("the "+strings.Join(list, " and ")+" and ", n),
		"one name":     repeat("the US and ", n),
		"short":        repeat("The "+strings.Join(list, ". The ")+". ", n),
		"shortest":     repeat("US. ", n),
		"pronouns": repeat("Iran said it it it it it it it it it it it it it it it it it it ",
			n),
		"news":          repeat("China said it would not support Ukraine, but Norway and the EU condemned the attack. ", n),
		"topic's names": repeat("Taiwan Kyiv Donbas Ukraine ", n),
	}
}

func repeat(words string, n int) string { return strings.Repeat(words, n/len(words)+1)[:n] }

const opening = "Ukraine and Taiwan. "

// What need not be counted by its length must be within the limit in truth:
// else an article would be accepted by the first pass over the input and
// refused by the second.
func TestMayCostIsTrue(t *testing.T) {
	pl := newPipeline(t, 0, ukraine)
	pl.WorkLimit = 1_000_000
	most := 0
	for !pl.MayCost(most + 1) {
		most++
	}
	title := repeat("US EU UN UK ", 400)
	for name, text := range costly(most - len(opening) - len(title)) {
		if err := pl.CheckCost(pl.Article(datasets.Article{Title: title,
			Text: opening + text})); err != nil {
			t.Errorf("%s: %d bytes: %v", name, most, err)
		}
	}
	random := rand.New(rand.NewPCG(11, 7))
	words := append(strings.Fields(names), ".", ",", "the", "it", "Ukraine", "Taiwan", "he", "and",
		"\n\n")
	for range 20 {
		text := opening
		for len(text) < most-40 {
			text += words[random.IntN(len(words))] + " "
		}
		if err := pl.CheckCost(pl.Article(datasets.Article{Text: text})); err != nil {
			t.Error(err)
		}
	}
}

// Features and the memory they take grow with the length of a text, not with
// its square, and those of one question have a bound whatever the length.
func TestFeaturesAreBounded(t *testing.T) {
	pl := newPipeline(t, 0, ukraine)
	for name := range costly(1000) {
		var most [2]int
		cut := false
		for i, size := range [...]int{1 << 17, 1 << 19} {
			an := pl.Article(datasets.Article{Text: opening + costly(size)[name]})
			var s Scratch
			q := slices.MaxFunc(pl.Questions(an), func(a, b syntax.Question) int {
				return len(a.Mentions) - len(b.Mentions)
			})
			for _, q.Topic = range [...]int{-1, 0} {
				q.Task = datasets.TaskSentiment
				if q.Topic == 0 {
					q.Task = datasets.TaskStance
				}
				most[i] = max(most[i], len(pl.Features(an, q, &s)))
				cut = cut || s.Cut()
			}
		}
		if most[1] > 6*most[0] {
			t.Errorf("%s: %d features of 128 KiB, %d of 512 KiB", name, most[0], most[1])
		}
		if most[1] > 5*windowLimit {
			t.Errorf("%s: %d features of one question", name, most[1])
		}
		if name == "one name" && !cut {
			t.Errorf("%s: not marked as cut", name)
		}
	}
}

// What is refused depends on the text alone, and the limit is what decides.
func TestCheckCost(t *testing.T) {
	pl := newPipeline(t, 0, ukraine)
	text := opening + costly(1 << 20)["names in one"]
	an := pl.Article(datasets.Article{Text: text})
	var first, again *CostError
	if !errors.As(pl.CheckCost(an), &first) ||
		!errors.As(pl.CheckCost(pl.Article(datasets.Article{Text: text})), &again) {
		t.Fatalf("%d looks are not refused", Work(an))
	}
	if *first != *again || first.Limit != DefaultWorkLimit {
		t.Errorf("%v, then %v", first, again)
	}
	pl.WorkLimit = first.Work
	if err := pl.CheckCost(an); err != nil {
		t.Error(err)
	}
	pl.WorkLimit--
	if pl.CheckCost(an) == nil {
		t.Error("one look more than the limit is not refused")
	}
}

// The news of the sample must stay far below the limit: it is for what is no
// news.
func TestNewsIsNotCostly(t *testing.T) {
	pl := newPipeline(t, 0, ukraine)
	files, err := filepath.Glob("../datasets/sample/articles-*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		for e, err := range format.Read(t.Context(), file, format.Options{}) {
			if err != nil {
				t.Fatal(err)
			}
			if work := Work(pl.Article(e.Article)); work > DefaultWorkLimit/50 {
				t.Errorf("%s costs %d looks", e.ID, work)
			}
		}
	}
}

func ExampleWork() {
	pl, err := New([]topic.Topic{ukraine}, 0)
	if err != nil {
		panic(err)
	}
	an := pl.Article(datasets.Article{Text: "Norway will help Ukraine."})
	fmt.Println(Work(an)) // 2 countries, each (5 words + 32) x (1 + 1 time)
	// Output: 148
}
