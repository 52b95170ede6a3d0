package format

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"stance/datasets"
)

// countable is a way to write records so that it is known how many there are,
// whatever noise breaks the bytes of some of them.
type countable struct {
	format string
	head   string // before the records
	tail   string // behind them
	record func(i int) string
	join   string // between records
	// puts a record that has its noise already into the file; nil for as it is
	wrap func(string) string
	one  bool // noise never makes more records of one
}

// wholeFiles are the formats whose file is one record.
var wholeFiles = []string{"text", "html"}

// countables has every format of records but Parquet, which is no text.
var countables = []countable{
	{format: "jsonl", record: jsonRecord, join: "\n"},
	{format: "json", head: "[\n", record: jsonRecord, join: ",\n", tail: "\n]\n"},
	{format: "json", head: `{"status": "ok", "articles": [` + "\n", record: jsonRecord, join: ",\n", tail: "\n]}\n"},
	{format: "csv", head: "id,title,text\n", join: "\n", record: func(i int) string {
		return fmt.Sprintf(`r%d,"Title, %d","Some ""text""."`, i, i)
	}},
	{format: "stance", join: "\n", one: true, record: func(i int) string {
		return fmt.Sprintf(`{"id": "r%d", "title": "Title %d", "labels": [{"country": "NOR", "topic": "ukraine", "stance": "neutral"}]}`, i, i)
	}},
	{format: "newsmtsc", join: "\n", one: true, record: func(i int) string {
		return fmt.Sprintf(`{"primary_gid":"g%d","sentence_normalized":"Lindqvist left.","targets":[{"from":0,"to":9,"mention":"Lindqvist","polarity":4.0}]}`, i)
	}},
	{format: "dse", join: "\n", one: true, record: func(i int) string {
		return fmt.Sprintf("[Lindqvist] praised [Ortega] in street %d.\tLindqvist\tOrtega\t1", i)
	}},
	{format: "plover", head: strings.Join(ploverColumns, "\t") + "\n", join: "\n",
		record: func(i int) string {
			return fmt.Sprintf("%d\t<s>Norway</s> sent <t>Sweden</t> two ferries.\tNorway\tSweden\tAID\t2", i)
		}},
	{format: "unscon", head: strings.Join(unsconColumns, ",") + "\n", join: "\n",
		record: func(i int) string {
			return fmt.Sprintf("x_preproc_Norway.txt,SPV.1,%d,We thank you.,_,_", i)
		}},
	{format: "feed",
		head: `<?xml version="1.0"?><rss version="2.0"><channel><title>Isle</title>` + "\n", tail: "</channel></rss>\n", join: "\n",
		record: func(i int) string {
			return fmt.Sprintf("<item><guid>r%d</guid><title>Title %d</title><description>Some text.</description></item>", i, i)
		}},
	{format: "warc", one: true, record: func(i int) string {
		return fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><title>Title %d</title><p>The board voted.</p></html>", i)
	}, wrap: func(record string) string {
		return fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", len(record), record)
	}},
}

func jsonRecord(i int) string {
	return fmt.Sprintf(`{"id": "r%d", "title": "Title %d", "text": "Some text."}`, i, i)
}

// broken writes n records with noise in every third or so. The first stays
// sound, for it shows how the others begin.
func (c countable) broken(n int, seed uint64, noise string) string {
	r := rand.New(rand.NewPCG(seed, 0))
	records := make([]string, n)
	for i := range records {
		records[i] = c.record(i)
		if i > 0 && r.IntN(3) == 0 {
			at := 1 + r.IntN(len(records[i])-1)
			if c.format == "warc" { // in the page: what is no page is no record
				at = strings.Index(records[i], "<html>") + r.IntN(40)
			}
			records[i] = records[i][:at] + noise + records[i][at:]
		}
		if c.wrap != nil {
			records[i] = c.wrap(records[i])
		}
	}
	return c.head + strings.Join(records, c.join) + c.tail
}

// FuzzCount makes records, breaks the bytes of some within their line, and
// holds every decoder to its first promise: as many come out, as articles and
// as rejected records, as went in. Noise may make two records of one, but never
// none.
func FuzzCount(f *testing.F) {
	for i, noise := range []string{"}", `"`, ",{", "\\", "\x81", "</item>", "</channel>", "<!--", "\t", "]}", "\x00", `","`, "<item>", "&"} {
		f.Add(uint64(i), []byte(noise), 2+i)
	}
	f.Fuzz(func(t *testing.T, seed uint64, noise []byte, n int) {
		noise = bytes.Map(func(r rune) rune {
			if r == '\n' || r == '\r' || r == '\uFEFF' {
				return -1
			}
			return r
		}, noise[:min(len(noise), 16)])
		records := 1 + max(0, n)%40
		for _, c := range countables {
			in := c.broken(records, seed, string(noise))
			examples, rejected, err := collect(t, strings.NewReader(in), "in",
				Options{Format: c.format})
			got := len(examples) + len(rejected)
			if err != nil ||
				got != records && (c.one || got < records) && !wholeRejected(rejected, c) {
				t.Errorf("%s: %d records in, %d articles and %d rejected: %v\n%s", c.format,
					records, len(examples), len(rejected), err, in)
			}
		}
		for _, format := range wholeFiles {
			in := countables[0].broken(records, seed, string(noise))
			examples, rejected, err := collect(t, strings.NewReader(in), "in",
				Options{Format: format})
			if got := len(examples) + len(rejected); err != nil || got != 1 {
				t.Errorf("%s: one file in, %d articles and %d rejected: %v\n%s", format,
					len(examples), len(rejected), err, in)
			}
		}
	})
}

// wholeRejected reports whether the file was rejected because its entries
// cannot be counted.
func wholeRejected(rejected []*datasets.RecordError, c countable) bool {
	return c.format == "feed" && len(rejected) > 0 &&
		rejected[len(rejected)-1].Reason == datasets.ReasonSyntax
}

// FuzzCountParquet breaks one byte of a file of n rows. Every row comes, or the
// fault that ends the file is told.
func FuzzCountParquet(f *testing.F) {
	f.Add(7, 40, byte(1))
	f.Add(20, 300, byte(0xff))
	f.Add(3, 0, byte(0))
	f.Fuzz(func(t *testing.T, n, at int, change byte) {
		n = 1 + max(0, n)%40
		in := parquetOf(t, crawledRows(n), parquet.MaxRowsPerRowGroup(7))
		in[max(0, at)%len(in)] ^= change
		examples, rejected, err := collect(t, bytes.NewReader(in), "a.parquet", Options{})
		told := len(rejected) > 0 && rejected[len(rejected)-1].Reason == datasets.ReasonUnread
		if got := len(examples) + len(rejected); err != nil || got != n && !told {
			t.Errorf("%d rows in, byte %d changed by %#x: %d articles and %d rejected, %v", n, at,
				change, len(examples), len(rejected), err)
		}
	})
}
