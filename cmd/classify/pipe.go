package main

import (
	"errors"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"stance/internal/batch"
	"stance/internal/config"
	"stance/internal/output"
	"stance/internal/pipe"
	"stance/internal/program"
)

// pipeFlags are the flags of the filters.
type pipeFlags struct {
	*flags
	runID, name string
}

func pipeCommand(f *flags) *cobra.Command {
	p := &pipeFlags{flags: f}
	c := &cobra.Command{
		Use:   "pipe FILTER",
		Short: "Answer as a filter for Spark and other engines: Arrow stream in, Arrow stream out",
		Long: `pipe runs a filter: an Arrow IPC stream comes in on standard input, one goes out on standard output. An engine runs
filters beside its data. The last row of a whole stream has the dataset "end"; a stream without it was cut short and must not
be used. docs/scale-out.md has the columns and promises.

` + program.Codes(),
		Example: `  classify pipe articles --date 2026-03-29 < articles.arrows > rows.arrows`,
		Args:    program.Args(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			return program.Fail(program.Usage, errors.New("no filter; name articles, stories, repeats or aggregates"))
		},
	}
	c.AddCommand(pipeArticles(p), pipeStories(p), pipeRepeats(p), pipeAggregates(p))
	f.addConfig(c.Flags())
	return c
}

// addRun registers what filters need to stamp rows.
func (p *pipeFlags) addRun(fs *pflag.FlagSet) {
	p.addDate(fs)
	config.AddFlags(fs, config.Answering)
	fs.StringVar(&p.runID, "run-id", "", "run_id of all rows (default: made of date, model and settings)")
	fs.StringVar(&p.name, "name", "-", "file of the records, for streams without the columns _stance_file and _stance_line")
	p.addMap(fs)
	p.addConfig(fs)
}

func (p *pipeFlags) addDate(fs *pflag.FlagSet) {
	fs.StringVar(&p.date, "date", "", "run date YYYY-MM-DD (required: the tasks of a job may run on different days)")
}

// needDate makes a missing --date a usage error.
func (p *pipeFlags) needDate() error {
	if p.date == "" {
		return program.Fail(program.Usage, errors.New("no run date; give --date 2026-03-29"))
	}
	return nil
}

// settle loads the settings and the model into what a filter answers with.
func (p *pipeFlags) settle(c *cobra.Command) (pipe.Config, error) {
	cfg, err := p.settings(c)
	if err != nil {
		return pipe.Config{}, err
	}
	day, err := p.day()
	if err = errors.Join(p.needDate(), err); err != nil {
		return pipe.Config{}, err
	}
	var bc batch.Config
	reader, err := p.reader(cfg, &bc)
	if err != nil {
		return pipe.Config{}, err
	}
	return pipe.Config{Options: cfg.ReadOptions(), Name: p.name, Reader: reader,
		Filler: output.Filler{
			Stamp:       pipe.StampOf(bc.ModelID, bc.ConfigSHA256, p.runID, day),
			CountryName: reader.CountryName, MaxPairs: cfg.Limits.Pairs}}, nil
}

func pipeArticles(p *pipeFlags) *cobra.Command {
	c := &cobra.Command{
		Use:   "articles",
		Short: "Articles in; rows of stance, articles and quarantine out",
		Long: `articles answers for the rows of a stream, in their order. Fields are found by the names of columns, as in files
(docs/inputs.md, --map). Each article is for itself: its story is known only when pipe stories has seen all of its date.`,
		Example: `  classify pipe articles --date 2026-03-29 < articles.arrows > rows.arrows
  classify pipe articles --date 2026-03-29 --map text=main --name a.parquet < a.arrows > rows.arrows`,
		Args: program.Args(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			pc, err := p.settle(c)
			if err != nil {
				return err
			}
			return inputFault(pipe.Articles(c.Context(), pc, c.InOrStdin(), c.OutOrStdout()))
		},
	}
	p.addRun(c.Flags())
	return c
}

func pipeRepeats(p *pipeFlags) *cobra.Command {
	c := &cobra.Command{
		Use:   "repeats",
		Short: "Articles whose ids are taken in; their rows of quarantine out",
		Long: `repeats writes the quarantine rows of articles that pipe stories found to repeat an id. It takes the flags of pipe
articles; the column _stance_id holds the id that is taken.`,
		Example: `  classify pipe repeats --date 2026-03-29 < repeated.arrows > quarantine.arrows`,
		Args:    program.Args(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			pc, err := p.settle(c)
			if err != nil {
				return err
			}
			return inputFault(pipe.Repeats(c.Context(), pc, c.InOrStdin(), c.OutOrStdout()))
		},
	}
	p.addRun(c.Flags())
	return c
}

func pipeStories(p *pipeFlags) *cobra.Command {
	c := &cobra.Command{
		Use:   "stories",
		Short: "Rows of articles of one date in; their ids and stories out",
		Long: `stories reads the rows of dataset articles that pipe articles wrote for one date, all of them, and those of any earlier
dates that stories may repeat. It finds ids that are taken and articles that tell the same story.`,
		Example: `  classify pipe stories --date 2026-03-29 < articles.arrows > stories.arrows`,
		Args:    program.Args(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			day, err := p.day()
			if err = errors.Join(p.needDate(), err); err != nil {
				return err
			}
			return inputFault(pipe.Stories(c.Context(), output.DaysOf(day), c.InOrStdin(),
				c.OutOrStdout()))
		},
	}
	p.addDate(c.Flags())
	return c
}

func pipeAggregates(*pipeFlags) *cobra.Command {
	return &cobra.Command{
		Use:   "aggregates",
		Short: "Rows of stance in; rows of aggregates out",
		Long: `aggregates counts rows of stance in any order. All rows of a day, country and topic must come in one stream, with the
stories that pipe stories decided.`,
		Example: `  classify pipe aggregates < stance.arrows > aggregates.arrows`,
		Args:    program.Args(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			return inputFault(pipe.Aggregates(c.Context(), c.InOrStdin(), c.OutOrStdout()))
		},
	}
}

// inputFault gives a stream that cannot be read its exit code.
func inputFault(err error) error {
	var bad *pipe.InputError
	if errors.As(err, &bad) {
		return program.Fail(program.Schema, err)
	}
	return err
}
