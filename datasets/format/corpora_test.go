package format

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stance/datasets"
)

// corpus is the path of a file of the shared corpora, which are not part of
// this repository. STANCE_SHARED names their folder; else they are looked for
// beside the repository.
func corpus(t testing.TB, path string) string {
	t.Helper()
	shared := os.Getenv("STANCE_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	full := filepath.Join(shared, "corpora", filepath.FromSlash(path))
	if _, err := os.Stat(full); err != nil {
		t.Skipf("corpora not present: %v; set STANCE_SHARED to the folder that holds corpora/", err)
	}
	return full
}

// readAll reads a corpus in which nothing may be rejected.
func readAll(t testing.TB, format, path string) []datasets.Example {
	t.Helper()
	var examples []datasets.Example
	for e, err := range Read(context.Background(), corpus(t, path), Options{Format: format}) {
		if err != nil {
			t.Fatal(err)
		}
		examples = append(examples, e)
	}
	return examples
}

// TestCorpora holds every decoder against the counts that the corpora's own
// documentation gives.
func TestCorpora(t *testing.T) {
	tests := []struct {
		format, path     string
		examples, labels int
	}{
		{"stance", "stance-news/train.jsonl", 3053, 12281},
		{"stance", "stance-news/dev.jsonl", 475, 1918},
		{"newsmtsc", "newsmtsc/rw/train.jsonl", 7758, 8739},
		{"newsmtsc", "newsmtsc/rw/dev.jsonl", 320, 343},
		{"newsmtsc", "newsmtsc/rw/test.jsonl", 747, 803},
		{"newsmtsc", "newsmtsc/mt/dev.jsonl", 216, 442},
		{"newsmtsc", "newsmtsc/mt/test.jsonl", 505, 1034},
		{"dse", "dse/train.txt", 13144, 13144},
		{"dse", "dse/valid.txt", 1461, 1461},
		{"dse", "dse/test.txt", 1623, 1623},
		{"plover", "plover/train.tsv", 1050, 2100},
		{"plover", "plover/test.tsv", 1033, 2066},
		{"unscon", "unscon/main_conflicts_sents.csv", 2432, 4864},
	}
	for _, tt := range tests {
		t.Run(tt.path, func(t *testing.T) {
			holdCounts(t, tt.format, tt.path, tt.examples, tt.labels)
		})
	}
}

// holdCounts compares a file of a corpus with the counts it should have.
func holdCounts(t *testing.T, format, path string, wantExamples, wantLabels int) {
	t.Helper()
	examples := readAll(t, format, path)
	labels := 0
	seen := map[string]bool{}
	for _, e := range examples {
		labels += len(e.Labels)
		if seen[e.ID] {
			t.Errorf("id %q is given twice", e.ID)
		}
		seen[e.ID] = true
		checkExample(t, e)
	}
	if len(examples) != wantExamples || labels != wantLabels {
		t.Errorf("got %d examples with %d labels, want %d with %d", len(examples), labels,
			wantExamples, wantLabels)
	}
}

// checkExample asserts what every example must fulfil, whatever the format.
func checkExample(t testing.TB, e datasets.Example) {
	t.Helper()
	if e.ID == "" || strings.TrimSpace(e.Title+e.Text) == "" || e.Origin.File == "" ||
		e.Origin.Line < 1 || e.Origin.Offset < 0 {
		t.Errorf("example without ID, words or place: %+v", e)
	}
	for _, l := range e.Labels {
		if l.Task == "" || l.Answer == "" {
			t.Errorf("%s: label without task or answer: %+v", e.ID, l)
		}
		for _, s := range []datasets.Span{l.Source, l.Target} {
			if s == (datasets.Span{}) {
				continue
			}
			if s.Empty() || s.Start < 0 || s.End > len(e.Text) ||
				strings.TrimSpace(e.Text[s.Start:s.End]) == "" ||
				strings.ToValidUTF8(e.Text[s.Start:s.End], "") != e.Text[s.Start:s.End] {
				t.Errorf("%s: span %v does not fit a text of %d bytes", e.ID, s, len(e.Text))
			}
		}
	}
}

// TestDSECleanSplit holds the count of copied test rows against the one found
// when the corpora were collected.
func TestDSECleanSplit(t *testing.T) {
	train, test := readAll(t, "dse", "dse/train.txt"), readAll(t, "dse", "dse/test.txt")
	if got := len(datasets.Without(test, train)); got != 1623-400 {
		t.Errorf("clean test split has %d rows, want %d", got, 1623-400)
	}
}

func TestUNSConConflicts(t *testing.T) {
	got := map[string]int{}
	for _, e := range readAll(t, "unscon", "unscon/main_conflicts_sents.csv") {
		for _, l := range e.Labels {
			got[string(l.Task)+" "+l.Answer]++
		}
	}
	equal(t, "labels", got, map[string]int{"conflict conflict": 591, "conflict none": 1841, "conflict-kind none": 1841,
		"conflict-kind Direct_NegEval": 318, "conflict-kind Indirect_NegEval": 178, "conflict-kind Challenge": 31,
		"conflict-kind Correction": 64})
}

// BenchmarkDecodeJSONL reads articles of about 4 kB, as full news texts are.
func BenchmarkDecodeJSONL(b *testing.B) {
	body := strings.Repeat(`The harbour council voted on Monday to lease two berths, \"for now\", to the coast guard – 7 to 4. `, 40)
	var in strings.Builder
	for i := range 500 {
		fmt.Fprintf(&in, `{"id":"n%d","source":"nordwire","url":"https://nordwire.example/%d","published_at":"2024-02-11T09:30:00Z",`+
			`"title":"Council leases berths","text":"%s"}`+"\n", i, i, body)
	}
	b.SetBytes(int64(in.Len()))
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range Decode(context.Background(), strings.NewReader(in.String()), "in.jsonl", Options{}) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
