package batch

import (
	"context"
	"errors"
	"path/filepath"
	"time"
)

// Run reads the inputs, predicts what is not there yet, and publishes the four datasets of c.Date together. With Shards
// > 1 it stages its share and publishes nothing: [Commit] does. When ctx ends it returns ctx.Err() soon; finished parts
// stay in staging for the next run, unless publication has begun, which is then completed. Typed errors:
// [*LockedError], [*QuarantineError], [ErrInputChanged]. After an error nothing is published and Summary holds what is
// known.
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
	inputs, done, err := spool(ctx, l.staging(), c.Inputs)
	if err != nil {
		return Summary{}, err
	}
	defer done()
	c.Inputs = inputs
	stamp := c.stamp(l)
	sum = Summary{Date: l.date, ModelID: c.ModelID, RunID: stamp.RunID}
	defer func() { sum.Seconds = time.Since(begun).Seconds() }()

	p, err := firstPass(ctx, &c, l, stamp, &sum)
	if err != nil {
		return sum, err
	}
	if err := secondPass(ctx, &c, p, stamp, &sum); err != nil {
		return sum, err
	}
	if c.Shards > 1 {
		return sum, p.writeShard(&c)
	}
	return sum, finish(ctx, &c, p.contents, &sum)
}

// begin takes the lock, completes what an earlier run left undone, and makes the folders. Shards share the lock; only
// when a publication is to be completed does one of them take it alone for a moment.
func (c *Config) begin(l layout) (lock *lockFile, err error) {
	pending, err := unfinished(c.Out)
	if err != nil {
		return nil, err
	}
	shared := c.Shards > 1
	if !shared || len(pending) > 0 {
		if lock, err = takeLock(l.lockPath(), false); err != nil {
			return nil, err
		}
		err = errors.Join(replayAll(c.Out, c.Logger), removeSpools(l))
	}
	if shared && err == nil {
		lock.release()
		lock, err = takeLock(l.lockPath(), true)
	}
	if err == nil {
		err = l.make()
	}
	if err != nil {
		lock.release()
		return nil, err
	}
	return lock, nil
}

// open checks the config.
func (c Config) open() (Config, layout, error) {
	c, err := c.withDefaults()
	l, err2 := newLayout(c.Out, c.Date)
	return c, l, errors.Join(err, err2)
}

func (c *Config) stamp(l layout) Stamp {
	return Stamp{ModelID: c.ModelID, ConfigSHA256: c.ConfigSHA256,
		RunID: c.runID(), RunDate: daysOf(c.Date), SchemaVersion: SchemaVersion}
}

// firstPass scans the inputs into a plan and stages the quarantine.
func firstPass(ctx context.Context, c *Config, l layout, stamp Stamp, sum *Summary) (*plan, error) {
	s := &scanner{cfg: *c, stamp: stamp, finder: newStoryFinder()}
	if c.Shard == 0 { // one of the shards keeps the rejected records
		out, err := CreatePart[QuarantineRow](filepath.Join(l.staged(QuarantineData), partName(0, 1)))
		if err != nil {
			return nil, err
		}
		defer out.Abort()
		s.out = out
	}
	s.finder.remember(l, c.Date, c.HistoryDays, c.Logger)
	found, err := s.run(ctx)
	sum.addCounts(s.scan.records, s.scan.articles, s.scan.reasons())
	if err != nil {
		return nil, err
	}
	p := newPlan(c, l, found)
	if s.out != nil {
		if _, err := s.out.Commit(p.recipe(QuarantineData, 0)); err != nil {
			return nil, err
		}
	}
	c.Logger.Info("input read", "records", found.records, "articles", found.articles,
		"rejected", found.nRejected(), "parts", p.parts(StanceData))
	return p, nil
}

// secondPass predicts the parts of this shard that are not there.
func secondPass(ctx context.Context, c *Config, p *plan, stamp Stamp, sum *Summary) error {
	published := p.publishedParts()
	want, missing := make([]bool, p.parts(StanceData)), 0
	for i := range want {
		switch {
		case i%c.Shards != c.Shard:
		case !c.Force && p.keep(i, published):
			sum.PartsKept++
			c.Logger.Info("part kept", "part", partName(i, p.parts(StanceData)), "input_sha256", p.Inputs[i])
		default:
			want[i] = true
			missing++
		}
	}
	if missing == 0 {
		return ctx.Err()
	}
	m := maker{stamp: stamp, countryName: c.Reader.CountryName, maxPairs: c.MaxPairs}
	run := &predictor{cfg: *c, plan: p, maker: m, want: want}
	if err := run.run(ctx); err != nil {
		return err
	}
	sum.PartsWritten = missing
	return nil
}

// finish checks the staged parts, aggregates them, and publishes the date.
func finish(ctx context.Context, c *Config, o contents, sum *Summary) error {
	if err := o.removeStrays(); err != nil {
		return err
	}
	tally, err := o.count(sum)
	if err != nil {
		return err
	}
	if err := o.writeAggregates(tally, c.stamp(o.layout)); err != nil {
		return err
	}
	sum.measureDrift(c.Profile)
	rec, err := o.commitRecord(sum)
	if err != nil {
		return err
	}
	if err := errors.Join(ctx.Err(), o.layout.sync()); err != nil {
		return err
	}
	if err := publish(o.layout, rec, c.Logger); err != nil {
		return err
	}
	c.Logger.Info("published", "date", o.layout.date, "articles", sum.Articles, "rows", sum.Rows,
		"rejected", sum.Quarantined)
	return nil
}
