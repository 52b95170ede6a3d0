package format

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"strconv"
	"strings"

	"stance/datasets"
)

// decodeWARC reads a web archive (ISO 28500): each response that holds an HTML
// page is an article, and so is each page that was converted to text, as in the
// WET files of Common Crawl. Records of other kinds (requests, pictures,
// metadata) hold none. A .warc.gz has a gzip member a record, which needs
// nothing special.
func decodeWARC(s *stream) {
	w := warcReader{s: s}
	for {
		if err := s.ctx.Err(); err != nil {
			s.fail(err)
			return
		}
		l, h, err := w.next()
		if err != nil {
			s.end(l, err)
			return
		}
		e, f := w.article(l, h)
		if !s.give(l, e, f) {
			return
		}
	}
}

// warcHeaderLimit bounds the header lines of one record.
const warcHeaderLimit = 64 << 10

type warcReader struct{ s *stream }

// next returns the next record: its block as the text of a line, and its
// header.
func (w warcReader) next() (line, textproto.MIMEHeader, error) {
	lr := w.s.lines
	for b := lr.peek(1); len(b) > 0 && (b[0] == '\r' || b[0] == '\n'); b = lr.peek(1) {
		lr.discard(1)
	}
	l := line{number: lr.number + 1, offset: lr.offset}
	var head []byte
	for {
		next, err := lr.next()
		if err != nil {
			if len(head) > 0 && err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return l, nil, err
		}
		if len(head) == 0 && !bytes.HasPrefix(next.text, []byte("WARC/")) {
			return l, nil, errors.New("no WARC record begins here")
		}
		head = append(append(head, next.text...), '\n')
		if len(next.text) == 0 {
			break
		}
		if len(head) > warcHeaderLimit {
			return l, nil, errors.New("the header of the WARC record is too long")
		}
	}
	l.text = head
	_, fields, _ := bytes.Cut(head, []byte("\n"))
	h, err := textproto.NewReader(bufio.NewReader(bytes.NewReader(fields))).ReadMIMEHeader()
	if err != nil {
		return l, nil, fmt.Errorf("header of a WARC record: %w", err)
	}
	size, err := strconv.ParseInt(strings.TrimSpace(h.Get("Content-Length")), 10, 64)
	if err != nil || size < 0 {
		return l, nil, fmt.Errorf("length %q of a WARC record", clip(h.Get("Content-Length"), 32))
	}
	block, err := lr.take(size)
	l.text, l.size, l.long = block, size, size > lr.limit
	return l, h, err
}

// take returns the next size bytes, at most limit of them; the others are
// passed over.
func (lr *lineReader) take(size int64) ([]byte, error) {
	var b []byte
	for n := range size {
		c, err := lr.readByte()
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return b, err
		}
		if n < lr.limit {
			b = append(b, c)
		}
	}
	return b, nil
}

// article makes an example of the page in a response.
func (w warcReader) article(l line, h textproto.MIMEHeader) (datasets.Example, *fault) {
	kind := strings.ToLower(h.Get("Warc-Type"))
	if kind != "response" && kind != "resource" && kind != "conversion" {
		return datasets.Example{}, noRecord()
	}
	if l.long {
		return datasets.Example{}, tooLong(l.size, w.s.options.Limits.Line)
	}
	if kind == "conversion" {
		return w.converted(l, h)
	}
	page, contentType, encoded := l.text, h.Get("Content-Type"), ""
	if kind == "response" {
		status, header, body, ok := cutHTTP(l.text)
		if !ok {
			return datasets.Example{}, &fault{reason: datasets.ReasonSyntax, detail: "the response has no HTTP header"}
		}
		if status != "200" {
			return datasets.Example{}, noRecord()
		}
		page, contentType, encoded = body, header.Get("Content-Type"), header.Get("Content-Encoding")
	}
	if t := strings.ToLower(contentType); !strings.Contains(t, "html") {
		return datasets.Example{}, noRecord()
	}
	if c := compressionOf(page); c != nil && encoded != "" {
		plain, f := w.inflate(page, c)
		if f != nil {
			return datasets.Example{}, f
		}
		page = plain
	}
	if f := w.s.page(page, contentType); f != nil {
		return datasets.Example{}, f
	}
	return w.named(h)
}

// converted makes an example of a page that is text already. Its first line is
// the title of the page.
func (w warcReader) converted(l line, h textproto.MIMEHeader) (datasets.Example, *fault) {
	if !strings.Contains(strings.ToLower(h.Get("Content-Type")), "text/plain") {
		return datasets.Example{}, noRecord()
	}
	if f := w.s.legible(&l); f != nil {
		return datasets.Example{}, f
	}
	v := &w.s.values
	v.reset()
	title, text, _ := strings.Cut(strings.TrimSpace(string(l.text)), "\n")
	if text = strings.TrimSpace(text); text == "" || len(title) > titleLimit {
		title, text = "", strings.TrimSpace(string(l.text))
	}
	v.offer(target{fieldTitle, 0}, "first line", title)
	v.offer(target{fieldText, 0}, "text", text)
	language, _, _ := strings.Cut(h.Get("Warc-Identified-Content-Language"), ",")
	v.offer(target{fieldLang, 0}, "WARC-Identified-Content-Language", language)
	return w.named(h)
}

// named makes an example of s.values with the address and id of a record.
func (w warcReader) named(h textproto.MIMEHeader) (datasets.Example, *fault) {
	v := &w.s.values
	v.offer(target{fieldURL, rankMapped}, "WARC-Target-URI",
		strings.Trim(h.Get("Warc-Target-Uri"), "<>"))
	v.offer(target{fieldID, 0}, "WARC-Record-ID", strings.TrimSuffix(strings.TrimPrefix(h.Get("Warc-Record-Id"), "<urn:uuid:"), ">"))
	return w.s.record(v)
}

// inflate decompresses a page that was stored as it was sent.
func (w warcReader) inflate(page []byte, c *compression) ([]byte, *fault) {
	limit := w.s.options.Limits.Line
	r, done, err := c.open(bytes.NewReader(page))
	if err == nil {
		if done != nil {
			defer done()
		}
		page, err = io.ReadAll(io.LimitReader(r, limit+1))
	}
	switch {
	case err != nil:
		return nil, &fault{reason: datasets.ReasonSyntax,
			detail: c.name + " in a response: " + err.Error(), err: err}
	case int64(len(page)) > limit:
		return nil, tooLong(int64(len(page)), limit)
	}
	return page, nil
}

// cutHTTP splits an HTTP response into its status, its header and its body.
func cutHTTP(b []byte) (status string, header textproto.MIMEHeader, body []byte, ok bool) {
	r := bufio.NewReader(bytes.NewReader(b))
	t := textproto.NewReader(r)
	first, err := t.ReadLine()
	if err != nil || !strings.HasPrefix(first, "HTTP/") {
		return "", nil, nil, false
	}
	fields := strings.Fields(first)
	header, err = t.ReadMIMEHeader()
	if err != nil || len(fields) < 2 {
		return "", nil, nil, false
	}
	body, err = io.ReadAll(r)
	return fields[1], header, body, err == nil
}
