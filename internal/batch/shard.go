package batch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"time"

	"stance/datasets"
	"stance/internal/atomicfile"
	"stance/internal/output"
)

// A sharded run is n processes with the same config but for Shard. Each reads
// all of the input, since stories and ids span it, and predicts every n-th
// part; parts, names and bytes are those of one process. Each leaves a record
// of the plan it saw in staging, and [Commit] publishes when all n are there
// and agree. Set ArticlesPerPart so that there are several parts for each
// shard.

// shardPath is the record of one shard.
func shardPath(l output.Layout, shard, shards int) string {
	return filepath.Join(l.Staging(), fmt.Sprintf("shard-%d-of-%d.json", shard, shards))
}

// writeShard records that this shard's parts are staged.
func (p *plan) writeShard(c *Config) error {
	data, err := json.MarshalIndent(p.Contents, "", "  ")
	if err == nil {
		err = atomicfile.Write(shardPath(p.Layout, c.Shard, c.Shards), append(data, '\n'))
	}
	if err != nil {
		return fmt.Errorf("batch: cannot record shard %d: %w", c.Shard, err)
	}
	return nil
}

// Commit publishes what the c.Shards shards of a date have staged. It needs
// only Out, Date, Shards, ModelID, ConfigSHA256 and RunID of the config they
// ran with, and takes Profile and Logger. Until every shard is done it returns
// an error that names those that are not. When the date is published already by
// these settings and no shard has begun anew, Commit changes nothing and
// reports what is there, so that a scheduler may repeat it.
func Commit(ctx context.Context, c Config) (sum Summary, err error) {
	begun := time.Now()
	c.Shard = 0
	c, l, err := c.open()
	if err != nil {
		return Summary{}, err
	}
	if c.Shards == 1 {
		return Summary{}, errors.New("batch: a run that is not sharded publishes itself; name 2 shards or more")
	}
	if err := l.CheckLinks(); err != nil {
		return Summary{}, err
	}
	lock, err := takeLock(l.LockPath(), false)
	if err != nil {
		return Summary{}, err
	}
	defer lock.release()
	if err := output.FinishAll(c.Out, c.Logger); err != nil {
		return Summary{}, err
	}
	sum = Summary{Date: l.Date, ModelID: c.ModelID, RunID: c.RunID}
	defer func() { sum.Seconds = time.Since(begun).Seconds() }()
	if !anyShard(l, c.Shards) && published(&c, l, &sum) {
		c.Logger.Info("already published", "date", l.Date)
		return sum, nil
	}
	o, err := readShards(l, c.Shards)
	if err != nil {
		return sum, err
	}
	if !c.made(o.Base, l) {
		return sum, errors.New("batch: the shards were made with another model, config or run id than this commit; " +
			"give the same --model and --config, or run the shards again")
	}
	o.Layout, sum.RunID = l, o.Base.RunID
	sum.addCounts(o.Records, o.Articles, o.Reasons)
	return sum, finish(ctx, &c, o, &sum)
}

// anyShard reports whether a shard of the date has left its record.
func anyShard(l output.Layout, shards int) bool {
	for i := range shards {
		if _, err := os.Stat(shardPath(l, i, shards)); err == nil {
			return true
		}
	}
	return false
}

// published reports whether the date is published, whole and by these settings,
// and then fills sum from what is there.
func published(c *Config, l output.Layout, sum *Summary) bool {
	r := l.Verify()
	if len(r.Faults) > 0 || !c.made(r.Recipe, l) {
		return false
	}
	reasons := map[datasets.Reason]int{}
	for _, path := range l.Parts(output.QuarantineData) {
		err := output.EachRow(path, func(q *output.QuarantineRow) error {
			reasons[datasets.Reason(q.Reason)]++
			return nil
		})
		if err != nil {
			return false
		}
	}
	found := Summary{Date: l.Date, ModelID: c.ModelID, RunID: r.Recipe.RunID, Bytes: r.Bytes,
		PartsKept: len(l.Parts(output.StanceData))}
	found.addCounts(int(r.Articles+r.Quarantined), int(r.Articles), countsOf(reasons))
	uncounted := func(*output.StanceView) error { return nil }
	if err := found.addParts(l.Parts(output.StanceData), l.Parts(output.ArticlesData),
		uncounted); err != nil {
		return false
	}
	found.measureDrift(c.Profile)
	*sum = found
	return true
}

// readShards reads the records of all shards, which must have seen the same
// input.
func readShards(l output.Layout, shards int) (output.Contents, error) {
	var first output.Contents
	var faults []error
	for i := range shards {
		data, err := os.ReadFile(shardPath(l, i, shards))
		var o output.Contents
		if err == nil {
			err = json.Unmarshal(data, &o)
		}
		switch {
		case err != nil:
			faults = append(faults,
				fmt.Errorf("batch: shard %d of %d of %s is not done: %w", i, shards, l.Date, err))
		case i == 0:
			first = o
		case len(faults) == 0 && !reflect.DeepEqual(o, first):
			faults = append(faults, fmt.Errorf("batch: shard %d read another input than shard 0: %w", i,
				ErrInputChanged))
		}
	}
	return first, errors.Join(faults...)
}
