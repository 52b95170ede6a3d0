//go:build unix

// Package scripttest runs the programs' test scripts. Beside what testscript
// has, a script may use:
//
//	ends CODE program arg…     run a program and hold its exit code against CODE
//	line FILE PREFIX N SUFFIX  append a line of PREFIX, N letters a and SUFFIX
//	bytes FILE HEX             write the bytes
//	bomb FILE LINE N           write a gzip file of LINE and N zero bytes
//	cut FILE N                 keep the first N bytes
//	same A B                   two folders hold the same files with the same bytes
//	unpublished DIR            no dataset under DIR has a date, and no temporary file lies there
//	hold FILE                  keep the lock of a run until the script ends
//	pipe FILE                  make a pipe that never has data and never ends
//	await FILE                 wait until the file exists
//
// The condition [root] holds for the superuser, [long] for tests built with the
// tag long. ROOT is the folder of the project.
package scripttest

import (
	"bytes"
	"compress/gzip"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/sys/unix"
)

// Run runs testdata/script/*.txtar of a command's folder, which must be two
// levels below the project's.
func Run(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(e *testscript.Env) error {
			e.Setenv("ROOT", root)
			return nil
		},
		Condition: func(name string) (bool, error) {
			switch name {
			case "root":
				return os.Geteuid() == 0, nil
			case "long":
				return long, nil
			}
			return false, fmt.Errorf("unknown condition %q", name)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"ends": ends, "line": line, "bytes": writeBytes, "bomb": bomb, "cut": cut, "same": same,
			"unpublished": unpublished,
			"hold":        hold, "pipe": pipe, "await": await,
		},
	})
}

// need fails the script unless it gave n arguments, or at least n with more
// set.
func need(ts *testscript.TestScript, neg bool, args []string, n int, more bool) {
	if neg || len(args) < n || len(args) > n && !more {
		ts.Fatalf("wrong use; see the documentation of package scripttest")
	}
}

func ends(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, neg, args, 2, true)
	err, got := ts.Exec(args[1], args[2:]...), 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if want, err := strconv.Atoi(args[0]); err != nil || got != want {
		ts.Fatalf("exit code %d, want %s", got, args[0])
	}
}

func line(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, neg, args, 4, false)
	n, err := strconv.Atoi(args[2])
	ts.Check(err)
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	ts.Check(err)
	_, err = f.WriteString(args[1] + strings.Repeat("a", n) + args[3] + "\n")
	ts.Check(errors.Join(err, f.Close()))
}

func writeBytes(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, neg, args, 2, false)
	raw, err := hex.DecodeString(args[1])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), raw, 0o644))
}

func bomb(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, neg, args, 3, false)
	n, err := strconv.ParseInt(args[2], 10, 64)
	ts.Check(err)
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	w := gzip.NewWriter(f)
	fmt.Fprintln(w, args[1])
	for zeros := make([]byte, 1<<16); n > 0; n -= int64(len(zeros)) {
		_, err = w.Write(zeros[:min(n, int64(len(zeros)))])
		ts.Check(err)
	}
	ts.Check(errors.Join(w.Close(), f.Close()))
}

func cut(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, neg, args, 2, false)
	n, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	ts.Check(os.Truncate(ts.MkAbs(args[0]), n))
}

func same(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, neg, args, 2, false)
	a, b := tree(ts, args[0]), tree(ts, args[1])
	if len(a) == 0 {
		ts.Fatalf("%s has no files", args[0])
	}
	if !maps.EqualFunc(a, b, bytes.Equal) {
		ts.Fatalf("%s and %s differ: %d and %d files", args[0], args[1], len(a), len(b))
	}
}

// tree reads all regular files under dir by their paths below it, but for
// locks, which say who holds them.
func tree(ts *testscript.TestScript, dir string) map[string][]byte {
	files := map[string][]byte{}
	dir = ts.MkAbs(dir)
	ts.Check(filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || d.Name() == "lock" {
			return err
		}
		below, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		files[below], err = os.ReadFile(path)
		return err
	}))
	return files
}

func unpublished(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, neg, args, 1, false)
	err := filepath.WalkDir(ts.MkAbs(args[0]), func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil &&
			(strings.HasPrefix(d.Name(), "dt=") || strings.HasSuffix(path, ".tmp") ||
				strings.HasPrefix(d.Name(), ".")) {
			ts.Fatalf("%s was left behind", path)
		}
		return err
	})
	ts.Check(err)
}

func hold(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, neg, args, 1, false)
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_RDWR, 0)
	ts.Check(err)
	ts.Check(unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB))
	ts.Defer(func() { f.Close() })
}

func pipe(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, neg, args, 1, false)
	path := ts.MkAbs(args[0])
	ts.Check(unix.Mkfifo(path, 0o600))
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	ts.Check(err)
	ts.Defer(func() { f.Close() })
}

func await(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, neg, args, 1, false)
	path := ts.MkAbs(args[0])
	for range 3000 {
		if _, err := os.Stat(path); err == nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	ts.Fatalf("%s did not appear", args[0])
}
