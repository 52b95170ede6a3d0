package models

import (
	"slices"
	"testing"

	"stance/datasets"
	"stance/features"
	"stance/features/topic"
)

// act is an article with one act of Norway.
func act(id, text string) datasets.Example {
	return datasets.Example{Article: datasets.Article{ID: id, Text: text},
		Labels: []datasets.Label{{Task: datasets.TaskStance, Country: "NOR", Topic: "taiwan",
			Answer: "supportive"}}}
}

// A pair shares the group of its source, so that no fold tests on the source of
// what it learned from, and calibration does not look at it.
func TestPairsAreLearnedFromAndNotMeasuredOn(t *testing.T) {
	pl, err := features.New([]topic.Topic{{ID: "taiwan", Proposition: "Taiwan should keep its self-rule.",
		Terms: []string{"taiwan*"}, For: topic.Side{Countries: []string{"TWN"}},
		Against: topic.Side{Countries: []string{"CHN"}}}}, 0)
	if err != nil {
		t.Fatal(err)
	}
	written := []Corpus{{Info: CorpusInfo{Name: "own", Weight: 2}, Examples: []datasets.Example{
		act("a", "Norway approved a loan for Taiwan."), act("", "Norway spoke well of Taiwan.")}}}
	corpora, err := withPairs(pl, written, PairOptions{Weight: 0.5})
	if err != nil {
		t.Fatal(err)
	}
	if len(corpora) != 2 || corpora[1].Info.Format != FormatGenerated ||
		corpora[1].Info.Labels == 0 {
		t.Fatalf("got %d corpora, the last %+v; want pairs beside what people wrote", len(corpora),
			corpora[len(corpora)-1].Info)
	}
	r := collect(pl, corpora, datasets.TaskStance)
	for i := range r.y {
		want := 2.0
		if r.generated[i] {
			want = 0
		}
		if got := r.realWeight()[i]; got != want {
			t.Errorf("row %d, generated %t, calibrates with weight %v, want %v", i, r.generated[i],
				got, want)
		}
		if group := map[bool]string{true: "a", false: "1"}[i != 1]; r.group[i] != group {
			t.Errorf("row %d is of group %q, want %q", i, r.group[i], group)
		}
	}
	if !slices.Contains(r.generated, true) {
		t.Error("no row was generated")
	}
	if same, err := withPairs(pl, written, PairOptions{}); err != nil || len(same) != 1 {
		t.Errorf("weight 0 makes %d corpora, %v; want 1", len(same), err)
	}
}
