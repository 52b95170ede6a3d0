package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"stance/internal/atomicfile"
	"stance/internal/batch"
	"stance/internal/program"
)

// outcome is what --summary-json holds.
type outcome struct {
	ExitCode program.Code `json:"exit_code"`
	Error    string       `json:"error"` // "" when there is none
	batch.Summary
}

// writeSummary replaces the file at path in one step.
func writeSummary(path string, sum batch.Summary, failed error) error {
	o := outcome{ExitCode: program.CodeOf(failed), Summary: sum}
	var silent *program.Failure
	if failed != nil && !(errors.As(failed, &silent) && silent.Err == nil) {
		o.Error = failed.Error()
	}
	text, err := json.MarshalIndent(o, "", "  ")
	if err != nil {
		return err
	}
	if err := atomicfile.Write(path, append(text, '\n')); err != nil {
		return fmt.Errorf("--summary-json: %w", err)
	}
	return nil
}

// words says in a few lines what a run did, where its output lies and how to
// read it.
func words(bc batch.Config, sum batch.Summary) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Articles: %d, rows: %d", sum.Articles, sum.Rows)
	for _, n := range []struct {
		count int
		what  string
	}{{sum.NoPairs, "without a country beside a topic"}, {sum.Repeats, "repeat a story"},
		{sum.Truncated, "cut at the size limit"},
		{sum.Failed, "that the model could not read"}} {
		if n.count > 0 {
			fmt.Fprintf(&b, "; %d %s", n.count, n.what)
		}
	}
	fmt.Fprintf(&b, ". %.1f s", sum.Seconds)
	if sum.PartsKept > 0 {
		fmt.Fprintf(&b, ", %d of %d parts kept from before", sum.PartsKept,
			sum.PartsKept+sum.PartsWritten)
	}
	b.WriteString(".\n")
	if len(sum.Notes) > 0 {
		var by []string
		for _, n := range sum.Notes {
			by = append(by, fmt.Sprintf("%s %d", n.Name, n.Count))
		}
		fmt.Fprintf(&b, "Read with a note: %s (column notes of articles).\n", strings.Join(by, ", "))
	}
	if sum.Quarantined > 0 {
		var by []string
		for _, r := range sum.Reasons {
			by = append(by, fmt.Sprintf("%s %d", r.Reason, r.Count))
		}
		fmt.Fprintf(&b, "%d of %d records rejected (%s): see %s, or run classify check on the input.\n", sum.Quarantined, sum.Records,
			strings.Join(by, ", "), filepath.Join(bc.Out, "quarantine", "v1"))
	}
	if bc.Shards > 1 {
		fmt.Fprintf(&b, "Shard %d of %d is staged. When all are: classify commit --out %s --date %s --shards %d\n",
			bc.Shard, bc.Shards, bc.Out, sum.Date, bc.Shards)
		return b.String()
	}
	fmt.Fprintf(&b, "Published as dt=%s in %s (beside it: articles, aggregates, quarantine). To read it:\n", sum.Date, filepath.Join(bc.Out, "stance", "v1"))
	fmt.Fprintf(&b, "  python -c \"import pandas as pd; print(pd.read_parquet('%s'))\"\n",
		filepath.Join(bc.Out, "stance", "v1"))
	fmt.Fprintf(&b, "  duckdb -c \"select * from '%s'\"\n", filepath.Join(bc.Out, "stance", "v1", "*", "*.parquet"))
	return b.String()
}
