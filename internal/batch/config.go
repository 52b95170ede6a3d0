package batch

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"stance/datasets"
	"stance/models"
)

// Reader is what a run asks about each article: a [models.Predictor], or a
// stand-in of the tests. It must be safe for many goroutines and give the same
// answer to the same article. Predict returns soon after ctx ends. CheckCost
// returns a [*features.CostError] for an article that Predict would refuse for
// its cost.
type Reader interface {
	Predict(ctx context.Context, a datasets.Article) (models.Reading, error)
	CheckCost(a datasets.Article) error
	CountryName(code string) string
}

// Config says what a run reads, asks and writes. Fields without a stated
// default must be set.
type Config struct {
	Inputs []Input // in the order that decides the order of rows; none at all is a run over nothing
	Out    string  // output root
	Date   time.Time
	Reader Reader

	ModelID      string // hex SHA-256 of the bundle
	ConfigSHA256 string // over the settings that Reader answers by
	RunID        string // default: made of model, config, date and input
	// what training looked like, for Summary.Drift; nil: no drift is measured
	Profile *models.Profile

	Workers            int     // goroutines that predict; default 1
	QueueBytes         int64   // articles in memory at once, in bytes of text; default 64 MiB
	ArticlesPerPart    int     // default 20,000
	MaxPairs           int     // rows an article may have; default 1,000
	MaxQuarantineRatio float64 // a run that rejects a greater share fails: 0 allows none, 1 any
	HistoryDays        int     // earlier dates under Out to look for copies in; 0: none
	Force              bool    // predict again even what is there
	AllowEmpty         bool    // replace a published date even by one without articles
	// predict only the parts p with p % Shards == Shard and publish nothing;
	// Shards <= 1: all
	Shard, Shards int

	Logger *slog.Logger // default: silent
	// called with bytes of text written and to be written, from one goroutine
	Progress func(done, total int64)
}

// withDefaults fills what is unset and reports every fault.
func (c Config) withDefaults() (Config, error) {
	var faults []error
	fault := func(bad bool, format string, args ...any) {
		if bad {
			faults = append(faults, fmt.Errorf("batch: "+format, args...))
		}
	}
	fault(c.Workers < 0, "%d workers; use 1 or more", c.Workers)
	fault(c.QueueBytes < 0 || c.ArticlesPerPart < 0 || c.MaxPairs < 0 || c.HistoryDays < 0, "negative bounds")
	fault(!(c.MaxQuarantineRatio >= 0 && c.MaxQuarantineRatio <= 1), "max quarantine ratio %v; use 0 to 1",
		c.MaxQuarantineRatio)
	fault(c.Shards > 1 && (c.Shard < 0 || c.Shard >= c.Shards), "shard %d of %d; shards count from 0", c.Shard,
		c.Shards)
	if c.Shards <= 1 {
		c.Shard, c.Shards = 0, 1
	}
	c.Workers, c.MaxPairs = max(c.Workers, 1), orDefault(c.MaxPairs, 1000)
	c.QueueBytes = orDefault(c.QueueBytes, 64<<20)
	c.ArticlesPerPart = orDefault(c.ArticlesPerPart, 20_000)
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if c.Progress == nil {
		c.Progress = func(int64, int64) {}
	}
	return c, errors.Join(faults...)
}

func orDefault[T int | int64](v, standard T) T {
	if v == 0 {
		return standard
	}
	return v
}
