package output

import (
	"bytes"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A publication that was cut at any step is completed later, and only then.
func TestPublicationIsReplayedFromEveryStep(t *testing.T) {
	reference := night{filepath.Join(t.TempDir(), "out"), testDate, 120, 3, "m", "b"}
	reference.publish(t)
	want := published(t, reference.root)

	const steps = 4 + 4 + 1 // exchanges, removals, nothing but the record left
	for _, replaced := range []bool{false, true} {
		for cutAt := 0; cutAt <= steps; cutAt++ {
			name := fmt.Sprintf("replaced=%v cut=%d", replaced, cutAt)
			n := reference
			n.root = filepath.Join(t.TempDir(), "out")
			if replaced {
				night{n.root, testDate, 60, 0, "m", "a"}.publish(t)
			}
			o, rec := n.stage(t)
			l := o.Layout
			if err := l.writeRecord(rec); err != nil {
				t.Fatal(err)
			}
			for step := range min(cutAt, 8) {
				d := datasetNames[step%4]
				if step < 4 {
					if err := exchange(l.Staged(d), l.Published(d)); err != nil {
						t.Fatal(name, err)
					}
				} else if err := os.RemoveAll(l.Staged(d)); err != nil {
					t.Fatal(name, err)
				}
			}
			if err := FinishAll(n.root, quiet); err != nil {
				t.Fatal(name, err)
			}
			if got := published(t, n.root); !maps.Equal(got, want) {
				t.Errorf("%s: published %v, want %v", name, got, want)
			}
			if left, _ := filepath.Glob(filepath.Join(l.private(), "*")); len(left) != 0 {
				t.Errorf("%s: left in staging: %q", name, left)
			}
		}
	}
}

// Where folders cannot be exchanged in one step, a kill between the two renames
// leaves the date away and the record there.
func TestReplayAfterHalfAnExchange(t *testing.T) {
	root := filepath.Join(t.TempDir(), "out")
	night{root, testDate, 60, 0, "m", "a"}.publish(t)
	o, rec := night{root, testDate, 120, 3, "m", "b"}.stage(t)
	l := o.Layout
	if err := l.writeRecord(rec); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(l.Published(StanceData), l.Staged(StanceData)+".old"); err != nil {
		t.Fatal(err)
	}
	if err := FinishAll(root, quiet); err != nil {
		t.Fatal(err)
	}
	for _, d := range rec.Datasets {
		if !d.holds(l.Published(d.Name)) {
			t.Errorf("%s is not as recorded", d.Name)
		}
	}
}

// A record that cannot be carried out, or was tampered with, used to stop every
// run of every date until somebody removed its folder. It is set aside with all
// that belongs to it, told, and data stay as they were.
func TestRottenPublicationIsSetAside(t *testing.T) {
	for name, spoil := range map[string]func(l Layout, rec *CommitRecord){
		"first staged part changed": func(l Layout, rec *CommitRecord) {
			flip(t, l, rec.Datasets[0])
		},
		"last staged part changed": func(l Layout, rec *CommitRecord) {
			flip(t, l, rec.Datasets[3])
		},
		"file outside": func(l Layout, rec *CommitRecord) {
			rec.Datasets[0].Parts[0].Name = "../../part-x"
		},
		"other date": func(l Layout, rec *CommitRecord) { rec.Date = "2026-01-01" },
		"no parts": func(l Layout, rec *CommitRecord) {
			rec.Datasets[2].Parts = nil
		},
	} {
		n := night{filepath.Join(t.TempDir(), "out"), testDate, 60, 0, "m", "a"}
		n.publish(t)
		before := published(t, n.root)
		n.salt = "b"
		for attempt := 1; attempt <= 2; attempt++ { // the same date may rot twice
			o, rec := n.stage(t)
			spoil(o.Layout, &rec)
			if err := o.Layout.writeRecord(rec); err != nil {
				t.Fatal(err)
			}
			var words bytes.Buffer
			if err := FinishAll(n.root, slog.New(slog.NewTextHandler(&words, nil))); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			aside := filepath.Join(n.root, "_staging", "set-aside",
				fmt.Sprintf("2026-03-29-%d", attempt))
			if _, err := os.Stat(filepath.Join(aside, "commit.json")); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if said := words.String(); !strings.Contains(said, aside) || !strings.Contains(said, "classify verify "+n.root) {
				t.Errorf("%s: said %s", name, said)
			}
			if got := published(t, n.root); !maps.Equal(got, before) {
				t.Errorf("%s: published %v", name, got)
			}
		}
		if left, err := Unfinished(n.root); err != nil || len(left) != 0 {
			t.Errorf("%s: unfinished %q, %v", name, left, err)
		}
		o := n.publish(t)
		if reports, err := Verify(n.root); err != nil || len(reports) != 1 ||
			len(reports[0].Faults) != 0 {
			t.Errorf("%s: after a new run of %s: %+v, %v", name, o.Layout.Date, reports, err)
		}
	}
}

// flip changes a byte of a dataset's first staged part.
func flip(t *testing.T, l Layout, d committedDataset) {
	t.Helper()
	path := filepath.Join(l.Staged(d.Name), d.Parts[0].Name)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/3] ^= 1
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// A commit record is complete when it names the four datasets in order, and
// only parts, by their bare names.
func TestCommitRecordIsComplete(t *testing.T) {
	_, sound := night{t.TempDir(), testDate, 60, 3, "m", ""}.stage(t)
	if !sound.complete() {
		t.Fatalf("%+v is not complete", sound)
	}
	for name, spoil := range map[string]func(r *CommitRecord){
		"three datasets": func(r *CommitRecord) { r.Datasets = r.Datasets[:3] },
		"five datasets": func(r *CommitRecord) {
			r.Datasets = append(r.Datasets, r.Datasets[0])
		},
		"no datasets": func(r *CommitRecord) { r.Datasets = nil },
		"another order": func(r *CommitRecord) {
			r.Datasets[0], r.Datasets[1] = r.Datasets[1], r.Datasets[0]
		},
		"no parts":         func(r *CommitRecord) { r.Datasets[1].Parts = nil },
		"part in a folder": func(r *CommitRecord) { r.Datasets[1].Parts[0].Name = "../part-1" },
		"another file":     func(r *CommitRecord) { r.Datasets[1].Parts[0].Name = "passwd" },
	} {
		r := sound
		r.Datasets = slices.Clone(sound.Datasets)
		for i := range r.Datasets {
			r.Datasets[i].Parts = slices.Clone(r.Datasets[i].Parts)
		}
		spoil(&r)
		if r.complete() {
			t.Errorf("%s: complete", name)
		}
	}
}
