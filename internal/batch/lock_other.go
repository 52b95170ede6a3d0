//go:build !unix

package batch

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// LockedError says that another run is at work under the output root.
type LockedError struct {
	Path   string
	Holder string
}

func (e *LockedError) Error() string {
	return fmt.Sprintf("batch: another run holds %s; wait for it, or remove the file when no run is at work", e.Path)
}

// lockFile is a lock that is held.
type lockFile struct{ path string }

// takeLock creates the file at path. Where there are no advisory locks a killed
// run leaves it behind, and shards cannot share it.
func takeLock(path string, shared bool) (*lockFile, error) {
	if shared {
		return nil, errors.New("batch: shards need a Unix system")
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, fmt.Errorf("batch: cannot write to the output folder: %w", err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if errors.Is(err, os.ErrExist) {
		return nil, &LockedError{Path: path}
	}
	if err != nil {
		return nil, fmt.Errorf("batch: cannot take the lock: %w", err)
	}
	return &lockFile{path}, f.Close()
}

// release lets the next run in. Releasing nil does nothing.
func (l *lockFile) release() {
	if l != nil {
		os.Remove(l.path)
	}
}
