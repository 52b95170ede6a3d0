package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"stance/internal/output"
	"stance/internal/program"
)

func verifyCommand(f *flags) *cobra.Command {
	c := &cobra.Command{
		Use:   "verify DIR",
		Short: "Check that what is published is still what was written",
		Long: `verify reads every part under DIR and checks its sum against its footer, that no part is missing and that nothing
else lies there. It prints one line per date.

` + program.Codes(),
		Example: `  classify verify out`,
		Args:    program.Args(cobra.ExactArgs(1)),
		RunE:    func(c *cobra.Command, args []string) error { return runVerify(c, args[0]) },
	}
	f.addCommon(c.Flags())
	return c
}

func runVerify(c *cobra.Command, root string) error {
	reports, err := output.Verify(root)
	if err != nil {
		return err
	}
	faults := 0
	for _, r := range reports {
		faults += len(r.Faults)
		if r.Date != "" {
			state := "whole"
			if len(r.Faults) > 0 {
				state = "damaged"
			}
			fmt.Fprintf(c.OutOrStdout(), "%s  %-7s  %d parts, %d bytes, %d rows, %d articles, %d rejected\n",
				r.Date, state, r.Parts, r.Bytes, r.Rows, r.Articles, r.Quarantined)
		}
		for _, fault := range r.Faults {
			fmt.Fprintf(c.OutOrStdout(), "  %s\n", fault)
		}
	}
	switch {
	case faults > 0:
		return fmt.Errorf("%d faults under %s; run the dates again", faults, root)
	case len(reports) == 0:
		return errors.New("no published date under " + root + "; is it the folder given as --out?")
	}
	return nil
}
