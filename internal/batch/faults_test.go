//go:build linux

package batch

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// night makes an input and what an undisturbed run publishes of it.
func night(t *testing.T, dir string) (input string, want map[string]string) {
	t.Helper()
	input = filepath.Join(dir, "night.jsonl")
	writeNight(t, input, 900, "")
	cc := childConfig{input, filepath.Join(dir, "want"), 400}
	cc.finish(t)
	return input, data(t, cc.Out)
}

// SIGTERM at any moment ends a run with 130 and nothing published, or after the
// publication with 0. The next run gives what an undisturbed one gives.
func TestTerminateAnywhere(t *testing.T) {
	dir := t.TempDir()
	input, want := night(t, dir)
	random := rand.New(rand.NewPCG(2026, 11))
	ended := map[int]int{}
	for i := range max(4, *kills/4) {
		cc := childConfig{input, filepath.Join(dir, fmt.Sprint("out", i)), 400}
		begun := time.Now()
		var stderr bytes.Buffer
		cmd := cc.start(t, &stderr)
		for cmd.Process.Signal(syscall.Signal(0)) == nil && time.Since(begun) < 10*time.Second {
			if _, err := os.Stat(filepath.Join(cc.Out, "_staging", "lock")); err == nil {
				break // the child has taken its signals over
			}
			time.Sleep(time.Millisecond)
		}
		time.Sleep(time.Duration(random.Int64N(int64(400 * time.Millisecond))))
		cmd.Process.Signal(syscall.SIGTERM)
		cmd.Wait()
		code := cmd.ProcessState.ExitCode()
		ended[code]++
		got := data(t, cc.Out)
		if code == 130 && len(got) > 0 || code == 0 && !maps.Equal(got, want) ||
			code != 0 && code != 130 {
			t.Fatalf("exit code %d, published %q: %s", code, slices.Sorted(maps.Keys(got)), &stderr)
		}
		cc.finish(t)
		if !maps.Equal(data(t, cc.Out), want) {
			t.Fatal("the run after a signal publishes something else")
		}
	}
	t.Logf("exit codes after SIGTERM: %v", ended)
}

// Of two runs at once one publishes, and the other says that it is locked out.
func TestTwoRunsAtOnce(t *testing.T) {
	dir := t.TempDir()
	input, want := night(t, dir)
	cc := childConfig{input, filepath.Join(dir, "out"), 400}
	var words [2]bytes.Buffer
	first, second := cc.start(t, &words[0]), cc.start(t, &words[1])
	failed := 0
	for i, cmd := range []*exec.Cmd{first, second} {
		if cmd.Wait() != nil {
			failed++
			if !strings.Contains(words[i].String(), "another run") {
				t.Errorf("run %d: %s", i, &words[i])
			}
		}
	}
	if failed > 1 || !maps.Equal(data(t, cc.Out), want) {
		t.Errorf("%d of 2 runs failed, published %q", failed,
			slices.Sorted(maps.Keys(data(t, cc.Out))))
	}
}

// Whichever call opens the one file too many, the run fails in words or does
// without it, nothing is half published, and the next run is whole.
func TestEveryOpenMayFail(t *testing.T) {
	dir := t.TempDir()
	input, want := night(t, dir)
	failed := 0
	for _, files := range [...]int{6, 8, 9, 10, 11, 12, 13, 14} {
		cc := childConfig{input, filepath.Join(dir, fmt.Sprint("out", files)), 400}
		if err := os.Mkdir(cc.Out, 0o755); err != nil {
			t.Fatal(err)
		}
		var stderr bytes.Buffer
		cmd := cc.start(t, &stderr, "prlimit", fmt.Sprintf("--nofile=%d", files))
		cmd.Wait()
		got := data(t, cc.Out)
		switch code := cmd.ProcessState.ExitCode(); {
		case code == 0 && maps.Equal(got, want):
		case code > 0 && len(got) == 0 && stderr.Len() > 0:
			failed++
		default:
			t.Fatalf("%d files: exit code %d, published %q: %s", files, code,
				slices.Sorted(maps.Keys(got)), &stderr)
		}
		cc.finish(t)
		if !maps.Equal(data(t, cc.Out), want) {
			t.Fatalf("%d files: the next run publishes something else", files)
		}
	}
	if failed == 0 {
		t.Error("no run failed; the limits tried nothing")
	}
}
