package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"stance/internal/program"
	"stance/models"
)

func inspectCommand(f *flags) *cobra.Command {
	c := &cobra.Command{
		Use:   "inspect [FILE]",
		Short: "Say what a bundle is and where it comes from",
		Long: `inspect checks a bundle, the built-in one without FILE, and prints its manifest.

` + program.Codes(),
		Example: `  train inspect
  train inspect models/local.bundle --json`,
		Args: program.Args(cobra.MaximumNArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			return runInspect(c, f, strings.Join(args, ""))
		},
	}
	c.Flags().BoolVar(&f.json, "json", false, "print the manifest as JSON")
	return c
}

func runInspect(c *cobra.Command, f *flags, path string) error {
	b, err := program.Bundle(path)
	if err != nil {
		return err
	}
	if !f.json {
		printBundle(c.OutOrStdout(), b)
		return nil
	}
	text, err := json.MarshalIndent(b.Manifest, "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.OutOrStdout(), "%s\n", text)
	return err
}

// printBundle writes a manifest in words.
func printBundle(w io.Writer, b *models.Bundle) {
	m := b.Manifest
	fmt.Fprintf(w, "%-12s %s\n%-12s %d bytes\n%-12s %s\n", "model", b.ID(), "size", b.Size(), "kind", m.Kind)
	fmt.Fprintf(w, "%-12s c %g, tolerance %g, max_iter %d, alpha %g, balanced %t; min_df %d, max_weights %d, folds %d, seed %d\n", "settings",
		m.Settings.C, m.Settings.Tolerance, m.Settings.MaxIter, m.Settings.Alpha,
		m.Settings.Balanced,
		m.Options.Vocabulary.MinDF, m.Options.MaxWeights, m.Options.Folds, m.Seed)
	for _, h := range m.Heads {
		fmt.Fprintf(w, "%-12s %s: %s; %d columns, %d training rows\n", "head", h.Task,
			strings.Join(h.Classes, ", "),
			h.Columns, h.Rows)
	}
	for _, c := range m.Corpora {
		license := c.License
		if license == "" {
			license = "no licence stated"
		}
		fmt.Fprintf(w, "%-12s %s (%s, %s): %d examples, %d labels of weight %g, sha256 %.12s…\n", "corpus",
			c.Name, c.Format, license, c.Examples, c.Labels, c.Weight, c.SHA256)
	}
	for _, t := range m.Topics {
		fmt.Fprintf(w, "%-12s %s: %s\n", "topic", t.ID, t.Proposition)
	}
	for _, part := range m.Reading {
		fmt.Fprintf(w, "%-12s %.12s %s\n", "reading", part.Value, part.Name)
	}
}
