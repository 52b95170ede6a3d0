package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"stance/internal/behaviour"
	"stance/internal/config"
	"stance/internal/program"
	"stance/models"
)

// behaveFlags are the flags of train behave alone.
type behaveFlags struct{ json, doc string }

func behaveCommand(f *flags) *cobra.Command {
	var o behaveFlags
	c := &cobra.Command{
		Use:   "behave [--model FILE]",
		Short: "Test a model on plain sentences, one capability at a time",
		Long: `behave asks a model about sentences made from templates and held-out words. By
capability, topic and stand it prints how many answers are right, have the opposite
sign, take a side where there is none, or miss one. It also compares answers to pairs
of texts: opposite acts, one act more, and changes that must not matter.
docs/behaviour.md explains the tests.

` + program.Codes(),
		Example: `  train behave --json behave.json`,
		Args:    program.Args(cobra.NoArgs),
		RunE:    func(c *cobra.Command, _ []string) error { return runBehave(c, f, o) },
	}
	fs := c.Flags()
	config.AddFlags(fs, config.Answering)
	fs.StringVar(&o.json, "json", "", "write every sentence, answer and outcome to this file")
	fs.StringVar(&o.doc, "doc", "", "put the tables between the marks of this Markdown file")
	f.addCommon(fs)
	return c
}

func runBehave(c *cobra.Command, f *flags, o behaveFlags) error {
	cfg, err := f.settings(c)
	if err != nil {
		return err
	}
	suite, err := behaviour.Default()
	if err != nil {
		return err
	}
	if cfg.Topics, err = suite.With(cfg.Topics); err != nil {
		return program.Fail(program.Usage, err)
	}
	pl, err := program.Pipeline(cfg)
	if err != nil {
		return err
	}
	b, err := program.Bundle(cfg.Model)
	if err != nil {
		return err
	}
	r, err := behaviour.Measure(c.Context(), models.NewPredictor(b, pl), suite)
	if err != nil {
		return err
	}
	r.Model = b.ID()
	if err := o.write(r); err != nil {
		return err
	}
	_, err = fmt.Fprint(c.OutOrStdout(), r.Text())
	return err
}

// write writes the files the flags ask for. It makes both before it writes one.
func (o behaveFlags) write(r *behaviour.Report) error {
	var document []byte
	if o.doc != "" {
		old, err := os.ReadFile(o.doc)
		if err != nil {
			return err
		}
		if document, err = r.Fill(old); err != nil {
			return fmt.Errorf("%s: %w", o.doc, err)
		}
	}
	if o.json != "" {
		text, err := json.MarshalIndent(r, "", "  ")
		if err != nil {
			return err
		}
		if err := replaceFile(o.json, append(text, '\n')); err != nil {
			return err
		}
	}
	if o.doc == "" {
		return nil
	}
	return replaceFile(o.doc, document)
}
