package format

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"stance/datasets"
)

// stream is one input under decoding: its lines, its limits and the consumer of its records. Its methods that give
// something to the consumer return false when the consumer wants no more.
type stream struct {
	ctx     context.Context
	name    string // datasets.Origin.File of every record
	options Options
	lines   *lineReader
	yield   func(datasets.Example, error) bool
}

// fault is why a record is rejected, as decoders of one record return it; the stream adds where it stood. One without a
// reason passes over bytes that are no record (see noRecord).
type fault struct {
	reason datasets.Reason
	detail string
	err    error // cause, may be nil
}

func (f *fault) Error() string { return string(f.reason) + ": " + f.detail }

// noRecord is what a decoder returns for a part of its format that holds no article.
func noRecord() *fault { return &fault{} }

// eachLine calls decode with every line that has something on it, and gives what it returns to the consumer. Lines that
// are too long or not UTF-8 are rejected before.
func (s *stream) eachLine(decode func(line) (datasets.Example, *fault)) {
	for {
		l, ok := s.next()
		if !ok {
			return
		}
		if len(bytes.TrimSpace(l.text)) == 0 {
			continue
		}
		e, f := decode(l)
		if !s.give(l, e, f) {
			return
		}
	}
}

// next returns the next line within the limits, rejecting others on the way. ok is false when the stream has ended, by
// the end of the input, a fault of reading, the context or the consumer.
func (s *stream) next() (l line, ok bool) {
	for {
		if err := s.ctx.Err(); err != nil {
			s.yield(datasets.Example{}, err)
			return l, false
		}
		l, err := s.lines.next()
		if err != nil {
			s.end(l, err)
			return l, false
		}
		f := s.unfit(l)
		if f == nil {
			return l, true
		}
		if !s.reject(l, f) {
			return l, false
		}
	}
}

// unfit says why l cannot be a record in any format, or nil.
func (s *stream) unfit(l line) *fault {
	if l.long {
		return tooLong(l.size, s.options.Limits.Line)
	}
	return notUTF8(l.text)
}

func tooLong(size, limit int64) *fault {
	return &fault{reason: datasets.ReasonTooLong, detail: fmt.Sprintf("record of %d bytes, the limit is %d; split it or raise the limit",
		size, limit)}
}

func notUTF8(text []byte) *fault {
	if utf8.Valid(text) {
		return nil
	}
	if bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff")) {
		return &fault{reason: datasets.ReasonEncoding, detail: "the file is UTF-16; convert it: iconv -f UTF-16 -t UTF-8"}
	}
	at := 0
	for at < len(text) {
		r, size := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	return &fault{reason: datasets.ReasonEncoding, detail: fmt.Sprintf("byte %d (0x%02X) is not UTF-8; convert the file, e.g. with iconv",
		at+1, text[at])}
}

// end reports a fault of reading at the line it struck; the plain end of the input is silent.
func (s *stream) end(l line, err error) {
	if err == io.EOF {
		return
	}
	if ctxErr := s.ctx.Err(); ctxErr != nil {
		s.yield(datasets.Example{}, ctxErr)
		return
	}
	s.reject(l, &fault{reason: datasets.ReasonUnread, err: err,
		detail: fmt.Sprintf("reading stopped after byte %d: %v; the records before it were read", s.lines.offset, err)})
}

// give hands the outcome of one record to the consumer: a rejection when f is set, else the example with its place.
func (s *stream) give(l line, e datasets.Example, f *fault) bool {
	switch {
	case f != nil && f.reason == "":
		return true
	case f != nil:
		return s.reject(l, f)
	}
	e.Origin = s.origin(l)
	if e.ID == "" {
		e.ID = s.makeID(l)
	}
	if strings.TrimSpace(e.Title) == "" && strings.TrimSpace(e.Text) == "" {
		return s.reject(l, &fault{reason: datasets.ReasonEmpty, detail: "neither title nor text; a record needs one of them"})
	}
	if s.options.Annotations != nil {
		labels, ok := s.options.Annotations[e.ID]
		if !ok {
			return true
		}
		e.Labels = labels
	}
	return s.yield(e, nil)
}

func (s *stream) reject(l line, f *fault) bool {
	return s.yield(datasets.Example{}, &datasets.RecordError{Origin: s.origin(l), Reason: f.reason, Detail: f.detail,
		Excerpt: excerpt(l.text), Err: f.err})
}

func (s *stream) origin(l line) datasets.Origin {
	return datasets.Origin{File: s.name, Line: l.number, Offset: l.offset}
}

// makeID names a record that came without an ID by its file, its line if it has one, and a hash of its bytes. The hash
// keeps records of equally named files in different folders apart, and the folders themselves out of the output.
func (s *stream) makeID(l line) string {
	sum := sha256.Sum256(l.text)
	if l.number == 0 {
		return fmt.Sprintf("%s-%x", stem(s.name), sum[:4])
	}
	return fmt.Sprintf("%s-%d-%x", stem(s.name), l.number, sum[:4])
}

// excerpt is the beginning of a record made fit to be stored: valid UTF-8 of at most ExcerptLimit bytes.
func excerpt(text []byte) string {
	s := strings.ToValidUTF8(string(text[:min(len(text), datasets.ExcerptLimit+utf8.UTFMax)]), "\uFFFD")
	if len(s) <= datasets.ExcerptLimit {
		return s
	}
	cut := datasets.ExcerptLimit
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut]
}
