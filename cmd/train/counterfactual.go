package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"stance/datasets"
	"stance/internal/program"
	"stance/models/counterfactual"
)

// counterfactualFlags are the flags of train counterfactual alone.
type counterfactualFlags struct {
	show int
	axis string
	counterfactual.Options
}

func counterfactualCommand(f *flags) *cobra.Command {
	var o counterfactualFlags
	c := &cobra.Command{
		Use:   "counterfactual [--corpus format:path …]",
		Short: "Show pairs of training examples that differ in one act",
		Long: `counterfactual turns single acts in labelled texts into others, such as "approved" into
"vetoed", and says how many pairs of original and edit come out along which axis.
--show prints some of them. models/counterfactual/README.md has the rules.

` + corpusHelp + `

` + program.Codes(),
		Example: `  train counterfactual --corpus 'stance:datasets/sample/labelled-*.jsonl' --show 20`,
		Args:    program.Args(cobra.NoArgs),
		RunE:    func(c *cobra.Command, _ []string) error { return runCounterfactual(c, f, o) },
	}
	fs := c.Flags()
	fs.StringArrayVar(&f.corpora, "corpus", nil, "corpus to edit, format:path; may be repeated (default: train.corpora of the config)")
	fs.IntVar(&o.show, "show", 0, "print so many pairs, chosen by the seed")
	fs.Uint64Var(&o.Seed, "seed", 1, "seed of all choices")
	fs.IntVar(&o.PerText, "per-text", 0, "pairs of one source text at most (0: 8)")
	fs.IntVar(&o.PerTopic, "per-topic", 0, "pairs of one axis and topic at most (0: 240)")
	fs.IntVar(&o.PerVerb, "per-verb", 0, "pairs of one axis and verb at most (0: 100)")
	fs.IntVar(&o.PerRule, "per-rule", 0, "pairs of one edit at most (0: 60)")
	fs.StringVar(&o.axis, "axis", "", "only this axis: "+strings.Join(counterfactual.Axes(), ", "))
	f.addCommon(fs)
	return c
}

func runCounterfactual(c *cobra.Command, f *flags, o counterfactualFlags) error {
	if o.axis != "" && !slices.Contains(counterfactual.Axes(), o.axis) {
		return program.Fail(program.Usage,
			fmt.Errorf("axis %q; choose one of %s", o.axis, strings.Join(counterfactual.Axes(), ", ")))
	}
	cfg, err := f.settings(c)
	if err != nil {
		return err
	}
	if len(f.corpora) > 0 {
		if cfg.Train.Corpora, err = corporaOf(f.corpora); err != nil {
			return err
		}
	}
	pl, err := program.Pipeline(cfg)
	if err != nil {
		return err
	}
	g, err := counterfactual.New(pl)
	if err != nil {
		return err
	}
	r := &corpusReader{options: cfg.ReadOptions(),
		log: program.Logger(c.ErrOrStderr(), cfg.LogFormat, f.quiet)}
	examples, err := r.examples(c.Context(), cfg.Train.Corpora)
	if err != nil {
		return err
	}
	pairs := g.Pairs(examples, o.Options)
	if o.axis != "" {
		pairs = slices.DeleteFunc(pairs, func(p counterfactual.Pair) bool {
			return p.Axis != o.axis
		})
	}
	w := c.OutOrStdout()
	for _, p := range counterfactual.Sample(pairs, o.show) {
		printPair(w, p)
	}
	if err := printCounts(w, pairs); err != nil {
		return err
	}
	return r.verdict()
}

// printPair writes both members of a pair with their labels.
func printPair(w io.Writer, p counterfactual.Pair) {
	fmt.Fprintf(w, "%s, %s, %s: %s, %s\n", p.Axis, p.Unit, p.Topic, p.Verb, p.Rule)
	for _, e := range []datasets.Example{p.Original, p.Edit} {
		var labels []string
		for _, l := range e.Labels {
			labels = append(labels, l.Country+" "+l.Answer)
		}
		fmt.Fprintf(w, "  %s  [%s]\n", strings.TrimSpace(e.Title+" "+e.Text), strings.Join(labels, ", "))
	}
	fmt.Fprintln(w)
}

// printCounts writes how many pairs there are by axis and direction, and by
// topic.
func printCounts(w io.Writer, pairs []counterfactual.Pair) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	counts := map[string]int{}
	for _, p := range pairs {
		counts[fmt.Sprintf("%s\t%s\t%s to %s", p.Axis, p.Unit, p.From, p.To)]++
		counts["topic\t"+p.Topic+"\t"]++
	}
	var rows []string
	for row := range counts {
		rows = append(rows, row)
	}
	slices.Sort(rows)
	for _, row := range rows {
		fmt.Fprintf(tw, "%s\t%d\n", row, counts[row])
	}
	fmt.Fprintf(tw, "all\tpairs\t\t%d\nall\texamples\t\t%d\n", len(pairs),
		len(counterfactual.Examples(pairs)))
	return tw.Flush()
}
