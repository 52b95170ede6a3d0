package models

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"stance/datasets"
	"stance/datasets/format"
	"stance/features"
	"stance/features/topic"
	"stance/models/learn"
)

// unweighted trains as if all rows had the same weight.
type unweighted struct{ learn.Trainer }

func (u unweighted) Train(ctx context.Context, p learn.Problem) (learn.Classifier, error) {
	p.Weight = nil
	return u.Trainer.Train(ctx, p)
}

// Calibration was fitted as if every label counted the same, whatever the
// weight of its corpus. The classifier here does not see the weights, so that
// only the calibration can differ.
func TestCalibrationSeesTheWeightsOfCorpora(t *testing.T) {
	calibration := func(weight float64) learn.Calibration {
		b := smallTrained(t, func(o *TrainOptions, corpora []Corpus) []Corpus {
			o.Kind = Kind{Name: "unweighted", New: func(s learn.Settings) (learn.Trainer, error) {
				trainer, err := learn.NewLogistic(s)
				return unweighted{trainer}, err
			}}
			all := corpora[0].Examples
			first, second := corpora[0], corpora[0]
			first.Examples, second.Examples = all[:len(all)/2], all[len(all)/2:]
			second.Info.Weight = weight
			return []Corpus{first, second}
		})
		return b.Manifest.Heads[0].Calibration
	}
	if got, same := calibration(5), calibration(1); reflect.DeepEqual(got, same) {
		t.Errorf("calibration %+v, whether half of the labels weighs 1 or 5", got)
	}
}

// smallPipeline reads articles about one topic.
func smallPipeline(t testing.TB) *features.Pipeline {
	t.Helper()
	pl, err := features.New([]topic.Topic{{ID: "taiwan", Proposition: "Taiwan should be able to keep its self-rule.",
		Terms: []string{"taiwan*", "taipei"}, For: topic.Side{Countries: []string{"TWN"}},
		Against: topic.Side{Countries: []string{"CHN"}}}}, 0)
	if err != nil {
		t.Fatal(err)
	}
	return pl
}

// smallTrained is a bundle learned from a few sample articles. change may
// change the options and returns the corpora to learn from; nil leaves them.
func smallTrained(t testing.TB, change func(*TrainOptions, []Corpus) []Corpus) *Bundle {
	t.Helper()
	pl := smallPipeline(t)
	c, err := ReadCorpus(context.Background(),
		CorpusInfo{Name: "sample", Format: "stance", Weight: 1},
		CorpusFiles{Texts: []format.Input{{Path: "../datasets/sample/labelled-2.jsonl"}}},
		format.Options{},
		func(e *datasets.RecordError) { t.Fatal(e) })
	if err != nil {
		t.Fatal(err)
	}
	c.Examples = c.Examples[:min(40, len(c.Examples))]
	corpora := []Corpus{c}
	o := TrainOptions{Kind: Kinds()[0], Settings: learn.DefaultSettings(), Fit: DefaultFitOptions(),
		Seed: 1}
	o.Fit.Folds, o.Fit.Vocabulary.MinDF, o.Fit.Vocabulary.MaxTerms = 2, 3, 300
	if change != nil {
		corpora = change(&o, corpora)
	}
	b, err := Train(context.Background(), pl, corpora, o)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Training fails where no label of stance can be learned, and says why.
func TestTrainNeedsStances(t *testing.T) {
	o := TrainOptions{Kind: Kinds()[0], Settings: learn.DefaultSettings(), Fit: DefaultFitOptions(),
		Seed: 1}
	o.Fit.Folds, o.Fit.Vocabulary.MinDF = 2, 1
	tone := []Corpus{{Info: CorpusInfo{Name: "tone", Weight: 1}}}
	for i, answer := range []string{"supportive", "neutral", "critical", "supportive", "neutral", "critical"} {
		tone[0].Examples = append(tone[0].Examples, datasets.Example{
			Article: datasets.Article{ID: string(rune('a' + i)), Text: "Peru praised the harbour. Chile did not."},
			Labels: []datasets.Label{{Task: datasets.TaskSentiment, Country: "PER",
				Answer: answer}},
		})
	}
	for name, corpora := range map[string][]Corpus{"none": nil, "tone alone": tone} {
		_, err := Train(t.Context(), smallPipeline(t), corpora, o)
		if err == nil || !strings.Contains(err.Error(), "no stance label in the corpora fits") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
