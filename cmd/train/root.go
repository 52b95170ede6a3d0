package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"stance/internal/config"
	"stance/internal/program"
)

// flags are the flags of the commands that are not settings of config.yaml.
type flags struct {
	config  string
	out     string
	report  string
	corpora []string
	dev     []string
	json    bool
	html    string
	swap    bool
	quiet   bool
}

// overrides are the flags that stand for a key of config.yaml.
func overrides() []program.Override {
	return []program.Override{
		{Flag: "log-format", Key: "log_format"},
		{Flag: "model", Key: "model"},
		{Flag: "kind", Key: "train.kind"},
		{Flag: "c", Key: "train.c"},
		{Flag: "tolerance", Key: "train.tolerance"},
		{Flag: "max-iter", Key: "train.max_iter"},
		{Flag: "alpha", Key: "train.alpha"},
		{Flag: "max-cols", Key: "train.max_cols"},
		{Flag: "neighbors", Key: "train.neighbors"},
		{Flag: "max-depth", Key: "train.max_depth"},
		{Flag: "balanced", Key: "train.balanced"},
		{Flag: "min-df", Key: "train.min_df"},
		{Flag: "max-terms", Key: "train.max_terms"},
		{Flag: "max-weights", Key: "train.max_weights"},
		{Flag: "balance", Key: "train.balance"},
		{Flag: "folds", Key: "train.folds"},
		{Flag: "calibration", Key: "train.calibration"},
		{Flag: "hold-out", Key: "train.hold_out"},
		{Flag: "seed", Key: "train.seed"},
	}
}

// settings loads the config under the flags of c. The topics are those of classification and of training.
func (f *flags) settings(c *cobra.Command) (config.Config, error) {
	cfg, err := program.Config(f.config, c.Flags(), overrides())
	cfg.Topics = slices.Concat(cfg.Topics, cfg.Train.Topics)
	return cfg, err
}

const corpusHelp = `A corpus is format:path, the path a file, a folder or a pattern in quotes: stance:news/train.jsonl. A number after @
weighs its labels: newsmtsc:rw.jsonl@0.5.`

func rootCommand() *cobra.Command {
	f := &flags{}
	c := &cobra.Command{
		Use:   "train [--corpus format:path …]",
		Short: "Learn a model from labelled corpora and measure it",
		Long: `train learns a model from labelled corpora, by default the project's own samples, and writes it as a bundle.
Without --dev the latest articles are held out to measure on; the bundle is then learnt from all.

` + corpusHelp + `

` + kindsHelp() + `

` + program.Codes(),
		Example: `  train                                        from datasets/sample to models/local.bundle
  train --corpus stance:news/train.jsonl --dev stance:news/dev.jsonl --out news.bundle
  train evaluate --model news.bundle --corpus stance:news/dev.jsonl`,
		Args: program.Args(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error { return runTrain(c, f) },
	}
	fs := c.Flags()
	fs.StringVarP(&f.out, "out", "o", "models/local.bundle", "bundle to write")
	fs.StringVar(&f.report, "report", "", "measures as JSON (default: the bundle's name with .report.json)")
	fs.StringVar(&f.html, "html", "", "measures as a page, too")
	fs.StringArrayVar(&f.corpora, "corpus", nil, "corpus to learn from, format:path; may be repeated (default: train.corpora of the config)")
	fs.StringArrayVar(&f.dev, "dev", nil, "corpus to measure on; may be repeated (default: hold out the latest articles)")
	f.addCommon(fs)
	addSettings(fs)
	c.AddCommand(evaluateCommand(f), compareCommand(f), searchCommand(f), inspectCommand(f), benchmarkCommand(f),
		behaveCommand(f))
	return c
}

// addCommon registers what all commands have.
func (f *flags) addCommon(fs *pflag.FlagSet) {
	fs.StringVar(&f.config, "config", "", "settings (default: ./config.yaml if there is one, else built in)")
	fs.String("log-format", "", "text or json, on standard error (default text)")
	fs.BoolVarP(&f.quiet, "quiet", "q", false, "say nothing but warnings and errors")
}

// addSettings registers the flags of learning. Their defaults stand in the config, so none is shown here.
func addSettings(fs *pflag.FlagSet) {
	fs.String("kind", "", "kind of classifier (default logistic)")
	fs.Float64("c", 0, "inverse regularisation strength of logistic and svm (0: what suits the kind)")
	fs.Float64("tolerance", 0, "a solver stops when its gradient has shrunk by this factor")
	fs.Int("max-iter", 0, "steps of a solver at most")
	fs.Float64("alpha", 0, "smoothing of the naive Bayes kinds")
	fs.Int("max-cols", 0, "columns kept by golearn's own kinds")
	fs.Int("neighbors", 0, "neighbours of golearn-knn")
	fs.Int("max-depth", 0, "depth of golearn-cart")
	fs.Bool("balanced", false, "weigh classes by the inverse of their frequency")
	fs.Int("min-df", 0, "training rows a term must stand in")
	fs.Int("max-terms", 0, "terms kept, the most frequent (0: all)")
	fs.Int("max-weights", 0, "columns kept, the strongest (0: all)")
	fs.Float64("balance", 0, "how far rare answers weigh more within the stand of their country, 0 to 1")
	fs.Int("folds", 0, "folds of the cross-fit that calibration learns from")
	fs.String("calibration", "", "auto, temperature, vector, platt or isotonic")
	fs.Float64("hold-out", 0, "share of the articles to measure on without --dev")
	fs.Uint64("seed", 0, "seed of all random choices")
}

// kindsHelp lists the kinds there are.
func kindsHelp() string {
	lines := []string{"Kinds of classifiers:"}
	for _, k := range program.Kinds() {
		lines = append(lines, fmt.Sprintf("  %-21s %s", k.Name, k.Doc))
	}
	return strings.Join(lines, "\n")
}
