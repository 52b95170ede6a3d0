package batch

import (
	"context"
	"errors"
	"time"

	"stance/internal/output"
)

// Run reads the inputs, predicts what is not there yet, and publishes the four
// datasets of c.Date together. With Shards > 1 it stages its share and
// publishes nothing: [Commit] does. When ctx ends it returns ctx.Err() soon;
// finished parts stay in staging for the next run, unless publication has
// begun, which is then completed. Typed errors: [*LockedError],
// [*QuarantineError], [*EmptyError], [ErrInputChanged]. After an error nothing
// is published and Summary holds what is known.
func Run(ctx context.Context, c Config) (sum Summary, err error) {
	begun := time.Now()
	c, l, err := c.open()
	if err != nil {
		return Summary{}, err
	}
	if c.Reader == nil {
		return Summary{}, errors.New("batch: no reader to predict with")
	}
	lock, err := c.begin(l)
	if err != nil {
		return Summary{}, err
	}
	defer lock.release()
	inputs, done, err := spool(ctx, l.Staging(), c.Inputs)
	if err != nil {
		return Summary{}, err
	}
	defer done()
	c.Inputs = inputs
	sum = Summary{Date: l.Date, ModelID: c.ModelID, RunID: c.RunID}
	defer func() { sum.Seconds = time.Since(begun).Seconds() }()

	p, err := firstPass(ctx, &c, l, &sum)
	if err != nil {
		return sum, err
	}
	if err := secondPass(ctx, &c, p, &sum); err != nil {
		return sum, err
	}
	if c.Shards > 1 {
		return sum, p.writeShard(&c)
	}
	return sum, finish(ctx, &c, p.Contents, &sum)
}

// begin takes the lock, completes what an earlier run left undone, and makes
// the folders. Shards share the lock; only when a publication is to be
// completed does one of them take it alone for a moment.
func (c *Config) begin(l output.Layout) (lock *lockFile, err error) {
	if err := l.CheckLinks(); err != nil {
		return nil, err
	}
	pending, err := output.Unfinished(c.Out)
	if err != nil {
		return nil, err
	}
	shared := c.Shards > 1
	if !shared || len(pending) > 0 {
		if lock, err = takeLock(l.LockPath(), false); err != nil {
			return nil, err
		}
		err = errors.Join(output.FinishAll(c.Out, c.Logger), l.RemoveTemporaries())
	}
	if shared && err == nil {
		lock.release()
		lock, err = takeLock(l.LockPath(), true)
	}
	if err == nil {
		err = l.Make()
	}
	if err != nil {
		lock.release()
		return nil, err
	}
	return lock, nil
}

// open checks the config.
func (c Config) open() (Config, output.Layout, error) {
	c, err := c.withDefaults()
	l, err2 := output.NewLayout(c.Out, c.Date)
	return c, l, errors.Join(err, err2)
}

// firstPass scans the inputs into a plan and stages the quarantine.
func firstPass(ctx context.Context, c *Config, l output.Layout, sum *Summary) (*plan, error) {
	s := &scanner{cfg: *c, finder: newStoryFinder()}
	if c.Shard == 0 { // one of the shards keeps the rejected records
		var err error
		if s.out, err = newRejectFile(l.Staging()); err != nil {
			return nil, err
		}
		defer s.out.close()
	}
	s.finder.remember(l, c.Date, c.HistoryDays, c.Logger)
	found, err := s.run(ctx)
	sum.addCounts(s.scan.records, s.scan.articles, countsOf(s.scan.rejected))
	if err != nil {
		return nil, err
	}
	p := newPlan(c, l, found)
	sum.RunID = p.Base.RunID
	if s.out != nil {
		if err := stageQuarantine(p.Contents, s.out); err != nil {
			return nil, err
		}
	}
	c.Logger.Info("input read", "records", found.records, "articles", found.articles,
		"rejected", found.nRejected(), "parts", p.Parts(output.StanceData))
	return p, nil
}

// stageQuarantine writes the rejected records under the name of the run, which
// is known only when all input has been read.
func stageQuarantine(o output.Contents, rejected *rejectFile) error {
	out, err := output.CreatePart[output.QuarantineRow](o.Path(output.QuarantineData, 0))
	if err != nil {
		return err
	}
	defer out.Abort()
	stamp := o.Stamp()
	err = rejected.each(func(row output.QuarantineRow) error {
		row.Stamp = stamp
		return out.Append(row)
	})
	if err == nil {
		_, err = out.Commit(o.Recipe(output.QuarantineData, 0))
	}
	return err
}

// secondPass predicts the parts of this shard that are not there.
func secondPass(ctx context.Context, c *Config, p *plan, sum *Summary) error {
	published := p.publishedParts()
	want, missing := make([]bool, p.Parts(output.StanceData)), 0
	for i := range want {
		switch {
		case i%c.Shards != c.Shard:
		case !c.Force && p.keep(i, published):
			sum.PartsKept++
			c.Logger.Info("part kept", "part", output.PartName(i, p.Parts(output.StanceData)), "input_sha256", p.Inputs[i])
		default:
			want[i] = true
			missing++
		}
	}
	if missing == 0 {
		return ctx.Err()
	}
	fill := output.Filler{Stamp: p.Stamp(), CountryName: c.Reader.CountryName, MaxPairs: c.MaxPairs}
	run := &predictor{cfg: *c, plan: p, filler: fill, want: want}
	if err := run.run(ctx); err != nil {
		return err
	}
	sum.PartsWritten = missing
	return nil
}

// finish counts the staged parts, aggregates them, and publishes the date.
func finish(ctx context.Context, c *Config, o output.Contents, sum *Summary) error {
	if err := refuseEmpty(c, o); err != nil {
		return err
	}
	if err := o.RemoveStrays(); err != nil {
		return err
	}
	tally, err := count(o, sum)
	if err != nil {
		return err
	}
	if err := o.WriteAggregates(tally); err != nil {
		return err
	}
	sum.measureDrift(c.Profile)
	rec, err := o.Check()
	if err != nil {
		return err
	}
	sum.Bytes = rec.Bytes()
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := o.Layout.Publish(rec, c.Logger); err != nil {
		return err
	}
	c.Logger.Info("published", "date", o.Layout.Date, "articles", sum.Articles, "rows", sum.Rows,
		"rejected", sum.Quarantined)
	return nil
}

// count reads the staged rows into a tally and the summary.
func count(o output.Contents, sum *Summary) (*output.Tally, error) {
	var stance, articles []string
	for i := range o.Parts(output.StanceData) {
		stance = append(stance, o.Path(output.StanceData, i))
		articles = append(articles, o.Path(output.ArticlesData, i))
	}
	t := output.NewTally()
	err := sum.addParts(stance, articles, t.Add)
	return t, err
}
