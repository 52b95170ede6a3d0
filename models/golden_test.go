package models

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"stance/datasets"
	"stance/datasets/format"
	"stance/internal/golden"
	"stance/models/learn"
)

// TestLearnedFromTheSample trains each kind on a few sample articles and holds
// what it learned, and what it answers for other articles, against
// testdata/learned.txt. The same corpora give the same bundle on every
// processor, so its hash is there, too.
func TestLearnedFromTheSample(t *testing.T) {
	var out strings.Builder
	out.WriteString("# What each kind learns from 40 articles of datasets/sample, and answers for others.\n")
	for _, kind := range Kinds() {
		b := smallTrained(t, func(o *TrainOptions, corpora []Corpus) []Corpus {
			o.Kind, o.Fit.MaxWeights = kind, 250
			return corpora
		})
		data, err := b.encode()
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "\n%s %x\n", kind.Name, sha256.Sum256(data))
		for _, h := range b.Manifest.Heads {
			fmt.Fprintf(&out, "  %s: %d rows, %d columns, calibration %.4f\n", h.Task, h.Rows,
				h.Columns, h.Calibration)
		}
		answerLines(t, &out, b)
	}
	golden.File(t, "testdata/learned.txt", []byte(out.String()))
}

// answerLines counts and hashes the answers of a bundle for sample articles,
// and explains the first.
func answerLines(t *testing.T, out *strings.Builder, b *Bundle) {
	t.Helper()
	p := NewPredictor(b, smallPipeline(t))
	counts, answers, n := map[string]int{}, sha256.New(), 0
	for e, err := range format.Read(t.Context(), "../datasets/sample/labelled-3.jsonl",
		format.Options{Format: "stance"}) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n > 60 {
			break
		}
		x, err := p.Explain(t.Context(), e.Article)
		if err != nil {
			t.Fatal(err)
		}
		for _, pair := range x.Pairs {
			counts[fmt.Sprintf("%s %s", pair.Prediction.Status, pair.Prediction.Stance)]++
			fmt.Fprintf(answers, "%+v\n", pair)
		}
		fmt.Fprintln(answers, x.SentimentScore, x.NewWords, x.Terms)
	}
	for _, what := range slices.Sorted(maps.Keys(counts)) {
		fmt.Fprintf(out, "  %d answers %s\n", counts[what], what)
	}
	fmt.Fprintf(out, "  hash of the answers %x\n", answers.Sum(nil)[:16])
	r, err := p.Predict(t.Context(), datasets.Article{Title: "Japan condemns China over Taiwan",
		Text: "Japan's prime minister said he supported Taiwan. China warned Japan against interference."})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range r.Predictions {
		fmt.Fprintf(out, "  %s; margin %.4f, tone %s %.4f, %d sentences, unknown %.4f, because of %q\n", o, o.Margin, o.Sentiment,
			o.SentimentScore, o.EvidenceSentences, o.OOVRatio, o.TopFeatures)
	}
}

// TestCopiesOfSettings holds that training does not change the settings it got.
func TestCopiesOfSettings(t *testing.T) {
	before := learn.DefaultSettings()
	b := smallTrained(t, nil)
	if b.Manifest.Settings != before {
		t.Errorf("the manifest has settings %+v, want those of the run, %+v", b.Manifest.Settings,
			before)
	}
}
