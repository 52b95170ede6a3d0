package conformance

import (
	"path/filepath"
	"reflect"
	"testing"

	"stance/datasets"
	"stance/datasets/format"
	"stance/features"
	"stance/features/topic"
	"stance/models"
	"stance/models/learn"
)

// RunBundle tests that a kind goes the whole way: it learns from a corpus in
// the stance format, is written as a bundle, read back, and then answers and
// explains as before. The same corpus must give the same bundle twice.
func RunBundle(t *testing.T, kind models.Kind, corpus string) {
	learn := func() (*models.Bundle, *features.Pipeline, models.Corpus) {
		pl := Pipeline(t)
		c := Corpus(t, corpus)
		c.Examples = c.Examples[:min(60, len(c.Examples))] // enough, and quick
		b, err := models.Train(t.Context(), pl, []models.Corpus{c}, options(kind))
		if err != nil {
			t.Fatal(err)
		}
		return b, pl, c
	}
	b, pl, c := learn()
	path := filepath.Join(t.TempDir(), "kind.bundle")
	if err := b.WriteFile(path); err != nil {
		t.Fatal(err)
	}
	loaded, err := models.Load(path, []models.Kind{kind})
	if err != nil {
		t.Fatal(err)
	}
	if again, _, _ := learn(); loaded.ID() != b.ID() || again.ID() != b.ID() {
		t.Errorf("bundle %.8s is %.8s when loaded and %.8s when learned again", b.ID(), loaded.ID(),
			again.ID())
	}
	before, after := models.NewPredictor(b, pl), models.NewPredictor(loaded, pl)
	judged := 0
	for _, e := range c.Examples {
		want, got := explain(t, before, e.Article), explain(t, after, e.Article)
		if !reflect.DeepEqual(got.Pairs, want.Pairs) {
			t.Fatalf("%s: loaded, it answers\n%+v, before\n%+v", e.ID, got.Pairs, want.Pairs)
		}
		judged += checkPairs(t, e.ID, want)
	}
	if judged == 0 {
		t.Error("no pair was judged")
	}
}

// checkPairs counts the judged pairs of an article. Each must have evidence
// inside the text.
func checkPairs(t *testing.T, id string, e models.Explanation) int {
	judged := 0
	for _, p := range e.Pairs {
		if !p.Judged {
			continue
		}
		judged++
		if p.Prediction.Evidence.Empty() || p.Prediction.Evidence.Start < 0 ||
			p.Prediction.Evidence.End > len(e.Document.Text) {
			t.Errorf("%s: %s is judged on bytes %d to %d of %d", id, p.Prediction.Country,
				p.Prediction.Evidence.Start, p.Prediction.Evidence.End,
				len(e.Document.Text))
		}
	}
	return judged
}

// options are small enough for a test of every kind.
func options(kind models.Kind) models.TrainOptions {
	o := models.TrainOptions{Kind: kind, Settings: learn.DefaultSettings(),
		Fit: models.DefaultFitOptions(), Seed: 1}
	o.Settings.MaxCols, o.Fit.Folds, o.Fit.Vocabulary.MinDF = 300, 2, 3
	return o
}

// Pipeline knows one topic, taiwan.
func Pipeline(t *testing.T) *features.Pipeline {
	t.Helper()
	pl, err := features.New([]topic.Topic{
		{ID: "taiwan", Proposition: "Taiwan should be able to keep its self-rule.",
			Terms:   []string{"taiwan*", "taipei"},
			For:     topic.Side{Countries: []string{"TWN"}},
			Against: topic.Side{Countries: []string{"CHN"}, Terms: []string{"reunification"}}},
	}, 0)
	if err != nil {
		t.Fatal(err)
	}
	return pl
}

// Corpus reads a corpus in the stance format, every label of weight 1.
func Corpus(t *testing.T, path string) models.Corpus {
	t.Helper()
	info := models.CorpusInfo{Name: "sample", Format: "stance", Weight: 1}
	c, err := models.ReadCorpus(t.Context(), info,
		models.CorpusFiles{Texts: []format.Input{{Path: path}}}, format.Options{},
		func(e *datasets.RecordError) { t.Fatal(e) })
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func explain(t *testing.T, p *models.Predictor, a datasets.Article) models.Explanation {
	t.Helper()
	e, err := p.Explain(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	return e
}
