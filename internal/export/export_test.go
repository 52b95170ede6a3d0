package export

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"stance/internal/output"
)

// table has every kind of column, a null of each, and text that would be a
// formula, a quote or a line end if it were not written as text.
func table(rows ...[]any) output.Listing {
	return output.Listing{Name: "stance",
		Columns: []output.Column{{Name: "country", Type: output.Text},
			{Name: "n", Type: output.Int64},
			{Name: "score", Type: output.Double}, {Name: "first", Type: output.Bool},
			{Name: "day", Type: output.Date}, {Name: "at", Type: output.Micros}},
		Each: func(do func([]any) error) error {
			for _, r := range rows {
				if err := do(append([]any(nil), r...)); err != nil {
					return err
				}
			}
			return nil
		}}
}

func rows() [][]any {
	at := time.Date(2026, 3, 29, 6, 7, 8, 9000, time.UTC)
	return [][]any{
		{"=1+1", int64(3), -0.25, true, at.Truncate(24 * time.Hour), at},
		{"a \"b\",\nc", nil, nil, nil, nil, nil},
		{nil, int64(-1), 1.0, false, time.Date(1850, 1, 2, 0, 0, 0, 0, time.UTC), nil},
	}
}

func TestCSV(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	if err := writeCSV(dir, []output.Listing{table(rows()...)}); err != nil {
		t.Fatal(err)
	}
	got, _ := os.ReadFile(filepath.Join(dir, "stance.csv"))
	want := "country,n,score,first,day,at\n=1+1,3,-0.25,true,2026-03-29,2026-03-29T06:07:08.000009Z\n" +
		"\"a \"\"b\"\",\nc\",,,,,\n,-1,1,false,1850-01-02,\n"
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestSQLite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.sqlite")
	if err := writeSQLite(path, []output.Listing{table(rows()...)}); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	found, err := db.Query("select * from stance order by rowid")
	if err != nil {
		t.Fatal(err)
	}
	var got [][]any
	for found.Next() {
		v := make([]any, 6)
		if err := found.Scan(&v[0], &v[1], &v[2], &v[3], &v[4], &v[5]); err != nil {
			t.Fatal(err)
		}
		got = append(got, v)
	}
	want := [][]any{{"=1+1", int64(3), -0.25, int64(1), "2026-03-29", "2026-03-29T06:07:08.000009Z"}, {"a \"b\",\nc", nil, nil, nil, nil, nil},
		{nil, int64(-1), 1.0, int64(0), "1850-01-02", nil}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	var indexes int
	err = db.QueryRow("select count(*) from sqlite_master where type = 'index'").Scan(&indexes)
	if err != nil || indexes != 1 {
		t.Errorf("%d indexes, %v; want one, on country", indexes, err)
	}
}

func TestXLSX(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.xlsx")
	if err := writeXLSX(path, []output.Listing{table(rows()...)}); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	got, err := book.GetRows("stance")
	want := [][]string{{"country", "n", "score", "first", "day", "at"}, {"=1+1", "3", "-0.25", "TRUE", "03-29-26", "2026-03-29T06:07:08.000009Z"},
		{"a \"b\",\nc"}, {"", "-1", "1", "FALSE", "1850-01-02"}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
	if formula, err := book.GetCellFormula("stance", "A2"); formula != "" || err != nil {
		t.Errorf("text became the formula %q, %v", formula, err)
	}
}

// Whatever fails, nothing is left; the same rows make the same bytes.
func TestFormatsAreWholeAndRepeatable(t *testing.T) {
	broken := errors.New("broken part")
	for _, f := range Formats() {
		if f.Name == "csv" {
			continue // a folder: each file is whole, as those of the others
		}
		dir := t.TempDir()
		bad := table(rows()...)
		each := bad.Each
		bad.Each = func(do func([]any) error) error { return errors.Join(each(do), broken) }
		if err := f.Write(filepath.Join(dir, "x"), []output.Listing{bad}); !errors.Is(err, broken) {
			t.Errorf("%s: error %v, want %v", f.Name, err, broken)
		}
		if left, _ := os.ReadDir(dir); len(left) > 0 {
			t.Errorf("%s: %s is left", f.Name, left[0].Name())
		}
		var files [2][]byte
		for i := range files {
			path := filepath.Join(dir, "x")
			if err := f.Write(path, []output.Listing{table(rows()...)}); err != nil {
				t.Fatal(err)
			}
			files[i], _ = os.ReadFile(path)
		}
		if !bytes.Equal(files[0], files[1]) {
			t.Errorf("%s: two exports of the same rows differ", f.Name)
		}
	}
}

func TestDuckDB(t *testing.T) {
	got, err := DuckDB("/data/o'clock", []output.Listing{{Name: "stance"}},
		[]output.Listing{{Name: "topics"}})
	if err != nil || !strings.Contains(got, `read_parquet('/data/o''clock/stance/v1/*/*.parquet', union_by_name = true)`) ||
		!strings.Contains(got, `view topics as select * from read_parquet('/data/o''clock/dimensions/v1/topics.parquet')`) {
		t.Errorf("%v: %s", err, got)
	}
}
