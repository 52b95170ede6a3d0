package format

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// line is one physical line of an input, or, in formats whose records span lines, the bytes of one record.
type line struct {
	text   []byte // without the line end; the beginning only when long; valid until the next call of next
	raw    []byte // text and line end
	number int    // 1-based
	offset int64  // of its first byte in the decompressed stream
	size   int64  // bytes, line end included
	long   bool   // beyond the limit: text holds its beginning
}

// lineReader cuts a stream into lines with memory bounded by limit. bufio.Scanner would end at the first long line, and
// bufio.Reader.ReadBytes would hold all of it.
type lineReader struct {
	r      *bufio.Reader
	limit  int64
	number int
	offset int64 // bytes consumed
	buf    []byte
	back   []byte // whole lines to be read again, before r
}

var byteOrderMark = []byte("\uFEFF")

func newLineReader(r io.Reader, limit int64) *lineReader {
	return &lineReader{r: bufio.NewReaderSize(r, 64<<10), limit: limit}
}

// next returns the next line. The last line needs no line end. An error (io.EOF at the plain end) comes with the number
// and offset of the line it struck and what was read of it.
func (lr *lineReader) next() (line, error) {
	lr.skipMark()
	l := line{number: lr.number + 1, offset: lr.offset}
	if len(lr.back) > 0 {
		end := bytes.IndexByte(lr.back, '\n') + 1
		if end == 0 {
			end = len(lr.back)
		}
		l.raw, lr.back = lr.back[:end], lr.back[end:]
		return lr.took(l, int64(end)), nil
	}
	lr.buf = lr.buf[:0]
	for {
		part, err := lr.r.ReadSlice('\n')
		l.size += int64(len(part))
		if err == nil && len(lr.buf) == 0 && l.size <= lr.limit { // whole in bufio's buffer: no copy
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
	l.size, l.text = size, trimLineEnd(l.raw)
	return l
}

// unread makes rest, whole lines after line number at offset, the next to be read.
func (lr *lineReader) unread(rest []byte, number int, offset int64) {
	lr.back = append(bytes.Clone(rest), lr.back...)
	lr.number, lr.offset = number, offset
}

// skipMark drops a byte order mark at the very beginning of the stream.
func (lr *lineReader) skipMark() {
	if lr.offset != 0 {
		return
	}
	if b, _ := lr.r.Peek(len(byteOrderMark)); bytes.Equal(b, byteOrderMark) {
		n, _ := lr.r.Discard(len(byteOrderMark))
		lr.offset += int64(n)
	}
}

func trimLineEnd(b []byte) []byte {
	b = bytes.TrimSuffix(b, []byte("\n"))
	return bytes.TrimSuffix(b, []byte("\r"))
}
