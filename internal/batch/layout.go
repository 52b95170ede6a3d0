package batch

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// The datasets, in the order they are published. Readers point at OUT/<name>/v1.
const (
	StanceData     = "stance"
	ArticlesData   = "articles"
	AggregatesData = "aggregates"
	QuarantineData = "quarantine"
)

// datasetNames is the table of them; it is not changed.
var datasetNames = [...]string{StanceData, ArticlesData, AggregatesData, QuarantineData}

// layout knows where things lie for one date under one output root. Only dates and numbers of ours become names:
// nothing from an article does.
type layout struct {
	root string
	date string // YYYY-MM-DD
}

// newLayout checks the date: it must have four digits in the year to be a directory key readers recognise.
func newLayout(root string, date time.Time) (layout, error) {
	if root == "" {
		return layout{}, fmt.Errorf("batch: no output folder; name one with --out")
	}
	if y := date.UTC().Year(); date.IsZero() || y < 1000 || y > 9999 {
		return layout{}, fmt.Errorf("batch: run date %s cannot be a partition; give one as YYYY-MM-DD",
			date.UTC().Format(time.DateOnly))
	}
	return layout{root, date.UTC().Format(time.DateOnly)}, nil
}

// table is the root that readers of a dataset point at.
func (l layout) table(dataset string) string {
	return filepath.Join(l.root, dataset, fmt.Sprintf("v%d", SchemaVersion))
}

// published is where a dataset's date lies once it is published.
func (l layout) published(dataset string) string {
	return filepath.Join(l.table(dataset), "dt="+l.date)
}

// private holds all that is not data. It lies beside the tables, since DuckDB and polars read even hidden folders below
// the path they are given.
func (l layout) private() string { return filepath.Join(l.root, "_staging") }

// staging is where this date is prepared.
func (l layout) staging() string { return filepath.Join(l.private(), l.date) }

// staged is where a dataset's date lies before it is published.
func (l layout) staged(dataset string) string { return filepath.Join(l.staging(), dataset) }

// make creates the folders a run writes to.
func (l layout) make() error {
	if err := l.checkLinks(); err != nil {
		return err
	}
	for _, name := range datasetNames {
		for _, dir := range []string{l.table(name), l.staged(name)} {
			if err := os.MkdirAll(dir, 0o755); err != nil {
				return fmt.Errorf("batch: cannot write to %s: %w; check the folder's rights", l.root, err)
			}
		}
	}
	return nil
}

// checkLinks refuses staging folders that are links: what is written there would lie outside the root.
func (l layout) checkLinks() error {
	dirs := []string{l.staging()}
	for _, name := range datasetNames {
		dirs = append(dirs, l.staged(name))
	}
	for _, dir := range dirs {
		if info, err := os.Lstat(dir); err == nil && info.Mode()&os.ModeSymlink != 0 {
			return fmt.Errorf("batch: %s is a link; remove it", dir)
		}
	}
	return nil
}

// lockPath is the file whose lock a run holds.
func (l layout) lockPath() string { return filepath.Join(l.private(), "lock") }

// sync makes all names of the layout durable.
func (l layout) sync() error {
	dirs := []string{l.root, l.private(), l.staging()}
	for _, name := range datasetNames {
		dirs = append(dirs, l.staged(name), l.table(name), filepath.Dir(l.table(name)))
	}
	for _, dir := range dirs {
		if err := syncDir(dir); err != nil {
			return fmt.Errorf("batch: cannot sync %s: %w", dir, err)
		}
	}
	return nil
}

// partName is the name of part i of n.
func partName(i, n int) string { return fmt.Sprintf("part-%05d-of-%05d.parquet", i, n) }
