package search

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// Log keeps the results of trials, so that an interrupted search resumes where
// it stopped. It is a file with one JSON object per line, in order of time. The
// zero Log keeps nothing.
type Log struct {
	path  string
	known map[string]Result
}

// OpenLog reads the log at path. A missing file is an empty log. OpenLog cuts
// off a last line without a newline, which a killed program leaves. Any other
// line that is not a result is an error.
func OpenLog(path string) (Log, error) {
	l := Log{path, map[string]Result{}}
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return l, nil
	}
	if err != nil {
		return l, fmt.Errorf("search: log of the search: %w", err)
	}
	whole := bytes.LastIndexByte(text, '\n') + 1
	n := 0
	for line := range bytes.Lines(text[:whole]) {
		n++
		var r Result
		if err := json.Unmarshal(line, &r); err != nil || r.Key == "" {
			return l, errors.Join(fmt.Errorf("search: %s:%d is no result of a search; delete the file or name another", path, n), err)
		}
		l.known[r.Key] = r
	}
	if whole < len(text) {
		if err := os.Truncate(path, int64(whole)); err != nil {
			return l, fmt.Errorf("search: log of the search: %w", err)
		}
	}
	return l, nil
}

// Find looks a result up.
func (l Log) Find(key string) (Result, bool) {
	r, ok := l.known[key]
	return r, ok
}

// Add appends a result to the file. Find returns it from then on.
func (l Log) Add(r Result) error {
	if l.path == "" {
		return nil
	}
	l.known[r.Key] = r
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(l.path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o644)
	if err != nil {
		return fmt.Errorf("search: log of the search: %w", err)
	}
	_, err = f.Write(append(text, '\n'))
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("search: log of the search: %w", err)
	}
	return nil
}
