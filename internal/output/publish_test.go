package output

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
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

// A record that cannot be carried out, or was tampered with, is refused before
// data are touched.
func TestReplayRefuses(t *testing.T) {
	for name, spoil := range map[string]func(l Layout, rec *CommitRecord){
		"staged part changed": func(l Layout, rec *CommitRecord) {
			path := filepath.Join(l.Staged(StanceData), rec.Datasets[0].Parts[0].Name)
			data, _ := os.ReadFile(path)
			data[len(data)/3] ^= 1
			os.WriteFile(path, data, 0o644)
		},
		"file outside": func(l Layout, rec *CommitRecord) { rec.Datasets[0].Parts[0].Name = "../../part-x" },
		"other date":   func(l Layout, rec *CommitRecord) { rec.Date = "2026-01-01" },
		"no parts":     func(l Layout, rec *CommitRecord) { rec.Datasets[2].Parts = nil },
	} {
		n := night{filepath.Join(t.TempDir(), "out"), testDate, 60, 0, "m", "a"}
		o, rec := n.stage(t)
		spoil(o.Layout, &rec)
		if err := o.Layout.writeRecord(rec); err != nil {
			t.Fatal(err)
		}
		if err := FinishAll(n.root, quiet); err == nil {
			t.Errorf("%s: the record is carried out", name)
		}
		if got := published(t, n.root); len(got) != 0 {
			t.Errorf("%s: published %v", name, got)
		}
	}
}
