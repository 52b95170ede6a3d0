package output

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

var testRecipe = Recipe{QuarantineData, SchemaVersion, "m", "c", "r", "2026-03-29", "i"}

// writePart writes quarantine rows, the simplest, in calls of the given sizes.
func writePart(t *testing.T, path string, rows []QuarantineRow, calls ...int) PartInfo {
	t.Helper()
	p, err := CreatePart[QuarantineRow](path)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range calls {
		if err := p.Append(rows[:n]...); err != nil {
			t.Fatal(err)
		}
		rows = rows[n:]
	}
	info, err := p.Commit(testRecipe)
	if err != nil {
		t.Fatal(err)
	}
	return info
}

func quarantineRows(n, excerpt int) []QuarantineRow {
	rows := make([]QuarantineRow, n)
	for i := range rows {
		rows[i] = QuarantineRow{Reason: "syntax", Message: "broken", File: "f", Line: int32(i),
			Excerpt: text(string(bytes.Repeat([]byte{byte('a' + i%26)}, excerpt)))}
	}
	return rows
}

func TestPartReadsBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "part-00000-of-00001.parquet")
	rows := quarantineRows(1000, 10)
	info := writePart(t, path, rows, 1, 999)
	got, err := CheckPart(path)
	if err != nil || got != info || got.Rows != 1000 || got.Recipe != testRecipe {
		t.Errorf("check says %+v, %v; commit said %+v", got, err, info)
	}
	i := 0
	err = EachRow(path, func(r *QuarantineRow) error {
		if *r.Excerpt != *rows[i].Excerpt || r.Line != rows[i].Line || r.Reason != rows[i].Reason {
			t.Fatalf("row %d is %+v, want %+v", i, r, rows[i])
		}
		i++
		return nil
	})
	if err != nil || i != 1000 {
		t.Errorf("%d rows, %v", i, err)
	}
}

// Row groups end by rows or by bytes, never by how rows came.
func TestPartBytesDependOnRowsAlone(t *testing.T) {
	dir := t.TempDir()
	for name, rows := range map[string][]QuarantineRow{
		"many rows": quarantineRows(rowsPerGroup+10, 0), "long rows": quarantineRows(20_000, 4000),
	} {
		a := writePart(t, filepath.Join(dir, "a"), rows, len(rows))
		b := writePart(t, filepath.Join(dir, "b"), rows, 1, 2, 777, len(rows)-780)
		if a.SHA256 != b.SHA256 || a.Bytes != b.Bytes {
			t.Errorf("%s: %+v and %+v", name, a, b)
		}
		x, _ := os.ReadFile(filepath.Join(dir, "a"))
		y, _ := os.ReadFile(filepath.Join(dir, "b"))
		if !bytes.Equal(x, y) {
			t.Errorf("%s: files differ", name)
		}
	}
}

// A part that was cut or changed anywhere is refused with an error, not a
// panic, and not taken for whole.
func TestDamagedPartIsRefused(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "part")
	writePart(t, path, quarantineRows(2000, 20), 2000)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	damaged := filepath.Join(dir, "damaged")
	for range 2000 {
		data := bytes.Clone(whole)
		if random.IntN(4) == 0 {
			data = data[:random.IntN(len(data))]
		} else {
			data[random.IntN(len(data))] ^= byte(1 + random.IntN(255))
		}
		if err := os.WriteFile(damaged, data, 0o644); err != nil {
			t.Fatal(err)
		}
		if got, err := CheckPart(damaged); err == nil {
			t.Fatalf("damaged part passes as %+v", got)
		}
	}
}

// A file that ends otherwise than a part says so, whatever its length.
func TestEndOf(t *testing.T) {
	foot := func(n uint32, magic string) []byte {
		return append(binary.LittleEndian.AppendUint32(bytes.Repeat([]byte("x"), 100), n), magic...)
	}
	for _, tt := range []struct {
		data []byte
		want string
	}{
		{nil, "it is too short"},
		{[]byte("PAR1PAR"), "it is too short"},
		{[]byte("xxxxPAR2"), "it does not end as a Parquet file does"},
		{foot(10, "PAR2"), "it does not end as a Parquet file does"},
		{foot(101, "PAR1"), "it does not end as a Parquet file does"},
		{foot(1<<31, "PAR1"), "it does not end as a Parquet file does"},
		{foot(100, "PAR1"), "its footer does not say who made it"},
	} {
		_, _, _, err := endOf(bytes.NewReader(tt.data), int64(len(tt.data)))
		if err == nil || err.Error() != tt.want {
			t.Errorf("%d bytes: got %v, want %s", len(tt.data), err, tt.want)
		}
	}
}

func TestAbortLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	p, err := CreatePart[Row](filepath.Join(dir, "part"))
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Append(Row{ArticleID: "a"}); err != nil {
		t.Fatal(err)
	}
	p.Abort()
	if files := tree(t, dir); len(files) != 0 {
		t.Errorf("left: %v", files)
	}
}

// Whatever lies under a part's name, reading it gives an error or a part, not a
// panic.
func FuzzCheckPart(f *testing.F) {
	dir := f.TempDir()
	path := filepath.Join(dir, "seed")
	p, err := CreatePart[QuarantineRow](path)
	if err != nil {
		f.Fatal(err)
	}
	if err := p.Append(quarantineRows(3, 10)...); err != nil {
		f.Fatal(err)
	}
	if _, err := p.Commit(testRecipe); err != nil {
		f.Fatal(err)
	}
	seed, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(seed)
	f.Add([]byte("PAR1\x00\x00\x00\x00PAR1"))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "part")
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := CheckPart(path); err == nil {
			EachRow(path, func(*QuarantineRow) error { return nil })
		}
	})
}
