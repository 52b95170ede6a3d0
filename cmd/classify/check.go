package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"stance/datasets"
	"stance/datasets/format"
	"stance/internal/config"
	"stance/internal/program"
)

func checkCommand(f *flags) *cobra.Command {
	c := &cobra.Command{
		Use:   "check INPUT…",
		Short: "Read inputs and report the records that would be rejected",
		Long: `check reads inputs as classify would and writes nothing but its report: one line per rejected record,
file:line: reason: what is wrong. It looks at records one by one: an id that stands twice shows only in a run.

` + program.Codes(),
		Example: `  classify check 'feeds/*.jsonl.gz'
  classify check - --format csv < articles.csv`,
		Args: program.Args(cobra.MinimumNArgs(1)),
		RunE: func(c *cobra.Command, args []string) error { return runCheck(c, f, args) },
	}
	f.addCommon(c.Flags())
	config.AddFlags(c.Flags(), config.Reading)
	return c
}

func runCheck(c *cobra.Command, f *flags, args []string) error {
	cfg, err := f.settings(c)
	if err != nil {
		return err
	}
	found, err := inputs(args, cfg.ReadOptions())
	if err != nil {
		return err
	}
	good, bad := 0, 0
	for _, in := range found {
		n, err := format.Count(c.Context(), in.Path, cfg.ReadOptions(), func(rejected *datasets.RecordError) {
			bad++
			fmt.Fprintln(c.OutOrStdout(), rejected)
		})
		if err != nil {
			return err
		}
		good += n
	}
	if !f.quiet {
		fmt.Fprintf(c.ErrOrStderr(), "%d files, %d records read, %d rejected.\n", len(found), good, bad)
	}
	if bad > 0 {
		return &program.Failure{Code: program.Quarantined}
	}
	return nil
}
