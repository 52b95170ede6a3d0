// Package atomicfile writes files that are whole or absent. A file is written
// under a temporary name beside its place, made durable, and only then renamed.
// Every file that this project writes for others to read is written here.
package atomicfile

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// Suffix ends the name of every temporary file.
const Suffix = ".tmp"

// tries bounds the temporary names that are tried for one file.
const tries = 100

// File is a file being written. Commit gives it its name, Abort removes it.
type File struct {
	*os.File        // open for reading and writing under its temporary name
	path     string // where it belongs
	closed   bool
	done     bool
}

// Create begins the file that Commit will put at path, in a folder that exists.
// The temporary file is always a new one: a link that lies in its place is not
// followed, and two writers of one path do not write to the same file.
func Create(path string) (*File, error) {
	dir, base := filepath.Split(path)
	for range tries {
		name := fmt.Sprintf("%s.%s-%08x%s", dir, base, rand.Uint32(), Suffix)
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
		if err == nil {
			return &File{File: f, path: path}, nil
		}
		if !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
	}
	return nil, fmt.Errorf("%s: no free temporary name beside it; remove the files *%s", path,
		Suffix)
}

// Close makes what was written durable and closes the file, which keeps its
// temporary name. Closing twice does nothing.
func (f *File) Close() error {
	if f.closed {
		return nil
	}
	f.closed = true
	return errors.Join(f.Sync(), f.File.Close())
}

// Commit closes the file, gives it its name in place of whatever had it, and
// makes the name durable. After an error no temporary file is left.
func (f *File) Commit() error {
	err := f.Close()
	if err == nil {
		err = os.Rename(f.Name(), f.path)
	}
	if err != nil {
		f.Abort()
		return err
	}
	f.done = true
	return SyncDir(filepath.Dir(f.path))
}

// Abort removes the file. After Commit it does nothing, so it may be deferred.
func (f *File) Abort() {
	if f.done {
		return
	}
	if !f.closed {
		f.closed = true
		f.File.Close() // the file is given up: its error says nothing new
	}
	os.Remove(f.Name())
}

// Write writes data to path: the file is replaced whole or left as it was.
func Write(path string, data []byte) error {
	f, err := Create(path)
	if err != nil {
		return err
	}
	defer f.Abort()
	if _, err := f.Write(data); err != nil {
		return err
	}
	return f.Commit()
}

// SyncDir makes the names in a folder durable.
func SyncDir(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// RemoveTemporaries removes the temporary files in dir that killed writers
// left. No writer may be at work there. A folder that does not exist has none.
func RemoveTemporaries(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
	var faults []error
	for _, e := range entries {
		if filepath.Ext(e.Name()) == Suffix && e.Name()[0] == '.' {
			faults = append(faults, os.Remove(filepath.Join(dir, e.Name())))
		}
	}
	return errors.Join(faults...)
}
