package main

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"stance/internal/atomicfile"
	"stance/internal/config"
	"stance/internal/program"
	"stance/models"
	"stance/models/search"
)

// searchFlags are the flags of train search.
type searchFlags struct {
	trials int
	folds  int
	out    string
}

func searchCommand(f *flags) *cobra.Command {
	var o searchFlags
	c := &cobra.Command{
		Use:   "search [--corpus format:path …] [--kind K]",
		Short: "Find the settings of a kind that do best in cross-validation",
		Long: `search draws settings, measures them on folds of the corpora, once by story and once by time, and prints the best as YAML
for config.yaml. All are tried on a ninth of the articles, the best third on a third, the best of these on all
(successive halving). The settings in hand take part to the end.

Every result is kept in a file beside --out, NAME.search.jsonl: a search that was interrupted goes on there, and one
with more trials runs only the new ones. The same articles, settings and seed give the same answer.

` + corpusHelp + `

` + kindsHelp() + `

` + program.Codes(),
		Example: `  train search --corpus stance:news/train.jsonl --trials 18 -o news.yaml`,
		Args:    program.Args(cobra.NoArgs),
		RunE:    func(c *cobra.Command, _ []string) error { return runSearch(c, f, o) },
	}
	fs := c.Flags()
	fs.StringArrayVar(&f.corpora, "corpus", nil, "corpus to search on; may be repeated (default: train.corpora of the config)")
	fs.IntVar(&o.trials, "trials", 18, "settings to try, those in hand included")
	fs.IntVar(&o.folds, "cv", 3, "folds by story, and as many by time")
	fs.StringVarP(&o.out, "out", "o", "search.yaml", "file for the best settings; the results go beside it")
	f.addCommon(fs)
	config.AddFlags(fs, config.Learning)
	return c
}

func runSearch(c *cobra.Command, f *flags, o searchFlags) error {
	cfg, _, err := f.split(c)
	if err != nil {
		return err
	}
	kind, err := models.FindKind(program.Kinds(), cfg.Train.Kind)
	if err = errors.Join(err, o.check()); err != nil {
		return program.Fail(program.Usage, err)
	}
	s := search.Search{Options: optionsOf(cfg.Train, kind), Trials: o.trials, Folds: o.folds}
	if s.Pipeline, err = program.Pipeline(cfg); err != nil {
		return err
	}
	if s.Log, err = search.OpenLog(strings.TrimSuffix(o.out, ".yaml") +
		".search.jsonl"); err != nil {
		return err
	}
	log := program.Logger(c.ErrOrStderr(), cfg.LogFormat, f.quiet)
	r := &corpusReader{options: cfg.ReadOptions(), log: log}
	if s.Corpora, err = r.learning(c.Context(), cfg.Train.Corpora, s.Pipeline); err != nil {
		return err
	}
	s.Note = func(r search.Result, done, all int) { noteTrial(log, kind, r, done, all) }
	results, err := s.Run(c.Context())
	if err != nil {
		return err
	}
	text := verdictOf(results, s.Options)
	if err := atomicfile.Write(o.out, []byte(text)); err != nil {
		return fmt.Errorf("settings: %w", err)
	}
	if _, err := fmt.Fprint(c.OutOrStdout(), text); err != nil {
		return err
	}
	return r.verdict()
}

// check reports every fault of the flags.
func (o searchFlags) check() error {
	var faults []error
	if o.trials < 1 {
		faults = append(faults, fmt.Errorf("--trials is %d; use 1 or more", o.trials))
	}
	if o.folds < 2 {
		faults = append(faults, fmt.Errorf("--cv is %d; use 2 or more", o.folds))
	}
	if info, err := os.Stat(filepath.Dir(o.out)); err != nil || !info.IsDir() {
		faults = append(faults, fmt.Errorf("no folder %s to write %s to; make it or name another with --out", filepath.Dir(o.out), o.out))
	}
	return errors.Join(faults...)
}

func noteTrial(log *slog.Logger, kind models.Kind, r search.Result, done, all int) {
	log.Info("trial", "done", fmt.Sprintf("%d/%d", done, all), "share",
		fmt.Sprintf("%.2f", r.Share),
		"macro_f1", fmt.Sprintf("%.4f", r.Score), "settings", r.Trial.Describe(kind))
}

// verdictOf is the best settings as a part of config.yaml, and how they did
// beside those in hand.
func verdictOf(results []search.Result, o models.TrainOptions) string {
	best := results[0]
	hand := best
	for _, r := range results {
		if (r.Trial == search.Trial{Settings: o.Settings, Fit: o.Fit}) {
			hand = r
		}
	}
	return fmt.Sprintf("# Macro-F1 in cross-validation %.4f (by story %.4f, by time %.4f), calibration error %.4f;\n"+
		"# with the settings that were in hand %.4f.\n%s", best.Score, best.GroupScore(),
		best.TimeScore(), best.ECE, hand.Score,
		best.Trial.YAML(o.Kind))
}
