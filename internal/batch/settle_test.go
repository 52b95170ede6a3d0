package batch

import (
	"math/rand/v2"
	"testing"
	"time"

	"stance/datasets"
	"stance/internal/output"
)

// What a run decides of ids and stories, Settle decides of the same articles in
// any order, from their columns alone.
func TestSettleDecidesAsARun(t *testing.T) {
	day := time.Date(2026, 3, 29, 0, 0, 0, 0, time.UTC)
	story := "The foreign minister said on Sunday that the country would send more aid to Kyiv before winter comes."
	articles := []datasets.Article{
		{ID: "a", Text: story, Published: day.Add(time.Hour), Origin: datasets.Origin{File: "1", Line: 1}},
		{ID: "b", Text: story + " Aides agreed.", Published: day, Origin: datasets.Origin{File: "1", Line: 2}},
		{ID: "a", Text: "Something else altogether.", Origin: datasets.Origin{File: "1", Line: 3}}, // same file: rejected
		{ID: "a", Text: "Another file counts its rows.", Origin: datasets.Origin{File: "2", Line: 1}},
		{ID: "a", Text: story, Origin: datasets.Origin{File: "2", Line: 2}}, // the words of the first: rejected
	}
	s := &scanner{cfg: Config{ArticlesPerPart: 100}, ids: idBook{}, finder: newStoryFinder()}
	var told []Told
	for _, a := range articles {
		w := WordsID(&a)
		c := Told{File: a.Origin.File, Line: a.Origin.Line, ArticleID: a.ID, Words: w, Signature: formatSignature(datasets.Sign(a))}
		if !a.Published.IsZero() {
			c.Published = a.Published.UnixMicro()
		}
		told = append(told, c)
		if _, became := s.ids.enter(a.ID, hashID(a.ID), sightingOf(a.Origin.File, w), w); became != repeated {
			s.finder.add(datasets.Sign(a), a.Published)
		}
	}
	want, err := s.finder.stories()
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		rand.Shuffle(len(told), func(i, j int) { told[i], told[j] = told[j], told[i] })
		got, err := Settle(told, nil)
		if err != nil {
			t.Fatal(err)
		}
		var stories []output.Story
		var ids []string
		for _, g := range got {
			if ids = append(ids, g.ArticleID); !g.Repeated {
				stories = append(stories, g.Story)
			}
		}
		if len(stories) != len(want) {
			t.Fatalf("%d articles are kept, want %d: %+v", len(stories), len(want), got)
		}
		for i := range want {
			if stories[i] != want[i] {
				t.Errorf("story %d is %+v, want %+v", i, stories[i], want[i])
			}
		}
		if !got[2].Repeated || got[3].Repeated || ids[3] != "a~"+WordsID(&articles[3]) || !got[4].Repeated {
			t.Errorf("ids %q of %+v", ids, got)
		}
		if stories[0].Group != stories[1].Group || stories[0].Primary || !stories[1].Primary {
			t.Errorf("the copy that was published first is not the primary one: %+v", stories)
		}
	}
}

// A story that an earlier date has told has no primary article.
func TestSettleKnowsEarlierDates(t *testing.T) {
	a := datasets.Article{Text: "Warsaw and Berlin agreed to a joint statement on Taiwan that both had opposed for years."}
	sign := formatSignature(datasets.Sign(a))
	got, err := Settle([]Told{{ArticleID: "a", Signature: sign}}, []Earlier{{"old", sign}})
	if err != nil || got[0].Story != (output.Story{Group: "old"}) {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := Settle([]Told{{ArticleID: "a", Signature: "0:x"}}, nil); err == nil {
		t.Error("a signature of another version is taken")
	}
}
