//go:build unix

package batch

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// One run at a time may write under an output root. The lock is an advisory
// lock of the operating system on OUT/_staging/lock, not the file itself: it
// ends with its process, however that ends, so there is no stale lock to
// recognise and the file is never removed. The file's text says who holds it,
// for people.

// LockedError says that another run is at work under the output root.
type LockedError struct {
	Path   string
	Holder string // "pid 12, host a, since …"; "" when the file does not say
}

func (e *LockedError) Error() string {
	holder := e.Holder
	if holder == "" {
		holder = "an unknown process"
	}
	return fmt.Sprintf("batch: another run holds %s (%s); wait for it or end it", e.Path, holder)
}

// lockFile is a lock that is held.
type lockFile struct{ f *os.File }

// takeLock takes the lock at path, or fails at once with a [*LockedError].
// Shared locks, those of shards, exclude only the exclusive one.
func takeLock(path string, shared bool) (*lockFile, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, fmt.Errorf("batch: cannot write to the output folder: %w", err)
	}
	// A link would have us empty and write a file of somebody else's.
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|unix.O_NOFOLLOW|unix.O_NONBLOCK, 0o644)
	if errors.Is(err, unix.ELOOP) {
		return nil, fmt.Errorf("batch: the lock %s is a link; remove it", path)
	}
	if err != nil {
		return nil, fmt.Errorf("batch: cannot take the lock: %w", err)
	}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		f.Close()
		return nil, errors.Join(err,
			fmt.Errorf("batch: the lock %s is no regular file; remove it", path))
	}
	how := unix.LOCK_EX
	if shared {
		how = unix.LOCK_SH
	}
	if err := unix.Flock(int(f.Fd()), how|unix.LOCK_NB); err != nil {
		defer f.Close()
		if !errors.Is(err, unix.EWOULDBLOCK) {
			return nil, fmt.Errorf("batch: cannot lock %s: %w; put --out on a file system with locks", path, err)
		}
		holder, _ := io.ReadAll(io.LimitReader(f, 1<<10))
		return nil, &LockedError{path, strings.TrimSpace(string(holder))}
	}
	host, _ := os.Hostname()
	who := fmt.Sprintf("pid %d, host %s, since %s\n", os.Getpid(), host,
		time.Now().UTC().Format(time.RFC3339))
	if err := errors.Join(f.Truncate(0), writeAt(f, who)); err != nil {
		f.Close()
		return nil, fmt.Errorf("batch: cannot write to %s: %w", path, err)
	}
	return &lockFile{f}, nil
}

func writeAt(f *os.File, s string) error {
	_, err := f.WriteAt([]byte(s), 0)
	return err
}

// release lets the next run in. Releasing nil does nothing.
func (l *lockFile) release() {
	if l != nil {
		l.f.Close()
	}
}
