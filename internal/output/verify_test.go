package output

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is published verifies; each way of spoiling it is told.
func TestVerify(t *testing.T) {
	stance := func(root, name string) string { return filepath.Join(root, "stance/v1/dt=2026-03-29", name) }
	for _, test := range []struct {
		name  string
		spoil func(root string) error
		want  string // in the only fault; "" for none
	}{
		{"as published", func(root string) error { return nil }, ""},
		{"flipped byte", func(root string) error {
			data, err := os.ReadFile(stance(root, PartName(0, 3)))
			if err == nil {
				data[50] ^= 1
				err = os.WriteFile(stance(root, PartName(0, 3)), data, 0o644)
			}
			return err
		}, "has changed since it was written"},
		{"missing part", func(root string) error {
			return os.Remove(stance(root, PartName(1, 3)))
		}, "missing or doubled"},
		{"stray file", func(root string) error {
			return os.WriteFile(stance(root, "_SUCCESS"), nil, 0o644)
		}, "not a part"},
		{"stray folder", func(root string) error { return os.Mkdir(filepath.Join(root, "stance/v1/tmp"), 0o755) },
			"only dt="},
		{"missing dataset", func(root string) error { return os.RemoveAll(filepath.Join(root, "aggregates")) },
			"no such file"},
		{"dataset of another run", func(root string) error {
			other := night{filepath.Join(root, "..", "other"), testDate, 120, 3, "other", ""}
			other.publish(t)
			return exchange(filepath.Join(other.root, "quarantine/v1/dt=2026-03-29"),
				filepath.Join(root,
					"quarantine/v1/dt=2026-03-29"))
		}, "another run"},
		{"aggregates of other articles", func(root string) error {
			other := night{filepath.Join(root, "..", "other"), testDate, 110, 3, "m", "other"}
			other.publish(t)
			return exchange(filepath.Join(other.root, "aggregates/v1/dt=2026-03-29"),
				filepath.Join(root,
					"aggregates/v1/dt=2026-03-29"))
		}, "not made of these"},
		{"dataset in the place of another", func(root string) error {
			l := Layout{root, "2026-03-29"}
			if err := os.RemoveAll(l.Published(StanceData)); err != nil {
				return err
			}
			return os.CopyFS(l.Published(StanceData), os.DirFS(l.Published(ArticlesData)))
		}, `is a part of "articles", not of stance`},
		{"row that was changed and sealed again", func(root string) error {
			path := stance(root, PartName(1, 3))
			info, err := CheckPart(path)
			if err != nil {
				return err
			}
			var rows []Row
			if err := EachRow(path, func(r *Row) error {
				rows = append(rows, *r)
				return nil
			}); err != nil {
				return err
			}
			rows[7].Title = text("Another title")
			p, err := CreatePart[Row](path)
			if err == nil {
				err = p.Append(rows...)
			}
			if err == nil {
				_, err = p.Commit(info.Recipe)
			}
			return err
		}, "a row may have changed"},
		{"unfinished publication", func(root string) error {
			l := Layout{root, "2026-03-30"}
			if err := os.MkdirAll(l.Staging(), 0o755); err != nil {
				return err
			}
			return l.writeRecord(CommitRecord{Date: l.Date})
		}, "not finished"},
	} {
		root := filepath.Join(t.TempDir(), "out")
		night{root, testDate, 120, 3, "m", ""}.publish(t)
		if err := test.spoil(root); err != nil {
			t.Fatal(test.name, err)
		}
		reports, err := Verify(root)
		if err != nil || len(reports) == 0 || reports[0].Date != "2026-03-29" {
			t.Fatalf("%s: %v, %+v", test.name, err, reports)
		}
		var faults []string
		for _, r := range reports {
			faults = append(faults, r.Faults...)
		}
		all := strings.Join(faults, "; ")
		if len(faults) > 1 || (test.want == "") != (all == "") ||
			!strings.Contains(all, test.want) {
			t.Errorf("%s: faults %q, want one with %q", test.name, faults, test.want)
		}
		if r := reports[0]; all == "" &&
			(r.Parts != 8 || r.Articles != 120 || r.Quarantined != 3 || r.Rows == 0) {
			t.Errorf("%s: %+v", test.name, r)
		}
	}
	if _, err := Verify(filepath.Join(t.TempDir(), "absent")); err == nil {
		t.Error("an absent root verifies")
	}
}
