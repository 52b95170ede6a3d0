package batch

import (
	"context"
	"fmt"
	"io"
	"iter"
	"math"
	"os"
	"path/filepath"

	"stance/datasets"
	"stance/datasets/format"
	"stance/internal/atomicfile"
)

// Input is one source of articles. A run reads it twice, so Read must give the
// same records each time it is called; a rejected record is a
// [*datasets.RecordError] in the stream, any other error ends the run.
type Input struct {
	Name string // as given by the user; "-" is standard input
	Read func(context.Context) iter.Seq2[datasets.Example, error]

	stream  func() (io.ReadCloser, error) // set, with Read nil, for what can be read only once
	options format.Options
}

// Inputs are the inputs that [format.Expand] found. Standard input and pipes
// can be read only once: the run copies them into its staging folder first.
func Inputs(found []format.Input, stdin io.Reader, o format.Options) []Input {
	var inputs []Input
	for _, in := range found {
		switch {
		case in.Path == "-":
			inputs = append(inputs, Input{Name: in.Path, options: o,
				stream: func() (io.ReadCloser, error) { return io.NopCloser(stdin), nil }})
		case in.Size < 0:
			inputs = append(inputs, Input{Name: in.Path, options: o,
				stream: func() (io.ReadCloser, error) { return format.Open(in.Path) }})
		default:
			inputs = append(inputs,
				Input{Name: in.Path, Read: func(ctx context.Context) iter.Seq2[datasets.Example,
					error] {
					return format.Read(ctx, in.Path, o)
				}})
		}
	}
	return inputs
}

// spool copies the streams among inputs into files in dir and returns inputs
// that can be read twice. done removes the copies.
func spool(ctx context.Context, dir string,
	inputs []Input) (files []Input, done func(), err error) {
	var copies []*atomicfile.File
	done = func() {
		for _, c := range copies {
			c.Abort()
		}
	}
	for _, in := range inputs {
		if in.stream != nil {
			c, err := nameless(dir)
			if err != nil {
				done()
				return nil, nil, err
			}
			copies = append(copies, c)
			if err := copyTo(ctx, c.File, in.stream); err != nil {
				done()
				return nil, nil, fmt.Errorf("batch: cannot copy %s: %w", in.Name, err)
			}
			in.Read = func(ctx context.Context) iter.Seq2[datasets.Example, error] {
				return readSpooled(ctx, c.File, in)
			}
		}
		files = append(files, in)
	}
	return files, done, nil
}

// nameless makes a file in dir for the use of this process. Where the system
// allows it, the file has no name: it vanishes with the process, however that
// ends. Abort removes it.
func nameless(dir string) (*atomicfile.File, error) {
	f, err := atomicfile.Create(filepath.Join(dir, "spool"))
	if err != nil {
		return nil, fmt.Errorf("batch: cannot write to the output folder: %w", err)
	}
	os.Remove(f.Name()) // where open files cannot be removed, Abort does it
	return f, nil
}

// readSpooled reads the copy of a stream, from its beginning, under the
// stream's name.
func readSpooled(ctx context.Context, f *os.File, in Input) iter.Seq2[datasets.Example, error] {
	return format.Decode(ctx, io.NewSectionReader(f, 0, math.MaxInt64), in.Name, in.options)
}

// copyTo copies a stream to f. It returns when ctx ends, even while the stream
// gives nothing: nobody may be typing.
func copyTo(ctx context.Context, f io.Writer, open func() (io.ReadCloser, error)) error {
	copied := make(chan error, 1)
	go func() {
		r, err := open()
		if err == nil {
			_, err = io.Copy(f, r)
			r.Close()
		}
		copied <- err
	}()
	select {
	case err := <-copied:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
