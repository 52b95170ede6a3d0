package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"stance/internal/config"
	"stance/internal/program"
	"stance/models"
	"stance/models/evaluate"
)

func evaluateCommand(f *flags) *cobra.Command {
	c := &cobra.Command{
		Use:   "evaluate --corpus format:path … [--model FILE]",
		Short: "Measure a model on labelled corpora",
		Long: `evaluate asks a model about labelled articles and compares its answers with the labels.

` + corpusHelp + `

` + program.Codes(),
		Example: `  train evaluate --corpus stance:news/dev.jsonl
  train evaluate --model news.bundle --corpus stance:news/dev.jsonl --html report.html
  train evaluate --corpus stance:labels.jsonl --errors errors.jsonl`,
		Args: program.Args(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error { return runEvaluate(c, f) },
	}
	fs := c.Flags()
	config.AddFlags(fs, config.Answering)
	fs.StringArrayVar(&f.corpora, "corpus", nil, "corpus to measure on, format:path; may be repeated (required)")
	fs.BoolVar(&f.json, "json", false, "print the measures as JSON")
	fs.StringVar(&f.html, "html", "", "write the measures as a page, too")
	fs.StringVar(&f.errors, "errors", "", "write the wrong answers with text, evidence and features as JSON lines, the surest first")
	fs.BoolVar(&f.swap, "swap", false, "rename countries and count the answers that change (ten predictions per label)")
	f.addCommon(fs)
	return c
}

func runEvaluate(c *cobra.Command, f *flags) error {
	cfg, err := f.settings(c)
	if err != nil {
		return err
	}
	list, err := corporaOf(f.corpora)
	if len(f.corpora) == 0 {
		err = program.Fail(program.Usage, errors.New("no corpus to measure on; name one with --corpus format:path"))
	}
	if err != nil {
		return err
	}
	pl, err := program.Pipeline(cfg)
	if err != nil {
		return err
	}
	b, err := program.Bundle(cfg.Model)
	if err != nil {
		return err
	}
	r := &corpusReader{options: cfg.ReadOptions(),
		log: program.Logger(c.ErrOrStderr(), cfg.LogFormat, f.quiet)}
	examples, err := r.examples(c.Context(), list)
	if err != nil {
		return err
	}
	p := models.NewPredictor(b, pl)
	rep, err := assess(p, examples, strings.Join(f.corpora, ", "))
	if err != nil {
		return err
	}
	rep.ModelID, rep.Manifest = b.ID(), b.Manifest
	if f.swap {
		swap, err := evaluate.Swap(p, examples, evaluate.SwapCountries())
		if err != nil {
			return err
		}
		rep.Swap = &swap
	}
	if err := errors.Join(rep.writePage(f.html), rep.writeErrors(f.errors)); err != nil {
		return err
	}
	if !f.json {
		rep.print(c.OutOrStdout())
		return r.verdict()
	}
	text, err := rep.json()
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(c.OutOrStdout(), "%s", text); err != nil {
		return err
	}
	return r.verdict()
}
