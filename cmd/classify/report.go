package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"stance/datasets"
	"stance/features"
	"stance/features/gazetteer"
	"stance/features/syntax"
	"stance/features/topic"
	"stance/internal/atomicfile"
	"stance/internal/output"
	"stance/internal/program"
	"stance/internal/report"
)

// reportFlags are the flags of classify report.
type reportFlags struct {
	selectionFlags
	page string
}

func reportCommand(f *flags) *cobra.Command {
	var r reportFlags
	c := &cobra.Command{
		Use:   "report DIR [--out FILE]",
		Short: "Make a page of what runs have found",
		Long: `report reads what is published under DIR and writes one HTML page: what changed since the earlier runs,
countries by topics, scores over time, a map, outlets, the clearest sentences, unusual input and
rejected records. The page needs no network. docs/report.md explains it.

` + program.Codes(),
		Example: `  classify report out
  classify report out --since 2026-03-01 --until 2026-03-31 --out march.html
  classify report out --topic taiwan --country Japan --out japan.html`,
		Args: program.Args(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error { return runReport(c, f, args[0], r) },
	}
	f.addCommon(c.Flags())
	r.add(c.Flags())
	c.Flags().StringVarP(&r.page, "out", "o", "report.html", "the page to write")
	c.Flags().SetNormalizeFunc(earlierNames)
	return c
}

// earlierNames lets --from and --to, as the flags were called, stand for
// --since and --until.
func earlierNames(_ *pflag.FlagSet, name string) pflag.NormalizedName {
	switch name {
	case "from":
		name = "since"
	case "to":
		name = "until"
	}
	return pflag.NormalizedName(name)
}

func runReport(c *cobra.Command, f *flags, dir string, r reportFlags) error {
	cfg, err := f.settings(c)
	if err != nil {
		return err
	}
	pl, err := program.Pipeline(cfg)
	if err != nil {
		return err
	}
	s, err := r.selection(pl.Gazetteer)
	if r.page == "" {
		err = errors.Join(err, errors.New("no page to write; name one with --out FILE"))
	}
	if err != nil {
		return program.Fail(program.Usage, err)
	}
	s.Acts = acting(pl)
	found, err := output.ReadFindings(dir, s)
	if err != nil {
		return err
	}
	view := report.Findings{Findings: found, Topic: s.Topic, Country: s.Country,
		Proposition: propositions(cfg.Topics), CountryName: pl.Gazetteer.Name}
	if err := writePage(r.page, view); err != nil {
		return err
	}
	if !f.quiet {
		fmt.Fprintf(c.ErrOrStderr(), "%d dates, %d articles: see %s.\n", len(found.Runs),
			view.Articles(), r.page)
	}
	return nil
}

// acting reports of sentences whether they tell an act of a country: it governs
// a verb, and no other country comes before it but those it is listed with, so
// that "Poland condemned Russian attacks" is none of Russia's. It serves one
// goroutine.
func acting(pl *features.Pipeline) func(sentence, country, topicID string) bool {
	var scratch features.Scratch
	return func(sentence, country, topicID string) bool {
		an := pl.Text(sentence)
		q := syntax.Question{Task: datasets.TaskStance, Country: country, Topic: -1}
		for i, t := range pl.Topics.Topics {
			if t.ID == topicID {
				q.Topic, q.Stand = i, pl.Topics.Stand(i, country)
			}
		}
		for i, m := range an.Mentions {
			if m.Country == country {
				q.Mentions = append(q.Mentions, i)
			}
		}
		if len(q.Mentions) == 0 || !listed(sentence, an.Mentions[:q.Mentions[0]+1]) {
			return false
		}
		if q.Topic < 0 {
			return true
		}
		pl.Features(an, q, &scratch)
		return len(scratch.Acting()) > 0
	}
}

// listed reports whether mentions follow each other with nothing between them
// but what joins a list.
func listed(sentence string, mentions []gazetteer.Mention) bool {
	for i := 1; i < len(mentions); i++ {
		between := sentence[mentions[i-1].End:max(mentions[i-1].End, mentions[i].Start)]
		for word := range strings.FieldsSeq(strings.ReplaceAll(between, ",", " ")) {
			if !slices.Contains([]string{"and", "&", "the", "both"}, word) {
				return false
			}
		}
	}
	return true
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
