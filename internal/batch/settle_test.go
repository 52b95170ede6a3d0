package batch

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
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
		{ID: "a", Text: story, Published: day.Add(time.Hour),
			Origin: datasets.Origin{File: "1", Line: 1}},
		{ID: "b", Text: story + " Aides agreed.", Published: day, Origin: datasets.Origin{File: "1", Line: 2}},
		// same file: rejected
		{ID: "a", Text: "Something else altogether.", Origin: datasets.Origin{File: "1", Line: 3}},
		{ID: "a", Text: "Another file counts its rows.",
			Origin: datasets.Origin{File: "2", Line: 1}},
		// the words of the first: rejected
		{ID: "a", Text: story, Origin: datasets.Origin{File: "2", Line: 2}},
	}
	s := &scanner{cfg: Config{ArticlesPerPart: 100}, ids: idBook{}, finder: newStoryFinder()}
	var told []Told
	var signatures []string
	for _, a := range articles {
		w, sign := WordsID(&a), datasets.Sign(a)
		c := Told{File: a.Origin.File, Line: a.Origin.Line, ArticleID: a.ID, Words: w}
		if !a.Published.IsZero() {
			c.Published = a.Published.UnixMicro()
		}
		told, signatures = append(told, c), append(signatures, formatSignature(&sign))
		if id, became := s.ids.enter(a.ID, hashID(a.ID), sightingOf(a.Origin.File, w),
			w); became != repeated {
			s.finder.add(&sign, id, a.Published)
		}
	}
	want := s.finder.stories()
	for range 20 {
		settler := NewSettler()
		for _, i := range rand.Perm(len(told)) {
			if err := settler.Add(told[i], signatures[i]); err != nil {
				t.Fatal(err)
			}
		}
		got := settler.Settle()
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
		if !got[2].Repeated || got[3].Repeated || ids[3] != "a~"+WordsID(&articles[3]) ||
			!got[4].Repeated {
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
	signature := datasets.Sign(a)
	sign := formatSignature(&signature)
	s := NewSettler()
	s.AddEarlier("old", sign)
	s.AddEarlier("lost", "0:x")
	err := s.Add(Told{ArticleID: "a"}, sign)
	if got := s.Settle(); err != nil || got[0].Story != (output.Story{Group: "old"}) {
		t.Errorf("%+v, %v", got, err)
	}
	if err := s.Add(Told{ArticleID: "a"}, "0:x"); err == nil {
		t.Error("a signature of another version is taken")
	}
}

// editions are articles of 12 stories: exact copies, edits, unknown and equal
// times.
func editions() (list []datasets.Article) {
	for i := range 60 {
		a := telling(fmt.Sprintf("%02d", i), i%12, i%4, []string{"", "edited", "", "extended by a line"}[i%4])
		a.Origin = datasets.Origin{File: fmt.Sprint("f", i%3), Line: i}
		list = append(list, a)
	}
	return list
}

// The same articles tell the same stories through the same primary articles in
// whatever order and in however many inputs they come.
func TestStoriesDoNotDependOnOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	list := editions()
	told := func(inputs ...Input) (rows []string) {
		c := config(t, inputs...)
		mustRun(t, c)
		for _, r := range readAll[output.ArticleRow](t, c, output.ArticlesData) {
			rows = append(rows, fmt.Sprint(r.ArticleID, r.DupGroupID, r.IsDupPrimary))
		}
		slices.Sort(rows)
		return rows
	}
	var want []string
	for range 8 {
		parts := make([][]any, 1+random.IntN(5))
		for _, i := range random.Perm(len(list)) {
			n := random.IntN(len(parts))
			parts[n] = append(parts[n], list[i])
		}
		var inputs []Input
		for n, p := range parts {
			inputs = append(inputs, input(fmt.Sprint("in", n), p...))
		}
		got := told(inputs...)
		if want == nil {
			want = got
		}
		if !slices.Equal(got, want) {
			t.Fatalf("another order in %d inputs gives\n%q, want\n%q", len(inputs), got, want)
		}
	}
	s := NewSettler()
	for _, i := range random.Perm(len(list)) {
		a, sign := list[i], datasets.Sign(list[i])
		c := Told{File: a.Origin.File, Line: a.Origin.Line, ArticleID: a.ID, Words: WordsID(&a)}
		if !a.Published.IsZero() {
			c.Published = a.Published.UnixMicro()
		}
		if err := s.Add(c, formatSignature(&sign)); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for _, a := range s.Settle() {
		got = append(got, fmt.Sprint(a.ArticleID, a.Story.Group, a.Story.Primary))
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("a cluster tells\n%q, want\n%q", got, want)
	}
}

// Of copies without a time, or of the same time, the content decides, then the
// id.
func TestPrimaryTies(t *testing.T) {
	a, b := telling("b", 1, 0, ""), telling("a", 1, 0, "another end")
	if datasets.ContentHash(a) > datasets.ContentHash(b) {
		a, b = b, a
	}
	a.ID, b.ID = "z", "a"
	same := a
	same.ID = "y"
	for _, order := range [][]any{{a, b, same}, {same, b, a}, {b, same, a}} {
		c := config(t, input("in", order...))
		mustRun(t, c)
		for _, r := range readAll[output.ArticleRow](t, c, output.ArticlesData) {
			if r.IsDupPrimary != (r.ArticleID == "y") {
				t.Errorf("%s: primary is %t; want y, which has the least content hash and id",
					r.ArticleID, r.IsDupPrimary)
			}
		}
	}
}

// Settling keeps less than 1 kB an article, so that a night of a million fits a
// task of a cluster.
func TestSettlerMemory(t *testing.T) {
	const n = 20_000
	random := rand.New(rand.NewPCG(5, 6))
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC() // moves what pools hold to their victims
		runtime.GC() // frees it
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	s := NewSettler()
	for i := range n {
		var sign datasets.Signature
		for k := range sign.Min {
			sign.Min[k] = uint16(random.Uint32())
		}
		a := Told{File: "f", Line: i,
			ArticleID: fmt.Sprintf("https://isle.example/2026/03/29/%d", i), Words: "0123456789ab",
			Published: 1}
		if err := s.Add(a, formatSignature(&sign)); err != nil {
			t.Fatal(err)
		}
	}
	settled := s.Settle()
	each := (heap() - before) / n
	t.Logf("%d bytes an article", each)
	if each > 1000 {
		t.Error("more than 1 kB")
	}
	runtime.KeepAlive(settled)
	runtime.KeepAlive(s)
}
