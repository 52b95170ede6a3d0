package format

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"stance/datasets"
)

// stream is one input under decoding: its lines, its limits and the consumer of
// its records. Its methods that give something to the consumer return false
// when the consumer wants no more.
type stream struct {
	ctx     context.Context
	name    string // Origin.File of every record
	options Options
	format  Format
	report  *Report // may be nil
	names   *names
	lines   *lineReader
	file    *randomAccess // the input, where it can be read at any place; else nil
	yield   func(datasets.Example, error) bool
	stopped bool // the consumer wants no more

	values  values           // of the record under decoding
	reading dateReading      // its date
	notes   []datasets.Note  // what is to be said of it
	dates   dateOrder        // of the input
	waiting []waitingExample // records that wait for it
	held    int64            // bytes of them
}

// fault is why a record is rejected, as decoders of one record return it; the
// stream adds where it stood. One without a reason passes over bytes that are
// no record (see noRecord).
type fault struct {
	reason datasets.Reason
	detail string
	err    error // cause, may be nil
}

func (f *fault) Error() string { return string(f.reason) + ": " + f.detail }

// noRecord is what a decoder returns for a part of its format that holds no
// article.
func noRecord() *fault { return &fault{} }

// eachLine calls decode with every line that has something on it, and gives
// what it returns to the consumer. Lines that are too long or in no known
// encoding are rejected before.
func (s *stream) eachLine(decode func(line) (datasets.Example, *fault)) {
	for {
		l, ok := s.next()
		if !ok {
			return
		}
		e, f := decode(l)
		if !s.give(l, e, f) {
			return
		}
	}
}

// next returns the next line that has something on it and is within the limits,
// rejecting others on the way. ok is false when the stream has ended, by the
// end of the input, a fault of reading, the context or the consumer.
func (s *stream) next() (l line, ok bool) {
	for {
		if err := s.ctx.Err(); err != nil {
			s.fail(err)
			return l, false
		}
		l, err := s.lines.next()
		if err != nil {
			s.end(l, err)
			return l, false
		}
		f := s.unfit(&l)
		if f == nil {
			if len(bytes.TrimSpace(l.text)) == 0 {
				continue
			}
			return l, true
		}
		if !s.reject(l, f) {
			return l, false
		}
	}
}

// unfit says why l cannot be a record in any format, or nil. It turns the text
// of l into UTF-8.
func (s *stream) unfit(l *line) *fault {
	if l.long {
		return tooLong(l.size, s.options.Limits.Line)
	}
	return s.legible(l)
}

func tooLong(size, limit int64) *fault {
	return &fault{reason: datasets.ReasonTooLong, detail: fmt.Sprintf("record of %d bytes, the limit is %d; split it or raise the limit",
		size, limit)}
}

// end reports a fault of reading at the line it struck; the plain end of the
// input is silent.
func (s *stream) end(l line, err error) {
	if err == io.EOF || s.stopped {
		return
	}
	if ctxErr := s.ctx.Err(); ctxErr != nil {
		s.fail(ctxErr)
		return
	}
	var unread *unreadError
	detail := fmt.Sprintf("reading stopped after byte %d: %v; the records before it were read",
		s.lines.offset, err)
	if errors.As(err, &unread) {
		detail = unread.Error()
	}
	s.reject(l, &fault{reason: datasets.ReasonUnread, err: err, detail: detail})
}

// fail ends the stream with an error that is no record's.
func (s *stream) fail(err error) {
	if !s.stopped {
		s.stopped = true
		s.yield(datasets.Example{}, err)
	}
}

// record makes an example of the fields in v.
func (s *stream) record(v *values) (datasets.Example, *fault) {
	e, reading, f := v.example(s.names)
	s.reading = reading
	if f == nil && s.report != nil {
		s.report.fields(v)
	}
	return e, f
}

// give hands the outcome of one record to the consumer: a rejection when f is
// set, else the example with its place.
func (s *stream) give(l line, e datasets.Example, f *fault) bool {
	reading := s.reading
	s.reading = dateReading{}
	switch {
	case f != nil && f.reason == "":
		s.notes = s.notes[:0]
		return true
	case f != nil:
		return s.reject(l, f)
	}
	e.Origin = s.origin(l)
	if e.ID == "" {
		e.ID = s.makeID(l)
	}
	if blank(e.Title) && blank(e.Text) {
		return s.reject(l, &fault{reason: datasets.ReasonEmpty, detail: "neither title nor text; a record needs one of them"})
	}
	for _, n := range s.notes {
		e.Note(n)
	}
	s.notes = s.notes[:0]
	if s.options.Annotations != nil {
		labels, ok := s.options.Annotations[e.ID]
		if !ok {
			return true
		}
		e.Labels = labels
	}
	return s.date(e, reading)
}

// blank reports whether nothing of s can be seen.
func blank(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool {
		return !unicode.IsSpace(r) && !unicode.In(r, unicode.Cc, unicode.Cf)
	}) < 0
}

func (s *stream) reject(l line, f *fault) bool {
	s.notes, s.reading = s.notes[:0], dateReading{}
	return s.hand(datasets.Example{},
		&datasets.RecordError{Origin: s.origin(l), Reason: f.reason, Detail: f.detail,
			Excerpt: excerpt(l.text), Err: f.err})
}

// hand gives one record to the consumer, after those that wait for the order of
// dates.
func (s *stream) hand(e datasets.Example, err *datasets.RecordError) bool {
	if len(s.waiting) > 0 {
		return s.wait(waitingExample{example: e, rejected: err})
	}
	return s.pass(e, err)
}

func (s *stream) pass(e datasets.Example, err *datasets.RecordError) bool {
	if s.stopped {
		return false
	}
	if s.report != nil {
		s.report.outcome(e, err)
	}
	if err != nil {
		s.stopped = !s.yield(datasets.Example{}, err)
	} else {
		s.stopped = !s.yield(e, nil)
	}
	return !s.stopped
}

func (s *stream) origin(l line) datasets.Origin {
	return datasets.Origin{File: s.name, Line: l.number, Offset: l.offset}
}

// makeID names a record that came without an ID by its file, its line if it has
// one, and a hash of its bytes. The hash keeps records of equally named files
// in different folders apart, and the folders themselves out of the output.
func (s *stream) makeID(l line) string {
	sum := sha256.Sum256(l.text)
	if l.number == 0 {
		return fmt.Sprintf("%s-%x", stem(s.name), sum[:4])
	}
	return fmt.Sprintf("%s-%d-%x", stem(s.name), l.number, sum[:4])
}

// stem is the base name of path without extension and compression suffix, in
// valid UTF-8; IDs are made from it.
func stem(path string) string {
	if path == "-" {
		return "stdin"
	}
	base := strings.ToValidUTF8(filepath.Base(trimCompression(path)), "\uFFFD")
	if s := strings.TrimSuffix(base, filepath.Ext(base)); s != "" {
		return s
	}
	return base
}

// excerpt is the beginning of a record made fit to be stored: valid UTF-8 of at
// most ExcerptLimit bytes.
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
