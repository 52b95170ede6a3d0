package models

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"maps"
	"os"
	"slices"

	"github.com/klauspost/compress/zstd"

	"stance/datasets"
	"stance/internal/atomicfile"
	"stance/models/codec"
	"stance/models/learn"
)

// A bundle is one file (integers little-endian):
//
//	8 bytes   magic "STANCEMB"
//	4 bytes   format number, 2
//	4 bytes   number of sections
//	then for each section
//	  4 bytes   length of its name, then the name
//	  1 byte    0: stored as it is, 1: one zstd frame
//	  8 bytes   length of its stored bytes
//	  8 bytes   length of its content
//	  4 bytes   CRC-32C of all the above from its name on, and of its stored bytes
//	  the stored bytes
//
// Sections: "manifest" (JSON), "golden" (JSON), and for each head T "T/ids"
// (the features of its columns, see encodeIDs), "T/classifier" (the kind's own
// bytes) and "T/names" (what people call the features, read only when asked
// for). Nothing follows the last section. A content may not be longer than it
// declares, and no declared length is believed before it is bounded.

const (
	bundleMagic  = "STANCEMB"
	bundleFormat = 2
	maxSections  = 64
	maxName      = 64
	maxBundle    = 256 << 20 // bytes of a bundle file
	maxSection   = 256 << 20 // bytes of the content of one section
	leastMemory  = 1 << 20   // that a decoder may use, however short the content
	maxRatio     = 1 << 10   // bytes of content for each stored byte
)

// Bundle is a trained model as stored in one file: heads, the topics of
// training, and a manifest that says where they come from. It is immutable.
type Bundle struct {
	Manifest Manifest
	heads    []head
	golden   []goldenCase
	id       string
	size     int64
}

// ID is the lower-case hex SHA-256 of the bundle's bytes.
func (b *Bundle) ID() string { return b.id }

// Size is the length of the bundle in bytes.
func (b *Bundle) Size() int64 { return b.size }

// Explains reports whether the shares of words add up to the stance scores: the
// classifier is a learn.Explainer.
func (b *Bundle) Explains() bool {
	_, ok := b.heads[0].classifier.(learn.Explainer)
	return ok
}

// Load reads a bundle file. It checks the structure, the checksums and the
// golden predictions. kinds is the table in which Load looks up the
// classifiers.
func Load(path string, kinds []Kind) (*Bundle, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("models: bundle %s cannot be read: %w; make one with train --out %s", path, err, path)
	}
	if info.Size() > maxBundle {
		return nil, fmt.Errorf("models: %s has %d bytes, more than any bundle; is it another file?", path, info.Size())
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("models: bundle %s cannot be read: %w", path, err)
	}
	b, err := Decode(data, kinds)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return b, nil
}

// Decode reads a bundle from its bytes.
func Decode(data []byte, kinds []Kind) (*Bundle, error) {
	sections, err := readSections(data)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	b := &Bundle{id: hex.EncodeToString(sum[:]), size: int64(len(data))}
	if err := sections.json("manifest", &b.Manifest); err != nil {
		return nil, err
	}
	if err := sections.json("golden", &b.golden); err != nil {
		return nil, err
	}
	kind, err := FindKind(kinds, b.Manifest.Kind)
	if err != nil {
		return nil, err
	}
	if len(b.Manifest.Heads) == 0 || b.Manifest.Heads[0].Task != datasets.TaskStance {
		return nil, errors.New("models: bundle without a stance head; it is corrupt or was made by another version")
	}
	for _, m := range b.Manifest.Heads {
		h, err := readHead(sections, m, kind)
		if err != nil {
			return nil, err
		}
		b.heads = append(b.heads, h)
	}
	if len(sections.left) > 0 {
		return nil, fmt.Errorf("models: bundle with unknown sections %q; it was made by another version", sections.names())
	}
	return b, b.checkGolden()
}

// encode gives the bytes of the bundle and sets its ID and size.
func (b *Bundle) encode() ([]byte, error) {
	var w sectionWriter
	w.json("manifest", b.Manifest)
	w.json("golden", b.golden)
	for _, h := range b.heads {
		h.write(&w)
	}
	data, err := w.bytes()
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	b.id, b.size = hex.EncodeToString(sum[:]), int64(len(data))
	return data, nil
}

// WriteFile writes the bundle whole or not at all.
func (b *Bundle) WriteFile(path string) error {
	data, err := b.encode()
	if err != nil {
		return err
	}
	if err := atomicfile.Write(path, data); err != nil {
		return fmt.Errorf("models: bundle %s cannot be written: %w", path, err)
	}
	return nil
}

// section is one section as it lies in the file.
type section struct {
	name   string
	way    byte // stored or deflated
	stored []byte
	length uint64 // of its content
}

// The ways in which a section is stored.
const (
	stored   = 0
	deflated = 1
)

// sections are the sections of a bundle that nothing has asked for yet.
type sections struct{ left map[string]section }

// readSections checks the structure and every checksum before it opens
// anything.
func readSections(data []byte) (sections, error) {
	s := sections{map[string]section{}}
	r := &codec.Reader{Rest: data}
	if magic := r.Take(len(bundleMagic)); string(magic) != bundleMagic {
		return s, errors.New("models: not a bundle: it does not begin with " + bundleMagic)
	}
	if format := r.Uint32(); format != bundleFormat && !r.Failed {
		return s, fmt.Errorf("models: bundle format %d; this program reads format %d, so use the version that made it or train anew",
			format, bundleFormat)
	}
	count := r.Uint32()
	if count > maxSections {
		return s, fmt.Errorf("models: bundle with %d sections is corrupt", count)
	}
	for range count {
		x, err := readSection(r)
		if err != nil {
			return s, err
		}
		if _, twice := s.left[x.name]; twice {
			return s, fmt.Errorf("models: bundle with two sections %q is corrupt", x.name)
		}
		s.left[x.name] = x
	}
	if r.Failed || len(r.Rest) > 0 {
		return s, fmt.Errorf("models: bundle is truncated or has %d bytes too many; copy it again",
			len(r.Rest))
	}
	return s, nil
}

// castagnoli is the polynomial of CRC-32C (RFC 3720), which processors compute.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// readSection takes the next section.
func readSection(r *codec.Reader) (section, error) {
	var x section
	nameLength := r.Uint32()
	head := r.Rest
	x.name = string(r.Take(int(min(nameLength, maxName+1))))
	if way := r.Take(1); way != nil {
		x.way = way[0]
	}
	stored := r.Uint64()
	x.length = r.Uint64()
	sum := crc32.Checksum(head[:len(head)-len(r.Rest)], castagnoli)
	want := r.Uint32()
	if r.Failed || stored > uint64(len(r.Rest)) || len(x.name) > maxName {
		return x, errors.New("models: bundle is truncated or corrupt; copy it again")
	}
	x.stored = r.Take(int(stored))
	if crc32.Update(sum, castagnoli, x.stored) != want {
		return x, fmt.Errorf("models: section %q of the bundle is corrupt: its checksum does not hold; copy it again", x.name)
	}
	if x.length > maxSection || x.length > maxRatio*(stored+1) {
		return x, fmt.Errorf("models: section %q of the bundle claims %d bytes from %d; it is corrupt", x.name, x.length, stored)
	}
	return x, nil
}

// open gives the content of a section.
func (x section) open() ([]byte, error) {
	raw := x.stored
	if x.way == deflated {
		d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1),
			zstd.WithDecoderMaxMemory(max(x.length, leastMemory)))
		if err != nil {
			return nil, err
		}
		defer d.Close()
		if raw, err = d.DecodeAll(x.stored, make([]byte, 0, x.length)); err != nil {
			return nil, fmt.Errorf("models: section %q of the bundle is corrupt: %w", x.name, err)
		}
	}
	if x.way > deflated || uint64(len(raw)) != x.length {
		return nil, fmt.Errorf("models: section %q of the bundle is corrupt: its content is not what it declares", x.name)
	}
	return raw, nil
}

// later gives a section and crosses it off, without opening it.
func (s sections) later(name string) (section, error) {
	x, ok := s.left[name]
	if !ok {
		return x, fmt.Errorf("models: bundle without section %q; it is corrupt or was made by another version", name)
	}
	delete(s.left, name)
	return x, nil
}

// take gives the content of a section and crosses it off.
func (s sections) take(name string) ([]byte, error) {
	x, err := s.later(name)
	if err != nil {
		return nil, err
	}
	return x.open()
}

func (s sections) json(name string, to any) error {
	raw, err := s.take(name)
	if err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(to); err != nil {
		return fmt.Errorf("models: section %q of the bundle: %w", name, err)
	}
	return nil
}

func (s sections) names() []string { return slices.Sorted(maps.Keys(s.left)) }

// sectionWriter lays sections out as a bundle's bytes; the first error stays.
type sectionWriter struct {
	count uint32
	body  []byte
	err   error
}

func (w *sectionWriter) json(name string, v any) {
	raw, err := json.Marshal(v)
	w.err = errors.Join(w.err, err)
	w.add(name, raw, deflated)
}

func (w *sectionWriter) add(name string, raw []byte, way byte) {
	out := raw
	if way == deflated {
		enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1),
			zstd.WithEncoderLevel(zstd.SpeedBestCompression))
		if err != nil {
			w.err = errors.Join(w.err, err)
			return
		}
		out = enc.EncodeAll(raw, nil)
	}
	w.count++
	w.body = binary.LittleEndian.AppendUint32(w.body, uint32(len(name)))
	at := len(w.body)
	w.body = append(w.body, name...)
	w.body = append(w.body, way)
	w.body = binary.LittleEndian.AppendUint64(w.body, uint64(len(out)))
	w.body = binary.LittleEndian.AppendUint64(w.body, uint64(len(raw)))
	sum := crc32.Update(crc32.Checksum(w.body[at:], castagnoli), castagnoli, out)
	w.body = binary.LittleEndian.AppendUint32(w.body, sum)
	w.body = append(w.body, out...)
}

func (w *sectionWriter) bytes() ([]byte, error) {
	data := binary.LittleEndian.AppendUint32([]byte(bundleMagic), bundleFormat)
	data = binary.LittleEndian.AppendUint32(data, w.count)
	return append(data, w.body...), w.err
}
