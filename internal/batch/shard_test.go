package batch

import (
	"errors"
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"stance/internal/output"
)

// Shards in any order, then Commit, publish the bytes that one process does.
func TestShardsEqualOneRun(t *testing.T) {
	in := input("in", articles(230, 7)...)
	whole := config(t, in)
	want := mustRun(t, whole)
	for _, order := range [][]int{{0, 1, 2}, {2, 0, 1}} {
		c := config(t, in)
		c.Shards = 3
		for k, shard := range order {
			if _, err := Commit(t.Context(), c); err == nil || !strings.Contains(err.Error(), "is not done") {
				t.Fatalf("commit after %d shards: %v", k, err)
			}
			c.Shard = shard
			mustRun(t, c)
			if files := data(t, c.Out); len(files) != 0 {
				t.Fatalf("shard %d published %v", shard, files)
			}
		}
		got, err := Commit(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		if !maps.Equal(data(t, c.Out), data(t, whole.Out)) {
			t.Errorf("order %v: data differ from those of one run", order)
		}
		got.Seconds, got.PartsWritten = want.Seconds, want.PartsWritten
		if a, b := marshal(t, got), marshal(t, want); a != b {
			t.Errorf("order %v: summary\n%s\nof one run\n%s", order, a, b)
		}
		before := data(t, c.Out)
		again, err := Commit(t.Context(), c) // it used to say that no shard is done
		if err != nil || !maps.Equal(data(t, c.Out), before) {
			t.Errorf("a second commit: %v", err)
		}
		again.Seconds, again.PartsWritten, again.PartsKept = want.Seconds, want.PartsWritten,
			want.PartsKept
		if a, b := marshal(t, again), marshal(t, want); a != b {
			t.Errorf("a second commit: summary\n%s\nof one run\n%s", a, b)
		}
		other := c
		other.ModelID = strings.Repeat("ef", 32)
		if _, err := Commit(t.Context(), other); err == nil || !strings.Contains(err.Error(), "is not done") {
			t.Errorf("a commit for another model: %v", err)
		}
		if left, _ := filepath.Glob(filepath.Join(c.Out, "_staging", "*")); len(left) != 1 {
			t.Errorf("order %v: left in staging: %q", order, left)
		}
	}
}

// Shards that read different things must not be mixed.
func TestCommitRefusesShardsOfDifferentInput(t *testing.T) {
	c := config(t, input("in", articles(120, 0)...))
	c.Shards = 2
	mustRun(t, c)
	c.Shard, c.Inputs = 1, []Input{input("in", articles(121, 0)...)}
	mustRun(t, c)
	if _, err := Commit(t.Context(), c); !errors.Is(err, ErrInputChanged) {
		t.Errorf("error %v, want ErrInputChanged", err)
	}
}

// A commit with another model than its shards says so before it reads a part.
func TestCommitRefusesAnotherModel(t *testing.T) {
	c := config(t, input("in", articles(120, 0)...))
	c.Shards = 2
	mustRun(t, c)
	c.Shard = 1
	mustRun(t, c)
	c.ModelID = strings.Repeat("ef", 32)
	if _, err := Commit(t.Context(), c); err == nil || !strings.Contains(err.Error(), "made with another model") {
		t.Errorf("error %v", err)
	}
}

func TestCommitWithoutShards(t *testing.T) {
	c := config(t, input("in", articles(12, 0)...))
	mustRun(t, c)
	if _, err := Commit(t.Context(), c); err == nil || !strings.Contains(err.Error(), "publishes itself") {
		t.Errorf("error %v", err)
	}
}

func TestLock(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out", "lock")
	take := func(shared bool) (*lockFile, bool) {
		l, err := takeLock(path, shared)
		var locked *LockedError
		if err != nil && (!errors.As(err, &locked) || !strings.HasPrefix(locked.Holder, "pid ")) {
			t.Fatalf("error %v, want a LockedError with its holder", err)
		}
		return l, err == nil
	}
	one, ok := take(false)
	if !ok {
		t.Fatal("a free lock is refused")
	}
	if _, ok := take(false); ok {
		t.Error("two hold the lock")
	}
	if _, ok := take(true); ok {
		t.Error("a shard runs beside a run")
	}
	one.release()
	two, ok := take(true)
	three, ok2 := take(true)
	if !ok || !ok2 {
		t.Fatal("two shards cannot run at once")
	}
	if _, ok := take(false); ok {
		t.Error("a run begins beside shards")
	}
	two.release()
	three.release()
	if _, ok := take(false); !ok {
		t.Error("the lock was not let go")
	}
}

// The second run over one output says who is at work.
func TestRunIsLocked(t *testing.T) {
	c := config(t, input("in", articles(3, 0)...))
	l, err := takeLock(output.Layout{Root: c.Out}.LockPath(), false)
	if err != nil {
		t.Fatal(err)
	}
	defer l.release()
	var locked *LockedError
	if _, err := Run(t.Context(), c); !errors.As(err, &locked) {
		t.Errorf("error %v, want a LockedError", err)
	}
}
