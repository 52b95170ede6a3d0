package format

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"stance/datasets"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// repeated gives n bytes of c without holding them.
func repeated(c byte, n int64) io.Reader { return io.LimitReader(fill(c), n) }

type fill byte

func (f fill) Read(p []byte) (int, error) {
	for n := 0; n < len(p); n = max(1, 2*n) {
		p[0] = byte(f)
		copy(p[n:], p[:n])
	}
	return len(p), nil
}

// allocated is how many bytes f allocates in all.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func TestHugeLineIsSkippedInBoundedMemory(t *testing.T) {
	const huge = 50 << 20
	for _, format := range []string{"jsonl", "csv", "dse"} {
		good := map[string]string{"jsonl": `{"id":"%s","title":"x"}`, "csv": "%s,x", "dse": "[a] %s [b]\ta\tb\t0"}[format]
		head := ""
		if format == "csv" {
			head = "id,title\n"
		}
		in := io.MultiReader(strings.NewReader(head+fmt.Sprintf(good, "a")+"\n"),
			repeated('x', huge),
			strings.NewReader("\n"+fmt.Sprintf(good, "b")+"\n"))
		var examples []datasets.Example
		var rejected []*datasets.RecordError
		used := allocated(func() {
			examples, rejected, _ = collect(t, in, "in",
				Options{Format: format, Limits: Limits{Line: 1 << 20}})
		})
		if len(examples) != 2 || len(rejected) != 1 ||
			rejected[0].Reason != datasets.ReasonTooLong ||
			len(rejected[0].Excerpt) != datasets.ExcerptLimit {
			t.Errorf("%s: got %d examples, %v", format, len(examples), places(rejected))
		}
		if used > 8<<20 {
			t.Errorf("%s: %d bytes allocated for a line limit of 1 MiB", format, used)
		}
	}
}

func TestHugeTextFile(t *testing.T) {
	_, rejected, err := collect(t, repeated('x', 50<<20), "a.txt",
		Options{Limits: Limits{Line: 1 << 20}})
	if err != nil || len(rejected) != 1 || rejected[0].Reason != datasets.ReasonTooLong {
		t.Errorf("got %v, %v", places(rejected), err)
	}
}

// An open quote must not swallow the file, and reading again after it must not
// take quadratic time or memory.
func TestOpenQuotesInBoundedMemory(t *testing.T) {
	in := "id,title\n" + strings.Repeat(`"x","y`+"\n", 200_000)
	var rejected []*datasets.RecordError
	used := allocated(func() {
		_, rejected, _ = collect(t, strings.NewReader(in), "a.csv",
			Options{Limits: Limits{Line: 64 << 10}})
	})
	if len(rejected) == 0 {
		t.Error("nothing was rejected")
	}
	if used > 64<<20 {
		t.Errorf("%d bytes allocated", used)
	}
}

func TestBombsEndTheFile(t *testing.T) {
	const size = 96 << 20
	head := `{"title":"before"}` + "\n"
	var gz, zs bytes.Buffer
	g := gzip.NewWriter(&gz)
	z, err := zstd.NewWriter(&zs)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range []io.WriteCloser{g, z} {
		if _, err := io.Copy(w,
			io.MultiReader(strings.NewReader(head), repeated(0, size))); err != nil {
			t.Fatal(err)
		}
		w.Close()
	}
	for name, b := range map[string][]byte{"a.jsonl.gz": gz.Bytes(), "a.jsonl.zst": zs.Bytes()} {
		var examples []datasets.Example
		var rejected []*datasets.RecordError
		used := allocated(func() {
			examples, rejected, _ = collect(t, bytes.NewReader(b), name,
				Options{Limits: Limits{Line: 1 << 20}})
		})
		if len(examples) != 1 || !strings.Contains(fmt.Sprint(rejected), "compressed ones") {
			t.Errorf("%s: got %d examples, %v", name, len(examples), rejected)
		}
		equal(t, name, places(rejected), []string{"2@19 unreadable"})
		if used > 64<<20 {
			t.Errorf("%s: %d bytes allocated", name, used)
		}
	}
}

func TestTruncatedGzipGivesWhatCameBefore(t *testing.T) {
	var gz bytes.Buffer
	g := gzip.NewWriter(&gz)
	for i := range 1000 {
		fmt.Fprintf(g, "{\"id\":\"%d\",\"title\":\"%d\"}\n", i, i*i*7919)
	}
	g.Close()
	examples, rejected, err := collect(t, bytes.NewReader(gz.Bytes()[:gz.Len()/2]), "a.jsonl.gz",
		Options{})
	if err != nil || len(rejected) != 1 || rejected[0].Reason != datasets.ReasonUnread ||
		len(examples) < 100 {
		t.Fatalf("got %d examples, %v, %v", len(examples), rejected, err)
	}
	last := examples[len(examples)-1]
	if rejected[0].Line != last.Origin.Line+1 || rejected[0].Offset <= last.Origin.Offset ||
		!errors.Is(rejected[0], io.ErrUnexpectedEOF) {
		t.Errorf("rejected %+v after %+v", rejected[0], last.Origin)
	}
}

func TestNotGzipAfterAll(t *testing.T) {
	for _, in := range []string{"\x1f\x8bnot gzip", "\x28\xb5\x2f\xfdnot zstd at all"} {
		examples, rejected, err := collect(t, strings.NewReader(in), "a.jsonl.gz", Options{})
		if len(examples) != 0 || err != nil {
			t.Errorf("got %v, %v", examples, err)
		}
		equal(t, in, places(rejected), []string{"1@0 unreadable"})
	}
}

func TestDeepNesting(t *testing.T) {
	deep := `{"title":"x","a":` + strings.Repeat(`{"a":[`, 500_000) + "\n"
	_, rejected, _ := collect(t, strings.NewReader(deep+`{"title":"`+strings.Repeat("[{", 99)+`"}`),
		"a.jsonl", Options{})
	equal(t, "rejected", places(rejected), []string{"1@0 too_deep"})
}

func TestUTF16IsRead(t *testing.T) {
	for _, order := range []unicode.Endianness{unicode.LittleEndian, unicode.BigEndian} {
		for _, mark := range []unicode.BOMPolicy{unicode.UseBOM, unicode.IgnoreBOM} {
			in, err := unicode.UTF16(order, mark).NewEncoder().String(`{"id":"a","title":"Café talks"}` + "\n")
			if err != nil {
				t.Fatal(err)
			}
			examples, rejected, _ := collect(t, strings.NewReader(in), "a.jsonl", Options{})
			if len(rejected) != 0 || len(examples) != 1 || examples[0].Title != "Café talks" {
				t.Errorf("got %v, %v", examples, rejected)
			}
		}
	}
}

func TestUTF32IsRead(t *testing.T) {
	for _, order := range []utf32.Endianness{utf32.LittleEndian, utf32.BigEndian} {
		in, err := utf32.UTF32(order, utf32.UseBOM).NewEncoder().String("title,text\nCafé,The board voted.\n")
		if err != nil {
			t.Fatal(err)
		}
		examples, rejected, _ := collect(t, strings.NewReader(in), "a.csv", Options{})
		if len(rejected) != 0 || len(examples) != 1 || examples[0].Title != "Café" {
			t.Errorf("got %v, %v", examples, rejected)
		}
	}
}

func TestReadFaultEndsTheFile(t *testing.T) {
	broken := errors.New("disk on fire")
	in := io.MultiReader(strings.NewReader(`{"title":"a"}`+"\n"+`{"title":"b`),
		iotest.ErrReader(broken))
	examples, rejected, err := collect(t, in, "a.jsonl", Options{})
	if len(examples) != 1 || err != nil || len(rejected) != 1 || !errors.Is(rejected[0], broken) {
		t.Fatalf("got %v, %v, %v", examples, rejected, err)
	}
	equal(t, "place", places(rejected), []string{"2@14 unreadable"})
}

func TestContextEndsTheStream(t *testing.T) {
	for _, format := range []string{"jsonl", "json", "csv", "text"} {
		ctx, cancel := context.WithCancel(context.Background())
		endless := io.MultiReader(strings.NewReader("title\n"), fill('x'))
		cancel()
		var last error
		for _, err := range Decode(ctx, endless, "a", Options{Format: format}) {
			last = err
		}
		if !errors.Is(last, context.Canceled) {
			t.Errorf("%s: got %v, want %v", format, last, context.Canceled)
		}
	}
}

func TestConsumerMayStop(t *testing.T) {
	in := strings.Repeat("{\"title\":\"x\"}\nbroken\n", 10)
	for stop := 1; stop < 20; stop++ {
		n := 0
		for range Decode(context.Background(), strings.NewReader(in), "a.jsonl", Options{}) {
			if n++; n == stop {
				break
			}
		}
		if n != stop {
			t.Errorf("%d steps, want %d", n, stop)
		}
	}
}

func TestReadFaults(t *testing.T) {
	dir := t.TempDir()
	folder := filepath.Join(dir, "folder.jsonl")
	empty, office := filepath.Join(dir, "empty.jsonl.gz"), filepath.Join(dir, "a.docx")
	if err := errors.Join(os.Mkdir(folder, 0o755), os.WriteFile(empty, nil, 0o644),
		os.WriteFile(office, []byte("x"), 0o644)); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{filepath.Join(dir, "gone.jsonl"): "unreadable",
		folder: "unreadable", empty: "",
		office: "no format owns"} {
		got := ""
		for _, err := range Read(context.Background(), path, Options{}) {
			got += fmt.Sprint(err)
		}
		if !strings.Contains(got, want) || want == "" && got != "" {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
}

// A file that is called an archive and is none costs itself, not the run.
func TestNoArchiveAfterAll(t *testing.T) {
	for name, in := range map[string]string{"a.tar": strings.Repeat("\x00", 10240), "b.tar": "", "c.zip": "\x01\x02 no archive"} {
		examples, rejected, err := collect(t, strings.NewReader(in), name, Options{})
		if len(examples) != 0 || len(rejected) != 1 ||
			rejected[0].Reason != datasets.ReasonUnread || err != nil {
			t.Errorf("%s: got %v, %v, %v", name, examples, places(rejected), err)
		}
	}
}

func TestUnknownFormatAndDelimiter(t *testing.T) {
	for _, o := range []Options{{Format: "xml"}, {Format: "csv", Delimiter: '"'},
		{Format: "csv", DateOrder: "ymd"}} {
		_, _, err := collect(t, strings.NewReader("x"), "a.csv", o)
		if err == nil {
			t.Errorf("%+v: want an error", o)
		}
	}
}
