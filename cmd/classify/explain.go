package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/spf13/cobra"

	"stance/datasets"
	"stance/datasets/format"
	"stance/features"
	"stance/internal/batch"
	"stance/internal/config"
	"stance/internal/program"
	"stance/internal/report"
	"stance/models"
)

// explainFlags are the flags of explain.
type explainFlags struct {
	country, topic, id string
	as, colour         string
}

func explainCommand(f *flags) *cobra.Command {
	e := &explainFlags{}
	c := &cobra.Command{
		Use:   "explain FILE",
		Short: "Show an article with countries, topics and the words that decided",
		Long: `explain reads articles from FILE (- for standard input), answers for them, and says why: the article with countries,
topics and deciding words marked, and for every country beside every topic the probabilities, the deciding sentence and the
words with their signed shares of the score. Nothing is published.

` + program.Codes(),
		Example: `  classify explain article.txt
  classify explain articles.jsonl --id a17 --country POL
  classify explain article.txt --format html > article.html`,
		Args: program.Args(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error { return runExplain(c, f, e, args[0]) },
	}
	fs := c.Flags()
	f.addCommon(fs)
	config.AddFlags(fs, config.Answering)
	config.AddFlagAs(fs, "format", "input-format")
	f.addMap(fs)
	fs.StringVar(&e.country, "country", "", "only this country, by its code or name (POL, Poland)")
	fs.StringVar(&e.topic, "topic", "", "only this topic, by its id")
	fs.StringVar(&e.id, "id", "", "only the article with this id")
	fs.StringVar(&e.as, "format", "text", "what to print: text, json or html")
	fs.StringVar(&e.colour, "color", "auto", "colours in text: auto, always or never; without them marks are signs")
	return c
}

func runExplain(c *cobra.Command, f *flags, e *explainFlags, path string) error {
	cfg, err := f.settings(c)
	if err != nil {
		return err
	}
	pl, err := program.Pipeline(cfg)
	if err != nil {
		return err
	}
	if err := e.check(pl); err != nil {
		return program.Fail(program.Usage, err)
	}
	if err := format.Detect(path, cfg.ReadOptions()); err != nil {
		return program.Fail(program.Schema, fmt.Errorf("%w with --input-format", err))
	}
	b, err := program.Bundle(cfg.Model)
	if err != nil {
		return err
	}
	return e.run(c, cfg, models.NewPredictor(b, pl), b.ID(), path)
}

// run explains the articles of a file one after the other.
func (e *explainFlags) run(c *cobra.Command, cfg config.Config, p *models.Predictor, modelID,
	path string) error {
	shown, rejected := 0, 0
	// of one article, so that nothing is printed before it is known to be the
	// only one of a page
	var out bytes.Buffer
	for example, err := range e.articles(c, cfg, path) {
		var bad *datasets.RecordError
		if errors.As(err, &bad) {
			rejected++
			fmt.Fprintln(c.ErrOrStderr(), bad)
			continue
		}
		if err != nil {
			return err
		}
		if e.id != "" && example.ID != e.id {
			continue
		}
		if shown++; shown > 1 && e.as == "html" {
			return program.Fail(program.Usage, errors.New("a page holds one article and the input has more; choose one with --id"))
		}
		if bad = batch.TooCostly(p, &example.Article); bad != nil {
			rejected++
			fmt.Fprintln(c.ErrOrStderr(), bad)
			continue
		}
		if err := e.show(c, &out, p, modelID, example.Article); err != nil {
			return err
		}
		if e.as != "html" {
			if _, err := out.WriteTo(c.OutOrStdout()); err != nil {
				return err
			}
		}
	}
	if _, err := out.WriteTo(c.OutOrStdout()); err != nil {
		return err
	}
	switch {
	case rejected > 0:
		return &program.Failure{Code: program.Quarantined}
	case shown == 0:
		return program.Fail(program.Usage, fmt.Errorf("no article to explain in %s; check the file and --id", path))
	}
	return nil
}

// colours reports whether text on w gets colours.
func (e *explainFlags) colours(w io.Writer) bool {
	return e.colour == "always" || e.colour == "auto" && program.Colour(w)
}

// articles reads the input; - is standard input.
func (e *explainFlags) articles(c *cobra.Command, cfg config.Config,
	path string) iter.Seq2[datasets.Example, error] {
	if path == "-" {
		return format.Decode(c.Context(), c.InOrStdin(), path, cfg.ReadOptions())
	}
	return format.Read(c.Context(), path, cfg.ReadOptions())
}

// check reports every fault of the flags.
func (e *explainFlags) check(pl *features.Pipeline) error {
	var faults []error
	if e.country != "" {
		code, err := program.FindCountry(pl.Gazetteer, e.country)
		if err != nil {
			faults = append(faults, fmt.Errorf("--country: %w", err))
		}
		e.country = code
	}
	var topics []string
	for _, t := range pl.Topics.Topics {
		topics = append(topics, t.ID)
	}
	faults = append(faults, program.OneOf("--topic", e.topic, append(topics, "")), program.OneOf("--format", e.as, []string{"text", "json", "html"}),
		program.OneOf("--color", e.colour, []string{"auto", "always", "never"}))
	return errors.Join(faults...)
}

// show explains one article.
func (e *explainFlags) show(c *cobra.Command, w io.Writer, p *models.Predictor, modelID string,
	a datasets.Article) error {
	explanation, err := p.Explain(c.Context(), a)
	if err != nil {
		return err
	}
	x := report.Explained{ID: a.ID, Explanation: explanation, ModelID: modelID,
		CountryName: p.CountryName,
		Proposition: p.Proposition, Country: e.country, Topic: e.topic}
	switch e.as {
	case "json":
		return x.JSON(w)
	case "html":
		return x.HTML(w)
	}
	return x.Text(w, report.TextOptions{Colour: e.colours(c.OutOrStdout())})
}
