package format

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"stance/datasets"
)

// crawled is a row as data frames of crawlers have it.
type crawled struct {
	Headline string    `parquet:"headline"`
	Text     *string   `parquet:"maintext,optional"`
	When     time.Time `parquet:"date_publish,timestamp(millisecond)"`
	Source   struct {
		Name string `parquet:"name"`
		ID   string `parquet:"id"`
	} `parquet:"source"`
	Tags  []string `parquet:"tags,list"`
	Paras []string `parquet:"paragraphs,list"`
	Score float64  `parquet:"score"`
}

func parquetOf[T any](t testing.TB, rows []T, o ...parquet.WriterOption) []byte {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[T](&b, o...)
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func crawledRows(n int) []crawled {
	rows := make([]crawled, n)
	for i := range rows {
		body := fmt.Sprintf("Body %d.", i)
		rows[i] = crawled{Headline: fmt.Sprintf("Head %d", i), Text: &body,
			When: time.Date(2024, 3, 5, 10, 15, 0, 0, time.UTC),
			Tags: []string{"a", "b"}, Score: 1.5}
		rows[i].Source.Name = "Isle Courier"
	}
	return rows
}

func TestDecodeParquet(t *testing.T) {
	rows := crawledRows(3)
	rows[1].Text, rows[1].Paras = nil, []string{"One.", "Two."}
	rows[2].Text, rows[2].Headline = nil, ""
	examples, rejected, err := collect(t, bytes.NewReader(parquetOf(t, rows)), "dir/news.parquet",
		Options{})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "places", places(rejected), []string{"3@2 empty"})
	at := rows[0].When
	equal(t, "examples", examples, []datasets.Example{
		{Article: datasets.Article{ID: "news-1", Source: "Isle Courier", Title: "Head 0", Text: "Body 0.", Published: at,
			Origin: datasets.Origin{File: "dir/news.parquet", Line: 1}}},
		{Article: datasets.Article{ID: "news-2", Source: "Isle Courier", Title: "Head 1", Text: "One.\n\nTwo.", Published: at,
			Origin: datasets.Origin{File: "dir/news.parquet", Line: 2, Offset: 1}}},
	})
}

// Times and numbers of columns as Spark, pandas and DuckDB write them.
func TestParquetTypes(t *testing.T) {
	type row struct {
		ID    int64  `parquet:"id"`
		Title string `parquet:"title"`
		Date  int32  `parquet:"date,date"`
	}
	in := parquetOf(t, []row{{7, "x", 19787}}) // (date(2024,3,5)-date(1970,1,1)).days in Python
	examples, rejected, _ := collect(t, bytes.NewReader(in), "a.parquet", Options{})
	if len(examples) != 1 || examples[0].ID != "7" ||
		examples[0].Published.Format(time.DateOnly) != "2024-03-05" {
		t.Errorf("got %v, %v", examples, rejected)
	}
}

// Every row of several row groups comes, also through a pipe and with a field
// named by the user; without one each row is rejected.
func TestParquetRowGroupsAndFields(t *testing.T) {
	type row struct {
		Body string `parquet:"corps"`
	}
	var rows []row
	for i := range 25 {
		rows = append(rows, row{strings.Repeat("x", i+1)})
	}
	in := parquetOf(t, rows, parquet.MaxRowsPerRowGroup(10))
	examples, rejected, _ := collect(t, struct{ *bytes.Buffer }{bytes.NewBuffer(in)}, "a.parquet",
		Options{Map: Map{Text: "corps"}})
	if len(examples) != 25 || len(rejected) != 0 || examples[24].Text != rows[24].Body {
		t.Errorf("got %d examples, %v", len(examples), rejected)
	}
	examples, rejected, _ = collect(t, bytes.NewReader(in), "a.parquet", Options{})
	if len(examples) != 0 || len(rejected) != 25 || !strings.Contains(rejected[0].Detail, "seen: corps") {
		t.Errorf("got %d examples, %d rejected", len(examples), len(rejected))
	}
}

// FuzzParquet breaks a file anywhere: the rows before the fault may come, and
// the fault is told.
func FuzzParquet(f *testing.F) {
	good := parquetOf(f, crawledRows(20), parquet.MaxRowsPerRowGroup(7))
	f.Add(good, 0, byte(0))
	f.Add(good, len(good)-20, byte(0xff))
	f.Add([]byte("PAR1PAR1"), 0, byte(0))
	f.Fuzz(func(t *testing.T, in []byte, at int, change byte) {
		in = bytes.Clone(in)
		if len(in) > 0 && at >= 0 {
			in[at%len(in)] ^= change
		}
		decodeAnything(t, in, "parquet")
	})
}
