package config

import (
	"errors"
	"fmt"
	"strings"

	"stance/datasets"
)

// check reports every value that is out of its range. Topics are checked where the gazetteer is at hand, by
// [stance/features.NewPipeline], and the settings of a classifier by its kind.
func (c Config) check(name string) error {
	f := faults{name: name}
	f.atLeast("text_limit", int64(c.TextLimit), 1)
	f.atLeast("limits.record_bytes", c.Limits.RecordBytes, 1)
	f.atLeast("limits.expansion", c.Limits.Expansion, 1)
	f.atLeast("limits.json_depth", int64(c.Limits.JSONDepth), 1)
	f.atLeast("limits.pairs", int64(c.Limits.Pairs), 1)
	f.atLeast("limits.queue_bytes", c.Limits.QueueBytes, 1)
	f.atLeast("workers", int64(c.Workers), 0)
	f.atLeast("articles_per_part", int64(c.ArticlesPerPart), 1)
	f.atLeast("history_days", int64(c.HistoryDays), 0)
	f.bad(!(c.MaxQuarantineRatio >= 0 && c.MaxQuarantineRatio <= 1), "max_quarantine_ratio is %v; use 0 to 1", c.MaxQuarantineRatio)
	f.bad(c.LogFormat != "text" && c.LogFormat != "json", "log_format is %q; use text or json", c.LogFormat)
	f.bad(len(c.Topics) == 0, "no topics; list at least one")
	f.format("format", c.Format)
	d := c.CSV.Delimiter
	f.bad(len(d) > 1 || d != "" && (d[0] >= 0x80 || strings.Contains("\"\r\n", d)), "csv.delimiter is %q; use one of , ; | or \"\\t\"", d)
	c.Train.check(&f)
	return errors.Join(f.list...)
}

func (t Train) check(f *faults) {
	f.bad(len(t.Corpora) == 0, "train.corpora is empty; list at least one corpus")
	for i, c := range t.Corpora {
		f.bad(c.Path == "", "train.corpora[%d] has no path", i)
		f.bad(c.Format == "", "train.corpora[%d] has no format; name one, such as stance", i)
		f.bad(!(c.Weight >= 0 && c.Weight <= 1e6), "train.corpora[%d].weight is %v; use a number from 0 to 1000000 (0 counts as 1)", i, c.Weight)
		f.format(fmt.Sprintf("train.corpora[%d].format", i), c.Format)
	}
	f.bad(!(t.HoldOut > 0 && t.HoldOut < 1), "train.hold_out is %v; use a share between 0 and 1", t.HoldOut)
	f.bad(!(t.C >= 0 && t.C <= 1e9), "train.c is %v; use a number above 0, or 0 for what suits the kind", t.C)
	f.bad(!(t.Tolerance > 0 && t.Tolerance < 1), "train.tolerance is %v; use a number between 0 and 1", t.Tolerance)
	f.bad(!(t.Alpha > 0 && t.Alpha <= 1e9), "train.alpha is %v; use a number above 0", t.Alpha)
	f.atLeast("train.max_iter", int64(t.MaxIter), 1)
	f.atLeast("train.max_cols", int64(t.MaxCols), 1)
	f.atLeast("train.neighbors", int64(t.Neighbors), 1)
	f.atLeast("train.max_depth", int64(t.MaxDepth), 1)
	f.atLeast("train.min_df", int64(t.MinDF), 1)
	f.atLeast("train.max_terms", int64(t.MaxTerms), 0)
	f.atLeast("train.max_weights", int64(t.MaxWeights), 0)
	f.bad(!(t.Balance >= 0 && t.Balance <= 1), "train.balance is %v; use 0 to 1", t.Balance)
	f.atLeast("train.folds", int64(t.Folds), 2)
}

// faults collects what is out of range.
type faults struct {
	name string
	list []error
}

func (f *faults) bad(is bool, format string, args ...any) {
	if is {
		f.list = append(f.list, fmt.Errorf("config: %s: "+format, append([]any{f.name}, args...)...))
	}
}

func (f *faults) atLeast(key string, v, least int64) {
	f.bad(v < least, "%s is %d; use %d or more", key, v, least)
}

// format reports a name that is no input format; "" is left to the caller.
func (f *faults) format(key, name string) {
	if name == "" {
		return
	}
	_, err := datasets.FormatOf("", datasets.Options{Format: name})
	f.bad(err != nil, "%s: %v", key, err)
}
