package output

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"stance/internal/atomicfile"
)

// The datasets, in the order they are published.
const (
	StanceData     = "stance"
	ArticlesData   = "articles"
	AggregatesData = "aggregates"
	QuarantineData = "quarantine"
)

// datasetNames is the table of them; it is not changed.
var datasetNames = [...]string{StanceData, ArticlesData, AggregatesData, QuarantineData}

// Layout knows where the files of one date lie under one output root. Names are
// made of dates and numbers alone: nothing from an article becomes a path.
type Layout struct {
	Root string
	Date string // YYYY-MM-DD
}

// NewLayout checks the root and the date. A year must have four digits, or
// readers do not recognise the folder as a partition.
func NewLayout(root string, date time.Time) (Layout, error) {
	if root == "" {
		return Layout{}, fmt.Errorf("output: no output folder; name one with --out")
	}
	if y := date.UTC().Year(); date.IsZero() || y < 1000 || y > 9999 {
		return Layout{}, fmt.Errorf("output: run date %s cannot be a partition; give one as YYYY-MM-DD",
			date.UTC().Format(time.DateOnly))
	}
	return Layout{root, date.UTC().Format(time.DateOnly)}, nil
}

// Table is the folder that readers of a dataset point at.
func (l Layout) Table(dataset string) string {
	return filepath.Join(l.Root, dataset, fmt.Sprintf("v%d", SchemaVersion))
}

// Published is where a dataset's date lies once it is published.
func (l Layout) Published(dataset string) string {
	return filepath.Join(l.Table(dataset), "dt="+l.Date)
}

// private holds all that is not data. It lies beside the tables, since DuckDB
// and polars read even hidden folders below the path they are given.
func (l Layout) private() string { return filepath.Join(l.Root, "_staging") }

// Staging is where this date is prepared.
func (l Layout) Staging() string { return filepath.Join(l.private(), l.Date) }

// Staged is where a dataset's date lies before it is published.
func (l Layout) Staged(dataset string) string { return filepath.Join(l.Staging(), dataset) }

// Make creates the folders a run writes to.
func (l Layout) Make() error {
	if err := l.CheckLinks(); err != nil {
		return err
	}
	for _, name := range datasetNames {
		for _, dir := range []string{l.Table(name), l.Staged(name)} {
			if err := os.MkdirAll(dir, 0o755); err != nil {
				return fmt.Errorf("output: cannot write to %s: %w; check the folder's rights",
					l.Root, err)
			}
		}
	}
	return nil
}

// CheckLinks refuses private folders that are links: what is written there, the
// lock and temporary files among it, would lie outside the root.
func (l Layout) CheckLinks() error {
	dirs := []string{l.private(), l.Staging()}
	for _, name := range datasetNames {
		dirs = append(dirs, l.Staged(name))
	}
	for _, dir := range dirs {
		if info, err := os.Lstat(dir); err == nil && info.Mode()&os.ModeSymlink != 0 {
			return fmt.Errorf("output: %s is a link; remove it", dir)
		}
	}
	return nil
}

// RemoveTemporaries removes from staging what killed runs of the date were
// writing. Nobody may be at work there.
func (l Layout) RemoveTemporaries() error {
	dirs := []string{l.Staging()}
	for _, name := range datasetNames {
		dirs = append(dirs, l.Staged(name))
	}
	var faults []error
	for _, dir := range dirs {
		faults = append(faults, atomicfile.RemoveTemporaries(dir))
	}
	return errors.Join(faults...)
}

// LockPath is the file whose lock a run holds.
func (l Layout) LockPath() string { return filepath.Join(l.private(), "lock") }

// sync makes all names of the layout durable.
func (l Layout) sync() error {
	dirs := []string{l.Root, l.private(), l.Staging()}
	for _, name := range datasetNames {
		dirs = append(dirs, l.Staged(name), l.Table(name), filepath.Dir(l.Table(name)))
	}
	for _, dir := range dirs {
		if err := atomicfile.SyncDir(dir); err != nil {
			return fmt.Errorf("output: cannot sync %s: %w", dir, err)
		}
	}
	return nil
}

// Parts lists the files that lie under the names of parts in a dataset's
// published date, by name; none when the date is not published.
func (l Layout) Parts(dataset string) []string {
	// The pattern cannot be bad, since the root is escaped.
	names, _ := filepath.Glob(filepath.Join(escapeGlob(l.Published(dataset)), "part-*.parquet"))
	return names
}

// escapeGlob makes a path stand for itself in a pattern.
func escapeGlob(path string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}

// PartName is the name of part i of n.
func PartName(i, n int) string { return fmt.Sprintf("part-%05d-of-%05d.parquet", i, n) }
