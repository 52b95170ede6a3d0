package batch

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// How a date is published, so that a kill at any moment loses and doubles nothing:
//
//  1. All parts of all four datasets lie in _staging/DATE/<dataset>/, each whole, verified and synced. A kill before step
//     2 leaves the old date as it was; the next run keeps the parts it can use.
//  2. _staging/DATE/commit.json is written whole (temp, sync, rename, sync folder). It lists every part of every dataset
//     with recipe, size and sum. From here on the publication is decided.
//  3. For each dataset the staged folder and the published one change places (one atomic exchange where the system has
//     it, else two renames), and the folder above is synced.
//  4. The old parts, now in staging, are removed, then commit.json, then the staging folder.
//
// A run that finds a commit.json first completes what it says. A dataset whose published folder holds exactly the
// listed parts is done; one whose staged folder does is moved. So the record is never believed over the data, and
// replaying it twice does no harm.

// commitRecord is commit.json.
type commitRecord struct {
	Date     string          `json:"date"`
	Datasets []commitDataset `json:"datasets"` // in the order of datasetNames
}

type commitDataset struct {
	Name  string     `json:"name"`
	Parts []PartInfo `json:"parts"` // by file name
}

func (l layout) commitPath() string { return filepath.Join(l.staging(), "commit.json") }

// publish makes the staged parts the date's data. The staged folders must hold these parts and nothing else.
func publish(l layout, rec commitRecord, log *slog.Logger) error {
	if err := writeFileWhole(l.commitPath(), rec); err != nil {
		return fmt.Errorf("batch: cannot write the commit record: %w", err)
	}
	return replay(l, rec, log)
}

// replayAll completes every publication under root that was decided and not finished.
func replayAll(root string, log *slog.Logger) error {
	paths, err := unfinished(root)
	if err != nil {
		return err
	}
	for _, path := range paths {
		l := layout{root, filepath.Base(filepath.Dir(path))}
		data, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("batch: %w", err)
		}
		var rec commitRecord
		if err := json.Unmarshal(data, &rec); err != nil || rec.Date != l.date || !rec.complete() {
			return fmt.Errorf("batch: %s is damaged; remove it and run that date again", path)
		}
		log.Warn("finishing a publication that was interrupted", "date", rec.Date)
		if err := replay(l, rec, log); err != nil {
			return err
		}
	}
	return nil
}

// unfinished are the commit records under root.
func unfinished(root string) ([]string, error) {
	paths, err := filepath.Glob(filepath.Join(escapeGlob(layout{root: root}.private()), "*", "commit.json"))
	if err != nil {
		return nil, fmt.Errorf("batch: looking for unfinished publications: %w", err)
	}
	return paths, nil
}

// escapeGlob makes a path stand for itself in a pattern.
func escapeGlob(path string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}

// complete reports whether r names the four datasets and only files that are parts.
func (r commitRecord) complete() bool {
	if len(r.Datasets) != len(datasetNames) {
		return false
	}
	for i, d := range r.Datasets {
		if d.Name != datasetNames[i] || len(d.Parts) == 0 {
			return false
		}
		for _, p := range d.Parts {
			if p.Name != filepath.Base(p.Name) || !strings.HasPrefix(p.Name, "part-") {
				return false
			}
		}
	}
	return true
}

// replay does steps 3 and 4, as far as they are not done.
func replay(l layout, rec commitRecord, log *slog.Logger) error {
	for _, d := range rec.Datasets {
		if d.holds(l.published(d.Name)) {
			continue
		}
		if !d.holds(l.staged(d.Name)) {
			return fmt.Errorf("batch: publishing %s of %s was interrupted and its parts are gone; "+
				"remove %s and run the date again", d.Name, l.date, l.staging())
		}
		if err := exchange(l.staged(d.Name), l.published(d.Name)); err != nil {
			return fmt.Errorf("batch: cannot publish %s: %w; the next run will finish it", d.Name, err)
		}
		if err := errors.Join(syncDir(l.table(d.Name)), syncDir(l.staging())); err != nil {
			return fmt.Errorf("batch: cannot publish %s: %w", d.Name, err)
		}
	}
	for _, d := range rec.Datasets {
		if err := os.RemoveAll(l.staged(d.Name)); err != nil {
			log.Warn("old parts remain in staging", "error", err)
		}
	}
	if err := os.Remove(l.commitPath()); err != nil {
		return fmt.Errorf("batch: published %s, but its commit record remains: %w", l.date, err)
	}
	return os.RemoveAll(l.staging())
}

// holds reports whether dir holds the listed parts and nothing else. Recipes count: parts of equal rows, as empty ones
// are, may be made of different things.
func (d commitDataset) holds(dir string) bool {
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != len(d.Parts) {
		return false
	}
	return !slices.ContainsFunc(d.Parts, func(p PartInfo) bool {
		info, err := CheckPart(filepath.Join(dir, p.Name))
		return err != nil || info != p
	})
}

// exchange puts the folder from at to. What was at to, if anything, is at from afterwards.
func exchange(from, to string) error {
	if _, err := os.Lstat(to); errors.Is(err, os.ErrNotExist) {
		return os.Rename(from, to)
	}
	if err := swap(from, to); err == nil || !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	// Without an atomic swap the date is away for a moment, and the replay finds the new folder where it looks for it.
	old := from + ".old"
	if err := os.RemoveAll(old); err != nil {
		return err
	}
	if err := os.Rename(to, old); err != nil {
		return err
	}
	return os.Rename(from, to)
}

// writeFileWhole writes v as JSON under path, whole or not at all, and makes it durable.
func writeFileWhole(path string, v any) error {
	data, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return writeWhole(path, append(data, '\n'))
}

// writeWhole writes data under path, whole or not at all, and makes it durable.
func writeWhole(path string, data []byte) (err error) {
	f, err := os.OpenFile(path+tmpSuffix, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(path + tmpSuffix)
		}
	}()
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err = os.Rename(path+tmpSuffix, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}
