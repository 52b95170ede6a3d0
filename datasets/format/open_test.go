//go:build unix

package format

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// What can only hang or never end is refused with words that say what it is.
func TestOddFilesAreNamed(t *testing.T) {
	dir := t.TempDir()
	loop := filepath.Join(dir, "loop.jsonl")
	if err := os.Symlink(loop, loop); err != nil {
		t.Skip(err)
	}
	for path, want := range map[string]string{
		dir:                         "is a folder",
		loop:                        "too many levels of symbolic links",
		"/dev/zero":                 "is a device",
		filepath.Join(dir, "gone"):  "no such file",
		fifo(t, dir, "silent.json"): "is a pipe that nothing was written to",
	} {
		var said []string
		for _, err := range Read(context.Background(), path, Options{Format: "jsonl"}) {
			said = append(said, err.Error())
		}
		if len(said) != 1 || !strings.Contains(said[0], want) || !strings.HasPrefix(said[0], path) {
			t.Errorf("%s: got %q, want one error with %q", path, said, want)
		}
	}
}

// A pipe may be opened before its writer comes.
func TestPipeWaitsForItsWriter(t *testing.T) {
	path := fifo(t, t.TempDir(), "late.jsonl")
	go func() {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			t.Error(err)
			return
		}
		f.WriteString(`{"title":"a"}` + "\n")
		f.Close()
	}()
	n := 0
	for _, err := range Read(context.Background(), path, Options{}) {
		if err != nil {
			t.Error(err)
		}
		n++
	}
	if n != 1 {
		t.Errorf("got %d records, want 1", n)
	}
}

// fifo makes a named pipe.
func fifo(t *testing.T, dir, name string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skip(err)
	}
	return path
}
