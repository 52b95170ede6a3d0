//go:build linux

package batch

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"stance/datasets"
	"stance/datasets/format"
	"stance/internal/atomicfile"
	"stance/internal/output"
)

// The chaos tests run this test binary again as a child that does nothing but
// one Run, and treat the child badly. `make chaos` kills it 200 times; a plain
// `go test` does so a few times.
var kills = flag.Int("chaos", 5, "how many times TestKill kills a run")

// childConfig tells a child what to run.
type childConfig struct {
	Input, Out string
	Articles   int // per part
}

const childEnv = "STANCE_BATCH_CHILD"

func TestMain(m *testing.M) {
	if spec := os.Getenv(childEnv); spec != "" {
		os.Exit(child(spec))
	}
	os.Exit(m.Run())
}

// child runs as cmd/classify does: SIGTERM ends the context, and the exit code
// says how it went.
func child(spec string) int {
	var cc childConfig
	if err := json.Unmarshal([]byte(spec), &cc); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 10
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	_, err := Run(ctx, cc.config())
	switch {
	case errors.Is(err, context.Canceled):
		return 130
	case err != nil:
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

func (cc childConfig) config() Config {
	return Config{
		Inputs: Inputs([]format.Input{{Path: cc.Input}}, nil, format.Options{}), Out: cc.Out,
		Date: testDate, Reader: wordReader{}, Workers: 2, ArticlesPerPart: cc.Articles,
		ModelID: strings.Repeat("ab", 32), ConfigSHA256: strings.Repeat("cd", 32),
		MaxQuarantineRatio: 0.5,
	}
}

// start begins a child, under the command around if there is one; its words go
// to stderr.
func (cc childConfig) start(t *testing.T, stderr *bytes.Buffer, around ...string) *exec.Cmd {
	t.Helper()
	spec, err := json.Marshal(cc)
	if err != nil {
		t.Fatal(err)
	}
	command := append(around, os.Args[0])
	if _, err := exec.LookPath(command[0]); err != nil {
		t.Skipf("no %s here: %v", command[0], err)
	}
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Env = append(os.Environ(), childEnv+"="+string(spec))
	cmd.Stderr = stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd
}

// finish runs a child to its end, which must be a good one.
func (cc childConfig) finish(t *testing.T) {
	t.Helper()
	var stderr bytes.Buffer
	if err := cc.start(t, &stderr).Wait(); err != nil {
		t.Fatalf("%v: %s", err, &stderr)
	}
}

// writeNight writes n articles and a few broken lines to a JSONL file. salt
// makes another night of the same ids.
func writeNight(t *testing.T, path string, n int, salt string) {
	t.Helper()
	var b bytes.Buffer
	for i, thing := range articles(n, n/100) {
		a, ok := thing.(datasets.Article)
		if !ok {
			fmt.Fprintf(&b, "{broken %d\n", i)
			continue
		}
		line, err := json.Marshal(map[string]string{"id": a.ID, "title": a.Title,
			"text":         a.Text + salt,
			"published_at": a.Published.Format(time.RFC3339), "source": a.Source, "url": a.URL})
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// data is the tree of an output root without what is private.
func data(t *testing.T, out string) map[string]string {
	t.Helper()
	files := tree(t, out)
	maps.DeleteFunc(files, func(path, _ string) bool {
		return strings.HasPrefix(path, "_staging/")
	})
	return files
}

// Whenever a run is killed, the data are those of the night before or those of
// this night, and running it again gives what an undisturbed run gives: nothing
// lost, doubled or left over.
func TestKill(t *testing.T) {
	dir := t.TempDir()
	old, night := filepath.Join(dir, "old.jsonl"), filepath.Join(dir, "night.jsonl")
	size := 5000
	if *kills < 100 {
		size = 1500
	}
	writeNight(t, old, 900, " earlier version .")
	writeNight(t, night, size, "")
	reference := func(input, name string) map[string]string {
		cc := childConfig{input, filepath.Join(dir, name), 400}
		cc.finish(t)
		return data(t, cc.Out)
	}
	before, want := reference(old, "before"), reference(night, "want")
	begun := time.Now()
	childConfig{night, filepath.Join(dir, "timed"), 400}.finish(t)
	whole := time.Since(begun)

	random := rand.New(rand.NewPCG(2026, 3))
	outcomes, runs, hits := map[string]int{}, 0, 0
	for ; hits < *kills; runs++ {
		out := filepath.Join(dir, fmt.Sprint("out", runs))
		if err := os.Mkdir(out, 0o755); err != nil { // a run may be killed before it does so itself
			t.Fatal(err)
		}
		allowed := []map[string]string{{}, want}
		if runs%2 == 1 { // a date that is replaced
			if err := os.CopyFS(out, os.DirFS(filepath.Join(dir, "before"))); err != nil {
				t.Fatal(err)
			}
			allowed[0] = before
		}
		cc := childConfig{night, out, 400}
		for range 1 + runs%3 { // some are killed again while they recover
			cmd := cc.start(t, &bytes.Buffer{})
			time.Sleep(time.Duration(random.Int64N(int64(whole) * 5 / 4))) // publication comes last
			cmd.Process.Kill()
			cmd.Wait()
			if cmd.ProcessState.ExitCode() >= 0 {
				break // it was faster
			}
			hits++
			outcomes[stateOf(data(t, out), allowed)]++
		}
		cc.finish(t)
		// + the lock
		if got := tree(t, out); !maps.Equal(data(t, out), want) || len(got) != len(want)+1 {
			t.Fatalf("run %d: files %q", runs, slices.Sorted(maps.Keys(got)))
		}
		os.RemoveAll(out)
	}
	t.Logf("%d runs over %d articles, killed %d times at random moments of %v: 0 lost, 0 doubled, 0 strays",
		runs, size, hits, whole.Round(time.Millisecond))
	for _, k := range slices.Sorted(maps.Keys(outcomes)) {
		t.Logf("found after a kill: %s: %d", k, outcomes[k])
	}
}

// stateOf says what a reader would have seen after a kill.
func stateOf(got map[string]string, allowed []map[string]string) string {
	for i, name := range []string{"the date as it was before", "the new date"} {
		if maps.Equal(got, allowed[i]) {
			return name
		}
	}
	return "some datasets new, some not yet"
}

// SIGTERM ends a run with code 130; what it finished is used again.
func TestTerminate(t *testing.T) {
	dir := t.TempDir()
	night := filepath.Join(dir, "night.jsonl")
	writeNight(t, night, 2000, "")
	cc := childConfig{night, filepath.Join(dir, "out"), 50}
	var stderr bytes.Buffer
	cmd := cc.start(t, &stderr)
	staged := filepath.Join(cc.Out, "_staging", "2026-03-29", "articles", output.PartName(3, 40))
	for range 2000 {
		if _, err := os.Stat(staged); err == nil {
			break
		}
		time.Sleep(2 * time.Millisecond)
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != 130 {
		t.Fatalf("exit %d, want 130: %s", code, &stderr)
	}
	for path := range tree(t, cc.Out) {
		if strings.HasSuffix(path, atomicfile.Suffix) || !strings.HasPrefix(path, "_staging/") {
			t.Errorf("left behind: %s", path)
		}
	}
	s := mustRun(t, cc.config())
	if s.PartsKept < 4 || s.PartsKept+s.PartsWritten != 40 {
		t.Errorf("%d parts kept and %d written after the signal", s.PartsKept, s.PartsWritten)
	}
}

// mount puts a tmpfs at dir, which only root may.
func mount(t *testing.T, dir, options string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, options); err != nil {
		t.Skipf("no tmpfs here: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, 0) })
}

// A full disk fails the run and publishes nothing; with room the next run goes
// on from there.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	night := filepath.Join(dir, "night.jsonl")
	writeNight(t, night, 3000, "")
	reference := childConfig{night, filepath.Join(dir, "want"), 400}
	mustRun(t, reference.config())

	out := filepath.Join(dir, "small")
	mount(t, out, "size=192k")
	cc := childConfig{night, out, 400}
	_, err := Run(t.Context(), cc.config())
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("error %v, want ENOSPC", err)
	}
	if got := data(t, out); len(got) != 0 {
		t.Errorf("published on a full disk: %v", got)
	}
	if err := syscall.Mount("tmpfs", out, "tmpfs", syscall.MS_REMOUNT, "size=16m"); err != nil {
		t.Fatal(err)
	}
	if s := mustRun(t, cc.config()); s.PartsKept == 0 {
		t.Error("nothing of the first attempt was used again")
	}
	if !maps.Equal(data(t, out), data(t, reference.Out)) {
		t.Error("the data differ from those of an undisturbed run")
	}
}

// An output that cannot be written fails at once.
func TestReadOnlyOutput(t *testing.T) {
	dir := t.TempDir()
	night := filepath.Join(dir, "night.jsonl")
	writeNight(t, night, 10, "")
	out := filepath.Join(dir, "readonly")
	mount(t, out, "size=1m")
	if err := syscall.Mount("tmpfs", out, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY,
		""); err != nil {
		t.Fatal(err)
	}
	_, err := Run(t.Context(), childConfig{night, out, 400}.config())
	if !errors.Is(err, syscall.EROFS) {
		t.Errorf("error %v, want EROFS", err)
	}
}
