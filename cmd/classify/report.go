package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"stance/features/topic"
	"stance/internal/atomicfile"
	"stance/internal/output"
	"stance/internal/program"
	"stance/internal/report"
)

// evidencePerSide is how many sentences a report shows for each side of a topic.
const evidencePerSide = 3

func reportCommand(f *flags) *cobra.Command {
	var from, to, page string
	c := &cobra.Command{
		Use:   "report DIR --out FILE",
		Short: "Make a page of what runs have found",
		Long: `report reads what is published under DIR and writes one HTML page: by topic, the countries with their mean score, over
time where there are several days, the clearest sentences, and the rejected records. The page needs no network.

` + program.Codes(),
		Example: `  classify report out --out report.html
  classify report out --from 2026-03-01 --to 2026-03-31 --out march.html`,
		Args: program.Args(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error { return runReport(c, f, args[0], from, to, page) },
	}
	f.addCommon(c.Flags())
	c.Flags().StringVar(&from, "from", "", "first run date, YYYY-MM-DD (default: the first there is)")
	c.Flags().StringVar(&to, "to", "", "last run date, YYYY-MM-DD (default: the last there is)")
	c.Flags().StringVarP(&page, "out", "o", "", "the page to write (required)")
	return c
}

func runReport(c *cobra.Command, f *flags, dir, from, to, page string) error {
	cfg, err := f.settings(c)
	if err != nil {
		return err
	}
	first, err1 := dayOf("--from", from)
	last, err2 := dayOf("--to", to)
	if page == "" {
		err = errors.New("no page to write; name one with --out FILE")
	}
	if err := errors.Join(err1, err2, err); err != nil {
		return program.Fail(program.Usage, err)
	}
	found, err := output.ReadFindings(dir, first, last, evidencePerSide)
	if err != nil {
		return err
	}
	view := report.Findings{Findings: found, Proposition: propositions(cfg.Topics)}
	if err := writePage(page, view); err != nil {
		return err
	}
	if !f.quiet {
		fmt.Fprintf(c.ErrOrStderr(), "%d dates, %d articles: see %s.\n", len(found.Dates), found.Articles, page)
	}
	return nil
}

// dayOf parses the value of a flag; "" is the zero time.
func dayOf(flag, value string) (time.Time, error) {
	if value == "" {
		return time.Time{}, nil
	}
	day, err := time.Parse(time.DateOnly, value)
	if err != nil {
		return day, fmt.Errorf("%s %q is no date; write it as 2026-03-29", flag, value)
	}
	return day, nil
}

// propositions looks up what topics stand for; "" for an unknown one.
func propositions(topics []topic.Topic) func(string) string {
	return func(id string) string {
		for _, t := range topics {
			if t.ID == id {
				return t.Proposition
			}
		}
		return ""
	}
}

// writePage replaces the file at path in one step.
func writePage(path string, view report.Findings) error {
	f, err := atomicfile.Create(path)
	if err == nil {
		defer f.Abort()
		if err = view.HTML(f); err == nil {
			err = f.Commit()
		}
	}
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}
