package output

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"stance/internal/atomicfile"
)

// How a date is published, so that a kill at any moment loses and doubles
// nothing:
//
//  1. All parts of all four datasets lie in _staging/DATE/<dataset>/, each
//    whole, verified and synced. A kill before step
//     2 leaves the old date as it was; the next run keeps the parts it can use.
//  2. _staging/DATE/commit.json is written whole (temp, sync, rename, sync
//    folder). It lists every part of every dataset
//     with recipe, size and sum. From here on the publication is decided.
//  3. For each dataset the staged folder and the published one change places
//    (one atomic exchange where the system has
//     it, else two renames), and the folder above is synced.
//  4. The old parts, now in staging, are removed, then commit.json, then the
//    staging folder.
//
// A run that finds a commit.json first completes what it says. A dataset whose
// published folder holds exactly the listed parts is done; one whose staged
// folder does is moved. So the record is never believed over the data, and
// replaying it twice does no harm.
// A record that can no longer be carried out is set aside.

// CommitRecord is commit.json.
type CommitRecord struct {
	Date     string             `json:"date"`
	Datasets []committedDataset `json:"datasets"` // in the order of datasetNames
}

// Bytes is the size of all parts.
func (r CommitRecord) Bytes() (n int64) {
	for _, d := range r.Datasets {
		for _, p := range d.Parts {
			n += p.Bytes
		}
	}
	return n
}

type committedDataset struct {
	Name  string     `json:"name"`
	Parts []PartInfo `json:"parts"` // by file name
}

func (l Layout) commitPath() string { return filepath.Join(l.Staging(), "commit.json") }

// Publish makes the staged parts that rec lists, as [Contents.Check] gave it,
// the data of the date. The staged folders must hold these parts and nothing
// else.
func (l Layout) Publish(rec CommitRecord, log *slog.Logger) error {
	if err := l.sync(); err != nil {
		return err
	}
	if err := l.writeRecord(rec); err != nil {
		return fmt.Errorf("output: cannot write the commit record: %w", err)
	}
	return replay(l, rec, log)
}

// errRotten is a commit record that can no longer be carried out.
var errRotten = errors.New("its commit record cannot be carried out")

// FinishAll completes every publication under root that was decided and not
// finished. One that can no longer be finished, because its record or its parts
// are damaged, must not stop other dates, nor its own date for ever: it is set
// aside and told to log, and the published data stay as they are.
func FinishAll(root string, log *slog.Logger) error {
	paths, err := Unfinished(root)
	if err != nil {
		return err
	}
	for _, path := range paths {
		l := Layout{root, filepath.Base(filepath.Dir(path))}
		rec, err := l.readRecord()
		if err == nil {
			log.Warn("finishing a publication that was interrupted", "date", rec.Date)
			err = replay(l, rec, log)
		}
		if !errors.Is(err, errRotten) {
			if err != nil {
				return err
			}
			continue
		}
		aside, err2 := l.setAside()
		if err2 != nil {
			return errors.Join(err, err2)
		}
		log.Warn("a publication cannot be finished and is set aside; run its date again", "date",
			l.Date,
			"folder", aside, "why", err, "look", "classify verify "+root)
	}
	return nil
}

// readRecord reads the commit record of the date. The error is errRotten for
// one that is not as Publish wrote it.
func (l Layout) readRecord() (rec CommitRecord, err error) {
	data, err := os.ReadFile(l.commitPath())
	if err == nil {
		err = json.Unmarshal(data, &rec)
	}
	if err != nil {
		return rec, fmt.Errorf("output: %w: %w", errRotten, err)
	}
	if rec.Date != l.Date || !rec.complete() {
		return rec, fmt.Errorf("output: %w: it is not one of %s", errRotten, l.Date)
	}
	return rec, nil
}

// setAside moves the staging folder of the date out of the way of later runs
// and says where to.
func (l Layout) setAside() (string, error) {
	dir := filepath.Join(l.private(), "set-aside")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("output: cannot set a damaged publication aside: %w", err)
	}
	for n := 1; ; n++ {
		to := filepath.Join(dir, fmt.Sprintf("%s-%d", l.Date, n))
		if _, err := os.Lstat(to); err == nil {
			continue
		}
		if err := os.Rename(l.Staging(), to); err != nil {
			return "", fmt.Errorf("output: cannot set a damaged publication aside: %w", err)
		}
		return to, errors.Join(atomicfile.SyncDir(dir), atomicfile.SyncDir(l.private()))
	}
}

// Unfinished lists the commit records under root.
func Unfinished(root string) ([]string, error) {
	paths, err := filepath.Glob(filepath.Join(escapeGlob(Layout{Root: root}.private()), "*", "commit.json"))
	if err != nil {
		return nil, fmt.Errorf("output: looking for unfinished publications: %w", err)
	}
	return paths, nil
}

// complete reports whether r names the four datasets and only files that are
// parts.
func (r CommitRecord) complete() bool {
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

// replay does steps 3 and 4, as far as they are not done. All parts are checked
// before the first folder moves, so that a date with a rotten part keeps its
// four datasets as they were.
func replay(l Layout, rec CommitRecord, log *slog.Logger) error {
	var todo []committedDataset
	for _, d := range rec.Datasets {
		switch {
		case d.holds(l.Published(d.Name)):
		case d.holds(l.Staged(d.Name)):
			todo = append(todo, d)
		default:
			return fmt.Errorf("output: %w: the parts of %s in %s are gone or have changed",
				errRotten, d.Name, l.Staging())
		}
	}
	for _, d := range todo {
		if err := exchange(l.Staged(d.Name), l.Published(d.Name)); err != nil {
			return fmt.Errorf("output: cannot publish %s: %w; the next run will finish it", d.Name,
				err)
		}
		if err := errors.Join(atomicfile.SyncDir(l.Table(d.Name)),
			atomicfile.SyncDir(l.Staging())); err != nil {
			return fmt.Errorf("output: cannot publish %s: %w", d.Name, err)
		}
	}
	for _, d := range rec.Datasets {
		if err := os.RemoveAll(l.Staged(d.Name)); err != nil {
			log.Warn("old parts remain in staging", "error", err)
		}
	}
	if err := os.Remove(l.commitPath()); err != nil {
		return fmt.Errorf("output: published %s, but its commit record remains: %w", l.Date, err)
	}
	return os.RemoveAll(l.Staging())
}

// holds reports whether dir holds the listed parts and nothing else. Recipes
// count: parts of equal rows, as empty ones are, may be made of different
// things.
func (d committedDataset) holds(dir string) bool {
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != len(d.Parts) {
		return false
	}
	return !slices.ContainsFunc(d.Parts, func(p PartInfo) bool {
		info, err := CheckPart(filepath.Join(dir, p.Name))
		return err != nil || info != p
	})
}

// exchange puts the folder from at to. What was at to, if anything, is at from
// afterwards.
func exchange(from, to string) error {
	if _, err := os.Lstat(to); errors.Is(err, os.ErrNotExist) {
		return os.Rename(from, to)
	}
	if err := swap(from, to); err == nil || !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	// Without an atomic swap the date is away for a moment, and the replay
	// finds the new folder where it looks for it.
	old := from + ".old"
	if err := os.RemoveAll(old); err != nil {
		return err
	}
	if err := os.Rename(to, old); err != nil {
		return err
	}
	return os.Rename(from, to)
}

// writeRecord makes rec durable.
func (l Layout) writeRecord(rec CommitRecord) error {
	data, err := json.MarshalIndent(rec, "", "  ")
	if err != nil {
		return err
	}
	return atomicfile.Write(l.commitPath(), append(data, '\n'))
}
