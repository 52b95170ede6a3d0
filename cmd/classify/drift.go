package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"stance/features/gazetteer"
	"stance/internal/output"
	"stance/internal/program"
	"stance/internal/report"
)

func driftCommand(f *flags) *cobra.Command {
	var until string
	var asJSON bool
	c := &cobra.Command{
		Use:   "drift DIR",
		Short: "Say in words what of the newest run is unlike the runs before it",
		Long: `drift compares the newest run under DIR with up to 28 runs before it and prints what is unusual, a
sentence a line. It ends with 7 when something is, so that one can alert on it. Fewer than 5 earlier
runs say nothing. docs/report.md has the rules.

` + program.Codes(),
		Example: `  classify drift out
  classify drift out --until 2026-03-28 --json`,
		Args: program.Args(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			return runDrift(c, f, args[0], until, asJSON)
		},
	}
	f.addCommon(c.Flags())
	c.Flags().StringVar(&until, "until", "", "the run date to judge, YYYY-MM-DD (default: the last there is)")
	c.Flags().BoolVar(&asJSON, "json", false, "print all measures as JSON")
	return c
}

func runDrift(c *cobra.Command, f *flags, dir, until string, asJSON bool) error {
	if _, err := f.settings(c); err != nil {
		return err
	}
	last, err := dayOf("--until", until)
	if err != nil {
		return program.Fail(program.Usage, err)
	}
	g, err := gazetteer.Default()
	if err != nil {
		return err
	}
	found, err := output.ReadFindings(dir, output.Selection{Last: last})
	if err != nil {
		return err
	}
	d := report.DriftOf(found, g.Name)
	if err := printDrift(c.OutOrStdout(), d, asJSON); err != nil {
		return err
	}
	if !f.quiet {
		fmt.Fprintln(c.ErrOrStderr(), driftVerdict(d))
	}
	if d.Unusual > 0 {
		return &program.Failure{Code: program.Drifted}
	}
	return nil
}

// printDrift writes the unusual measures as sentences, or all as JSON.
func printDrift(w io.Writer, d report.Drift, asJSON bool) error {
	if asJSON {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(d)
	}
	for _, m := range d.Watched[:d.Unusual] {
		if _, err := fmt.Fprintln(w, m.Words); err != nil {
			return err
		}
	}
	return nil
}

// driftVerdict sums up in one sentence.
func driftVerdict(d report.Drift) string {
	if !d.Enough {
		return fmt.Sprintf("Whether %s is unusual cannot be told: that takes 5 earlier runs, and there are %d.", d.Date, d.Earlier)
	}
	return fmt.Sprintf("%d of %d measures of %s are unusual against %d earlier runs.", d.Unusual,
		len(d.Watched), d.Date, d.Earlier)
}
