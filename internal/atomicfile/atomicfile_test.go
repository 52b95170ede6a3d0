package atomicfile

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// names lists what lies in dir.
func names(t *testing.T, dir string) (all []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

func TestWriteReplaces(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	for _, want := range []string{"first, which is longer", "second"} {
		if err := Write(path, []byte(want)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != want {
			t.Errorf("got %q, %v; want %q", got, err, want)
		}
	}
	if got := names(t, dir); !slices.Equal(got, []string{"a"}) {
		t.Errorf("left %q", got)
	}
}

// Until Commit the old file stands, and Abort leaves nothing new.
func TestAbort(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	if err := Write(path, []byte("old")); err != nil {
		t.Fatal(err)
	}
	for _, closed := range []bool{false, true} {
		f, err := Create(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte("new")); err != nil {
			t.Fatal(err)
		}
		if closed {
			if err := f.Close(); err != nil {
				t.Fatal(err)
			}
		}
		f.Abort()
		if got, _ := os.ReadFile(path); string(got) != "old" || len(names(t, dir)) != 1 {
			t.Errorf("closed %v: %q, files %q", closed, got, names(t, dir))
		}
	}
}

// Abort after Commit, as a deferred one comes, keeps the file.
func TestAbortAfterCommit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	f, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Commit(); err != nil {
		t.Fatal(err)
	}
	f.Abort()
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}

// Two writers of one path do not disturb each other: the last to commit wins.
func TestTwoWriters(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	one, err1 := Create(path)
	two, err2 := Create(path)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	one.WriteString("one")
	two.WriteString("two")
	if err := one.Commit(); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(path); string(got) != "one" {
		t.Errorf("after the first commit: %q", got)
	}
	if err := two.Commit(); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(path); string(got) != "two" {
		t.Errorf("after the second commit: %q", got)
	}
}

// A link in the place of the file is replaced; what it leads to stays.
func TestLinksAreNotFollowed(t *testing.T) {
	dir := t.TempDir()
	kept, path := filepath.Join(dir, "kept"), filepath.Join(dir, "a")
	if err := os.WriteFile(kept, []byte("kept"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(kept, path); err != nil {
		t.Skip(err)
	}
	if err := Write(path, []byte("new")); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(kept); string(got) != "kept" {
		t.Errorf("the link's target holds %q", got)
	}
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
		t.Errorf("%v, %v; want a regular file", info, err)
	}
}

func TestRemoveTemporaries(t *testing.T) {
	dir := t.TempDir()
	f, err := Create(filepath.Join(dir, "killed"))
	if err != nil {
		t.Fatal(err)
	}
	f.File.Close()
	for _, name := range []string{"a", "a.tmp"} { // the second is not ours
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := RemoveTemporaries(dir); err != nil {
		t.Fatal(err)
	}
	if got := names(t, dir); !slices.Equal(got, []string{"a", "a.tmp"}) {
		t.Errorf("left %q", got)
	}
	if err := RemoveTemporaries(filepath.Join(dir, "absent")); err != nil {
		t.Error(err)
	}
}
