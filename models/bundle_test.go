package models

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestBundleFile reads back what WriteFile wrote.
func TestBundleFile(t *testing.T) {
	b := smallTrained(t, nil)
	path := filepath.Join(t.TempDir(), "small.bundle")
	if err := b.WriteFile(path); err != nil {
		t.Fatal(err)
	}
	back, err := Load(path, Kinds())
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if back.ID() != b.ID() || len(b.ID()) != 64 || back.Size() != info.Size() || !back.Explains() {
		t.Errorf("written as %s, read as %s of %d bytes, explains: %v", b.ID(), back.ID(),
			back.Size(), back.Explains())
	}
	for i := range b.heads {
		want, err := b.heads[i].names()
		if err != nil {
			t.Fatal(err)
		}
		got, err := back.heads[i].names()
		if err != nil || strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("head %d: the names of its features changed, %v", i, err)
		}
	}
}

// TestLoadSaysWhy has the beginning of the message for each file that is no
// bundle of this program.
func TestLoadSaysWhy(t *testing.T) {
	whole := smallBundle(t)
	sections := func(name string, content []byte, length uint64) []byte {
		w := &sectionWriter{}
		w.add(name, content, stored)
		data, err := w.bytes()
		if err != nil {
			t.Fatal(err)
		}
		if length > 0 { // of the content, under a checksum that holds
			data = declare(data, len(name), length)
		}
		return data
	}
	tests := []struct {
		name, want string
		data       []byte
	}{
		{"other file", "not a bundle: it does not begin with STANCEMB", []byte("PAR1 and more")},
		{"older", "bundle format 1; this program reads format 2", []byte("STANCEMB\x01\x00\x00\x00\x00\x00\x00\x00")},
		{"many sections", "bundle with 65 sections is corrupt", []byte("STANCEMB\x02\x00\x00\x00\x41\x00\x00\x00")},
		{"end missing", "truncated", whole[:len(whole)-1]},
		{"end too long", "1 bytes too many", append(bytes.Clone(whole), 0)},
		{"no manifest", `bundle without section "manifest"`, sections("other", []byte("{}"), 0)},
		{"no JSON", `section "manifest" of the bundle: invalid character`,
			sections("manifest", []byte("?"), 0)},
		{"unknown field", `unknown field "x"`, sections("manifest", []byte(`{"x":1}`), 0)},
		{"long name", "truncated or corrupt", sections(strings.Repeat("n", 65), nil, 0)},
		{"longest name", `bundle without section "manifest"`,
			sections(strings.Repeat("n", 64), nil, 0)},
		{"more than a section", "claims 268435457 bytes",
			sections("manifest", make([]byte, 1<<19), 256<<20+1)},
		{"more than its bytes give", "claims 2049 bytes from 1",
			sections("manifest", []byte("?"), 2049)},
		{"as much as its bytes may give", "is not what it declares", sections("manifest", []byte("?"), 2048)},
		{"two of one name", `two sections "golden"`, twice(t, "golden")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "x.bundle")
			if err := os.WriteFile(path, tt.data, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := Load(path, Kinds())
			if err == nil || !strings.Contains(err.Error(), tt.want) ||
				!strings.HasPrefix(err.Error(), path) {
				t.Errorf("got %v, want %s: … %s", err, path, tt.want)
			}
		})
	}
	if _, err := Load(filepath.Join(t.TempDir(), "none"), Kinds()); err == nil ||
		!strings.Contains(err.Error(), "make one with train") {
		t.Errorf("a file that is not there: %v", err)
	}
}

// declare changes the length that the first section of a bundle declares.
func declare(data []byte, name int, length uint64) []byte {
	at := len(bundleMagic) + 4 + 4 + 4 // magic, format, number of sections, length of the name
	declared := at + name + 1 + 8      // after the name, the way and the stored length
	binary.LittleEndian.PutUint64(data[declared:], length)
	sum := crc32.Update(crc32.Checksum(data[at:declared+8], castagnoli), castagnoli,
		data[declared+12:])
	binary.LittleEndian.PutUint32(data[declared+8:], sum)
	return data
}

func twice(t *testing.T, name string) []byte {
	t.Helper()
	w := &sectionWriter{}
	w.add(name, []byte("1"), stored)
	w.add(name, []byte("2"), stored)
	data, err := w.bytes()
	if err != nil {
		t.Fatal(err)
	}
	return data
}
