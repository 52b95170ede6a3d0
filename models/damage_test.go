package models

import (
	"bytes"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
)

// smallBundle is the bytes of a bundle learned from a few sample articles.
func smallBundle(t testing.TB) []byte {
	t.Helper()
	b := smallTrained(t, nil)
	data, err := b.encode()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestDamagedBundleIsRefused changes one byte, or cuts the end off, 10,000
// times: no bundle like that may be read.
func TestDamagedBundleIsRefused(t *testing.T) {
	whole := smallBundle(t)
	if _, err := Decode(whole, Kinds()); err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 10_000 {
		data := bytes.Clone(whole)
		at, flip := random.IntN(len(whole)), byte(0)
		if random.IntN(4) == 0 {
			data = data[:at]
		} else {
			flip = byte(1 + random.IntN(255))
			data[at] ^= flip
		}
		if _, err := Decode(data, Kinds()); err == nil {
			t.Fatalf("read: %d of %d bytes, byte %d changed by %#x", len(data), len(whole), at,
				flip)
		}
	}
	for at := range min(len(whole), 200) { // the header and the names, each bit
		for bit := range 8 {
			data := bytes.Clone(whole)
			data[at] ^= 1 << bit
			if _, err := Decode(data, Kinds()); err == nil {
				t.Fatalf("read: bit %d of byte %d changed", bit, at)
			}
		}
	}
}

// FuzzDecodeBundle gives Decode any bytes as a whole bundle (section 255) or as
// one section of a sound one under a right checksum: an error or a bundle, no
// panic.
func FuzzDecodeBundle(f *testing.F) {
	whole := smallBundle(f)
	sound, err := readSections(whole)
	if err != nil {
		f.Fatal(err)
	}
	names := slices.Sorted(maps.Keys(sound.left))
	f.Add(byte(255), whole)
	f.Add(byte(255), []byte(bundleMagic+"\x02\x00\x00\x00\xff\xff\xff\xff"))
	for i, name := range names {
		raw, err := sound.left[name].open()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(byte(i), raw)
	}
	f.Fuzz(func(t *testing.T, section byte, data []byte) {
		if int(section) < len(names) {
			w := &sectionWriter{}
			for i, name := range names {
				raw, err := sound.left[name].open()
				if err != nil {
					t.Fatal(err)
				}
				if i == int(section) {
					raw = data
				}
				w.add(name, raw, sound.left[name].way)
			}
			if data, err = w.bytes(); err != nil {
				t.Fatal(err)
			}
		}
		if b, err := Decode(data, Kinds()); err == nil &&
			(b.ID() == "" || len(b.Manifest.Heads) == 0) {
			t.Errorf("read: %+v", b.Manifest)
		}
	})
}
