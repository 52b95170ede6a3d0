package format

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"stance/datasets"
	"stance/internal/golden"
)

// A golden file is one case: comment lines that begin with "#", the expected
// outcome of each record on a line, a blank line, and the input as it is. Its
// name is FORMAT.CASE.golden.
func goldenFiles(t testing.TB, format string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", format+".*.golden"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no golden file for format %q (%v)", format, err)
	}
	return paths
}

// readGolden takes a golden file apart.
func readGolden(t testing.TB, path string) golden.Case {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	c, ok := golden.Parse(string(data))
	if !ok {
		t.Fatalf("%s: no blank line before the input", path)
	}
	return c
}

func TestGolden(t *testing.T) {
	for _, f := range Formats {
		if f.Name == "parquet" { // not a text; see parquet_test.go
			continue
		}
		for _, path := range goldenFiles(t, f.Name) {
			t.Run(filepath.Base(path), func(t *testing.T) {
				c := readGolden(t, path)
				got := outcomes(t, f.Name, []byte(c.Input))
				golden.File(t, path, []byte(c.Comment+got+"\n"+c.Input))
			})
		}
	}
}

// outcomes has one line per record: its place, then the fields that are set, or
// the rejection.
func outcomes(t testing.TB, format string, input []byte) string {
	t.Helper()
	var out strings.Builder
	for e, err := range Decode(context.Background(), bytes.NewReader(input), "in",
		Options{Format: format}) {
		var re *datasets.RecordError
		switch {
		case errors.As(err, &re):
			fmt.Fprintf(&out, "%d@%d %s: %s\n", re.Line, re.Offset, re.Reason, re.Detail)
		case err != nil:
			t.Fatal(err)
		default:
			fmt.Fprintf(&out, "%d@%d %s\n", e.Origin.Line, e.Origin.Offset, fieldsOf(t, e))
		}
	}
	return out.String()
}

func fieldsOf(t testing.TB, e datasets.Example) string {
	t.Helper()
	var parts []string
	add := func(name, value string) {
		if value != "" {
			quoted, err := json.Marshal(value)
			if err != nil {
				t.Fatal(err)
			}
			parts = append(parts, name+"="+string(quoted))
		}
	}
	add("id", e.ID)
	add("source", e.Source)
	add("url", e.URL)
	add("title", e.Title)
	add("text", e.Text)
	add("lang", e.Lang)
	if !e.Published.IsZero() {
		add("published", e.Published.Format(time.RFC3339Nano))
	}
	add("notes", e.Notes)
	add("collection", e.Collection)
	add("group", e.Group)
	for _, l := range e.Labels {
		part := string(l.Task) + " " + l.Country + " " + l.Topic
		if !l.Source.Empty() {
			part += fmt.Sprintf(" source[%s]", e.Text[l.Source.Start:l.Source.End])
		}
		if !l.Target.Empty() {
			part += fmt.Sprintf(" target[%s]", e.Text[l.Target.Start:l.Target.End])
		}
		add("label", strings.Join(strings.Fields(part), " ")+" = "+l.Answer)
	}
	return strings.Join(parts, " ")
}

// fuzzFormat feeds a decoder anything: it may reject, but not panic, and what
// it gives must be well-formed.
func fuzzFormat(f *testing.F, format string) {
	for _, path := range goldenFiles(f, format) {
		input := []byte(readGolden(f, path).Input)
		f.Add(input)
	}
	f.Fuzz(func(t *testing.T, input []byte) { decodeAnything(t, input, format) })
}

// decodeAnything decodes input and checks what comes out of it. The places of
// records are those of the input itself only where nothing was taken off.
func decodeAnything(t *testing.T, input []byte, format string) {
	limits := Limits{Line: 4 << 10, Depth: 8}
	last := int64(-1)
	for e, err := range Decode(context.Background(), bytes.NewReader(input), "in",
		Options{Format: format, Limits: limits}) {
		origin := e.Origin
		var re *datasets.RecordError
		switch {
		case errors.As(err, &re):
			origin = re.Origin
			checkRecordError(t, re)
		case err != nil && format == "": // what it is could not be told
			return
		case err != nil:
			t.Fatal(err)
		default:
			checkExample(t, e)
			if int64(len(e.Text)+len(e.Title)) > limits.Line*3 {
				t.Errorf("record of %d bytes beyond the limit", len(e.Text)+len(e.Title))
			}
		}
		if packed(input) || format == "parquet" || format == "feed" || format == "" {
			continue
		}
		if origin.Offset < last {
			t.Errorf("record at %d comes after one at %d", origin.Offset, last)
		}
		last = origin.Offset
		if bytes.IndexByte(input, '\n') >= 0 &&
			(origin.Offset > int64(len(input)) ||
				origin.Line != 1+bytes.Count(input[:origin.Offset], []byte("\n"))) {
			t.Errorf("line %d is not at offset %d", origin.Line, origin.Offset)
		}
	}
}

// packed reports whether input is not plain UTF-8 text: its lines are then not
// those of its bytes.
func packed(input []byte) bool {
	_, encoding := toUTF8(bytes.NewReader(input))
	start := input[:min(len(input), tarHead)]
	return compressionOf(start) != nil || archiveOf(start) != nil || encoding != "UTF-8"
}

func checkRecordError(t testing.TB, re *datasets.RecordError) {
	t.Helper()
	known := []datasets.Reason{datasets.ReasonSyntax, datasets.ReasonEncoding, datasets.ReasonEmpty,
		datasets.ReasonTooLong, datasets.ReasonTooDeep, datasets.ReasonFields,
		datasets.ReasonBadLabel, datasets.ReasonUnread}
	if !slices.Contains(known, re.Reason) || re.File == "" || re.Line < 1 || re.Offset < 0 ||
		re.Detail == "" ||
		!utf8.ValidString(re.Excerpt) || len(re.Excerpt) > datasets.ExcerptLimit {
		t.Errorf("rejection is not well-formed: %+v", re)
	}
}

func FuzzText(f *testing.F)     { fuzzFormat(f, "text") }
func FuzzJSONL(f *testing.F)    { fuzzFormat(f, "jsonl") }
func FuzzJSON(f *testing.F)     { fuzzFormat(f, "json") }
func FuzzCSV(f *testing.F)      { fuzzFormat(f, "csv") }
func FuzzStance(f *testing.F)   { fuzzFormat(f, "stance") }
func FuzzNewsMTSC(f *testing.F) { fuzzFormat(f, "newsmtsc") }
func FuzzDSE(f *testing.F)      { fuzzFormat(f, "dse") }
func FuzzPLOVER(f *testing.F)   { fuzzFormat(f, "plover") }
func FuzzUNSCon(f *testing.F)   { fuzzFormat(f, "unscon") }
func FuzzHTML(f *testing.F)     { fuzzFormat(f, "html") }
func FuzzFeed(f *testing.F)     { fuzzFormat(f, "feed") }
func FuzzWARC(f *testing.F)     { fuzzFormat(f, "warc") }
