package models

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/klauspost/compress/zstd"

	"stance/datasets"
	"stance/models/codec"
	"stance/models/learn"
)

// A bundle is one file (integers little-endian):
//
//	8 bytes   magic "STANCEMB"
//	4 bytes   format number, 1
//	4 bytes   number of sections
//	then per section
//	  4 bytes   length of its name, then the name
//	  8 bytes   length of its stored bytes
//	  32 bytes  SHA-256 of its stored bytes
//	  the stored bytes: one zstd frame
//
// Sections: "manifest" (JSON), "golden" (JSON), and for each head T "T/terms" (see terms.go) and "T/classifier" (the
// kind's own bytes). Nothing follows the last section. Section names and lengths are covered by the structure: a changed
// one leaves a section missing or the file too short or too long.

const (
	bundleMagic  = "STANCEMB"
	bundleFormat = 1
	maxSections  = 64
	maxName      = 64
	maxBundle    = 256 << 20 // bytes of a bundle file
	maxSection   = 512 << 20 // bytes of one section, decompressed
)

// Bundle is a trained model as it lies in one file: heads, the topics they were trained on, and the manifest that says
// where they come from. It is immutable.
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

// Explains reports whether the words of a text add up to its stance scores: the
// classifier is a learn.Explainer.
func (b *Bundle) Explains() bool {
	_, ok := b.heads[0].classifier.(learn.Explainer)
	return ok
}

// Load reads a bundle file and checks it: structure, checksums, and that the golden predictions still come out. kinds is
// the table its classifiers are looked up in.
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

// WriteFile writes the bundle whole or not at all: beside its place first, then renamed.
func (b *Bundle) WriteFile(path string) error {
	data, err := b.encode()
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".bundle-*")
	if err != nil {
		return fmt.Errorf("models: bundle cannot be written beside %s: %w", path, err)
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
		return fmt.Errorf("models: bundle %s cannot be written: %w", path, err)
	}
	return nil
}

// sections are the decompressed sections of a bundle that nothing has asked for yet.
type sections struct{ left map[string][]byte }

// readSections holds every checksum before anything is decompressed.
func readSections(data []byte) (sections, error) {
	s := sections{map[string][]byte{}}
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
	var names []string
	for range count {
		name, stored, err := readSection(r)
		if err != nil {
			return s, err
		}
		if _, twice := s.left[name]; twice {
			return s, fmt.Errorf("models: bundle with two sections %q is corrupt", name)
		}
		s.left[name] = stored
		names = append(names, name)
	}
	if r.Failed || len(r.Rest) > 0 {
		return s, fmt.Errorf("models: bundle is truncated or has %d bytes too many; copy it again", len(r.Rest))
	}
	for _, name := range names {
		raw, err := inflate(s.left[name])
		if err != nil {
			return s, fmt.Errorf("models: section %q of the bundle is corrupt: %w", name, err)
		}
		s.left[name] = raw
	}
	return s, nil
}

// readSection takes the next section, as it is stored.
func readSection(r *codec.Reader) (name string, stored []byte, err error) {
	name = string(r.Take(int(min(r.Uint32(), maxName+1))))
	length := r.Uint64()
	sum := r.Take(sha256.Size)
	if r.Failed || length > uint64(len(r.Rest)) || len(name) > maxName {
		return "", nil, errors.New("models: bundle is truncated or corrupt; copy it again")
	}
	stored = r.Take(int(length))
	if got := sha256.Sum256(stored); !bytes.Equal(got[:], sum) {
		return "", nil, fmt.Errorf("models: section %q of the bundle is corrupt: its checksum does not hold; copy it again", name)
	}
	return name, stored, nil
}

func inflate(stored []byte) ([]byte, error) {
	d, err := zstd.NewReader(bytes.NewReader(stored), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxSection))
	if err != nil {
		return nil, err
	}
	defer d.Close()
	raw, err := io.ReadAll(io.LimitReader(d, maxSection+1))
	if err == nil && len(raw) > maxSection {
		err = errors.New("it is larger than any section")
	}
	return raw, err
}

// take returns a section and crosses it off; nil when there is none.
func (s sections) take(name string) ([]byte, error) {
	raw, ok := s.left[name]
	if !ok {
		return nil, fmt.Errorf("models: bundle without section %q; it is corrupt or was made by another version", name)
	}
	delete(s.left, name)
	return raw, nil
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

func (s sections) names() []string {
	var names []string
	for name := range s.left {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// sectionWriter lays sections out as a bundle's bytes; the first error stays.
type sectionWriter struct {
	count uint32
	body  bytes.Buffer
	err   error
}

func (w *sectionWriter) json(name string, v any) {
	raw, err := json.Marshal(v)
	w.err = errors.Join(w.err, err)
	w.add(name, raw)
}

func (w *sectionWriter) add(name string, raw []byte) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedBestCompression))
	if err != nil {
		w.err = errors.Join(w.err, err)
		return
	}
	stored := enc.EncodeAll(raw, nil)
	sum := sha256.Sum256(stored)
	w.count++
	w.body.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(name))))
	w.body.WriteString(name)
	w.body.Write(binary.LittleEndian.AppendUint64(nil, uint64(len(stored))))
	w.body.Write(sum[:])
	w.body.Write(stored)
}

func (w *sectionWriter) bytes() ([]byte, error) {
	data := binary.LittleEndian.AppendUint32([]byte(bundleMagic), bundleFormat)
	data = binary.LittleEndian.AppendUint32(data, w.count)
	return append(data, w.body.Bytes()...), w.err
}
