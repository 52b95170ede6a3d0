package batch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"stance/datasets"
	"stance/internal/output"
)

// Input is one source of articles. A run reads it twice, so Read must give the
// same records each time it is called; a rejected record is a
// [*datasets.RecordError] in the stream, any other error ends the run.
type Input struct {
	Name string // as given by the user; "-" is standard input
	Read func(context.Context) iter.Seq2[datasets.Example, error]

	stream  func() (io.ReadCloser, error) // set, with Read nil, for what can be read only once
	options datasets.Options
}

// Inputs are the inputs that [datasets.Expand] found. Standard input and pipes
// can be read only once: the run copies them into its staging folder first.
func Inputs(found []datasets.Input, stdin io.Reader, o datasets.Options) []Input {
	var inputs []Input
	for _, in := range found {
		switch {
		case in.Path == "-":
			inputs = append(inputs, Input{Name: in.Path, options: o,
				stream: func() (io.ReadCloser, error) { return io.NopCloser(stdin), nil }})
		case in.Size < 0:
			inputs = append(inputs, Input{Name: in.Path, options: o,
				stream: func() (io.ReadCloser, error) { return os.Open(in.Path) }})
		default:
			inputs = append(inputs, Input{Name: in.Path, Read: func(ctx context.Context) iter.Seq2[datasets.Example,
				error] {
				return datasets.Read(ctx, in.Path, o)
			}})
		}
	}
	return inputs
}

// spool copies the streams among inputs into a folder under dir and returns
// inputs that can be read twice. done removes the copies.
func spool(ctx context.Context, dir string, inputs []Input) (files []Input, done func(), err error) {
	copies, err := os.MkdirTemp(dir, "spool-")
	if err != nil {
		return nil, nil, fmt.Errorf("batch: cannot write to the output folder: %w", err)
	}
	done = func() { os.RemoveAll(copies) }
	for i, in := range inputs {
		if in.stream != nil {
			path := filepath.Join(copies, fmt.Sprint(i))
			if err := copyTo(ctx, path, in.stream); err != nil {
				done()
				return nil, nil, fmt.Errorf("batch: cannot copy %s: %w", in.Name, err)
			}
			in.Read = func(ctx context.Context) iter.Seq2[datasets.Example, error] { return readSpooled(ctx, path, in) }
		}
		files = append(files, in)
	}
	return files, done, nil
}

// removeSpools removes the copies that killed runs of l's date left.
func removeSpools(l output.Layout) error {
	entries, err := os.ReadDir(l.Staging())
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), "spool-") {
			err = errors.Join(err, os.RemoveAll(filepath.Join(l.Staging(), e.Name())))
		}
	}
	return err
}

// readSpooled reads the copy of a stream under the stream's name.
func readSpooled(ctx context.Context, path string, in Input) iter.Seq2[datasets.Example, error] {
	return func(yield func(datasets.Example, error) bool) {
		f, err := os.Open(path)
		if err != nil {
			yield(datasets.Example{}, err)
			return
		}
		defer f.Close()
		datasets.Decode(ctx, f, in.Name, in.options)(yield)
	}
}

// copyTo copies a stream to path. It returns when ctx ends, even while the
// stream gives nothing: nobody may be typing.
func copyTo(ctx context.Context, path string, open func() (io.ReadCloser, error)) error {
	copied := make(chan error, 1)
	go func() {
		r, err := open()
		if err != nil {
			copied <- err
			return
		}
		defer r.Close()
		f, err := os.Create(path)
		if err != nil {
			copied <- err
			return
		}
		if _, err = io.Copy(f, r); err != nil {
			f.Close()
			copied <- err
			return
		}
		copied <- f.Close()
	}()
	select {
	case err := <-copied:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
