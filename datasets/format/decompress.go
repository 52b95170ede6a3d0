package format

import (
	"bufio"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

const (
	ratioGrace = 64 << 20  // bytes of output before the decompression ratio is looked at
	zstdMemory = 128 << 20 // largest zstd window, as zstd's own default of --long=27
)

// decompress returns the plain bytes of r: those of gzip and zstd are told by their first bytes, so that a pipe and a
// misnamed file work too. Output beyond ratio times the input (after ratioGrace) ends the stream with an error.
func decompress(r io.Reader, ratio int64) (io.ReadCloser, error) {
	in := &countReader{r: r}
	buffered := bufio.NewReaderSize(in, 64<<10)
	magic, _ := buffered.Peek(4)
	switch {
	case len(magic) >= 2 && magic[0] == 0x1f && magic[1] == 0x8b:
		z, err := gzip.NewReader(buffered)
		if err != nil {
			return nil, fmt.Errorf("gzip: %w", err)
		}
		return &ratioReader{r: z, in: in, ratio: ratio, close: func() { z.Close() }}, nil
	case string(magic) == "\x28\xb5\x2f\xfd":
		z, err := zstd.NewReader(buffered, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(zstdMemory))
		if err != nil {
			return nil, fmt.Errorf("zstd: %w", err)
		}
		return &ratioReader{r: z, in: in, ratio: ratio, close: z.Close}, nil
	}
	return io.NopCloser(buffered), nil
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

// ratioReader passes decompressed bytes on until they are out of proportion to the compressed ones.
type ratioReader struct {
	r     io.Reader
	in    *countReader
	out   int64
	ratio int64
	close func()
}

func (rr *ratioReader) Read(p []byte) (int, error) {
	n, err := rr.r.Read(p)
	rr.out += int64(n)
	if rr.out > ratioGrace && rr.out/rr.ratio > rr.in.n {
		return 0, fmt.Errorf("%d bytes came out of %d compressed ones, the limit is %d to 1; raise it if the file is sound",
			rr.out, rr.in.n, rr.ratio)
	}
	return n, err
}

func (rr *ratioReader) Close() error {
	rr.close()
	return nil
}
