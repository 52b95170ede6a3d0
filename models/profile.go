package models

import (
	"context"
	"maps"
	"slices"

	"stance/datasets"
)

// Profile describes the training data as the trained model sees it. A run
// compares its articles with it to notice that they differ from what the model
// knows. It is part of the bundle's manifest.
type Profile struct {
	MeanOOV float64 `json:"mean_oov"` // mean Prediction.OOVRatio over pairs
	// by stance, over predictions that have one; sorted by name, sum 1
	StanceShares []Share `json:"stance_shares"`
	// by country, over the same predictions; sorted by name, sum 1
	CountryShares []Share `json:"country_shares"`
}

// Share is how much of a whole goes by one name.
type Share struct {
	Name  string  `json:"name"`
	Share float64 `json:"share"` // 0 to 1
}

// profileOf answers for the training examples and sums up what it saw.
func profileOf(p *Predictor, corpora []Corpus) Profile {
	oov, pairs, answered := 0.0, 0, 0
	stances, countries := map[string]int{}, map[string]int{}
	for _, c := range corpora {
		for _, e := range c.Examples {
			if !slices.ContainsFunc(e.Labels, func(l datasets.Label) bool {
				return l.Task == datasets.TaskStance
			}) {
				continue
			}
			r, _ := p.Predict(context.Background(), e.Article)
			for _, o := range r.Predictions {
				oov += o.OOVRatio
				pairs++
				if o.Stance != "" {
					answered++
					stances[o.Stance]++
					countries[o.Country]++
				}
			}
		}
	}
	return Profile{round4(oov / float64(max(1, pairs))), shares(stances, answered),
		shares(countries, answered)}
}

// shares turns counts into shares of total, sorted by name.
func shares(counts map[string]int, total int) []Share {
	var out []Share
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		out = append(out, Share{name, float64(counts[name]) / float64(total)})
	}
	return out
}
