package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"stance/internal/config"
	"stance/internal/program"
)

// flags are the flags of the commands that are not settings of config.yaml.
type flags struct {
	config      string
	out         string
	date        string
	shard       string
	shards      int
	summaryJSON string
	metricsFile string
	force       bool
	quiet       bool
	driftFail   bool
	jsonLog     bool     // by the settings
	fieldMap    []string // values of --map
}

// settings loads the config under the flags of c.
func (f *flags) settings(c *cobra.Command) (config.Config, error) {
	cfg, err := program.Config(f.config, c.Flags())
	if err == nil {
		err = f.mapped(&cfg)
	}
	return cfg, err
}

// mapped lays the values of --map over the config.
func (f *flags) mapped(cfg *config.Config) error {
	var faults []error
	for _, m := range f.fieldMap {
		if err := cfg.Map.Set(m); err != nil {
			faults = append(faults, fmt.Errorf("--map %w", err))
		}
	}
	return program.Fail(program.Usage, errors.Join(faults...))
}

func rootCommand() *cobra.Command {
	f := &flags{}
	c := &cobra.Command{
		Use:   "classify [INPUT…] --out DIR",
		Short: "Read news articles and publish countries' stances as Parquet",
		Long: `classify reads news articles and publishes, for every country beside every topic, the country's stance
(supportive, neutral, critical) with calibrated probabilities and evidence, as Parquet under DIR.

INPUT is a file, a folder, a pattern in quotes or - for standard input: text, JSON, CSV, Parquet, HTML, RSS or WARC, also
packed (.gz .zst .bz2 .xz .zip .tar). classify check INPUT shows how it will be read.
Without INPUT the sample articles of the project's own folder are read. A file named like a command is given as ./check.

` + program.Codes(),
		Example: `  classify --out out   # the sample articles
  classify 'feeds/*.jsonl.gz' --out out --date 2026-03-29
  classify - --format csv --out out < articles.csv`,
		Args: program.Args(cobra.ArbitraryArgs),
		RunE: func(c *cobra.Command, args []string) error { return runNight(c, f, args) },
	}
	fs := c.Flags()
	f.add(fs)
	fs.BoolVar(&f.force, "force", false, "predict again even what is there")
	fs.StringVar(&f.shard, "shard", "", "predict only share i of n (\"0/4\"); publish with classify commit")
	config.AddFlags(fs, config.Reading, config.Running)
	f.addMap(fs)
	c.AddCommand(commitCommand(f), checkCommand(f), verifyCommand(f), explainCommand(f),
		reportCommand(f), driftCommand(f),
		exportCommand(f), dimensionsCommand(f), topicsCommand(f), pipeCommand(f),
		countriesCommand(), configCommand(f), versionCommand())
	return c
}

// add registers what the main job and commit have in common.
func (f *flags) add(fs *pflag.FlagSet) {
	fs.StringVarP(&f.out, "out", "o", "", "output folder (required)")
	fs.StringVar(&f.date, "date", "", "run date YYYY-MM-DD: names the partition dt= and run_date (default: today, UTC)")
	config.AddFlags(fs, config.Answering, config.Publishing)
	fs.StringVar(&f.summaryJSON, "summary-json", "", "write what the run did to this file, also when it fails")
	fs.StringVar(&f.metricsFile, "metrics-file", "", "write Prometheus metrics to this file after a success")
	fs.BoolVar(&f.driftFail, "drift-fail", false, "exit with 5 when the articles have drifted from the training data")
	f.addCommon(fs)
}

// addMap registers --map, for commands that read inputs.
func (f *flags) addMap(fs *pflag.FlagSet) {
	fs.StringArrayVar(&f.fieldMap, "map", nil, "field of the input that holds the text: text=NAME; likewise id, title, published_at, source, url, lang")
}

// addCommon registers what all commands have.
func (f *flags) addCommon(fs *pflag.FlagSet) {
	f.addConfig(fs)
	fs.BoolVarP(&f.quiet, "quiet", "q", false, "say nothing but warnings and errors")
}

// addConfig registers what commands need that only print settings.
func (f *flags) addConfig(fs *pflag.FlagSet) {
	fs.StringVar(&f.config, "config", "", "settings (default: ./config.yaml if there is one, else built in)")
	config.AddFlags(fs, config.Speaking)
}

// day is the run date. Today is the only clock that reaches the output, and
// only when no date is given.
func (f *flags) day() (time.Time, error) {
	if f.date == "" {
		return time.Now().UTC().Truncate(24 * time.Hour), nil
	}
	day, err := time.Parse(time.DateOnly, f.date)
	if err != nil {
		return day, program.Fail(program.Usage, fmt.Errorf("--date %q is no date; write it as 2026-03-29", f.date))
	}
	return day, nil
}

// share parses --shard into i and n; without it, 0 of 1.
func (f *flags) share() (i, n int, err error) {
	if f.shard == "" {
		return 0, 1, nil
	}
	first, second, _ := strings.Cut(f.shard, "/")
	i, err1 := strconv.Atoi(first)
	n, err2 := strconv.Atoi(second)
	if err1 != nil || err2 != nil || i < 0 || i >= n {
		return 0, 0, program.Fail(program.Usage, fmt.Errorf("--shard %q; write i/n with i from 0 to n-1, such as 0/4", f.shard))
	}
	return i, n, nil
}

// needOut makes a missing --out a usage error.
func (f *flags) needOut() error {
	if f.out == "" {
		return program.Fail(program.Usage, errors.New("no output folder; name one with --out DIR"))
	}
	return nil
}
