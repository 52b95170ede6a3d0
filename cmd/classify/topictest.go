package main

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/spf13/cobra"

	"stance/datasets"
	"stance/datasets/format"
	"stance/features/topic"
	"stance/internal/batch"
	"stance/internal/config"
	"stance/internal/program"
	"stance/internal/report"
	"stance/models"
)

func topicTestCommand(f *flags) *cobra.Command {
	c := &cobra.Command{
		Use:   "test TOPIC.yaml INPUT…",
		Short: "Show what a new topic finds in articles, with examples of every answer",
		Long: `test reads the topics of a file that are not built in and shows, for each, which of its terms hit, which countries
stand beside it on which side, and up to 5 examples of every answer. It warns of terms that hit nothing or nearly all, and
of sides that nobody takes. It writes nothing.

` + program.Codes(),
		Example: `  classify topics test gaza.yaml articles.jsonl
  classify topics test gaza.yaml 'feeds/*.jsonl.gz' --model mine.bundle`,
		Args: program.Args(cobra.MinimumNArgs(2)),
		RunE: func(c *cobra.Command, args []string) error {
			return runTopicTest(c, f, args[0], args[1:])
		},
	}
	fs := c.Flags()
	config.AddFlags(fs, config.Answering, config.Reading, config.Speaking)
	f.addMap(fs)
	return c
}

func runTopicTest(c *cobra.Command, f *flags, path string, args []string) error {
	f.config = path
	cfg, err := f.settings(c)
	if err != nil {
		return err
	}
	pl, err := program.Pipeline(cfg)
	if err != nil {
		return err
	}
	tests, err := topicTests(cfg.Topics)
	if err != nil {
		return program.Fail(program.Usage, err)
	}
	found, err := f.inputs(c.ErrOrStderr(), args, cfg.ReadOptions())
	if err != nil {
		return err
	}
	b, err := program.Bundle(cfg.Model)
	if err != nil {
		return err
	}
	p, rejected := models.NewPredictor(b, pl), 0
	for _, in := range found {
		for example, err := range format.Read(c.Context(), in.Path, cfg.ReadOptions()) {
			var bad *datasets.RecordError
			if errors.As(err, &bad) {
				rejected++
				continue
			}
			if err != nil {
				return err
			}
			if batch.TooCostly(p, &example.Article) != nil {
				rejected++
				continue
			}
			r, err := p.Predict(c.Context(), example.Article)
			if err != nil {
				return err
			}
			for _, t := range tests {
				t.Add(r)
			}
		}
	}
	for i, t := range tests {
		text := t.Text()
		if i > 0 {
			text = "\n" + text
		}
		if _, err := fmt.Fprint(c.OutOrStdout(), text); err != nil {
			return err
		}
	}
	if rejected > 0 {
		return program.Fail(program.Quarantined,
			fmt.Errorf("done, but %d records were rejected", rejected))
	}
	return nil
}

// topicTests starts a test for each topic that is not built in as it stands.
func topicTests(topics []topic.Topic) (tests []*report.TopicTest, err error) {
	builtIn, err := config.BuiltInTopics()
	if err != nil {
		return nil, err
	}
	for _, t := range topics {
		known := false
		for _, b := range builtIn {
			known = known || reflect.DeepEqual(b, t)
		}
		if known {
			continue
		}
		test, err := report.NewTopicTest(t)
		if err != nil {
			return nil, err
		}
		tests = append(tests, test)
	}
	if len(tests) == 0 {
		return nil, errors.New("the file has no topic of its own; docs/config.md says how one is written")
	}
	return tests, nil
}
