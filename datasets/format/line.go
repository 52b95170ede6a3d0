package format

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"slices"
)

// line is one physical line of an input, or, in formats whose records span
// lines, the bytes of one record.
type line struct {
	// without the line end; the beginning only when long; valid until the next
	// call of next
	text   []byte
	raw    []byte // text and line end
	number int    // 1-based
	offset int64  // of its first byte in the decompressed stream
	size   int64  // bytes, line end included
	long   bool   // beyond the limit: text holds its beginning
}

// lineReader cuts a stream into lines with memory bounded by limit.
// bufio.Scanner would end at the first long line, and bufio.Reader.ReadBytes
// would hold all of it.
type lineReader struct {
	r      *bufio.Reader
	back   []byte // to be read again, before r
	limit  int64
	number int
	offset int64 // bytes consumed
	buf    []byte
}

// byteOrderMark begins files of Windows programs. It also stands within them
// where such files were joined.
var byteOrderMark = []byte("\uFEFF")

func newLineReader(r io.Reader, limit int64) *lineReader {
	return &lineReader{r: bufio.NewReaderSize(r, peekSize), limit: limit}
}

// next returns the next line. The last line needs no line end. An error (io.EOF
// at the plain end) comes with the number and offset of the line it struck and
// what was read of it.
func (lr *lineReader) next() (line, error) {
	lr.skipMark()
	l := line{number: lr.number + 1, offset: lr.offset}
	if end := bytes.IndexByte(lr.back, '\n') + 1; end > 0 {
		l.raw, lr.back = lr.back[:end], lr.back[end:]
		return lr.took(l, int64(end)), nil
	}
	lr.buf = append(lr.buf[:0], lr.back...)
	l.size, lr.back = int64(len(lr.buf)), nil
	for {
		part, err := lr.r.ReadSlice('\n')
		l.size += int64(len(part))
		// whole in bufio's buffer: no copy
		if err == nil && len(lr.buf) == 0 && l.size <= lr.limit {
			l.raw = part
			return lr.took(l, l.size), nil
		}
		if room := lr.limit - int64(len(lr.buf)); room > 0 {
			lr.buf = append(lr.buf, part[:min(int64(len(part)), room)]...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		l.raw, l.long = lr.buf, l.size > lr.limit
		if err != nil && (err != io.EOF || l.size == 0) {
			l.text = l.raw
			lr.offset += l.size
			return l, err
		}
		return lr.took(l, l.size), nil
	}
}

// took completes a line of size bytes that is read in full.
func (lr *lineReader) took(l line, size int64) line {
	lr.number++
	lr.offset += size
	l.size, l.text = size, bytes.TrimPrefix(trimLineEnd(l.raw), byteOrderMark)
	return l
}

// unread makes rest, which began after line number at offset, the next to be
// read.
func (lr *lineReader) unread(rest []byte, number int, offset int64) {
	lr.back = slices.Concat(rest, lr.back)
	lr.number, lr.offset = number, offset
}

// peek returns up to n bytes that come next.
func (lr *lineReader) peek(n int) []byte {
	if missing := n - len(lr.back); len(lr.back) > 0 && missing > 0 {
		more, _ := lr.r.Peek(min(missing, peekSize))
		lr.back = append(lr.back, more...)
		lr.r.Discard(len(more)) // cannot fail: they were just seen
	}
	if len(lr.back) > 0 {
		return lr.back[:min(n, len(lr.back))]
	}
	b, _ := lr.r.Peek(n)
	return b
}

func (lr *lineReader) readByte() (c byte, err error) {
	if len(lr.back) > 0 {
		c, lr.back = lr.back[0], lr.back[1:]
	} else if c, err = lr.r.ReadByte(); err != nil {
		return 0, err
	}
	lr.offset++
	if c == '\n' {
		lr.number++
	}
	return c, nil
}

// discard passes over n bytes that peek has shown.
func (lr *lineReader) discard(n int) {
	for range n {
		lr.readByte() // cannot fail
	}
}

// skipMark drops a byte order mark at the very beginning of the stream.
func (lr *lineReader) skipMark() {
	if lr.offset != 0 || len(lr.back) > 0 {
		return
	}
	if b, _ := lr.r.Peek(len(byteOrderMark)); bytes.Equal(b, byteOrderMark) {
		n, _ := lr.r.Discard(len(byteOrderMark))
		lr.offset += int64(n)
	}
}

// whole returns the rest of the stream as one line, within the limit of a line;
// io.EOF is no error.
func (lr *lineReader) whole() (line, error) {
	lr.skipMark()
	l := line{number: lr.number + 1, offset: lr.offset}
	text, err := io.ReadAll(io.LimitReader(lr.r, lr.limit+1))
	l.text, l.size = text, int64(len(text))
	lr.offset += l.size
	if l.long = l.size > lr.limit; l.long && err == nil {
		var rest int64
		rest, err = io.Copy(io.Discard, lr.r)
		l.size, lr.offset = l.size+rest, lr.offset+rest
	}
	return l, err
}

func trimLineEnd(b []byte) []byte {
	b = bytes.TrimSuffix(b, []byte("\n"))
	return bytes.TrimSuffix(b, []byte("\r"))
}
