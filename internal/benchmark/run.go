package benchmark

import (
	"context"
	"fmt"
	"slices"

	"stance/features"
	"stance/features/vector"
	"stance/models/learn"
	"stance/models/measure"
)

// minDF is the number of training rows a feature must stand in.
const minDF = 2

// Result is the outcome of one benchmark.
type Result struct {
	Name  string `json:"name"`
	Split string `json:"split"`
	// rows learned from; of the first fold when there are several
	Train     int               `json:"train"`
	Test      int               `json:"test"` // rows answered in all
	MacroF1   float64           `json:"macro_f1"`
	Low       float64           `json:"low"` // 95 % bootstrap interval over groups
	High      float64           `json:"high"`
	Accuracy  float64           `json:"accuracy"`
	Confusion measure.Confusion `json:"confusion"`
	Floor     float64           `json:"floor"` // see Benchmark
	Best      string            `json:"best"`
}

// Run trains and tests one benchmark with the corpora below the folder.
func Run(ctx context.Context, pl *features.Pipeline, b Benchmark, corpora string) (Result, error) {
	questions, divisions, err := b.Load(ctx, corpora)
	if err != nil {
		return Result{}, err
	}
	r, err := b.measure(ctx, pl, questions, divisions)
	if err != nil {
		return Result{}, fmt.Errorf("benchmark: %s: %w", b.Name, err)
	}
	return r, nil
}

// CrossValidate measures b on its train split alone, in folds that keep groups
// whole: what settings are chosen by.
func CrossValidate(ctx context.Context, pl *features.Pipeline, b Benchmark, corpora string,
	n int) (Result, error) {
	b.Test, b.Folds = "", n
	return Run(ctx, pl, b, corpora)
}

func (b Benchmark) measure(ctx context.Context, pl *features.Pipeline, questions []Question,
	divisions []Division) (Result, error) {
	classes := classesOf(questions)
	var want, got []int
	var groups []string
	for _, d := range divisions {
		answers, err := b.answer(ctx, pl, questions, d, classes)
		if err != nil {
			return Result{}, err
		}
		got = append(got, answers...)
		for _, i := range d.Test {
			want = append(want, slices.Index(classes, questions[i].Answer))
			groups = append(groups, questions[i].Group)
		}
	}
	macro := func(rows []int) float64 {
		var w, g []int
		for _, i := range rows {
			w, g = append(w, want[i]), append(g, got[i])
		}
		return measure.NewConfusion(classes, w, g).MacroF1()
	}
	interval := measure.Bootstrap{Groups: groups, Seed: seed}.Interval(macro)
	m := measure.NewConfusion(classes, want, got)
	return Result{
		Name: b.Name, Split: b.Split, Train: len(divisions[0].Train), Test: len(want),
		MacroF1: m.MacroF1(), Low: interval.Low, High: interval.High, Accuracy: m.Accuracy(),
		Confusion: m,
		Floor:     b.Floor, Best: b.Best,
	}, nil
}

// answer fits a classifier to the training rows of d and gives the class of
// each test row.
func (b Benchmark) answer(ctx context.Context, pl *features.Pipeline, questions []Question,
	d Division, classes []string) ([]int, error) {
	var s features.Scratch
	counts := vector.NewCounts()
	var y []int
	for _, i := range d.Train {
		counts.Add(questions[i].features(pl, &s))
		y = append(y, slices.Index(classes, questions[i].Answer))
	}
	v, x, err := counts.Fit(vector.Options{MinDF: minDF})
	if err != nil {
		return nil, err
	}
	settings := learn.DefaultSettings()
	settings.C, settings.Balanced = b.C, b.Balanced
	trainer, err := learn.NewLogistic(settings)
	if err != nil {
		return nil, err
	}
	c, err := trainer.Train(ctx, learn.Problem{X: x, Y: y, Classes: classes, Seed: seed})
	if err != nil {
		return nil, err
	}
	var bag vector.Bag
	var row vector.Vector
	var scores []float64
	out := make([]int, 0, len(d.Test))
	for _, i := range d.Test {
		bag.Fill(v, questions[i].features(pl, &s))
		row = bag.Vector(row)
		scores = c.Scores(scores, row)
		out = append(out, vector.Argmax(scores))
	}
	return out, nil
}

// classesOf lists the answers of questions, sorted.
func classesOf(questions []Question) []string {
	var out []string
	for _, q := range questions {
		out = append(out, q.Answer)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
