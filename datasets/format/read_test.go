package format

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"stance/datasets"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// collect walks a whole stream and returns its examples, its rejected records
// and its last other error.
func collect(t *testing.T, r io.Reader, name string,
	o Options) ([]datasets.Example, []*datasets.RecordError, error) {
	t.Helper()
	var examples []datasets.Example
	var rejected []*datasets.RecordError
	var last error
	for e, err := range Decode(context.Background(), r, name, o) {
		var re *datasets.RecordError
		switch {
		case errors.As(err, &re):
			rejected = append(rejected, re)
		case err != nil:
			last = err
		default:
			examples = append(examples, e)
		}
	}
	return examples, rejected, last
}

// places lists rejected records as "line@offset reason".
func places(rejected []*datasets.RecordError) []string {
	var list []string
	for _, r := range rejected {
		list = append(list, fmt.Sprintf("%d@%d %s", r.Line, r.Offset, r.Reason))
	}
	return list
}

func ids(examples []datasets.Example) []string {
	var list []string
	for _, e := range examples {
		list = append(list, e.ID)
	}
	return list
}

func equal(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\n got %#v\nwant %#v", what, got, want)
	}
}

func TestDecodeText(t *testing.T) {
	day := time.Date(2024, 3, 2, 0, 0, 0, 0, time.UTC)
	tests := []struct{ name, in, title, text string }{
		{"date, title, body", "\n date 2024-03-02 \n\nHarbour talks resume\n\nOslo ,\n\nThe minister said so.\n", "Harbour talks resume",
			"Oslo ,\n\nThe minister said so."},
		{"CRLF and mark", "\ufeffDate: 2024-03-02\r\nHarbour talks\r\n\r\nBody one.\r\nBody two.\r\n", "Harbour talks",
			"Body one.\nBody two."},
		{"two lines are no title", "date 2024-03-02\nOne\ntwo\n\nthree", "", "One\ntwo\n\nthree"},
		{"one paragraph is the body", "date 2024-03-02\nOnly this.", "", "Only this."},
		{"long paragraph is no title", "date 2024-03-02\n" + strings.Repeat("word ", 80) + "\n\nRest.", "",
			strings.Repeat("word ", 80) + "\n\nRest."},
	}
	for _, tt := range tests {
		examples, rejected, err := collect(t, strings.NewReader(tt.in), "dir/talks.txt", Options{})
		if len(examples) != 1 || len(rejected) != 0 || err != nil {
			t.Fatalf("%s: got %v, %v, %v", tt.name, examples, rejected, err)
		}
		a := examples[0].Article
		if !strings.HasPrefix(a.ID, "talks-") {
			t.Errorf("%s: ID %q does not begin with the file's name", tt.name, a.ID)
		}
		a.ID = ""
		a.Origin.Offset = 0
		equal(t, tt.name, a,
			datasets.Article{Title: tt.title, Text: tt.text, Published: day,
				Origin: datasets.Origin{File: "dir/talks.txt", Line: 1}})
	}
}

func TestDecodeTextRejects(t *testing.T) {
	tests := []struct {
		in   string
		want []string
	}{
		{"", nil},
		{" \n\n", nil},
		{"date 2024-02-29\n", []string{"1@0 empty"}},
		{"caf\xe9 \xe2\x82\xac", []string{"1@0 encoding"}},   // UTF-8 and not
		{"\xea\xe0\xf4\xe5 talks", []string{"1@0 encoding"}}, // Windows-1251
		{"a\x00b", []string{"1@0 encoding"}},
		{strings.Repeat("x", 101), []string{"1@0 too_long"}},
	}
	for _, tt := range tests {
		examples, rejected, err := collect(t, strings.NewReader(tt.in), "a.txt",
			Options{Limits: Limits{Line: 100}})
		if len(examples) != 0 || err != nil {
			t.Errorf("%q: got %v, %v", tt.in, examples, err)
		}
		equal(t, tt.in, places(rejected), tt.want)
	}
}

func TestDecodeJSONL(t *testing.T) {
	in := "\ufeff" + `{"id":"a1","title":"Aid vote","text":"Parliament backed it.","published_at":"2024-03-02T10:00:00+02:00",` +
		`"source":"Daily","url":"https://news.example/1","lang":"en","extra":{"x":[1]},` +
		`"labels":[{"country":"NOR","topic":"ukraine","stance":"supportive","sentiment":"positive"}]}` + "\r\n\n" +
		`{"id":7,"title":null,"body":"Second.","published_at":null,"labels":["politics"]}`
	got, rejected, err := collect(t, strings.NewReader(in), "in/news.jsonl", Options{})
	if len(rejected) != 0 || err != nil {
		t.Fatalf("got %v, %v", rejected, err)
	}
	want := []datasets.Example{
		{Article: datasets.Article{ID: "a1", Source: "Daily", URL: "https://news.example/1",
			Title: "Aid vote", Text: "Parliament backed it.",
			Lang: "en", Published: time.Date(2024, 3, 2, 8, 0, 0, 0, time.UTC),
			Origin: datasets.Origin{File: "in/news.jsonl", Line: 1, Offset: 3}},
			Labels: []datasets.Label{{Task: datasets.TaskStance, Country: "NOR", Topic: "ukraine",
				Answer: "supportive"},
				{Task: datasets.TaskSentiment, Country: "NOR", Answer: "positive"}}},
		{Article: datasets.Article{ID: "7", Text: "Second.", Origin: datasets.Origin{File: "in/news.jsonl", Line: 3, Offset: int64(strings.Index(in, `{"id":7`))}}},
	}
	equal(t, "examples", got, want)
}

func TestDecodeJSONLRejects(t *testing.T) {
	lines := []string{
		`{"title":"good"}`,
		`{"title":"broken`,
		`[1,2]`,
		`{"title":"caf` + "\x81" + `"}`,
		`{"title":" ","text":""}`,
		`{"kop":"x"}`,
		`{"title":` + strings.Repeat("[", 70) + strings.Repeat("]", 70) + `}`,
		`{"title":"` + strings.Repeat("x", 5000) + `"}`,
		`{"title":"x","labels":[{"country":"NOR","topic":"t","stance":"warm"}]}`,
		`{"title":{"kop":"x"}}`,
		`{"title":"good too"}`,
	}
	in := strings.Join(lines, "\n")
	examples, rejected, err := collect(t, strings.NewReader(in), "n.jsonl",
		Options{Limits: Limits{Line: 4000}})
	if err != nil || len(examples) != 2 || examples[1].Origin.Line != 11 {
		t.Fatalf("got %v, %v", examples, err)
	}
	reasons := []string{"", "syntax", "syntax", "encoding", "empty", "no_text_field", "too_deep", "too_long", "bad_label", "no_text_field", ""}
	var want []string
	offset := 0
	for i, reason := range reasons {
		if reason != "" {
			want = append(want, fmt.Sprintf("%d@%d %s", i+1, offset, reason))
		}
		offset += len(lines[i]) + 1
	}
	equal(t, "rejected", places(rejected), want)
}

func TestCompressed(t *testing.T) {
	plain := []byte(`{"id":"a","title":"one"}` + "\n" + `{"id":"b","title":"two"}` + "\n")
	var gz, zs bytes.Buffer
	g := gzip.NewWriter(&gz)
	g.Write(plain)
	g.Close()
	z, _ := zstd.NewWriter(&zs)
	z.Write(plain)
	z.Close()
	for name, b := range map[string][]byte{"a.jsonl": plain, "a.jsonl.gz": gz.Bytes(), "a.ndjson.ZST": zs.Bytes(), "-": gz.Bytes()} {
		examples, rejected, err := collect(t, bytes.NewReader(b), name, Options{})
		if len(rejected) != 0 || err != nil {
			t.Errorf("%s: got %v, %v", name, rejected, err)
		}
		equal(t, name, ids(examples), []string{"a", "b"})
	}
}

// What cannot be seen is nothing: a record of zero-width characters is empty.
func TestInvisibleIsEmpty(t *testing.T) {
	in := `{"title":"\u200b\ufeff","text":"\u00a0\u00ad\u0000"}` + "\n" + `{"title":"\u200bA","text":""}` + "\n"
	examples, rejected, _ := collect(t, strings.NewReader(in), "a.jsonl", Options{})
	equal(t, "rejected", places(rejected), []string{"1@0 empty"})
	if len(examples) != 1 {
		t.Errorf("got %d articles, want 1", len(examples))
	}
}
