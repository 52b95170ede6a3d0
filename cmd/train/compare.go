package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"stance/internal/atomicfile"
	"stance/internal/compare"
	"stance/internal/config"
	"stance/internal/program"
	"stance/internal/suggest"
	"stance/models"
)

// compareFlags are the flags of train compare.
type compareFlags struct {
	kinds  []string
	format string
	svg    string
}

func compareCommand(f *flags) *cobra.Command {
	var o compareFlags
	c := &cobra.Command{
		Use:   "compare [--corpus format:path …] [--dev format:path …]",
		Short: "Train every kind of classifier on the same articles and measure them side by side",
		Long: `compare trains one kind after another on the same corpora, measures each on the same other articles, and prints the best
first: macro-F1 over supportive, neutral and critical with its 95 % interval by article, F1 of telling actors from
mentions, expected calibration error (ECE), time to train, time per article, the most memory held while training
(sampled, all of the process) and the size of the bundle. Without --dev the latest articles are held out.

` + corpusHelp + `

` + kindsHelp() + `

` + program.Codes(),
		Example: `  train compare
  train compare --kinds logistic,svm --corpus stance:news/train.jsonl --dev stance:news/dev.jsonl`,
		Args: program.Args(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error { return runCompare(c, f, o) },
	}
	fs := c.Flags()
	fs.StringArrayVar(&f.corpora, "corpus", nil, "corpus to learn from; may be repeated (default: train.corpora of the config)")
	fs.StringArrayVar(&f.dev, "dev", nil, "corpus to measure on; may be repeated (default: hold out the latest articles)")
	fs.StringSliceVar(&o.kinds, "kinds", nil, "kinds to compare, separated by commas (default: all)")
	fs.StringVar(&o.format, "format", "table", strings.Join(compare.Formats(), ", "))
	fs.StringVar(&o.svg, "svg", "", "also draw a chart to this file")
	f.addCommon(fs)
	config.AddFlags(fs, config.Learning)
	return c
}

func runCompare(c *cobra.Command, f *flags, o compareFlags) error {
	cfg, dev, err := f.split(c)
	if err != nil {
		return err
	}
	kinds, err := o.check()
	if err != nil {
		return program.Fail(program.Usage, err)
	}
	contest := compare.Contest{Entries: entriesOf(cfg.Train, kinds)}
	if contest.Pipeline, err = program.Pipeline(cfg); err != nil {
		return err
	}
	log := program.Logger(c.ErrOrStderr(), cfg.LogFormat, f.quiet)
	r := &corpusReader{options: cfg.ReadOptions(), log: log}
	if contest.Corpora, err = r.learning(c.Context(), cfg.Train.Corpora,
		contest.Pipeline); err != nil {
		return err
	}
	if len(dev) > 0 {
		contest.Dev, err = r.examples(c.Context(), dev)
	} else {
		contest.Corpora, contest.Dev, err = models.HoldOut(contest.Corpora, cfg.Train.HoldOut)
	}
	if err != nil {
		return err
	}
	contest.Note = func(r compare.Comparison) { note(log, r) }
	results, err := contest.Run(c.Context())
	if err != nil {
		return err
	}
	if err := o.write(c.OutOrStdout(), results); err != nil {
		return err
	}
	return errors.Join(failures(results), r.verdict())
}

// split reads the settings and what to learn from and measure on.
func (f *flags) split(c *cobra.Command) (config.Config, []config.Corpus, error) {
	cfg, err := f.settings(c)
	if err != nil {
		return cfg, nil, err
	}
	if len(f.corpora) > 0 {
		if cfg.Train.Corpora, err = corporaOf(f.corpora); err != nil {
			return cfg, nil, err
		}
	}
	dev, err := corporaOf(f.dev)
	return cfg, dev, err
}

// check reports every fault of the flags and returns the kinds chosen.
func (o compareFlags) check() ([]models.Kind, error) {
	var faults []error
	if !slices.Contains(compare.Formats(), o.format) {
		faults = append(faults,
			fmt.Errorf("--format %q; use %s%s", o.format, strings.Join(compare.Formats(), ", "),
				suggest.Hint(o.format, compare.Formats())))
	}
	if folder := filepath.Dir(o.svg); o.svg != "" {
		if info, err := os.Stat(folder); err != nil || !info.IsDir() {
			faults = append(faults, fmt.Errorf("no folder %s to write %s to; make it or name another with --svg", folder, o.svg))
		}
	}
	if len(o.kinds) == 0 {
		return program.Kinds(), errors.Join(faults...)
	}
	var kinds []models.Kind
	for _, name := range o.kinds {
		kind, err := models.FindKind(program.Kinds(), strings.TrimSpace(name))
		kinds, faults = append(kinds, kind), append(faults, err)
	}
	return kinds, errors.Join(faults...)
}

// entriesOf gives each kind the same settings; a kind passes over those it has
// no use for.
func entriesOf(t config.Train, kinds []models.Kind) []models.TrainOptions {
	var entries []models.TrainOptions
	for _, kind := range kinds {
		entries = append(entries, optionsOf(t, kind))
	}
	return entries
}

// note says how one kind did.
func note(log *slog.Logger, r compare.Comparison) {
	if r.Error != "" {
		log.Warn("kind failed", "kind", r.Kind, "why", r.Error)
		return
	}
	log.Info("kind measured", "kind", r.Kind, "macro_f1", r.Quality.MacroF1, "train_seconds",
		r.TrainSeconds)
}

// write prints the results and draws the chart.
func (o compareFlags) write(w io.Writer, results []compare.Comparison) error {
	if o.svg != "" {
		var chart strings.Builder
		if err := compare.WriteSVG(&chart, results); err != nil {
			return err
		}
		if err := atomicfile.Write(o.svg, []byte(chart.String())); err != nil {
			return fmt.Errorf("chart: %w", err)
		}
	}
	return compare.Write(w, o.format, results)
}

// failures is an error when a kind failed.
func failures(results []compare.Comparison) error {
	var names []string
	for _, r := range results {
		if r.Error != "" {
			names = append(names, r.Kind)
		}
	}
	if len(names) == 0 {
		return nil
	}
	return fmt.Errorf("failed: %s; the others were measured", strings.Join(names, ", "))
}
