package batch

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"testing"

	"stance/datasets"
	"stance/internal/output"
	"stance/models"
)

// costlyNight is a night in which some articles would cost too much: the first,
// the last, two in a row, one under the id of a good one and one that another
// file has given to a good one.
func costlyNight() (first, second []any) {
	night := articles(120, 3)
	for i, thing := range night {
		a, ok := thing.(datasets.Article)
		if ok && slices.Contains([]int{0, 40, 41, len(night) - 1}, i) {
			a.Text += " COSTLY"
			night[i] = a
		}
	}
	again := asArticle(night[10])
	again.Text = "COSTLY"
	elsewhere := asArticle(night[12])
	elsewhere.Origin.File, elsewhere.Text = "other.jsonl", "other words, COSTLY too"
	return append(night, again), []any{elsewhere}
}

// An article beyond the limit of work stands in the quarantine and costs the
// others nothing: not their ids, not their parts.
func TestCostlyArticleIsQuarantined(t *testing.T) {
	first, second := costlyNight()
	c := config(t, input("in.jsonl", first...), input("other.jsonl", second...))
	s := mustRun(t, c)
	if s.Articles != 116 || s.Quarantined != 9 || s.Failed != 0 {
		t.Errorf("%d articles, %d quarantined, %d failed; want 116, 9, 0", s.Articles,
			s.Quarantined, s.Failed)
	}
	if !slices.Contains(s.Reasons, output.ReasonCount{Reason: datasets.ReasonTooCostly, Count: 6}) {
		t.Errorf("reasons %v; want too_costly 6", s.Reasons)
	}
	if again := mustRun(t, c); again.PartsWritten != 0 {
		t.Errorf("%d parts written again", again.PartsWritten)
	}

	sharded := c
	sharded.Out, sharded.Shards = t.TempDir(), 2
	for sharded.Shard = range 2 {
		mustRun(t, sharded)
	}
	if _, err := Commit(t.Context(), sharded); err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(data(t, sharded.Out), data(t, c.Out)) {
		t.Error("two shards publish something else")
	}
}

// waiting answers as wordReader does until the article with the given id comes:
// then it works until its context ends.
type waiting struct {
	wordReader
	id    string
	begun func()
}

func (w waiting) Predict(ctx context.Context, a datasets.Article) (models.Reading, error) {
	if a.ID == w.id {
		w.begun()
		<-ctx.Done()
		return models.Reading{}, ctx.Err()
	}
	return w.wordReader.Predict(ctx, a)
}

// A run that is stopped inside one record ends, and that record is not taken
// for one that the model cannot read: not even when it is the last of its part.
func TestStopInsideOneRecord(t *testing.T) {
	night := articles(80, 2)
	want := config(t, input("in.jsonl", night...))
	mustRun(t, want)
	for _, id := range []string{"a-00000", "a-00049", "a-00079"} {
		ctx, stop := context.WithCancel(t.Context())
		c := config(t, input("in.jsonl", night...))
		c.Reader, c.Workers = waiting{id: id, begun: sync.OnceFunc(stop)}, 2
		if _, err := Run(ctx, c); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: error %v", id, err)
		}
		if got := data(t, c.Out); len(got) > 0 {
			t.Errorf("%s: published %q", id, slices.Sorted(maps.Keys(got)))
		}
		c.Reader = wordReader{}
		mustRun(t, c)
		if !maps.Equal(data(t, c.Out), data(t, want.Out)) {
			t.Errorf("%s: the next run publishes something else", id)
		}
	}
}

// Records that are no articles took a byte each: 100 million lines of {} did
// not fit.
func TestRejectedRecordsTakeNoMemory(t *testing.T) {
	bad := &datasets.RecordError{Origin: datasets.Origin{File: "in"}, Reason: datasets.ReasonFields,
		Detail: "no text"}
	night := articles(4, 0)
	c, err := config(t,
		input("one", night[0], bad, bad, night[1], night[1], bad, night[0], night[2]),
		input("two", night[3], night[3])).withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	c.MaxQuarantineRatio = 1
	s := &scanner{cfg: c, finder: newStoryFinder()}
	found, err := s.run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := fates{{accepted, 2}, {repeated, 2}, {accepted, 2}, {repeated, 1}}
	if !slices.Equal(found.fates, want) || found.records != 10 {
		t.Errorf("fates %v of %d records, want %v", found.fates, found.records, want)
	}
	var given []fate
	for c := (cursor{runs: found.fates}); ; {
		f, ok := c.next()
		if !ok {
			break
		}
		given = append(given, f)
	}
	if want := []fate{accepted, accepted, repeated, repeated, accepted, accepted,
		repeated}; !slices.Equal(given, want) {
		t.Errorf("one by one %v, want %v", given, want)
	}
}
