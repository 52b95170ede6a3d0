package models

import (
	"context"
	"testing"

	"stance/datasets"
	"stance/features"
)

// smallSplit is a part of the sample corpus, divided by time.
func smallSplit(t *testing.T) (*features.Pipeline, []Corpus, []datasets.Example) {
	t.Helper()
	g, err := features.DefaultGazetteer()
	if err != nil {
		t.Fatal(err)
	}
	pl, err := features.NewPipeline(g, []features.Topic{{
		ID:          "taiwan",
		Proposition: "Taiwan should be able to keep its self-rule.",
		Terms:       []string{"taiwan*", "taipei"},
		For:         features.Side{Countries: []string{"TWN"}},
		Against:     features.Side{Countries: []string{"CHN"}},
	}}, 0)
	if err != nil {
		t.Fatal(err)
	}
	info := CorpusInfo{Name: "sample", Format: "stance", Weight: 1}
	c, err := ReadCorpus(context.Background(), info, CorpusFiles{Texts: []datasets.Input{{Path: "../datasets/sample/labelled-2.jsonl"}}},
		datasets.Options{}, func(e *datasets.RecordError) { t.Fatal(e) })
	if err != nil {
		t.Fatal(err)
	}
	learn, dev, err := HoldOut([]Corpus{c}, 0.3)
	if err != nil {
		t.Fatal(err)
	}
	return pl, learn, dev
}
