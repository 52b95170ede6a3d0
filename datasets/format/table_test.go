package format

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"github.com/parquet-go/parquet-go"

	"stance/datasets"
)

// A row of a table is read as the same row of a Parquet file, to the last field
// of an article or of a rejection.
func TestTableReadsRowsAsParquetDoes(t *testing.T) {
	type row struct {
		ID    string `parquet:"doc_id"`
		Title string `parquet:"headline"`
		Text  string `parquet:"body"`
		Date  string `parquet:"published"`
		Other string `parquet:"other"`
	}
	rows := []row{
		{"a", "France backs Kyiv", "Paris said so.", "2026-03-29T10:00:00Z", "x"},
		{"", "No id", "The row names it.", "29 March 2026", ""},
		{"b", "", "", "2026-03-29", "neither title nor text"},
		{"c", "Bad bytes", "caf\xe9 and more", "2026-03-29", ""},
		{"d", "Worse bytes", "\xff\x81\x8d\x00", "2026-03-29", ""},
		{"e", "None", "nan", "not a date", ""},
		{"f", "Long", string(make([]byte, 3000)), "", ""},
	}
	path := filepath.Join(t.TempDir(), "in.parquet")
	if err := parquet.WriteFile(path, rows); err != nil {
		t.Fatal(err)
	}
	o := Options{Limits: Limits{Line: 2000}}
	table, err := NewTable([]string{"doc_id", "headline", "body", "published", "other"}, o)
	if err != nil {
		t.Fatal(err)
	}
	if got := len(table.Columns()); got != 4 {
		t.Fatalf("%d columns hold fields, want 4: %v", got, table.Columns())
	}
	i := 0
	for want, wantErr := range Read(context.Background(), path, o) {
		r := rows[i]
		at := datasets.Origin{File: path, Line: i + 1, Offset: int64(i)}
		got, err := table.Read(at, []string{r.ID, r.Title, r.Text, r.Date})
		var bad, wantBad *datasets.RecordError
		if errors.As(err, &bad) != errors.As(wantErr, &wantBad) ||
			bad != nil && (bad.Error() != wantBad.Error() ||
				bad.Excerpt != wantBad.Excerpt || bad.Origin != wantBad.Origin) {
			t.Errorf("row %d: %v, want %v", i+1, err, wantErr)
		}
		if err == nil && got != want.Article {
			t.Errorf("row %d: %+v, want %+v", i+1, got, want.Article)
		}
		i++
	}
	if i != len(rows) {
		t.Errorf("%d of %d rows were read from %s", i, len(rows), path)
	}
}

// The order of day and month comes from the settings alone: the rows of a table
// may be in any batch of any worker.
func TestTableRowsDoNotTellTheOrderOfDates(t *testing.T) {
	for _, c := range []struct{ order, want string }{{"", "0001-01-01"}, {"dmy", "2024-04-03"}, {"mdy", "2024-03-04"}} {
		table, err := NewTable([]string{"text", "date"}, Options{DateOrder: c.order})
		if err != nil {
			t.Fatal(err)
		}
		for i, date := range []string{"25/03/2024", "03/04/2024"} {
			a, err := table.Read(datasets.Origin{File: "-", Line: i + 1}, []string{"Text.", date})
			if err != nil {
				t.Fatal(err)
			}
			if got := a.Published.Format("2006-01-02"); i == 1 && got != c.want {
				t.Errorf("order %q: %s is read as %s, want %s", c.order, date, got, c.want)
			}
		}
	}
}

func TestTableWithoutText(t *testing.T) {
	_, err := NewTable([]string{"id", "price"}, Options{})
	var bad *datasets.RecordError
	if !errors.As(err, &bad) || bad.Reason != datasets.ReasonFields {
		t.Errorf("error %v, want one of reason %s", err, datasets.ReasonFields)
	}
}
