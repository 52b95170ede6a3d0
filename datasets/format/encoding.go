package format

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
	"golang.org/x/text/transform"

	"stance/datasets"
)

// peekSize is how much of an input is looked at to tell its encoding, its
// format and its dialect.
const peekSize = 64 << 10

// encodingMarks are the encodings that a byte order mark, or the zero bytes of
// ASCII text in them, give away. UTF-8 needs no decoding. The mark of UTF-32LE
// begins with that of UTF-16LE.
var encodingMarks = []struct {
	name   string
	mark   string
	zero   int // of two bytes, the one that is zero in ASCII text; -1 when that does not tell
	decode func() *encoding.Decoder
}{
	{"UTF-32LE", "\xff\xfe\x00\x00", -1, utf32.UTF32(utf32.LittleEndian, utf32.UseBOM).NewDecoder},
	{"UTF-32BE", "\x00\x00\xfe\xff", -1, utf32.UTF32(utf32.BigEndian, utf32.UseBOM).NewDecoder},
	{"UTF-16LE", "\xff\xfe", 1, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder},
	{"UTF-16BE", "\xfe\xff", 0, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder},
}

// toUTF8 returns r decoded to UTF-8, with "\n" at the ends of lines that have a
// carriage return alone, and the name of the encoding.
func toUTF8(r io.Reader) (io.Reader, string) {
	b := bufio.NewReaderSize(r, peekSize)
	start, _ := b.Peek(peekSize)
	name := "UTF-8"
	for _, m := range encodingMarks {
		if bytes.HasPrefix(start, []byte(m.mark)) || m.zero >= 0 && zeroBytes(start, m.zero) {
			name = m.name
			b = bufio.NewReaderSize(transform.NewReader(b, m.decode()), peekSize)
			start, _ = b.Peek(peekSize)
			break
		}
	}
	if bytes.IndexByte(start, '\r') >= 0 && bytes.IndexByte(start, '\n') < 0 &&
		len(bytes.TrimRight(start, "\r")) < len(start) ||
		bytes.Count(start, []byte{'\r'}) > 1 && bytes.IndexByte(start, '\n') < 0 {
		return lineEnds{b}, name
	}
	return b, name
}

// zeroBytes reports whether every other byte of b, from i on, is zero, and no
// other, as in ASCII text in UTF-16.
func zeroBytes(b []byte, i int) bool {
	b = b[:min(len(b), 64)&^1]
	for k, c := range b {
		if (c == 0) != (k%2 == i) {
			return false
		}
	}
	return len(b) >= 8
}

// lineEnds turns carriage returns into line feeds.
type lineEnds struct{ r io.Reader }

func (l lineEnds) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	for i, c := range p[:n] {
		if c == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}

// legible turns the text of l into UTF-8: a record that is not UTF-8 is read as
// Windows-1252 when it can be that. The record then has a note.
func (s *stream) legible(l *line) *fault {
	s.notes = s.notes[:0]
	if utf8.Valid(l.text) {
		return nil
	}
	if !windows1252(l.text) {
		return notUTF8(l.text)
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(l.text)
	if err != nil {
		return notUTF8(l.text)
	}
	l.text = text
	s.notes = append(s.notes, datasets.NoteWindows1252)
	return nil
}

// windows1252 reports whether text that is not UTF-8 can be Windows-1252:
// mostly ASCII, without bytes that it lacks, and without characters in UTF-8.
func windows1252(text []byte) bool {
	high := 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == 0x81 || c == 0x8d || c == 0x8f || c == 0x90 || c == 0x9d ||
			c < ' ' && c != '\t' && c != '\n' && c != '\r':
			return false
		case c < utf8.RuneSelf:
			continue
		}
		if r, _ := utf8.DecodeRune(text[i:]); r != utf8.RuneError {
			return false
		}
		high++
	}
	return 4*high <= len(text)
}

func notUTF8(text []byte) *fault {
	at := 0
	for at < len(text) {
		r, size := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	return &fault{reason: datasets.ReasonEncoding, detail: fmt.Sprintf("byte %d (0x%02X) is not UTF-8 and the record is not "+
		"Windows-1252; convert the file, e.g. with iconv", at+1, text[at])}
}
