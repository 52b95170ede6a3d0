package batch

import (
	"context"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stance/datasets/format"
	"stance/internal/output"
)

// A link in the place of the lock, of the staging folder or of a temporary file
// had the run empty or write a file outside the output folder.
func TestLinksOutOfTheOutputAreNotFollowed(t *testing.T) {
	for name, test := range map[string]struct {
		link    func(c Config, outside string) error
		refused string // "" where the run goes on
	}{
		"lock": {func(c Config, outside string) error {
			if err := os.MkdirAll(filepath.Join(c.Out, "_staging"), 0o755); err != nil {
				return err
			}
			return os.Symlink(filepath.Join(outside, "kept"), filepath.Join(c.Out, "_staging", "lock"))
		}, "is a link; remove it"},
		"staging": {func(c Config, outside string) error {
			if err := os.MkdirAll(c.Out, 0o755); err != nil {
				return err
			}
			return os.Symlink(outside, filepath.Join(c.Out, "_staging"))
		}, "is a link; remove it"},
		"temporary file": {func(c Config, outside string) error {
			dir := filepath.Join(c.Out, "_staging", "2026-03-29", output.QuarantineData)
			if err := os.MkdirAll(dir, 0o755); err != nil {
				return err
			}
			return os.Symlink(filepath.Join(outside, "kept"),
				filepath.Join(dir, output.PartName(0, 1)+".tmp"))
		}, ""},
	} {
		outside := t.TempDir()
		if err := os.WriteFile(filepath.Join(outside, "kept"), []byte("as it was"),
			0o644); err != nil {
			t.Fatal(err)
		}
		before := tree(t, outside)
		c := config(t, input("in", articles(3, 1)...))
		if err := test.link(c, outside); err != nil {
			t.Fatal(err)
		}
		_, err := Run(t.Context(), c)
		if (err == nil) != (test.refused == "") ||
			err != nil && !strings.Contains(err.Error(), test.refused) {
			t.Errorf("%s: error %v, want one with %q", name, err, test.refused)
		}
		if after := tree(t, outside); !maps.Equal(after, before) {
			t.Errorf("%s: outside lie %q", name, slices.Collect(maps.Keys(after)))
		}
	}
}

// The copy of standard input had a name, and a killed run left it behind.
func TestSpoolHasNoName(t *testing.T) {
	r, w := io.Pipe()
	c := config(t, Inputs([]format.Input{{Path: "-", Size: -1}}, r, format.Options{})...)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		_, err := Run(ctx, c)
		ended <- err
	}()
	if _, err := w.Write([]byte("{\"id\":\"a\",\"text\":\"FRA and #taiwan\"}\n")); err != nil {
		t.Fatal(err)
	}
	for path := range tree(t, c.Out) {
		if path != "_staging/lock" {
			t.Errorf("while standard input is copied there is %s", path)
		}
	}
	cancel()
	w.Close()
	<-ended
}
