package format

import (
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
	"unicode/utf8"

	"stance/datasets"
)

// Options say how to read an input. The zero value reads by file extension with the default limits.
type Options struct {
	Format  string // a name of Formats; "" chooses by extension
	Columns CSVColumns
	Limits  Limits
	// Annotations, unless nil, are the labels: articles without any are passed over.
	Annotations Annotations
}

// Limits bound what one input can cost, whatever is in it. A zero field means its default.
type Limits struct {
	Line  int64 // bytes of one record (a line, a CSV record, a text file); default 16 MiB
	Ratio int64 // decompressed bytes per compressed byte, beyond the first 64 MiB of output; default 200
	Depth int   // nesting of JSON arrays and objects; default 64
}

func (l Limits) orDefault() Limits {
	if l.Line <= 0 {
		l.Line = 16 << 20
	}
	if l.Ratio <= 0 {
		l.Ratio = 200
	}
	if l.Depth <= 0 {
		l.Depth = 64
	}
	return l
}

// Read streams the records of the file at path ("-" is standard input), decompressing gzip and zstd. Each step gives an
// example, or a [*RecordError] for a record that was rejected, after which the stream goes on. Any other error (unknown
// format, ended context) is the last step. A file that cannot be opened or read to its end gives one RecordError with
// [ReasonUnread] after the records before the fault. Memory is bounded by Limits, not by the size of the input.
func Read(ctx context.Context, path string, o Options) iter.Seq2[datasets.Example, error] {
	if path == "-" {
		return Decode(ctx, os.Stdin, path, o)
	}
	return func(yield func(datasets.Example, error) bool) {
		if _, err := Of(path, o); err != nil {
			yield(datasets.Example{}, err)
			return
		}
		f, err := os.Open(path)
		if err != nil {
			yield(datasets.Example{}, &datasets.RecordError{Origin: datasets.Origin{File: path, Line: 1}, Reason: datasets.ReasonUnread,
				Detail: fmt.Sprintf("cannot be opened: %v; check that it exists and may be read", underlying(err)), Err: err})
			return
		}
		defer f.Close()
		Decode(ctx, f, path, o)(yield)
	}
}

// Decode is [Read] for bytes in hand; name stands in every Origin and its extension chooses the format. The sequence can
// be walked once.
func Decode(ctx context.Context, r io.Reader, name string, o Options) iter.Seq2[datasets.Example, error] {
	return func(yield func(datasets.Example, error) bool) {
		f, err := Of(name, o)
		if err != nil {
			yield(datasets.Example{}, err)
			return
		}
		if c := o.Columns.Comma; c >= utf8.RuneSelf || strings.IndexByte("\"\r\n", c) >= 0 {
			yield(datasets.Example{}, fmt.Errorf("datasets: %q cannot separate fields; choose a comma, semicolon, tab or bar", c))
			return
		}
		o.Limits = o.Limits.orDefault()
		plain, err := decompress(ctxReader{ctx, r}, o.Limits.Ratio)
		if err != nil {
			plain = io.NopCloser(errReader{err})
		}
		defer plain.Close()
		f.decode(&stream{ctx: ctx, name: name, options: o, lines: newLineReader(plain, o.Limits.Line), yield: yield})
	}
}

// ctxReader fails with the context's error once it has ended, so that a long skip can be interrupted too.
type ctxReader struct {
	ctx context.Context
	r   io.Reader
}

func (c ctxReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

type errReader struct{ err error }

func (e errReader) Read([]byte) (int, error) { return 0, e.err }
