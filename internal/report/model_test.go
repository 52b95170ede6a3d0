package report

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stance/datasets"
	"stance/features/topic"
	"stance/internal/golden"
	"stance/models"
	"stance/models/evaluate"
	"stance/models/golearn"
	"stance/models/learn"
	"stance/models/measure"
)

// measured is a model report over six answers, with hostile names wherever a
// name comes from outside.
func measured(t *testing.T) Model {
	t.Helper()
	var answers []models.Answered
	for i, a := range [][2]int{{1, 1}, {2, 2}, {3, 3}, {3, 2}, {0, 0}, {1, 3}} {
		x := models.Answered{Article: i, Source: hostile, Collection: "news", Country: "PER",
			Topic: "harbour", Answer: a[0], Predicted: a[1], Found: true}
		x.Probs[a[1]] = 0.7
		x.Probs[(a[1]+1)%4] = 0.3
		answers = append(answers, x)
	}
	var want, got []int
	for _, a := range answers {
		want, got = append(want, models.StanceOf(a.Answer)),
			append(got, models.StanceOf(a.Predicted))
	}
	theirs, err := golearn.Evaluate(models.Stances(), want, got)
	if err != nil {
		t.Fatal(err)
	}
	return Model{
		ModelID: "abc", MeasuredOn: hostile, Assessment: evaluate.Assess(answers),
		Reliability: evaluate.Reliability(answers), GoLearn: &theirs,
		Swap: &evaluate.SwapResult{Swaps: 4, Changed: 1, Skipped: 2, Mean: 0.25,
			Replaced: []evaluate.SwapRate{{Country: "PER", Swaps: 4, Changed: 1, Rate: 0.25,
				Shift: -0.01}},
			PutIn: []evaluate.SwapRate{{Country: "KEN", Swaps: 4, Changed: 1, Rate: 0.25,
				Shift: -0.01}}},
		Mistakes: []evaluate.Mistake{{ArticleID: hostile, Source: hostile, Title: hostile,
			Country: "PER", Topic: "harbour", Label: "critical",
			Answer: "neutral", Prob: 0.7, Status: "low_margin", Evidence: hostile,
			Features: []string{hostile, "b:-0.10"}},
			{ArticleID: "b", Title: "No evidence", Country: "FJI", Topic: "harbour", Label: "supportive", Answer: "none", Prob: 1, Status: "not_found"}},
		Manifest: models.Manifest{Kind: "logistic",
			Settings: learn.Settings{C: 1, Tolerance: 0.001, MaxIter: 50},
			Topics:   []topic.Topic{{ID: "harbour", Proposition: hostile}},
			Corpora: []models.CorpusInfo{{Name: hostile, Format: "stance", License: hostile,
				SHA256: "0123456789abcdef", Examples: 6, Labels: 6, Weight: 1}},
			Heads: []models.HeadInfo{{Task: datasets.TaskStance, Classes: models.StanceClasses(),
				Columns: 9, Rows: 6}}},
	}
}

func TestModelPage(t *testing.T) {
	var b bytes.Buffer
	if err := measured(t).HTML(&b); err != nil {
		t.Fatal(err)
	}
	golden.File(t, filepath.Join("testdata", "model.html"), b.Bytes())
	checkPage(t, b.String())
}

// Without golearn, swap test or answers the page leaves them out.
func TestModelPageOfLittle(t *testing.T) {
	m := measured(t)
	m.GoLearn, m.Swap, m.Mistakes = nil, nil, nil
	for _, bare := range []Model{m, {}} {
		var b bytes.Buffer
		if err := bare.HTML(&b); err != nil {
			t.Fatal(err)
		}
		if i := strings.Index(b.String(), "golearn"); i >= 0 || strings.Contains(b.String(), "swap") || strings.Contains(b.String(), "Errors to read") {
			t.Errorf("the page speaks of what was not measured: %s", b.String())
		}
	}
}

// The curve leaves out empty bins and lies within its frame.
func TestReliabilityChart(t *testing.T) {
	c := newReliabilityChart([]measure.ReliabilityBin{{Low: 0, High: 0.5},
		{Low: 0.5, High: 1, Rows: 4, Confidence: 0.75, Accuracy: 0.5}})
	want := []point{{280, 170, "confidence 0.75, accuracy 0.50, 4 answers"}}
	if !slices.Equal(c.Points, want) || c.Path != "M280.0 170.0" {
		t.Errorf("got %+v, path %q; want %+v", c.Points, c.Path, want)
	}
	if want := (volume{200, 290, 160, 40, want[0].Label}); len(c.Volumes) != 1 ||
		c.Volumes[0] != want {
		t.Errorf("bars %+v, want %+v", c.Volumes, want)
	}
}
