package models

import (
	"context"
	"fmt"
	"math"
	"slices"

	"stance/datasets"
	"stance/features"
	"stance/features/vector"
	"stance/internal/float"
	"stance/models/learn"
	"stance/models/measure"
)

// Corpus is labelled examples with what the manifest must say of them.
type Corpus struct {
	Info     CorpusInfo
	Examples []datasets.Example
}

// TrainOptions are the choices of a training run.
type TrainOptions struct {
	Kind     Kind
	Settings learn.Settings
	Fit      FitOptions
	Seed     uint64
	// Pairs says what pairs of counterfactual examples are learned from
	// besides.
	Pairs PairOptions
}

// DefaultFitOptions are the options of the shipped model.
func DefaultFitOptions() FitOptions {
	return FitOptions{
		Vocabulary: vector.Options{MinDF: 2},
		Folds:      5,
		MaxWeights: 300_000,
		Balance:    0.5,
	}
}

// Train learns one head per task that the corpora label, and packs them into a
// bundle. The same corpora, topics and options give the same bytes.
func Train(ctx context.Context, pl *features.Pipeline, corpora []Corpus,
	o TrainOptions) (*Bundle, error) {
	b := &Bundle{Manifest: Manifest{
		Kind: o.Kind.Name, Settings: o.Settings, Options: o.Fit, Seed: o.Seed,
		Topics: pl.Topics.Topics, Reading: pl.Reading(),
	}}
	written := corpora
	corpora, err := withPairs(pl, corpora, o.Pairs)
	if err != nil {
		return nil, err
	}
	for _, c := range corpora {
		b.Manifest.Corpora = append(b.Manifest.Corpora, c.Info)
	}
	for _, task := range []datasets.Task{datasets.TaskStance, datasets.TaskSentiment} {
		rows := collect(pl, corpora, task)
		if len(rows.y) == 0 {
			continue
		}
		h, err := fitHead(ctx, rows, task, o)
		if err != nil {
			return nil, fmt.Errorf("models: head %q: %w", task, err)
		}
		b.heads = append(b.heads, h)
		b.Manifest.Heads = append(b.Manifest.Heads, h.info())
	}
	if len(b.heads) == 0 || b.heads[0].task != datasets.TaskStance {
		return nil, fmt.Errorf("models: no stance label in the corpora fits a country and topic of its text; " +
			"check that the labels name configured topics and countries the text names")
	}
	if err := b.name(pl, corpora); err != nil {
		return nil, err
	}
	if err := b.finish(pl, written); err != nil {
		return nil, err
	}
	_, err = b.encode()
	return b, err
}

// name collects the names of the features that the heads kept. It fails when
// two features of the corpora have one ID.
func (b *Bundle) name(pl *features.Pipeline, corpora []Corpus) error {
	for i := range b.heads {
		h := &b.heads[i]
		names := features.NewNames(h.vocabulary.IDs())
		eachQuestion(pl, corpora, h.task, func(l labelled) {
			names.Add(pl, l.analysis, l.question)
		})
		if err := names.Err(); err != nil {
			return err
		}
		list := make([]string, h.vocabulary.Cols())
		for j, id := range h.vocabulary.IDs() {
			list[j] = names.Name(id)
		}
		h.names = func() ([]string, error) { return list, nil }
	}
	return nil
}

// finish adds what is measured with the fitted heads: the training profile and
// the golden predictions.
func (b *Bundle) finish(pl *features.Pipeline, corpora []Corpus) error {
	p := &Predictor{bundle: b, pipeline: pl}
	b.Manifest.Profile = profileOf(p, corpora)
	var err error
	b.golden, err = goldenOf(b, pl)
	return err
}

// realWeight is the weight of rows, 0 for generated ones: how sure an answer
// may be shows in texts that people wrote.
func (r rows) realWeight() []float64 {
	out := slices.Clone(r.weight)
	for i, generated := range r.generated {
		if generated {
			out[i] = 0
		}
	}
	return out
}

// balance multiplies the weight of a row by (n / (k m))^power, where n is the
// weight of its stratum, m the weight of the stratum's rows with its answer,
// and k the number of answers. A power of 0 leaves the weights; 1 makes the
// answers of each stratum weigh the same. Without it, critical third countries,
// one row in forty, are never found.
func (r rows) balance(classes int, power float64) []float64 {
	type cell struct {
		stratum string
		y       int
	}
	strata, cells := map[string]float64{}, map[cell]float64{}
	for i, s := range r.stratum {
		strata[s] += r.weight[i]
		cells[cell{s, r.y[i]}] += r.weight[i]
	}
	out := slices.Clone(r.weight)
	for i, s := range r.stratum {
		out[i] *= float.Pow(strata[s]/(float64(classes)*cells[cell{s, r.y[i]}]), power)
	}
	return out
}

// sentimentShrink divides C for the sentiment head: tone shows in many common
// words, stance in few rare ones (docs/experiments.md: logistic regression at C
// 2 there, answers wholly balanced, and at C 30 here).
const sentimentShrink = 15

// fitHead chooses the vocabulary, trains, thins out weak columns and trains
// again, and calibrates on held-out scores.
func fitHead(ctx context.Context, r rows, task datasets.Task, o TrainOptions) (head, error) {
	v, x, err := r.counts.Fit(o.Fit.Vocabulary)
	if err != nil {
		return head{}, err
	}
	settings, balance := o.Settings, o.Fit.Balance
	if task == datasets.TaskSentiment {
		settings.C, balance = settings.C/sentimentShrink, 1
	}
	trainer, err := o.Kind.New(settings)
	if err != nil {
		return head{}, err
	}
	classes := ClassesOf(task)
	p := learn.Problem{X: x, Y: r.y, Classes: classes, Weight: r.balance(len(classes), balance),
		Seed: o.Seed}
	c, err := trainer.Train(ctx, p)
	if err != nil {
		return head{}, err
	}
	folds := measure.GroupFolds(r.group, o.Fit.Folds, o.Seed)
	var scores [][]float64
	// which columns it uses was learnt from all rows: only scores made before
	// are honest
	if s, ok := c.(learn.Selector); ok {
		if scores, err = learn.CrossScores(ctx, trainer, p, folds); err != nil {
			return head{}, err
		}
		if used := s.UsedColumns(); len(used) > 0 {
			v = v.Select(used)
		}
	} else if l,
		ok := c.(*learn.Linear); ok && o.Fit.MaxWeights > 0 && v.Cols() > o.Fit.MaxWeights {
		v = v.Select(strongest(l, v.Cols(), o.Fit.MaxWeights))
	}
	if v.Cols() < x.Cols {
		p.X = r.counts.Matrix(v) // not x.Columns: rows have length 1 over the columns that are left
		if c, err = trainer.Train(ctx, p); err != nil {
			return head{}, err
		}
	}
	if scores == nil {
		if scores, err = learn.CrossScores(ctx, trainer, p, folds); err != nil {
			return head{}, err
		}
	}
	calibration, err := learn.FitCalibration(learn.HeldOut{Scores: scores, Y: p.Y,
		Weight: r.realWeight()}, len(p.Classes))
	if err != nil {
		return head{}, err
	}
	return head{task: task, vocabulary: v, classifier: c, calibration: calibration,
		rows: len(r.y)}, nil
}

// strongest lists, in increasing order, the n columns whose weights differ most
// between classes; ties go to the first.
func strongest(l *learn.Linear, cols, n int) []int32 {
	strength := make([]float64, cols)
	keep := make([]int32, cols)
	for j := range cols {
		keep[j] = int32(j)
		low, high := math.Inf(1), math.Inf(-1)
		for c := range l.Classes() {
			w := l.Weight(j, c)
			low, high = min(low, w), max(high, w)
		}
		strength[j] = high - low
	}
	slices.SortStableFunc(keep, func(i, j int32) int {
		switch {
		case strength[i] > strength[j]:
			return -1
		case strength[i] < strength[j]:
			return 1
		}
		return int(i - j)
	})
	keep = keep[:n]
	slices.Sort(keep)
	return keep
}
