package search

import (
	"bytes"
	"context"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"stance/datasets"
	"stance/models"
	"stance/models/conformance"
	"stance/models/learn"
)

// smallSearch is a quick search; made counts the trainers it makes, one a fold
// and trial.
func smallSearch(t *testing.T, log string, made *atomic.Int32) Search {
	t.Helper()
	corpora, _, err := models.HoldOut([]models.Corpus{conformance.Corpus(t, "../../datasets/sample/labelled-2.jsonl")}, 0.3)
	if err != nil {
		t.Fatal(err)
	}
	l, err := OpenLog(log)
	if err != nil {
		t.Fatal(err)
	}
	kind := models.Kinds()[2]
	kind.New = func(s learn.Settings) (learn.Trainer, error) {
		made.Add(1)
		return learn.NewBayes(s)
	}
	return Search{
		Pipeline: conformance.Pipeline(t), Corpora: corpora, Trials: 4, Folds: 2, MinRows: 20,
		Log: l,
		Options: models.TrainOptions{Kind: kind, Settings: learn.DefaultSettings(),
			Fit: models.DefaultFitOptions(), Seed: 3},
	}
}

func runSearch(t *testing.T, s Search) []Result {
	t.Helper()
	got, err := s.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// A search that was cut off in the middle of a line ends as if it had not been,
// and makes only what is missing.
func TestSearchResumes(t *testing.T) {
	var made atomic.Int32
	path := filepath.Join(t.TempDir(), "a.jsonl")
	want := runSearch(t, smallSearch(t, path, &made))
	const trials, folds = 4 + 2 + 2, 4
	if made.Load() != trials*folds {
		t.Errorf("%d heads were trained, want %d", made.Load(), trials*folds)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(whole, []byte("\n"))
	cut := filepath.Join(t.TempDir(), "b.jsonl")
	if err := os.WriteFile(cut, slices.Concat(lines[0], lines[1], lines[2], lines[3][:40]),
		0o644); err != nil {
		t.Fatal(err)
	}
	made.Store(0)
	if got := runSearch(t, smallSearch(t, cut, &made)); !reflect.DeepEqual(got, want) {
		t.Errorf("resumed %+v, want %+v", got, want)
	}
	if made.Load() != (trials-3)*folds {
		t.Errorf("%d heads were trained after resuming, want %d", made.Load(), (trials-3)*folds)
	}
	if got, err := os.ReadFile(cut); err != nil || !bytes.Equal(got, whole) {
		t.Errorf("log resumed:\n%s\nwant\n%s (%v)", got, whole, err)
	}
}

// The results say what they were made of, and the first trial comes to the end.
func TestSearchResults(t *testing.T) {
	var made atomic.Int32
	got := runSearch(t, smallSearch(t, filepath.Join(t.TempDir(), "a.jsonl"), &made))
	if len(got) != 2 || got[0].Score < got[1].Score {
		t.Fatalf("results %+v", got)
	}
	base := Trial{learn.DefaultSettings(), models.DefaultFitOptions()}
	if got[0].Trial != base && got[1].Trial != base {
		t.Errorf("the settings in hand are not among %+v", got)
	}
	for _, r := range got {
		if r.Share != 1 || len(r.ByGroup) != 2 || len(r.ByTime) != 2 || r.Score <= 0 ||
			r.Score >= 1 || len(r.Key) != 32 {
			t.Errorf("result %+v", r)
		}
	}
}

// A search measured its trials with rows that had lost their stratum, so that
// train.balance changed nothing.
func TestSearchBalances(t *testing.T) {
	var made atomic.Int32
	s := smallSearch(t, filepath.Join(t.TempDir(), "a.jsonl"), &made)
	s.Trials = 1
	s.Options.Fit.Balance = 0
	plain := runSearch(t, s)[0]
	s.Options.Fit.Balance = 1
	balanced := runSearch(t, s)[0]
	if balanced.ECE == plain.ECE && reflect.DeepEqual(balanced.ByGroup, plain.ByGroup) {
		t.Errorf("with balance 0 and with balance 1, the search measures the same: %+v", plain)
	}
}

// Examples without stance labels stood in the folds, so that early ones in time
// had next to nothing to learn from.
func TestSearchPassesOverOtherTasks(t *testing.T) {
	var made atomic.Int32
	s := smallSearch(t, filepath.Join(t.TempDir(), "a.jsonl"), &made)
	want, err := s.field()
	if err != nil {
		t.Fatal(err)
	}
	tone := datasets.Example{Article: datasets.Article{ID: "tone", Text: "Poland was praised."},
		Labels: []datasets.Label{{Task: datasets.TaskSentiment, Country: "POL",
			Answer: "positive"}}}
	s.Corpora = append([]models.Corpus{{Info: models.CorpusInfo{Weight: 1},
		Examples: slices.Repeat([]datasets.Example{tone}, 500)}}, s.Corpora...)
	got, err := s.field()
	if err != nil {
		t.Fatal(err)
	}
	if got.print != want.print || len(got.place) != len(want.place) {
		t.Errorf("%d articles in the folds, want %d", len(got.place), len(want.place))
	}
}

// Results of other articles or weights are not taken for those of these.
func TestSearchKeyDependsOnRows(t *testing.T) {
	var made atomic.Int32
	s := smallSearch(t, filepath.Join(t.TempDir(), "a.jsonl"), &made)
	keyOf := func() string {
		f, err := s.field()
		if err != nil {
			t.Fatal(err)
		}
		key, err := f.key("k", Trial{}, 1)
		if err != nil {
			t.Fatal(err)
		}
		return key
	}
	first := keyOf()
	if again := keyOf(); again != first {
		t.Errorf("key %s, then %s", first, again)
	}
	s.Corpora[0].Info.Weight = 2
	if other := keyOf(); other == first {
		t.Error("labels of another weight have the same key")
	}
	s.Corpora[0].Info.Weight = 1
	s.Corpora[0].Examples = s.Corpora[0].Examples[1:]
	if other := keyOf(); other == first {
		t.Error("other articles have the same key")
	}
}

func TestDrawTrials(t *testing.T) {
	base := Trial{learn.DefaultSettings(), models.DefaultFitOptions()}
	kind := models.Kinds()[0]
	got := drawTrials(kind, base, 9, 1)
	if len(got) != 9 || got[0] != base {
		t.Fatalf("%d trials, the first %+v", len(got), got[0])
	}
	for i, trial := range got {
		if slices.Contains(got[:i], trial) {
			t.Errorf("trial %d is there twice", i)
		}
		if trial.Settings.Alpha != base.Settings.Alpha ||
			trial.Settings.MaxCols != base.Settings.MaxCols {
			t.Errorf("trial %d varies what the kind has no use for: %+v", i, trial)
		}
	}
	if again := drawTrials(kind, base, 20, 1); !reflect.DeepEqual(again[:9], got) {
		t.Error("more trials of the same seed begin with others")
	}
	if other := drawTrials(kind, base, 9, 2); reflect.DeepEqual(other, got) {
		t.Error("another seed draws the same trials")
	}
	few := models.Kind{Name: "few", Tunes: []string{"balanced"}}
	if got := drawTrials(few, base, 9, 1); len(got) != 2 {
		t.Errorf("%d trials of two possible ones", len(got))
	}
}

func TestTrialYAML(t *testing.T) {
	trial := Trial{learn.DefaultSettings(), models.DefaultFitOptions()}
	trial.Settings.C = 0.25
	want := "train:\n  kind: logistic\n  c: 0.25\n  balanced: false\n  min_df: 2\n  max_weights: 300000\n"
	if got := trial.YAML(models.Kinds()[0]); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestTrialDescribe lists the keys that the kind tunes, in the order of the
// table.
func TestTrialDescribe(t *testing.T) {
	trial := Trial{learn.DefaultSettings(), models.DefaultFitOptions()}
	trial.Settings.C, trial.Settings.Alpha, trial.Settings.MaxCols = 0.5, 0.125, 250
	trial.Settings.Neighbors, trial.Settings.MaxDepth = 7, 12
	all := models.Kind{Tunes: []string{"max_depth", "alpha", "neighbors", "max_cols"}}
	if got, want := trial.Describe(all),
		"alpha 0.125, max_cols 250, neighbors 7, max_depth 12"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	want := "c 0.5, balanced false, min_df 2, max_weights 300000"
	if got := trial.Describe(models.Kinds()[0]); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Every key that a kind tunes is one that a search can vary.
func TestKindsTuneKnownKeys(t *testing.T) {
	for _, kind := range models.Kinds() {
		for _, key := range kind.Tunes {
			if !slices.ContainsFunc(dimensions(), func(d dimension) bool { return d.key == key }) {
				t.Errorf("%s tunes %q", kind.Name, key)
			}
		}
	}
}

func TestSearchLogRefusesOtherFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "corpus.jsonl")
	if err := os.WriteFile(path, []byte("{\"key\":\"k\"}\n{\"id\":1}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := OpenLog(path)
	if err == nil || !strings.Contains(err.Error(), "corpus.jsonl:2 is no result of a search") {
		t.Errorf("got %v", err)
	}
}

// TestDimensionsStayInRange draws each key often: it must take every value of
// its list and no other, and reach most of its range.
func TestDimensionsStayInRange(t *testing.T) {
	lists := map[string]string{
		"balanced": "false true", "max_cols": "1000 1500 2000 250 500", "neighbors": "1 11 15 25 3 41 5 7",
		"max_depth": "12 16 20 30 40 5 8", "min_df": "1 10 2 3 4 6", "max_weights": "150000 20000 300000 450000 50000",
	}
	ranges := map[string][2]float64{"c": {0.1, 100}, "alpha": {0.005, 2}}
	rng := rand.New(rand.NewPCG(1, 1))
	for _, d := range dimensions() {
		seen := map[string]bool{}
		low, high := math.Inf(1), math.Inf(-1)
		for range 3000 {
			var trial Trial
			d.draw(rng, &trial)
			v := d.value(trial)
			seen[v] = true
			if f, err := strconv.ParseFloat(v, 64); err == nil {
				low, high = min(low, f), max(high, f)
			}
		}
		if list, ok := lists[d.key]; ok {
			if got := strings.Join(slices.Sorted(maps.Keys(seen)), " "); got != list {
				t.Errorf("%s takes the values %s, want %s", d.key, got, list)
			}
		} else if r := ranges[d.key]; low < r[0] || low > 1.1*r[0] || high > r[1] ||
			high < r[1]/1.1 {
			t.Errorf("%s lies between %v and %v, want %v", d.key, low, high, r)
		}
	}
}
