package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"stance/internal/atomicfile"
	"stance/internal/benchmark"
	"stance/internal/config"
	"stance/internal/program"
	"stance/models"
)

// The benchmarks of the stance head stand beside those of the table.
const (
	onlyStance = "stance"
	onlyVotes  = "votes"
)

// benchmarkFlags are the flags of train benchmark alone.
type benchmarkFlags struct {
	shared, out, questions string
	only                   []string
}

// measured is what train benchmark writes as JSON.
type measured struct {
	Benchmarks []benchmark.Result       `json:"benchmarks"`
	Stance     []benchmark.StanceResult `json:"stance"`
	Votes      []benchmark.VoteResult   `json:"votes"`
}

func benchmarkCommand(f *flags) *cobra.Command {
	var o benchmarkFlags
	c := &cobra.Command{
		Use:   "benchmark [--shared DIR] [--only NAME,…]",
		Short: "Measure features and learner on public corpora",
		Long: `benchmark trains on the train splits of public corpora and measures on their test splits. The classifiers are not kept.
"stance" is the learning curve, the transfer between topics and each outlet left out; "votes" compares the mean stance of
countries with their votes in the General Assembly.

` + benchmarkHelp() + `

` + program.Codes(),
		Example: `  train benchmark --shared ../shared --only stance --json benchmarks.json`,
		Args:    program.Args(cobra.NoArgs),
		RunE:    func(c *cobra.Command, _ []string) error { return runBenchmark(c, f, o) },
	}
	fs := c.Flags()
	fs.StringVar(&o.shared, "shared", filepath.Join("..", "shared"), "folder with the folder corpora")
	fs.StringSliceVar(&o.only, "only", nil, "benchmarks to run (default: all)")
	fs.StringVar(&o.out, "json", "", "write all measures to this file")
	fs.StringVar(&o.questions, "questions", "", "write the questions and splits to this folder and measure nothing")
	config.AddFlags(fs, config.Answering)
	f.addCommon(fs)
	config.AddFlags(fs, config.Learning)
	return c
}

func benchmarkHelp() string {
	lines := []string{"Benchmarks:"}
	for _, b := range benchmark.Table() {
		lines = append(lines, fmt.Sprintf("  %-16s %s", b.Name, b.Split))
	}
	return strings.Join(append(lines, "  "+onlyStance, "  "+onlyVotes), "\n")
}

// names checks --only; none means all.
func (o benchmarkFlags) names() ([]string, error) {
	known := []string{onlyStance, onlyVotes}
	for _, b := range benchmark.Table() {
		known = append(known, b.Name)
	}
	var faults []error
	for _, name := range o.only {
		if !slices.Contains(known, name) {
			faults = append(faults,
				fmt.Errorf("--only: no benchmark %q; choose from %s", name, strings.Join(known, ", ")))
		}
	}
	if len(o.only) > 0 {
		known = o.only
	}
	return known, program.Fail(program.Usage, errors.Join(faults...))
}

func runBenchmark(c *cobra.Command, f *flags, o benchmarkFlags) error {
	names, err := o.names()
	if err != nil {
		return err
	}
	cfg, err := f.settings(c)
	if err != nil {
		return err
	}
	kind, err := models.FindKind(program.Kinds(), cfg.Train.Kind)
	if err != nil {
		return program.Fail(program.Usage, err)
	}
	pl, err := program.Pipeline(cfg)
	if err != nil {
		return err
	}
	corpora := filepath.Join(o.shared, "corpora")
	if _, err := os.Stat(corpora); err != nil {
		return program.Fail(program.Usage, fmt.Errorf("%w; name the folder that holds corpora with --shared", err))
	}
	if o.questions != "" {
		return writeQuestions(c.Context(), corpora, o.questions)
	}
	var m measured
	for _, b := range benchmark.Table() {
		if !slices.Contains(names, b.Name) {
			continue
		}
		r, err := benchmark.Run(c.Context(), pl, b, corpora)
		if err != nil {
			return err
		}
		m.Benchmarks = append(m.Benchmarks, r)
		printMeasure(c.OutOrStdout(), r.Name, r.Test, r.MacroF1, r.Low, r.High)
	}
	if slices.Contains(names, onlyStance) || slices.Contains(names, onlyVotes) {
		s, err := benchmark.NewStance(c.Context(), pl, optionsOf(cfg.Train, kind), corpora)
		if err == nil {
			r := &corpusReader{options: cfg.ReadOptions(),
				log: program.Logger(c.ErrOrStderr(), cfg.LogFormat, f.quiet)}
			s.More, err = r.corpora(c.Context(),
				slices.DeleteFunc(cfg.Train.Corpora, notBesideStanceNews))
		}
		if err == nil {
			err = measureStance(c, s, names, cfg.Model, corpora, &m)
		}
		if err != nil {
			return err
		}
	}
	return m.write(o.out)
}

// notBesideStanceNews reports whether a corpus of the config does not belong
// beside stance-news: that corpus itself, which the benchmark divides in its
// own ways, and those of spans.
func notBesideStanceNews(c config.Corpus) bool {
	return c.Name == "stance-news" || c.Format == "newsmtsc"
}

// write writes m as JSON to path; "" writes nothing.
func (m measured) write(path string) error {
	if path == "" {
		return nil
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	return atomicfile.Write(path, append(text, '\n'))
}

// measureStance runs the benchmarks of the stance head.
func measureStance(c *cobra.Command, s benchmark.Stance, names []string, model, corpora string,
	m *measured) error {
	var err error
	if slices.Contains(names, onlyStance) {
		if m.Stance, err = s.Measure(c.Context()); err != nil {
			return err
		}
		for _, r := range m.Stance {
			printMeasure(c.OutOrStdout(), r.Name, r.Labels, r.MacroF1, r.Low, r.High)
		}
	}
	if !slices.Contains(names, onlyVotes) {
		return nil
	}
	b, err := program.Bundle(model)
	if err != nil {
		return err
	}
	if m.Votes, err = s.Votes(c.Context(), b, corpora); err != nil {
		return err
	}
	for _, v := range m.Votes {
		fmt.Fprintf(c.OutOrStdout(), "%-56s rho %+.3f, p %.2g (t), %.2g (permutation), %d countries\n",
			v.Name, v.Correlation.Rho, v.Correlation.P, v.Correlation.PPermutation,
			v.Correlation.Pairs)
	}
	return nil
}

func printMeasure(w io.Writer, name string, rows int, f1, low, high float64) {
	fmt.Fprintf(w, "%-24s %6d answers  macro-F1 %.3f  [%.3f, %.3f]\n", name, rows, f1, low, high)
}

// writeQuestions writes one file per benchmark, for other programs to answer:
// all questions and how they are divided.
func writeQuestions(ctx context.Context, corpora, folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for _, b := range benchmark.Table() {
		questions, divisions, err := b.Load(ctx, corpora)
		if err != nil {
			return err
		}
		text, err := json.Marshal(map[string]any{"name": b.Name, "questions": questions, "divisions": divisions})
		if err != nil {
			return err
		}
		if err := atomicfile.Write(filepath.Join(folder, b.Name+".json"), text); err != nil {
			return err
		}
	}
	return nil
}
