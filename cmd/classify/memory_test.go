//go:build long && linux && !race

// The race detector keeps shadow memory, several times what the program takes.

package main

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// memoryBudget is what docs/reliability.md promises for a night of 50,000
// articles on two workers.
const memoryBudget = 384 << 20

// TestMemoryBudget classifies 200 MB in 50,000 articles, some of them of 1 MB,
// and compares the peak of memory with the budget.
func TestMemoryBudget(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "night.jsonl")
	writeNight(t, path, 50_000, 200<<20)
	cmd := exec.Command("classify", path, "--out", filepath.Join(dir, "out"), "--date", "2026-03-29", "--workers", "2", "--quiet")
	if words, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, words)
	}
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		t.Fatal("no resource usage of the run")
	}
	peak := usage.Maxrss << 10
	t.Logf("peak %d MiB, %v of processor time", peak>>20, cmd.ProcessState.UserTime())
	if peak > memoryBudget {
		t.Errorf("peak of %d MiB; the budget is %d MiB", peak>>20, int64(memoryBudget)>>20)
	}
}

// writeNight writes n articles of random words, about size bytes in all. Every
// tenth names countries and a topic; ten are as long as a text may be.
func writeNight(t *testing.T, path string, n int, size int64) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	w := bufio.NewWriter(f)
	for i := range n {
		length := int(size) / n
		if i%(n/10) == 0 {
			length = 1 << 20
		}
		var text strings.Builder
		for text.Len() < length {
			if i%10 == 0 && random.IntN(12) == 0 {
				text.WriteString("Norway said it would help Ukraine against Russia. ")
			}
			for range 12 {
				fmt.Fprintf(&text, "%c%s ", 'a'+random.IntN(26),
					[...]string{"ment", "ation", "er", "ing", "ist"}[random.IntN(5)])
			}
			text.WriteString("so. ")
		}
		fmt.Fprintf(w, `{"id":"%d","title":"Head %d","text":"%s"}`+"\n", i, i, text.String())
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}
