package models

import (
	"context"
	"errors"
	"strings"
	"testing"

	"stance/datasets"
	"stance/features"
)

// dense is an article that names many countries in every sentence.
func dense(bytes int) datasets.Article {
	sentence := "Norway, Japan, Brazil, India, Poland, Kenya, Chile and Nepal condemned the attack of Russia on Ukraine. "
	return datasets.Article{ID: "dense", Text: strings.Repeat(sentence, bytes/len(sentence))}
}

// Both passes of a run must agree on what costs too much: CheckCost refuses
// what Predict refuses and nothing else.
func TestCheckCostAgreesWithPredict(t *testing.T) {
	p := defaultPredictor(t)
	foreign := dense(30_000)
	foreign.Text = strings.NewReplacer(" and ", " und ", " the ", " der ", " of ", " von ", " on ",
		" auf ").Replace(foreign.Text)
	for _, c := range []struct {
		name    string
		article datasets.Article
		limit   int64
		refused bool
	}{
		{"within", dense(30_000), 10_000_000, false},
		{"beyond", dense(30_000), 100_000, true},
		{"short", datasets.Article{Text: "Norway helps Ukraine with boats."}, 100, true},
		{"no topic", datasets.Article{Text: strings.ReplaceAll(dense(30_000).Text, "Ukraine", "an island")}, 100, false},
		{"not English", foreign, 100, false}, // no stance is given, so nothing is asked
		{"beyond the text limit", dense(3 << 20), 10_000_000, false},
	} {
		p.pipeline.WorkLimit = c.limit
		p.pipeline.TextLimit = 1 << 17
		var before, during *features.CostError
		first := errors.As(p.CheckCost(c.article), &before)
		_, err := p.Predict(t.Context(), c.article)
		second := errors.As(err, &during)
		if first != c.refused || second != c.refused || first && *before != *during {
			t.Errorf("%s: %v, then %v; want refused %v", c.name, before, during, c.refused)
		}
	}
}

// Predict looks at its context between two questions.
func TestPredictEndsWithItsContext(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := defaultPredictor(t).Predict(ctx, dense(1000)); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}
