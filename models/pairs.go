package models

import (
	"slices"

	"stance/datasets"
	"stance/features"
	"stance/models/counterfactual"
)

// PairOptions are the choices of counterfactual training examples.
type PairOptions struct {
	counterfactual.Options
	Weight float64 // of each of their labels; 0: none are made
}

// FormatGenerated is the format of a corpus that a program made of others. It
// is learned from; nothing is measured on it.
const FormatGenerated = "generated"

// withPairs adds the counterfactual pairs that can be made of the stance labels
// of corpora, as a corpus of its own.
func withPairs(pl *features.Pipeline, corpora []Corpus, o PairOptions) ([]Corpus, error) {
	if o.Weight == 0 {
		return corpora, nil
	}
	g, err := counterfactual.New(pl)
	if err != nil {
		return nil, err
	}
	var sources []datasets.Example
	for _, c := range corpora {
		sources = append(sources, c.Examples...)
	}
	made := Corpus{
		Info: CorpusInfo{Name: "counterfactual", Format: FormatGenerated,
			License: "as their sources", Weight: o.Weight},
		Examples: counterfactual.Examples(g.Pairs(sources, o.Options)),
	}
	made.Info.Examples = len(made.Examples)
	for _, e := range made.Examples {
		made.Info.Labels += len(e.Labels)
	}
	return append(slices.Clone(corpora), made), nil
}
