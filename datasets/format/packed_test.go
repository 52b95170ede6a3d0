package format

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"

	"stance/datasets"
)

const twoRecords = `{"id":"a","title":"one"}` + "\n" + `{"id":"b","title":"two"}` + "\n"

// bzipTwoRecords is twoRecords packed by Python's bz2.compress.
const bzipTwoRecords = "425a6839314159265359eca1021000001759800010100400103625848a200020aaa7a993d4c869e8" +
	"530004d29d4f6c30a4651abf83d7cd59f9356e2517a72d8bb9229c28487650810800"

func compressed(t testing.TB, open func(io.Writer) (io.WriteCloser, error), plain string) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := open(&b)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, plain); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gzipped(t testing.TB, plain string) []byte {
	return compressed(t, func(w io.Writer) (io.WriteCloser, error) {
		return gzip.NewWriter(w), nil
	}, plain)
}

// zipped makes a zip archive of names and contents in turn.
func zipped(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, files[i+1])
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func tarred(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		if err := w.WriteHeader(&tar.Header{Name: files[i], Mode: 0o644,
			Size: int64(len(files[i+1])), Typeflag: tar.TypeReg}); err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, files[i+1])
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestCompressions(t *testing.T) {
	bz, err := hex.DecodeString(bzipTwoRecords)
	if err != nil {
		t.Fatal(err)
	}
	half := len(twoRecords) / 2
	zs := compressed(t, func(w io.Writer) (io.WriteCloser, error) {
		return zstd.NewWriter(w)
	}, twoRecords)
	skippable := append([]byte("\x50\x2a\x4d\x18\x04\x00\x00\x00meta"), zs...)
	for name, in := range map[string][]byte{
		"a.jsonl.bz2": bz,
		"a.jsonl.xz": compressed(t, func(w io.Writer) (io.WriteCloser, error) {
			return xz.NewWriter(w)
		}, twoRecords),
		"a.jsonl.zst":     skippable,
		"joined.jsonl.gz": append(gzipped(t, twoRecords[:half]), gzipped(t, twoRecords[half:])...),
		"twice.jsonl.gz":  gzipped(t, string(gzipped(t, twoRecords))),
		"plain.jsonl.gz":  []byte(twoRecords),
		"no-suffix":       gzipped(t, twoRecords),
	} {
		examples, rejected, err := collect(t, bytes.NewReader(in), name, Options{})
		if len(rejected) != 0 || err != nil {
			t.Errorf("%s: %v, %v", name, rejected, err)
		}
		equal(t, name, ids(examples), []string{"a", "b"})
	}
}

func TestArchives(t *testing.T) {
	files := []string{"news/a.jsonl", twoRecords, "README.md", "words", ".hidden.jsonl", twoRecords,
		"__MACOSX/a.jsonl", "x",
		"c.csv.gz", string(gzipped(t, "id,title\nc,three\n"))}
	for name, in := range map[string][]byte{"in.zip": zipped(t, files...),
		"in.tar": tarred(t, files...), "in.tgz": gzipped(t, string(tarred(t, files...)))} {
		var skipped []string
		examples, rejected, err := collect(t, bytes.NewReader(in), name,
			Options{Skipped: func(path string) {
				skipped = append(skipped, path)
			}})
		if len(rejected) != 0 || err != nil {
			t.Errorf("%s: %v, %v", name, rejected, err)
		}
		equal(t, name, ids(examples), []string{"a", "b", "c"})
		equal(t, name, skipped, []string{name + "/README.md"})
		if len(examples) == 3 {
			equal(t, name, examples[2].Origin.File, name+"/c.csv.gz")
		}
	}
}

// What cannot be read says why in a rejected record.
func TestUnreadableArchives(t *testing.T) {
	for _, c := range []struct {
		name string
		in   io.Reader
		want string
	}{
		{"pipe.zip", io.MultiReader(bytes.NewReader(zipped(t, "a.txt", "x"))), "comes through a pipe"},
		{"office.zip", bytes.NewReader(zipped(t, "[Content_Types].xml", "x")), "an Office file"},
		{"empty.zip", bytes.NewReader(zipped(t)), "without a file"},
		{"broken.zip", strings.NewReader("PK\x03\x04 and no more"), "zip: "},
		{"short.tar", bytes.NewReader(tarred(t, "a.txt", strings.Repeat("x", 2000))[:1500]), "unexpected EOF"},
		{"a.pdf", strings.NewReader("%PDF-1.7"), "a PDF file"},
		{"a.7z", strings.NewReader("7z\xbc\xaf\x27\x1c"), "unpack it"},
		{"deep.gz",
			bytes.NewReader(gzipped(t,
				string(gzipped(t,
					string(gzipped(t, string(gzipped(t, string(gzipped(t, twoRecords)))))))))), "packed more than"},
	} {
		examples, rejected, err := collect(t, c.in, c.name, Options{Format: ""})
		if len(examples) != 0 || len(rejected) == 0 || err != nil || rejected[0].Reason != "unreadable" || !strings.Contains(rejected[0].Detail, c.want) {
			t.Errorf("%s: got %v, %v, %v; want a record that says %q", c.name, examples, rejected,
				err, c.want)
		}
	}
}

// Bombs stop at the bound, however they are packed.
func TestPackedBombs(t *testing.T) {
	zeros := strings.Repeat("x", 96<<20)
	for name, in := range map[string][]byte{
		"a.zip": zipped(t, "a.jsonl", zeros),
		"many.zip": zipped(t, "a.jsonl", zeros[:32<<20], "b.jsonl", zeros[:32<<20], "c.jsonl",
			zeros[:32<<20]),
		"a.tar.gz":      gzipped(t, string(tarred(t, "a.jsonl", zeros))),
		"a.jsonl.gz.gz": gzipped(t, string(gzipped(t, zeros))),
	} {
		var rejected []string
		used := allocated(func() {
			_, list, err := collect(t, bytes.NewReader(in), name,
				Options{Limits: Limits{Line: 1 << 20}})
			if err != nil {
				t.Error(err)
			}
			rejected = append(rejected, fmt.Sprint(list))
		})
		if !strings.Contains(fmt.Sprint(rejected), "compressed ones") {
			t.Errorf("%s: got %s", name, rejected)
		}
		if used > 64<<20 {
			t.Errorf("%s: %d bytes allocated", name, used)
		}
	}
}

// Origin.File, which quarantine publishes, leads to the file a record stood in,
// also below a folder and through archives.
func TestOriginLeadsToTheFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "night")
	bad := "broken\n"
	for name, in := range map[string][]byte{"a.jsonl": []byte(bad),
		"sub/b.jsonl.gz": gzipped(t, bad),
		"c.zip": zipped(t, "in/d.jsonl", bad, "in/e.tar",
			string(tarred(t, "f/g.jsonl", bad)))} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755),
			os.WriteFile(path, in, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(filepath.Dir(dir))
	inputs, err := Expand([]string{"./night/"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, in := range inputs {
		for _, err := range Read(context.Background(), in.Path, Options{}) {
			var re *datasets.RecordError
			if !errors.As(err, &re) {
				t.Fatal(err)
			}
			files = append(files, filepath.ToSlash(re.File))
		}
	}
	equal(t, "files", files, []string{"night/a.jsonl", "night/c.zip/in/d.jsonl", "night/c.zip/in/e.tar/f/g.jsonl", "night/sub/b.jsonl.gz"})
}

func FuzzPacked(f *testing.F) {
	f.Add(zipped(f, "a.jsonl", twoRecords, "b.csv", "title\nx\n"))
	f.Add(tarred(f, "a.jsonl", twoRecords))
	f.Add(gzipped(f, twoRecords))
	f.Add(compressed(f, func(w io.Writer) (io.WriteCloser, error) {
		return xz.NewWriter(w)
	}, twoRecords))
	f.Fuzz(func(t *testing.T, in []byte) { decodeAnything(t, in, "") })
}
