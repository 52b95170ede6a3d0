package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"stance/datasets"
	"stance/datasets/format"
	"stance/features/gazetteer"
	"stance/internal/atomicfile"
	"stance/internal/batch"
	"stance/internal/config"
	"stance/internal/labelling"
	"stance/internal/program"
	"stance/models"
)

// mostAnswers is the size of a file of answers that is read.
const mostAnswers = 1 << 30

func labelCommand(f *flags) *cobra.Command {
	c := &cobra.Command{
		Use:   "label",
		Short: "Choose texts worth labelling, and take the labels back",
		Long: `label export writes questions for a labelling tool; label import reads the answers and writes a corpus that
train learns from. docs/labels.md has the steps for each tool.

` + toolsHelp() + `

` + program.Codes(),
		Example: `  train label export 'feeds/*.jsonl' --tool csv --number 200 --out tasks.csv
  train label import tasks-anna.csv tasks-ben.csv --tool csv --out labels.jsonl`,
		Args: program.Args(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			return program.Fail(program.Usage, errors.New("say train label export or train label import; see train label --help"))
		},
	}
	c.AddCommand(labelExportCommand(f), labelImportCommand(f))
	return c
}

// toolsHelp lists the tools there are.
func toolsHelp() string {
	lines := []string{"Tools:"}
	for _, t := range labelling.Tools() {
		lines = append(lines, fmt.Sprintf("  %-13s %s", t.Name, t.What))
	}
	return strings.Join(lines, "\n")
}

// labelFlags are the flags of label export.
type labelFlags struct {
	labelling.Choice
	tool  string
	quota string
	blind bool
}

func labelExportCommand(f *flags) *cobra.Command {
	var l labelFlags
	c := &cobra.Command{
		Use:   "export INPUT… --tool NAME --out FILE",
		Short: "Choose questions and write them for a labelling tool",
		Long: `export asks the model about the articles and writes the questions that a person should answer, with the model's
answers as pre-annotations. It takes as many from each part of the quota, and within a part those the model is unsure of
more often. The same seed and articles give the same questions, whatever the order of the input.

` + toolsHelp() + `

` + program.Codes(),
		Example: `  train label export 'feeds/*.jsonl' --tool label-studio --number 200 --out tasks.json
  train label export articles.csv --tool csv --quota topic,country --topic taiwan --blind --out tasks.csv
  train label export articles.jsonl --tool doccano --by random --number 50 --out audit.jsonl`,
		Args: program.Args(cobra.MinimumNArgs(1)),
		RunE: func(c *cobra.Command, args []string) error { return runLabelExport(c, f, args, l) },
	}
	fs := c.Flags()
	fs.StringVar(&l.tool, "tool", "csv", "csv, doccano, label-studio or prodigy")
	fs.IntVarP(&l.N, "number", "n", 200, "questions to choose")
	fs.StringVar(&l.By, "by", "uncertainty", "prefer questions of great uncertainty, or random")
	fs.StringVar(&l.quota, "quota", "topic,answer", "what to spread the questions over: topic, country, answer; \"\" for nothing")
	fs.Uint64Var(&l.Seed, "choice-seed", 1, "seed of the choice")
	fs.StringVar(&l.Topic, "topic", "", "only this topic")
	fs.StringVar(&l.Country, "country", "", "only this country, by code or name")
	fs.BoolVar(&l.blind, "blind", false, "leave the model's answers out, which sway people")
	fs.StringVarP(&f.out, "out", "o", "", "file to write (default: standard output)")
	config.AddFlags(fs, config.Answering, config.Reading)
	f.addCommon(fs)
	return c
}

func runLabelExport(c *cobra.Command, f *flags, args []string, l labelFlags) error {
	cfg, err := f.settings(c)
	if err != nil {
		return err
	}
	pl, err := program.Pipeline(cfg)
	if err != nil {
		return err
	}
	tool, err := l.check(pl.Gazetteer, cfg)
	if err != nil {
		return program.Fail(program.Usage, err)
	}
	b, err := program.Bundle(cfg.Model)
	if err != nil {
		return err
	}
	found, err := format.Expand(args, nil)
	if err != nil {
		return program.Fail(program.Usage, err)
	}
	chooser := labelling.NewChooser(l.Choice)
	rejected, err := showAll(c.Context(), found, cfg.ReadOptions(), models.NewPredictor(b, pl),
		chooser)
	if err != nil {
		return err
	}
	tasks := chooser.Tasks()
	if len(tasks) == 0 {
		return fmt.Errorf("no country beside a topic in these articles, so there is nothing to ask; check INPUT, --topic and --country")
	}
	if l.blind {
		for i := range tasks {
			tasks[i] = tasks[i].Blind()
		}
	}
	var text bytes.Buffer
	if err := tool.Write(&text, tasks); err != nil {
		return err
	}
	if err := writeOut(c.OutOrStdout(), f.out, text.Bytes()); err != nil {
		return err
	}
	if !f.quiet {
		fmt.Fprintf(c.ErrOrStderr(), "%d of %d questions for %s.\n", len(tasks), chooser.Shown,
			tool.Name)
	}
	if rejected > 0 {
		return program.Fail(program.Quarantined, fmt.Errorf("done, but %d records of the input were rejected", rejected))
	}
	return nil
}

// check reports all faults of the flags and finds the tool.
func (l *labelFlags) check(g *gazetteer.Gazetteer, cfg config.Config) (labelling.Tool, error) {
	tool, err := labelling.ToolNamed(l.tool)
	faults := []error{err}
	if l.N < 1 || l.N > 1_000_000 {
		faults = append(faults, fmt.Errorf("--number %d; give one from 1 to 1000000", l.N))
	}
	faults = append(faults, program.OneOf("--by", l.By, labelling.Ways()))
	for q := range strings.SplitSeq(l.quota, ",") {
		if q = strings.TrimSpace(q); q == "" {
			continue
		}
		faults = append(faults, program.OneOf("--quota", q, labelling.Quotas()))
		l.Quota = append(l.Quota, q)
	}
	if l.Country != "" {
		l.Country, err = program.FindCountry(g, l.Country)
		faults = append(faults, err)
	}
	topics := []string{""}
	for _, t := range cfg.Topics {
		topics = append(topics, t.ID)
	}
	faults = append(faults, program.OneOf("--topic", l.Topic, topics))
	return tool, errors.Join(faults...)
}

// showAll shows the questions of all articles to a chooser.
func showAll(ctx context.Context, inputs []format.Input, o format.Options, p *models.Predictor,
	chooser *labelling.Chooser) (rejected int, err error) {
	for _, in := range inputs {
		for example, err := range format.Read(ctx, in.Path, o) {
			var bad *datasets.RecordError
			if errors.As(err, &bad) {
				rejected++
				continue
			}
			if err != nil {
				return rejected, err
			}
			if batch.TooCostly(p, &example.Article) != nil {
				rejected++
				continue
			}
			r, err := p.Predict(ctx, example.Article)
			if err != nil {
				return rejected, err
			}
			for _, one := range r.Predictions {
				if t, ok := labelling.NewTask(example.Article, one, p.CountryName(one.Country),
					p.Proposition(one.Topic)); ok {
					chooser.Add(t)
				}
			}
		}
	}
	return rejected, nil
}

// writeOut writes to a file, or to w when there is no path.
func writeOut(w io.Writer, path string, text []byte) error {
	if path == "" {
		_, err := w.Write(text)
		return err
	}
	return atomicfile.Write(path, text)
}

func labelImportCommand(f *flags) *cobra.Command {
	var tool, review string
	c := &cobra.Command{
		Use:   "import FILE… --tool NAME --out FILE",
		Short: "Read answers from a labelling tool and write a corpus",
		Long: `import reads the answers by the id that export gave each question, checks that nothing but the answer has changed,
and writes the answers of the majority as a corpus of format stance. It prints how far people agree with each other
(Krippendorff's alpha) and with the model, and what they contradict each other in. A file that names no annotator is
one person's.

` + toolsHelp() + `

` + program.Codes(),
		Example: `  train label import anna.csv ben.csv --tool csv --out labels.jsonl
  train label import project-1.json --tool label-studio --out labels.jsonl --review agreement.json
  train --corpus stance:labels.jsonl --corpus 'stance:datasets/sample/labelled-*.jsonl'`,
		Args: program.Args(cobra.MinimumNArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			return runLabelImport(c, f, args, tool, review)
		},
	}
	fs := c.Flags()
	fs.StringVar(&tool, "tool", "csv", "csv, doccano, label-studio or prodigy")
	fs.StringVarP(&f.out, "out", "o", "", "corpus to write (required)")
	fs.StringVar(&review, "review", "", "write agreement and all contradictions as JSON to this file")
	f.addCommon(fs)
	return c
}

func runLabelImport(c *cobra.Command, f *flags, args []string, toolName, reviewPath string) error {
	if _, err := f.settings(c); err != nil {
		return err
	}
	tool, err := labelling.ToolNamed(toolName)
	if f.out == "" {
		err = errors.Join(err, errors.New("no corpus to write; name one with --out FILE"))
	}
	if err != nil {
		return program.Fail(program.Usage, err)
	}
	var answers []labelling.Answer
	var faults []error
	for _, path := range args {
		text, err := readAnswers(path)
		if err == nil {
			var list []labelling.Answer
			list, err = tool.Read(text, filepath.Base(path))
			answers = append(answers, list...)
		}
		faults = append(faults, err)
	}
	if err := errors.Join(faults...); err != nil {
		return program.Fail(program.Schema, err)
	}
	if len(answers) == 0 {
		return program.Fail(program.Schema, errors.New("no task has an answer; are these the files that the tool wrote?"))
	}
	review, examples := labelling.ReviewAnswers(answers)
	var text bytes.Buffer
	if err := labelling.WriteCorpus(&text, examples); err != nil {
		return err
	}
	if err := atomicfile.Write(f.out, text.Bytes()); err != nil {
		return err
	}
	if reviewPath != "" {
		text, err := json.MarshalIndent(review, "", "  ")
		if err == nil {
			err = replaceFile(reviewPath, append(text, '\n'))
		}
		if err != nil {
			return err
		}
	}
	if f.quiet {
		return nil
	}
	if _, err := fmt.Fprint(c.OutOrStdout(), review); err != nil {
		return err
	}
	fmt.Fprintf(c.ErrOrStderr(), "Wrote %d labels of %d articles to %s. To learn from them: train --corpus stance:%[3]s\n", review.Tasks-review.Left, len(examples), f.out)
	return nil
}

// readAnswers reads a file whole.
func readAnswers(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, mostAnswers+1))
	if err == nil && len(text) > mostAnswers {
		err = fmt.Errorf("%s has more than %d bytes; divide it", path, mostAnswers)
	}
	return text, err
}
