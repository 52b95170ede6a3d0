package arch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// clockReaders are the files that may read the clock, each with what for. A
// clock that jumps changes none of it but the words: durations are differences
// of two readings, which Go takes from the monotonic clock.
var clockReaders = []struct{ file, why string }{
	{"cmd/classify/night.go", "the time of the last success, in the metrics"},
	{"cmd/classify/progress.go", "when to say a line"},
	{"cmd/classify/root.go", "today, where no --date is given"},
	{"internal/batch/lock.go", "since when a lock is held, for people"},
	{"internal/batch/run.go", "Summary.Seconds"},
	{"internal/batch/shard.go", "Summary.Seconds"},
	{"internal/compare/contest.go", "times of kinds"},
}

func TestFewFilesReadTheClock(t *testing.T) {
	var got, want []string
	for _, c := range clockReaders {
		want = append(want, c.file)
	}
	for _, s := range sources(t) {
		if !strings.HasSuffix(s.file, "_test.go") && readsClock(t, s.file) {
			got = append(got, filepath.ToSlash(s.file))
		}
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("time.Now is called in\n%q, want\n%q\nNothing that is published may depend on it",
			got, want)
	}
}

// readsClock reports whether a file, by its path below the module's root, calls
// time.Now.
func readsClock(t *testing.T, file string) bool {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", file))
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), file, text, 0)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	ast.Inspect(parsed, func(n ast.Node) bool {
		call, ok := n.(*ast.SelectorExpr)
		if ok && call.Sel.Name == "Now" {
			if of, ok := call.X.(*ast.Ident); ok && of.Name == "time" {
				found = true
			}
		}
		return !found
	})
	return found
}
