package format

import (
	"bytes"
	"compress/bzip2"
	"fmt"
	"io"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

const (
	ratioGrace = 64 << 20  // bytes of output before the decompression ratio is looked at
	zstdMemory = 128 << 20 // largest zstd window, as zstd's own default of --long=27
	maxLayers  = 4         // of compression and archives around a file
)

// compression is a way to compress one file. It is told by the first bytes, so
// that pipes and misnamed files work too.
type compression struct {
	name    string
	suffix  string // of file names, with the dot
	is      func(start []byte) bool
	open    func(io.Reader) (io.Reader, func(), error)
	tarName string // suffix that stands for .tar and suffix
}

var compressions = []compression{
	{"gzip", ".gz", magic("\x1f\x8b"), openGzip, ".tgz"},
	{"zstd", ".zst", isZstd, openZstd, ".tzst"},
	{"bzip2", ".bz2", isBzip2, func(r io.Reader) (io.Reader, func(), error) {
		return bzip2.NewReader(r), nil, nil
	}, ".tbz2"},
	{"xz", ".xz", magic("\xfd7zXZ\x00"), openXz, ".txz"},
}

// foreign are kinds of files that are often given and never read, with what to
// do about them.
var foreign = []struct{ name, magic, cure string }{
	{"a 7z archive", "7z\xbc\xaf\x27\x1c", "unpack it"},
	{"a RAR archive", "Rar!\x1a\x07", "unpack it"},
	{"an LZ4 file", "\x04\x22\x4d\x18", "decompress it"},
	{"a .Z file", "\x1f\x9d", "decompress it"},
	{"a PDF file", "%PDF-", "extract its text, e.g. with pdftotext"},
	{"an Office file", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as CSV or text"},
	{"an SQLite database", "SQLite format 3\x00", "export the table as CSV"},
	{"an ORC file", "ORC", "write it as Parquet"},
	{"an Avro file", "Obj\x01", "write it as Parquet"},
	{"an Arrow or Feather file", "ARROW1", "write it as Parquet"},
	{"an HDF5 file", "\x89HDF\r\n", "write it as Parquet"},
}

func magic(m string) func([]byte) bool {
	return func(start []byte) bool { return bytes.HasPrefix(start, []byte(m)) }
}

// isZstd also takes the skippable frames that pzstd and seekable files begin
// with.
func isZstd(start []byte) bool {
	return bytes.HasPrefix(start, []byte("\x28\xb5\x2f\xfd")) ||
		len(start) > 3 && start[0]&0xf0 == 0x50 && string(start[1:4]) == "\x2a\x4d\x18"
}

func isBzip2(start []byte) bool {
	return len(start) >= 10 && string(start[:3]) == "BZh" && string(start[4:10]) == "1AY&SY"
}

func openGzip(r io.Reader) (io.Reader, func(), error) {
	z, err := gzip.NewReader(r)
	if err != nil {
		return nil, nil, err
	}
	return z, func() { z.Close() }, nil
}

func openZstd(r io.Reader) (io.Reader, func(), error) {
	z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1),
		zstd.WithDecoderMaxMemory(zstdMemory))
	if err != nil {
		return nil, nil, err
	}
	return z, z.Close, nil
}

// compressionOf returns the compression whose bytes start begins with, or nil.
func compressionOf(start []byte) *compression {
	for i := range compressions {
		if compressions[i].is(start) {
			return &compressions[i]
		}
	}
	return nil
}

// trimCompression is path without the suffixes of compressions: "a.csv" for
// "a.csv.gz", "a.tar" for "a.tgz".
func trimCompression(path string) string {
	lower := strings.ToLower(path)
	for _, c := range compressions {
		if strings.HasSuffix(lower, c.suffix) {
			return trimCompression(path[:len(path)-len(c.suffix)])
		}
		if strings.HasSuffix(lower, c.tarName) {
			return path[:len(path)-len(c.tarName)] + ".tar"
		}
	}
	return path
}

// budget bounds what an input may decompress to, over all its layers and
// members.
type budget struct {
	in    func() int64 // compressed bytes read so far, or of the whole file
	out   int64
	ratio int64
}

// spend fails when n more bytes are out of proportion.
func (b *budget) spend(n int) error {
	b.out += int64(n)
	if b.out > ratioGrace && b.out/b.ratio > b.in() {
		return fmt.Errorf("%d bytes came out of %d compressed ones, the limit is %d to 1; raise limits.expansion if the file is sound",
			b.out, b.in(), b.ratio)
	}
	return nil
}

// budgetReader passes decompressed bytes on until the budget is spent.
type budgetReader struct {
	r      io.Reader
	budget *budget
}

func (b budgetReader) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if spent := b.budget.spend(n); spent != nil {
		return 0, spent
	}
	return n, err
}

// countReader counts the bytes that passed.
type countReader struct {
	r io.Reader
	n int64
}

func (c *countReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}
