package format

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"stance/datasets"
)

// Options say how to read an input. The zero value goes by the file's
// extension, the usual names of fields and the default limits.
type Options struct {
	Format    string // a name of Formats; "" chooses by extension, else by content
	Map       Map    // names of fields; empty ones are the usual names
	Delimiter byte   // between the fields of a CSV file; 0 is found out
	DateOrder string // "dmy" or "mdy" for dates such as 03/04/2024; "" is found out
	Limits    Limits
	// Annotations, unless nil, are the labels: articles without any are left
	// out.
	Annotations Annotations
	// Skipped, unless nil, is called with each member of an archive that is
	// left out since no format owns its name.
	Skipped func(path string)
	// Report, unless nil, is filled in with how the input was read.
	Report *Report
}

// Limits bound what one input can cost, whatever is in it. A zero field means
// its default.
type Limits struct {
	Line int64 // bytes of one record (a line, a CSV record, a text file); default 16 MiB
	// decompressed bytes per compressed byte, beyond the first 64 MiB of
	// output; default 200
	Ratio int64
	Depth int // nesting of JSON arrays and objects; default 64
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

// check reports what is wrong with o.
func (o Options) check() error {
	if c := o.Delimiter; c >= utf8.RuneSelf || c != 0 && strings.IndexByte("\"\r\n", c) >= 0 {
		return fmt.Errorf("format: %q cannot separate fields; choose a comma, semicolon, tab or bar", c)
	}
	if o.DateOrder != "" && o.DateOrder != "dmy" && o.DateOrder != "mdy" {
		return fmt.Errorf("format: date order %q; choose dmy or mdy", o.DateOrder)
	}
	return nil
}

// Read streams the records of the file at path ("-" is standard input). It
// decompresses, and reads every file of an archive. Each step gives an example,
// or a [*datasets.RecordError] for a record that was rejected, after which the
// stream goes on. Any other error (unknown format, ended context) is the last
// step. A file that cannot be opened or read to its end gives one RecordError
// with [datasets.ReasonUnread] after the records before the fault. Memory is
// bounded by Limits, not by the size of the input.
func Read(ctx context.Context, path string, o Options) iter.Seq2[datasets.Example, error] {
	if path == "-" {
		return Decode(ctx, os.Stdin, path, o)
	}
	return func(yield func(datasets.Example, error) bool) {
		f, err := Open(path)
		if err != nil {
			yield(datasets.Example{},
				&datasets.RecordError{Origin: datasets.Origin{File: validName(path), Line: 1},
					Reason: datasets.ReasonUnread, Detail: err.Error(), Err: err})
			return
		}
		defer f.Close()
		Decode(ctx, f, path, o)(yield)
	}
}

// Decode is [Read] for bytes in hand; name stands in every Origin and its
// extension chooses the format. The sequence can be walked once. A zip archive
// or a Parquet file needs an *os.File or another reader that is an io.ReaderAt
// and an io.Seeker.
func Decode(ctx context.Context, r io.Reader, name string, o Options) iter.Seq2[datasets.Example,
	error] {
	return func(yield func(datasets.Example, error) bool) {
		if _, err := Of(name, o); err != nil && o.Format != "" {
			yield(datasets.Example{}, err)
			return
		}
		if err := o.check(); err != nil {
			yield(datasets.Example{}, err)
			return
		}
		o.Limits = o.Limits.orDefault()
		count := &countReader{r: ctxReader{ctx, r}}
		in := input{ctx: ctx, options: o, yield: yield, names: newNames(o.Map),
			budget: &budget{in: func() int64 { return count.n }, ratio: o.Limits.Ratio}}
		in.read(source{r: count, name: validName(name), file: randomAccessOf(r)})
	}
}

// validName is a path fit to be stored: Parquet wants UTF-8.
func validName(path string) string { return strings.ToValidUTF8(path, "\uFFFD") }

// input is one input of the user with all that is packed into it.
type input struct {
	ctx     context.Context
	options Options
	yield   func(datasets.Example, error) bool
	names   *names
	budget  *budget
	stopped bool
}

// source is one file of an input.
type source struct {
	r      io.Reader
	name   string        // as in Origin
	file   *randomAccess // nil when the bytes come only in their order
	layers []string      // names of what it was packed in, the outermost first
	member bool          // of an archive
}

// read decodes a source, taking off the layers around it.
func (in *input) read(src source) {
	b := bufio.NewReaderSize(src.r, peekSize)
	start, err := b.Peek(tarHead)
	if len(start) == 0 && err != nil && err != io.EOF {
		in.fault(src, err)
		return
	}
	src.r = b
	if len(src.layers) > maxLayers {
		in.fault(src, unread(nil, "packed more than %d times; unpack it", maxLayers))
		return
	}
	if c := compressionOf(start); c != nil {
		in.decompress(src, c)
		return
	}
	if a := archiveOf(start); a != nil {
		a.walk(in, src)
		return
	}
	for _, f := range foreign {
		if strings.HasPrefix(string(start), f.magic) {
			in.fault(src, unread(nil, "%s; %s", f.name, f.cure))
			return
		}
	}
	in.decode(src, b)
}

func (in *input) decompress(src source, c *compression) {
	r, done, err := c.open(src.r)
	if err != nil {
		in.fault(src, fmt.Errorf("%s: %w", c.name, err))
		return
	}
	if done != nil {
		defer done()
	}
	in.read(source{r: budgetReader{r, in.budget}, name: src.name,
		layers: append(src.layers, c.name), member: src.member})
}

// decode reads a source from which all layers are off.
func (in *input) decode(src source, b *bufio.Reader) {
	f, err := Of(src.name, in.options)
	if err != nil || src.name == "-" && in.options.Format == "" {
		start, _ := b.Peek(peekSize)
		sniffed, ok := sniff(start, in.names)
		switch {
		case ok:
			f = sniffed
		case err != nil && src.member:
			if in.options.Skipped != nil {
				in.options.Skipped(src.name)
			}
			return
		case err != nil && slices.Contains(archiveExtensions, extension(src.name)):
			in.fault(src, unread(nil, "the name is that of an archive, and the file is none or an empty one; check how it was made"))
			return
		case err != nil:
			in.stopped = true
			in.yield(datasets.Example{}, err)
			return
		}
	}
	encoding := ""
	if !f.raw {
		src.r, encoding = toUTF8(b)
	}
	s := &stream{ctx: in.ctx, name: src.name, options: in.options, format: f, names: in.names,
		file:  src.file,
		lines: newLineReader(src.r, in.options.Limits.Line), yield: in.yield, stopped: in.stopped}
	s.dates.set = orderNamed(in.options.DateOrder)
	if in.options.Report != nil {
		s.report = in.options.Report
		s.report.begin(src, f.Name, encoding)
	}
	f.decode(s)
	if !s.stopped && in.ctx.Err() == nil {
		s.flush()
	}
	in.stopped = s.stopped
}

// fault rejects a source that cannot be read at all.
func (in *input) fault(src source, err error) {
	if in.stopped {
		return
	}
	if ctxErr := in.ctx.Err(); ctxErr != nil {
		in.stopped = true
		in.yield(datasets.Example{}, ctxErr)
		return
	}
	var worded *unreadError
	detail := fmt.Sprintf("cannot be read: %v", err)
	if errors.As(err, &worded) {
		detail = worded.detail
	}
	rejected := &datasets.RecordError{Origin: datasets.Origin{File: src.name, Line: 1},
		Reason: datasets.ReasonUnread, Detail: detail, Err: err}
	if in.options.Report != nil {
		in.options.Report.begin(src, "", "")
		in.options.Report.outcome(datasets.Example{}, rejected)
	}
	in.stopped = !in.yield(datasets.Example{}, rejected)
}

// ctxReader fails with the context's error once it has ended, so that a long
// skip can be interrupted too.
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
