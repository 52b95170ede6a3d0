package format

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
)

// tarHead is how many bytes tell every layer; the mark of tar comes last.
const tarHead = 265

// archive is a way to pack several files into one.
type archive struct {
	is   func(start []byte) bool
	walk func(*input, source)
}

// archiveOf returns the archive whose bytes start begins with, or nil.
func archiveOf(start []byte) *archive {
	for _, a := range []archive{
		{magic("PK\x03\x04"), (*input).walkZip},
		{magic("PK\x05\x06"), (*input).walkZip},
		{func(start []byte) bool {
			return len(start) >= 262 && string(start[257:262]) == "ustar"
		}, (*input).walkTar},
	} {
		if a.is(start) {
			return &a
		}
	}
	return nil
}

// randomAccess is an input that can be read at any place.
type randomAccess struct {
	io.ReaderAt
	size int64
}

// randomAccessOf returns r as one if it is a file or the like; else nil. It
// leaves r where it was.
func randomAccessOf(r io.Reader) *randomAccess {
	if section, ok := r.(*io.SectionReader); ok { // of a file, to its end or beyond
		outer, offset, _ := section.Outer()
		if f, ok := outer.(*os.File); ok && offset == 0 {
			if info, err := f.Stat(); err == nil {
				return &randomAccess{f, min(info.Size(), section.Size())}
			}
		}
	}
	at, isAt := r.(io.ReaderAt)
	seeker, isSeeker := r.(io.Seeker)
	if !isAt || !isSeeker {
		return nil
	}
	here, err := seeker.Seek(0, io.SeekCurrent)
	if err != nil || here != 0 {
		return nil
	}
	size, err := seeker.Seek(0, io.SeekEnd)
	if _, err2 := seeker.Seek(here, io.SeekStart); err != nil || err2 != nil {
		return nil
	}
	return &randomAccess{at, size}
}

// walkZip decodes the files of a zip archive in the order of its directory.
func (in *input) walkZip(src source) {
	if src.file == nil {
		in.fault(src, unread(nil, "a zip archive that is packed or comes through a pipe; unpack it, or save it as a file"))
		return
	}
	z, err := zip.NewReader(src.file, src.file.size)
	if err != nil {
		in.fault(src, fmt.Errorf("zip: %w", err))
		return
	}
	size := src.file.size
	in.budget.in = func() int64 { return size }
	members := 0
	for _, f := range z.File {
		name := memberName(src, f.Name)
		switch {
		case in.stopped || in.ctx.Err() != nil:
			in.end(src)
			return
		case f.Name == "[Content_Types].xml":
			in.fault(src, unread(nil, "an Office file; save it as CSV or text"))
			return
		case !readableMember(f.Name):
			continue
		}
		members++
		member := source{name: name, layers: append(src.layers, "zip"), member: true}
		if f.Flags&1 != 0 {
			in.fault(member, unread(nil, "encrypted; unpack the archive"))
			continue
		}
		r, err := f.Open()
		if err != nil {
			in.fault(member, fmt.Errorf("zip: %w", err))
			continue
		}
		member.r = ctxReader{in.ctx, budgetReader{r, in.budget}}
		in.read(member)
		r.Close()
	}
	in.empty(src, members)
}

// walkTar decodes the files of a tar archive.
func (in *input) walkTar(src source) {
	t := tar.NewReader(src.r)
	members := 0
	for {
		h, err := t.Next()
		switch {
		case errors.Is(err, io.EOF):
			in.empty(src, members)
			return
		case in.stopped || in.ctx.Err() != nil:
			in.end(src)
			return
		case err != nil:
			in.fault(src, fmt.Errorf("tar: %w; the files before were read", err))
			return
		case h.Typeflag != tar.TypeReg || !readableMember(h.Name):
			continue
		}
		members++
		in.read(source{r: ctxReader{in.ctx, t}, name: memberName(src, h.Name),
			layers: append(src.layers, "tar"), member: true})
	}
}

// end stops an archive whose consumer or context has ended.
func (in *input) end(src source) {
	if err := in.ctx.Err(); err != nil {
		in.fault(src, err)
	}
}

// empty rejects an archive without a file.
func (in *input) empty(src source, members int) {
	if members == 0 {
		in.fault(src, unread(nil, "an archive without a file in it"))
	}
}

// readableMember leaves out folders, hidden files and what macOS adds.
func readableMember(name string) bool {
	if strings.HasSuffix(name, "/") {
		return false
	}
	for _, part := range strings.Split(path.Clean("/" + name)[1:], "/") {
		if strings.HasPrefix(part, ".") || part == "__MACOSX" {
			return false
		}
	}
	return true
}

// memberName is what a member is called in messages: the archive, then its
// path.
func memberName(src source, name string) string {
	return src.name + path.Clean("/"+validName(strings.ReplaceAll(name, `\`, "/")))
}

// sniff tells a format by the first bytes of a file whose name does not.
func sniff(start []byte, n *names) (Format, bool) {
	text := bytes.TrimLeft(bytes.TrimPrefix(start, byteOrderMark), " \t\r\n")
	lower := bytes.ToLower(text[:min(len(text), 512)])
	name := ""
	switch {
	case bytes.HasPrefix(start, []byte("PAR1")):
		name = "parquet"
	case bytes.HasPrefix(start, []byte("WARC/")):
		name = "warc"
	case bytes.HasPrefix(lower, []byte("<!doctype html")) ||
		bytes.HasPrefix(lower, []byte("<html")):
		name = "html"
	case bytes.HasPrefix(lower, []byte("<")) &&
		(bytes.Contains(lower, []byte("<rss")) || bytes.Contains(lower, []byte("<feed")) ||
			bytes.Contains(lower, []byte("<rdf"))):
		name = "feed"
	case bytes.HasPrefix(text, []byte("{")):
		name = "jsonl"
	case bytes.HasPrefix(text, []byte("[")):
		name = "json"
	default:
		if d := dialectOf(start, 0, n, ""); d.known > 0 {
			name = "csv"
		}
	}
	for _, f := range Formats {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}
