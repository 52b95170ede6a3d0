package format

import (
	"bytes"
	"encoding/binary"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/ulikunitz/xz"

	"stance/datasets"
)

// What a file declares is not believed before it is bounded. Each of these took
// a GiB or more, or a record for each of the rows that were not there.
func TestDeclaredSizesAreBounded(t *testing.T) {
	type row struct {
		Text string `parquet:"text,plain,zstd"`
	}
	footer := parquetOf(t, []row{{"Norway helps Ukraine."}})
	binary.LittleEndian.PutUint32(footer[len(footer)-8:], 1<<30)

	wide := compressed(t, func(w io.Writer) (io.WriteCloser, error) {
		return xz.WriterConfig{DictCap: 8 << 20}.NewWriter(w)
	}, twoRecords)
	at := xzStreamHeader + bytes.Index(wide[xzStreamHeader:], []byte{0x21, 1}) + 2
	wide[at] = 37 // 1.5 GiB, by section 5.3.1 of the format

	for name, c := range map[string]struct {
		file string
		in   []byte
		say  string
	}{
		"footer of a GiB":     {"a.parquet", footer, "declares a footer of 1073741824 bytes"},
		"dictionary of a GiB": {"a.jsonl.xz", wide, "dictionary of 1610612736 bytes"},
		"66 MiB of one letter": {"a.parquet",
			parquetOf(t, slices.Repeat([]row{{strings.Repeat("a", 1<<12)}}, 66<<8)), "the limit is 10 to 1"},
	} {
		var examples []datasets.Example
		var rejected []*datasets.RecordError
		got := allocated(func() {
			examples, rejected, _ = collect(t, bytes.NewReader(c.in), c.file,
				Options{Limits: Limits{Ratio: 10}})
		})
		if len(examples) != 0 || len(rejected) != 1 ||
			rejected[0].Reason != datasets.ReasonUnread ||
			!strings.Contains(rejected[0].Detail, c.say) {
			t.Errorf("%s: %d examples, %v", name, len(examples), rejected)
		}
		if got > 64<<20 {
			t.Errorf("%s: %d bytes allocated", name, got)
		}
	}
}

// checkRows must let sound files pass and stop a count that no file holds.
func TestDeclaredRows(t *testing.T) {
	type row struct {
		Other int `parquet:"other"`
	}
	in := parquetOf(t, make([]row, 5000))
	f, err := parquet.OpenFile(bytes.NewReader(in), int64(len(in)))
	if err != nil {
		t.Fatal(err)
	}
	if err := checkRows(f, int64(len(in))); err != nil {
		t.Error(err)
	}
	if err := checkRows(f, 5000/parquetRows-1); err == nil {
		t.Error("5000 rows in 624 bytes are taken")
	}
}

// A list that is cut off before its first record counted as an empty one.
func TestListThatIsNeverClosed(t *testing.T) {
	for in, want := range map[string]int{"[": 1, strings.Repeat("[", 200_000): 1, "[]": 0, " [ ]\n": 0, "": 0,
		`[{"text":"Norway helps Ukraine."}`: 0} {
		_, rejected, err := collect(t, strings.NewReader(in), "a.json", Options{})
		if err != nil || len(rejected) != want {
			t.Errorf("%.20q: %v, %v; want %d rejected", in, rejected, err, want)
		}
	}
}
