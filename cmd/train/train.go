package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"stance/datasets"
	"stance/features"
	"stance/features/vector"
	"stance/internal/config"
	"stance/internal/program"
	"stance/models"
	"stance/models/counterfactual"
)

// runTrain reads corpora, measures what can be learned from them, and writes a
// bundle and a report.
func runTrain(c *cobra.Command, f *flags) error {
	cfg, t, err := f.training(c)
	if err != nil {
		return err
	}
	dev, err := corporaOf(f.dev)
	if err != nil {
		return err
	}
	r := &corpusReader{options: cfg.ReadOptions(), log: t.log}
	corpora, err := r.learning(c.Context(), cfg.Train.Corpora, t.pipeline)
	if err != nil {
		return err
	}
	held, err := r.examples(c.Context(), dev)
	if err != nil {
		return err
	}
	b, rep, err := t.run(c.Context(), corpora, held, cfg.Train.HoldOut)
	if err != nil {
		return err
	}
	if err := errors.Join(b.WriteFile(f.out), rep.writeFile(f.reportPath()),
		rep.writePage(f.html)); err != nil {
		return err
	}
	rep.print(c.OutOrStdout())
	if !f.quiet {
		fmt.Fprintf(c.ErrOrStderr(), "Wrote %s (%d KiB) and %s. To use it: classify --model %s --out out\n",
			f.out, b.Size()>>10, f.reportPath(), f.out)
	}
	return r.verdict()
}

func (f *flags) reportPath() string {
	if f.report != "" {
		return f.report
	}
	return strings.TrimSuffix(f.out, ".bundle") + ".report.json"
}

// training is all that learning needs besides the corpora.
type training struct {
	pipeline *features.Pipeline
	options  models.TrainOptions
	log      *slog.Logger
}

// training checks the command line as far as possible before anything is read.
func (f *flags) training(c *cobra.Command) (config.Config, *training, error) {
	cfg, err := f.settings(c)
	if err != nil {
		return cfg, nil, err
	}
	if len(f.corpora) > 0 {
		if cfg.Train.Corpora, err = corporaOf(f.corpora); err != nil {
			return cfg, nil, err
		}
	}
	kind, err := models.FindKind(program.Kinds(), cfg.Train.Kind)
	if err == nil {
		_, err = kind.New(optionsOf(cfg.Train, kind).Settings)
	}
	for _, path := range []string{f.out, f.reportPath()} {
		if info, err2 := os.Stat(filepath.Dir(path)); err2 != nil || !info.IsDir() {
			err = errors.Join(err, fmt.Errorf("no folder %s to write %s to; make it or name another with --out", filepath.Dir(path), path))
		}
	}
	if err != nil {
		return cfg, nil, program.Fail(program.Usage, err)
	}
	pl, err := program.Pipeline(cfg)
	if err != nil {
		return cfg, nil, err
	}
	return cfg, &training{pl, optionsOf(cfg.Train, kind),
		program.Logger(c.ErrOrStderr(), cfg.LogFormat, f.quiet)}, nil
}

// optionsOf are the choices of a config as package models wants them.
func optionsOf(t config.Train, kind models.Kind) models.TrainOptions {
	if t.C == 0 && kind.C > 0 {
		t.C = kind.C
	}
	return models.TrainOptions{
		Kind:     kind,
		Settings: t.Settings,
		Fit: models.FitOptions{
			Vocabulary: vector.Options{MinDF: t.MinDF, MaxTerms: t.MaxTerms},
			Folds:      t.Folds,
			MaxWeights: t.MaxWeights,
			Balance:    t.Balance,
		},
		Seed: t.Seed,
		Pairs: models.PairOptions{Weight: t.PairWeight,
			Options: counterfactual.Options{Seed: t.Seed}},
	}
}

// run learns a bundle from corpora and measures it on dev. Without dev, a model
// learned from the earlier articles is measured on the latest ones; where that
// cannot be done the report says why.
func (t *training) run(ctx context.Context, corpora []models.Corpus, dev []datasets.Example,
	share float64) (*models.Bundle, report, error) {
	var rep report
	if len(dev) == 0 {
		err := t.measureHeldOut(ctx, corpora, share, &rep)
		if ctx.Err() != nil {
			return nil, rep, ctx.Err()
		}
		if err != nil {
			t.log.Warn("not measured", "why", err)
			rep = report{MeasuredOn: "nothing: " + err.Error()}
		}
	}
	t.log.Info("learning", "kind", t.options.Kind.Name)
	b, err := models.Train(ctx, t.pipeline, corpora, t.options)
	if err != nil {
		return nil, rep, err
	}
	if len(dev) > 0 {
		rep, err = assess(models.NewPredictor(b, t.pipeline), dev, "the corpora given with --dev")
	}
	rep.ModelID, rep.Manifest = b.ID(), b.Manifest
	return b, rep, err
}

// measureHeldOut measures a model that was learned from all but the latest
// articles.
func (t *training) measureHeldOut(ctx context.Context, corpora []models.Corpus, share float64,
	rep *report) error {
	learn, held, err := models.HoldOut(corpora, share)
	if err != nil {
		return err
	}
	t.log.Info("learning, the latest articles held out", "kind", t.options.Kind.Name, "held_out",
		len(held))
	b, err := models.Train(ctx, t.pipeline, learn, t.options)
	if err != nil {
		return err
	}
	*rep, err = assess(models.NewPredictor(b, t.pipeline), held,
		fmt.Sprintf("the latest %d articles, by a model learned from the others", len(held)))
	return err
}
