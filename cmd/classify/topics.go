package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"stance/features/topic"
	"stance/internal/program"
	"stance/internal/suggest"
)

func topicsCommand(f *flags) *cobra.Command {
	c := &cobra.Command{
		Use:     "topics [ID…]",
		Aliases: []string{"topic"},
		Short:   "List the topics with their propositions and sides",
		Long: `topics lists the topics of the settings: the proposition and the sides that stand to it by
definition. With ID it also lists the words that name the topic.

` + program.Codes(),
		Args: cobra.ArbitraryArgs,
		Example: `  classify topics
  classify topics ukraine --config config.yaml`,
		RunE: func(c *cobra.Command, ids []string) error { return runTopics(c, f, ids) },
	}
	f.addConfig(c.Flags())
	c.AddCommand(topicTestCommand(f))
	return c
}

func runTopics(c *cobra.Command, f *flags, ids []string) error {
	cfg, err := f.settings(c)
	if err != nil {
		return err
	}
	if _, err := program.Pipeline(cfg); err != nil {
		return err
	}
	var known []string
	for _, t := range cfg.Topics {
		known = append(known, t.ID)
	}
	for _, id := range ids {
		if !slices.Contains(known, id) {
			return program.Fail(program.Usage, fmt.Errorf("no topic %q; there are %s%s",
				id, strings.Join(known, ", "), suggest.Hint(id, known)))
		}
	}
	for _, t := range cfg.Topics {
		if len(ids) == 0 || slices.Contains(ids, t.ID) {
			if err := printTopic(c.OutOrStdout(), t, len(ids) > 0); err != nil {
				return err
			}
		}
	}
	return nil
}

// printTopic writes a topic in words.
func printTopic(w io.Writer, t topic.Topic, terms bool) error {
	text := fmt.Sprintf("%s\n  %s\n  for      %s\n  against  %s\n",
		t.ID, t.Proposition, sideInWords(t.For), sideInWords(t.Against))
	if terms {
		text += fmt.Sprintf("  terms    %s\n", strings.Join(t.Terms, ", "))
	}
	_, err := fmt.Fprint(w, text)
	return err
}

// sideInWords lists the countries of a side and the words for its cause.
func sideInWords(s topic.Side) string {
	return strings.Join(slices.Concat(s.Countries, s.Terms), ", ")
}
