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
	errors  string
	swap    bool
	quiet   bool
}

// settings loads the config under the flags of c. The topics are those of
// classification and of training.
func (f *flags) settings(c *cobra.Command) (config.Config, error) {
	cfg, err := program.Config(f.config, c.Flags())
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
Without --dev the latest articles are held out to measure on; the bundle is then learned from all.

` + corpusHelp + `

` + kindsHelp() + `

` + program.Codes(),
		Example: `  train   # from datasets/sample to models/local.bundle
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
	config.AddFlags(fs, config.Learning)
	c.AddCommand(evaluateCommand(f), compareCommand(f), searchCommand(f), inspectCommand(f),
		benchmarkCommand(f),
		behaveCommand(f), counterfactualCommand(f), labelCommand(f))
	return c
}

// addCommon registers what all commands have.
func (f *flags) addCommon(fs *pflag.FlagSet) {
	fs.StringVar(&f.config, "config", "", "settings (default: ./config.yaml if there is one, else built in)")
	config.AddFlags(fs, config.Speaking)
	fs.BoolVarP(&f.quiet, "quiet", "q", false, "say nothing but warnings and errors")
}

// kindsHelp lists the kinds there are.
func kindsHelp() string {
	lines := []string{"Kinds of classifiers:"}
	for _, k := range program.Kinds() {
		lines = append(lines, fmt.Sprintf("  %-21s %s", k.Name, k.Doc))
	}
	return strings.Join(lines, "\n")
}
