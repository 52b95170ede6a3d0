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
)

// A sharded run is n processes with the same config but for Shard. Each reads all of the input, since stories and ids
// span it, and predicts every n-th part; parts, names and bytes are those of one process. Each leaves a record of the
// plan it saw in staging, and [Commit] publishes when all n are there and agree. Set ArticlesPerPart so that there are
// several parts for each shard.

// shardPath is the record of one shard.
func (l layout) shardPath(shard, shards int) string {
	return filepath.Join(l.staging(), fmt.Sprintf("shard-%d-of-%d.json", shard, shards))
}

// writeShard records that this shard's parts are staged.
func (p *plan) writeShard(c *Config) error {
	if err := writeFileWhole(p.layout.shardPath(c.Shard, c.Shards), p.contents); err != nil {
		return fmt.Errorf("batch: cannot record shard %d: %w", c.Shard, err)
	}
	return nil
}

// Commit publishes what the c.Shards shards of a date have staged. It needs only Out, Date, Shards, ModelID,
// ConfigSHA256 and RunID of the config they ran with, and takes Profile and Logger. Until every shard is done it
// returns an error that names those that are not.
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
	lock, err := takeLock(l.lockPath(), false)
	if err != nil {
		return Summary{}, err
	}
	defer lock.release()
	if err := replayAll(c.Out, c.Logger); err != nil {
		return Summary{}, err
	}
	sum = Summary{Date: l.date, ModelID: c.ModelID, RunID: c.runID()}
	defer func() { sum.Seconds = time.Since(begun).Seconds() }()
	o, err := readShards(l, c.Shards)
	if err != nil {
		return sum, err
	}
	o.layout, o.base = l, c.base(l)
	sum.addCounts(o.Records, o.Articles, o.Reasons)
	return sum, finish(ctx, &c, o, &sum)
}

// readShards reads the records of all shards, which must have seen the same input.
func readShards(l layout, shards int) (contents, error) {
	var first contents
	var faults []error
	for i := range shards {
		data, err := os.ReadFile(l.shardPath(i, shards))
		var o contents
		if err == nil {
			err = json.Unmarshal(data, &o)
		}
		switch {
		case err != nil:
			faults = append(faults, fmt.Errorf("batch: shard %d of %d of %s is not done: %w", i, shards, l.date, err))
		case i == 0:
			first = o
		case len(faults) == 0 && !reflect.DeepEqual(o, first):
			faults = append(faults, fmt.Errorf("batch: shard %d read another input than shard 0: %w", i,
				ErrInputChanged))
		}
	}
	return first, errors.Join(faults...)
}
