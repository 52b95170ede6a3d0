package benchmark

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"stance/datasets"
	"stance/features"
	"stance/models"
	"stance/models/evaluate"
	"stance/models/measure"
)

// StanceResult is one measure of the stance head: what it learned from, what it
// was asked.
type StanceResult struct {
	Name     string  `json:"name"`
	Examples int     `json:"examples"` // articles learned from
	Labels   int     `json:"labels"`   // answered
	MacroF1  float64 `json:"macro_f1"` // supportive, neutral, critical; none counts as neutral
	Low      float64 `json:"low"`      // 95 % bootstrap interval over stories
	High     float64 `json:"high"`
}

// Stance measures the stance head beyond one train and one dev split. The
// corpora are stance-news train and dev; More are others that a model may learn
// from beside train.
type Stance struct {
	Pipeline *features.Pipeline
	Options  models.TrainOptions
	Train    []datasets.Example
	Dev      []datasets.Example
	More     []models.Corpus
}

const (
	minSourceLabels = 300 // of an outlet that is left out; fewer say nothing
	rounds          = 1000
	// the measures train some twenty times; the 5 of the shipped model would
	// take twice as long
	calibrationFolds = 2
)

// shares of the training texts in the learning curve, in percent.
var shares = [...]int{10, 20, 40, 70, 100}

// NewStance reads stance-news below the folder of corpora.
func NewStance(ctx context.Context, pl *features.Pipeline, o models.TrainOptions,
	corpora string) (Stance, error) {
	s := Stance{Pipeline: pl, Options: o}
	s.Options.Fit.Folds = calibrationFolds
	var err error
	if s.Train, err = read(ctx, filepath.Join(corpora, "stance-news", "train.jsonl"),
		"stance"); err != nil {
		return s, err
	}
	s.Dev, err = read(ctx, filepath.Join(corpora, "stance-news", "dev.jsonl"), "stance")
	return s, err
}

// Measure gives the learning curve on dev, transfer between the topics (learned
// from train, asked on train and dev), both with the other corpora, too, and
// each outlet of train left out in turn.
func (s Stance) Measure(ctx context.Context) ([]StanceResult, error) {
	var out []StanceResult
	add := func(name string, train, test []datasets.Example, more ...models.Corpus) error {
		r, err := s.measure(ctx, name, append(more, corpusOf(train)), test)
		out = append(out, r)
		return err
	}
	for _, share := range shares {
		if err := add(fmt.Sprintf("curve %d %%", share), s.share(share), s.Dev); err != nil {
			return nil, err
		}
	}
	if err := add("curve 100 % and the other corpora", s.Train, s.Dev, s.More...); err != nil {
		return nil, err
	}
	all := slices.Concat(s.Train, s.Dev)
	for _, topics := range [][2]string{{"ukraine", "taiwan"}, {"taiwan", "ukraine"}} {
		another := func(l datasets.Label) bool { return l.Topic != topics[1] }
		train := labelled(s.Train, another)
		test := labelled(all, func(l datasets.Label) bool { return l.Topic == topics[1] })
		if err := add(topics[0]+" to "+topics[1], train, test); err != nil {
			return nil, err
		}
		more := slices.Clone(s.More)
		for i := range more {
			more[i].Examples = labelled(more[i].Examples, another)
		}
		if err := add("all but "+topics[1]+" to "+topics[1], train, test, more...); err != nil {
			return nil, err
		}
	}
	for _, source := range s.sources() {
		outside := slices.DeleteFunc(slices.Clone(s.Train), func(e datasets.Example) bool {
			return e.Source == source
		})
		inside := slices.DeleteFunc(slices.Clone(s.Train), func(e datasets.Example) bool {
			return e.Source != source
		})
		if err := add("without "+source, datasets.Without(outside, inside), inside); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s Stance) measure(ctx context.Context, name string, train []models.Corpus,
	test []datasets.Example) (StanceResult, error) {
	answers, err := s.answers(ctx, train, test)
	if err != nil {
		return StanceResult{}, fmt.Errorf("benchmark: %s: %w", name, err)
	}
	learned := 0
	for _, c := range train {
		learned += len(c.Examples)
	}
	e := evaluate.Measure(name, answers, func(models.Answered) bool { return true }, rounds)
	return StanceResult{name, learned, e.Labels, e.MacroF1, e.Low, e.High}, nil
}

// corpusOf is stance-news, or a part of it, to learn from.
func corpusOf(train []datasets.Example) models.Corpus {
	return models.Corpus{Info: models.CorpusInfo{Name: "stance-news", Format: "stance", Weight: 1},
		Examples: train}
}

// answers trains on corpora and answers examples.
func (s Stance) answers(ctx context.Context, train []models.Corpus,
	test []datasets.Example) ([]models.Answered, error) {
	b, err := models.Train(ctx, s.Pipeline, train, s.Options)
	if err != nil {
		return nil, err
	}
	return models.NewPredictor(b, s.Pipeline).Answer(test)
}

// share is a part of the training texts: smaller parts lie within larger ones,
// and copies of a story stay together.
func (s Stance) share(percent int) []datasets.Example {
	var out []datasets.Example
	for i, f := range measure.GroupFolds(datasets.GroupIDs(s.Train), 10, seed) {
		if f*10 < percent {
			out = append(out, s.Train[i])
		}
	}
	return out
}

// labelled keeps the labels that keep selects, and the examples that still have
// one.
func labelled(examples []datasets.Example, keep func(datasets.Label) bool) []datasets.Example {
	var out []datasets.Example
	for _, e := range examples {
		e.Labels = slices.DeleteFunc(slices.Clone(e.Labels), func(l datasets.Label) bool {
			return !keep(l)
		})
		if len(e.Labels) > 0 {
			out = append(out, e)
		}
	}
	return out
}

// sources lists the outlets of the training texts with enough labels to be left
// out, by name.
func (s Stance) sources() []string {
	labels := map[string]int{}
	for _, e := range s.Train {
		labels[e.Source] += len(e.Labels)
	}
	return slices.DeleteFunc(slices.Sorted(maps.Keys(labels)), func(source string) bool {
		return labels[source] < minSourceLabels
	})
}

// crossAnswers answers every example by a model that has not seen it or a copy
// of its story, in n folds.
func (s Stance) crossAnswers(ctx context.Context, examples []datasets.Example,
	n int) ([]models.Answered, error) {
	folds := measure.GroupFolds(datasets.GroupIDs(examples), n, seed)
	var out []models.Answered
	for k := range n {
		var train, test []datasets.Example
		for i, e := range examples {
			if folds[i] == k {
				test = append(test, e)
			} else {
				train = append(train, e)
			}
		}
		answers, err := s.answers(ctx, []models.Corpus{corpusOf(train)}, test)
		if err != nil {
			return nil, fmt.Errorf("benchmark: fold %d of %d: %w", k+1, n, err)
		}
		out = append(out, answers...)
	}
	return out, nil
}
