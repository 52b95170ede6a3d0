package batch

import (
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"

	"stance/datasets"
)

// Input is one source of articles. A run reads it twice, so Read must give the same records each time it is called; a
// rejected record is a [*datasets.RecordError] in the stream, any other error ends the run.
type Input struct {
	Name string // as given by the user; "-" is standard input
	Read func(context.Context) iter.Seq2[datasets.Example, error]

	stream  io.Reader // of a StreamInput, until it is spooled
	options datasets.Options
}

// FileInput reads the file at path, which should be at rest until the run has ended: see [ErrInputChanged].
func FileInput(path string, o datasets.Options) Input {
	return Input{Name: path, Read: func(ctx context.Context) iter.Seq2[datasets.Example, error] {
		return datasets.Read(ctx, path, o)
	}}
}

// StreamInput reads r, which can be read only once: the run copies it into its staging folder first. name stands in the
// origin of every record.
func StreamInput(r io.Reader, name string, o datasets.Options) Input {
	return Input{Name: name, stream: r, options: o}
}

// spool copies the streams among inputs into dir and returns inputs that can be read twice. done removes the copies.
func spool(ctx context.Context, dir string, inputs []Input) (files []Input, done func(), err error) {
	copies, err := os.MkdirTemp(dir, "spool-")
	if err != nil {
		return nil, nil, fmt.Errorf("batch: cannot copy standard input: %w", err)
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

func copyTo(ctx context.Context, path string, r io.Reader) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	for ctx.Err() == nil {
		switch _, err := io.CopyN(f, r, 1<<20); err {
		case nil:
		case io.EOF:
			return f.Close()
		default:
			return err
		}
	}
	return ctx.Err()
}
