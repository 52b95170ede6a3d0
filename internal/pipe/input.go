package pipe

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// Bounds on one message that comes in, whatever its head claims. Memory grows
// with the largest batch, so callers should stay far below.
const (
	maxBatch  = 256 << 20
	maxSchema = 16 << 20
)

// InputError is a stream that is not one this package can read.
type InputError struct{ Err error }

func (e *InputError) Error() string { return "pipe: input: " + e.Err.Error() }

// Unwrap is the cause.
func (e *InputError) Unwrap() error { return e.Err }

// eachBatch calls begin with the schema of a stream and then do with its
// batches. Errors of the stream are [*InputError]; the stream may hold
// anything.
func eachBatch(ctx context.Context, r io.Reader, begin func(*arrow.Schema) error,
	do func(arrow.RecordBatch) error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &InputError{fmt.Errorf("broken stream: %v", v)}
		}
	}()
	tail := &tailReader{r: bufio.NewReaderSize(r, 1<<20)}
	bounds := []ipc.Option{ipc.WithBodySizeLimit(maxBatch), ipc.WithMetadataSizeLimit(maxSchema),
		ipc.WithAllocator(boundedAllocator{memory.NewGoAllocator()})}
	// ipc.NewReader of arrow-go 18.8 forgets the bounds
	in, err := ipc.NewReaderFromMessageReader(ipc.NewMessageReader(tail, bounds...), bounds...)
	if err != nil {
		return &InputError{fmt.Errorf("%w; an Arrow IPC stream is wanted, not a file of another format", err)}
	}
	defer in.Release()
	if err := begin(in.Schema()); err != nil {
		return err
	}
	for in.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := do(in.RecordBatch()); err != nil {
			return err
		}
	}
	if err := in.Err(); err != nil && !errors.Is(err, io.EOF) {
		return &InputError{err}
	}
	if !tail.ended() {
		return &InputError{errors.New("the stream ends without its end-of-stream marker; was its writer killed?")}
	}
	return ctx.Err()
}

// boundedAllocator panics rather than allocate what a compressed batch claims
// to hold beyond maxBatch. eachBatch turns that into an error.
type boundedAllocator struct{ memory.Allocator }

func (b boundedAllocator) Allocate(size int) []byte {
	checkSize(size)
	return b.Allocator.Allocate(size)
}

func (b boundedAllocator) Reallocate(size int, old []byte) []byte {
	checkSize(size)
	return b.Allocator.Reallocate(size, old)
}

func checkSize(size int) {
	if size < 0 || size > maxBatch+64 { // buffers are padded to 64 bytes
		panic(fmt.Sprintf("a batch claims %d bytes in one column, the limit is %d; send smaller batches", size, maxBatch))
	}
}

// endOfStream is how Arrow IPC streams end.
var endOfStream = []byte{0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0}

// tailReader keeps the last bytes that were read.
type tailReader struct {
	r    io.Reader
	tail []byte
}

func (t *tailReader) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	t.tail = append(t.tail, p[max(0, n-len(endOfStream)):n]...)
	t.tail = t.tail[max(0, len(t.tail)-len(endOfStream)):]
	return n, err
}

// ended reports whether the stream has come to its marker.
func (t *tailReader) ended() bool { return bytes.Equal(t.tail, endOfStream) }
