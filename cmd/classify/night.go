package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"stance/internal/batch"
	"stance/internal/config"
	"stance/internal/program"
	"stance/models"
)

// runNight is the main job.
func runNight(c *cobra.Command, f *flags, args []string) error {
	cfg, bc, err := f.batchConfig(c)
	if err != nil {
		return err
	}
	if bc.Shard, bc.Shards, err = f.share(); err != nil {
		return err
	}
	found, err := f.inputs(c.ErrOrStderr(), args, cfg.ReadOptions())
	if err != nil {
		return err
	}
	if bc.Reader, err = f.reader(cfg, &bc); err != nil {
		return err
	}
	bc.Inputs = batch.Inputs(found, c.InOrStdin(), cfg.ReadOptions())
	bc.Workers = cfg.Workers
	if bc.Workers == 0 {
		bc.Workers = runtime.GOMAXPROCS(0)
	}
	bc.QueueBytes, bc.ArticlesPerPart, bc.MaxPairs = cfg.Limits.QueueBytes, cfg.ArticlesPerPart,
		cfg.Limits.Pairs
	bc.MaxQuarantineRatio, bc.HistoryDays, bc.Force = cfg.MaxQuarantineRatio, cfg.HistoryDays,
		f.force
	progress := f.progress(c.ErrOrStderr(), &bc)
	sum, err := batch.Run(c.Context(), bc)
	progress.end()
	return f.conclude(c, bc, sum, err)
}

// batchConfig is what a run and a commit have in common: where, when, and how
// to speak.
func (f *flags) batchConfig(c *cobra.Command) (config.Config, batch.Config, error) {
	cfg, err := f.settings(c)
	if err != nil {
		return cfg, batch.Config{}, err
	}
	day, err := f.day()
	if err = errors.Join(f.needOut(), err); err != nil {
		return cfg, batch.Config{}, err
	}
	f.jsonLog = cfg.LogFormat == "json"
	quiet := f.quiet || !f.jsonLog && program.IsTerminal(c.ErrOrStderr())
	return cfg, batch.Config{Out: f.out, Date: day, AllowEmpty: cfg.AllowEmpty,
		Logger: program.Logger(c.ErrOrStderr(), cfg.LogFormat, quiet)}, nil
}

// reader loads the model and puts what identifies its answers into bc.
func (f *flags) reader(cfg config.Config, bc *batch.Config) (*models.Predictor, error) {
	pl, b, err := program.Load(cfg)
	if err != nil {
		return nil, err
	}
	bc.ModelID, bc.ConfigSHA256 = b.ID(), cfg.SHA256(pl.Fingerprint())
	bc.Profile = &b.Manifest.Profile
	return models.NewPredictor(b, pl), nil
}

// conclude tells people and monitors how a run went, and decides the exit code.
// What fails after the publication ends with [program.Published], but for the
// rest of the words: none of it keeps the others from being tried.
func (f *flags) conclude(c *cobra.Command, bc batch.Config, sum batch.Summary, err error) error {
	if err == nil {
		var after error
		if bc.Shards <= 1 {
			after = f.tell(c, bc, sum)
		}
		err = f.verdict(c.ErrOrStderr(), bc, sum)
		if after != nil {
			err = after
		}
	}
	if errors.Is(err, context.Canceled) {
		err = context.Canceled
	}
	if f.summaryJSON != "" {
		code := program.CodeOf(err)
		done := code == program.OK || code == program.Quarantined || code == program.Published
		switch err2 := writeSummary(f.summaryJSON, sum, err); {
		case err2 == nil || !done: // what went wrong before is more worth telling
		case bc.Shards > 1:
			return errors.Join(err2, loud(err))
		default:
			return program.Fail(program.Published, errors.Join(fmt.Errorf("%w; the date is published", err2), loud(err)))
		}
	}
	return err
}

// tell writes the metrics and the table of a run that was published. A table
// that nobody reads to its end gives the exit code without a word.
func (f *flags) tell(c *cobra.Command, bc batch.Config, sum batch.Summary) error {
	var faults []error
	if f.metricsFile != "" {
		faults = append(faults, sum.WriteMetrics(f.metricsFile, time.Now()))
	}
	var lost error
	if !f.quiet {
		faults = append(faults, f.show(c.OutOrStdout(), bc, sum))
		if o, ok := c.OutOrStdout().(*program.Output); ok {
			lost = o.Fault()
		}
	}
	if err := errors.Join(append(faults, loud(lost))...); err != nil {
		return program.Fail(program.Published, fmt.Errorf("%w; the date is published", err))
	}
	if lost != nil {
		return &program.Failure{Code: program.Published}
	}
	return nil
}

// loud is err, or nil for one that is not to be told.
func loud(err error) error {
	var failure *program.Failure
	if errors.As(err, &failure) && failure.Err == nil {
		return nil
	}
	return err
}

// verdict says what a run that was done did, and gives it its exit code.
func (f *flags) verdict(w io.Writer, bc batch.Config, sum batch.Summary) error {
	switch {
	case f.jsonLog:
		bc.Logger.Info("done", "articles", sum.Articles, "rows", sum.Rows, "quarantined",
			sum.Quarantined, "failed", sum.Failed,
			"parts_written", sum.PartsWritten, "parts_kept", sum.PartsKept, "seconds", sum.Seconds)
	case !f.quiet:
		fmt.Fprint(w, words(bc, sum))
	}
	if d := sum.Drift; d != nil && len(d.Warnings) > 0 {
		if in := strings.Join(d.Warnings, ", "); f.jsonLog {
			bc.Logger.Warn("the articles differ from the training data", "in", in, "oov", d.OOV, "stance_psi", d.StancePSI, "country_psi", d.CountryPSI,
				"new_words", newWords(d))
		} else {
			fmt.Fprintf(w, "Note: the articles differ from the training data in: %s (unknown terms %+.2f, stances %.2f, countries %.2f).\n",
				in, d.OOV, d.StancePSI, d.CountryPSI)
			if len(d.NewWords) > 0 {
				fmt.Fprintf(w, "Words the model has never seen, by stories: %s.\n", newWords(d))
			}
		}
		if f.driftFail {
			return program.Fail(program.Published, errors.New("drift is beyond its limits, and --drift-fail is given; the date is published"))
		}
	}
	if sum.Quarantined > 0 || sum.Failed > 0 {
		return &program.Failure{Code: program.Quarantined}
	}
	return nil
}

// newWords lists the frequent new words with the stories they stand in:
// "starfish 4, drone 3".
func newWords(d *batch.Drift) string {
	var list []string
	for _, n := range d.NewWords {
		list = append(list, fmt.Sprintf("%s %d", n.Name, n.Count))
	}
	return strings.Join(list, ", ")
}
