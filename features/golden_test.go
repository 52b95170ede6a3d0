package features

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stance/datasets"
	"stance/datasets/format"
	"stance/features/topic"
	"stance/internal/golden"
)

// harbour is a second topic: countries may stand to two.
var harbour = topic.Topic{ID: "harbour", Proposition: "The harbour should stay open.",
	Terms: []string{"harbour"}, For: topic.Side{Countries: []string{"EU"}}}

// TestQuestions has a line for each question about a text.
func TestQuestions(t *testing.T) {
	pl := newPipeline(t, 0, ukraine, harbour)
	golden.Cases(t, "testdata/questions/*.txt", func(t *testing.T, input string) string {
		out := ""
		for _, q := range pl.Questions(pl.Article(golden.Article(t, input))) {
			asked := "tone"
			if q.Topic >= 0 {
				asked = fmt.Sprintf("stance on %s, %s", pl.Topics.Topics[q.Topic].ID, q.Stand)
			}
			out += fmt.Sprintf("%s: %s; mentions %v\n", q.Country, asked, q.Mentions)
		}
		if out == "" {
			return "no question\n"
		}
		return out
	})
}

// TestAgents has a line for each country, with the sentences in which it acts.
func TestAgents(t *testing.T) {
	pl := newPipeline(t, 0, ukraine)
	golden.Cases(t, "testdata/agents/*.txt", func(t *testing.T, input string) string {
		an := pl.Article(golden.Article(t, input))
		out := ""
		var s Scratch
		for _, q := range pl.Questions(an) {
			if q.Task == datasets.TaskStance {
				pl.Features(an, q, &s)
				out += fmt.Sprintf("%s acts in sentences %v\n", q.Country, s.Acting())
			}
		}
		return out
	})
}

// TestEveryFamilyHasCases holds that no family lacks golden cases.
func TestEveryFamilyHasCases(t *testing.T) {
	for _, f := range Families() {
		cases, err := filepath.Glob(filepath.Join("family", "testdata", f.Name, "*.txt"))
		if err != nil || len(cases) == 0 {
			t.Errorf("family %q has no case; add features/family/testdata/%s and a line to funcs in the golden test there", f.Name, f.Name)
		}
	}
}

// sampleFile says what the code makes of the sample articles.
const sampleFile = "testdata/sample.txt"

// TestSampleReading notices a change of code by which the sample articles read
// otherwise, under the same data files and the same codeVersion. Such a change
// would leave old answers in place as if nothing had happened. It refuses
// -update, too, until codeVersion is raised.
func TestSampleReading(t *testing.T) {
	pl := newPipeline(t, 0, ukraine)
	data := sha256.New()
	for _, part := range pl.Reading()[1:] {
		fmt.Fprintln(data, part.Name, part.Value)
	}
	conditions := fmt.Sprintf("# What the code makes of datasets/sample/labelled-1*. TestSampleReading has the rule.\n"+
		"code version %d\ndata files %s\n", codeVersion, short(data))
	made := digestSample(t, pl)
	if old, err := os.ReadFile(sampleFile); err == nil {
		same, was := bytes.CutPrefix(old, []byte(conditions))
		if was && string(same) != made {
			t.Fatalf("the sample articles read otherwise; raise codeVersion in features/reading.go, then run this test with -update\ngot\n%swant\n%s", made, same)
		}
	}
	golden.File(t, sampleFile, []byte(conditions+made))
}

// digestSample counts and hashes what is made of the sample articles, a line
// for each stage, so that the first stage that changed can be seen.
func digestSample(t *testing.T, pl *Pipeline) string {
	t.Helper()
	stages := [...]struct {
		name  string
		count int
		sum   hash.Hash
	}{{name: "texts"}, {name: "sentences"}, {name: "tokens"}, {name: "mentions"}, {name: "references"}, {name: "questions"}, {name: "features"}}
	for i := range stages {
		stages[i].sum = sha256.New()
	}
	note := func(stage, count int, made any) {
		stages[stage].count += count
		fmt.Fprintln(stages[stage].sum, made)
	}
	files, err := filepath.Glob("../datasets/sample/labelled-1*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatalf("no sample: %v", err)
	}
	var s Scratch
	for _, file := range files {
		for e, err := range format.Read(t.Context(), file, format.Options{Format: "stance"}) {
			if err != nil {
				t.Fatal(err)
			}
			an := pl.Article(e.Article)
			note(0, 1, an.Document.Text)
			note(1, len(an.Document.Sentences), an.Document.Sentences)
			note(2, len(an.Document.Tokens), an.Document.Tokens)
			note(3, len(an.Mentions), an.Mentions)
			note(4, len(an.References), an.References)
			for _, q := range pl.Questions(an) {
				note(5, 1, q)
				seen := pl.Features(an, q, &s)
				note(6, len(seen), seen)
			}
		}
	}
	var out strings.Builder
	for _, stage := range stages {
		fmt.Fprintf(&out, "%d %s %s\n", stage.count, stage.name, short(stage.sum))
	}
	return out.String()
}

// short is the first half of a hash, in hex.
func short(h hash.Hash) string { return hex.EncodeToString(h.Sum(nil)[:16]) }
