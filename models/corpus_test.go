package models

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"stance/datasets"
	"stance/datasets/format"
)

// TestHoldOutKeepsOtherTasks holds that examples without stance labels are all
// learned from, whatever their dates.
func TestHoldOutKeepsOtherTasks(t *testing.T) {
	example := func(id string, day int, task datasets.Task) datasets.Example {
		return datasets.Example{
			Article: datasets.Article{ID: id, Text: "The text of " + id + ".",
				Published: time.Date(2023, 1, day, 0, 0, 0, 0, time.UTC)},
			Labels: []datasets.Label{{Task: task}},
		}
	}
	corpora := []Corpus{
		{Info: CorpusInfo{Name: "one"},
			Examples: []datasets.Example{example("late", 9, datasets.TaskStance),
				example("tone", 30, datasets.TaskSentiment),
				example("early", 1, datasets.TaskStance)}},
		{Info: CorpusInfo{Name: "two"},
			Examples: []datasets.Example{example("middle", 5, datasets.TaskStance), example("latest", 20, datasets.TaskStance)}},
	}
	learn, dev, err := HoldOut(corpora, 0.5)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range learn {
		for _, e := range c.Examples {
			got = append(got, c.Info.Name+" "+e.ID)
		}
	}
	for _, e := range dev {
		got = append(got, "dev "+e.ID)
	}
	if want := []string{"one tone", "one early", "two middle", "dev late",
		"dev latest"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestReadCorpus counts and hashes what it reads, and says what is wrong with
// files that are no corpus.
func TestReadCorpus(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	one := `{"id":"1","text":"Peru backs Taiwan.","labels":[` +
		`{"country":"PER","topic":"taiwan","stance":"supportive","sentiment":"neutral"}]}` + "\n"
	sound, bad := write("sound.jsonl", one), write("bad.jsonl", "{}\n"+one+"not JSON\n")
	empty := write("empty.jsonl", "{}\n")
	read := func(files CorpusFiles) (Corpus, int, error) {
		rejected := 0
		c, err := ReadCorpus(t.Context(), CorpusInfo{Name: "news", Format: "stance", Weight: 2},
			files, format.Options{},
			func(*datasets.RecordError) { rejected++ })
		return c, rejected, err
	}
	c, rejected, err := read(CorpusFiles{Texts: []format.Input{{Path: sound}, {Path: bad}}})
	if err != nil {
		t.Fatal(err)
	}
	both := one + "{}\n" + one + "not JSON\n"
	want := CorpusInfo{Name: "news", Format: "stance", Weight: 2, Examples: 2, Labels: 4,
		SHA256: fmt.Sprintf("%x", sha256.Sum256([]byte(both)))}
	if !reflect.DeepEqual(c.Info, want) || len(c.Examples) != 2 || rejected != 2 {
		t.Errorf("got %+v, %d examples, %d rejected; want %+v, 2, 2", c.Info, len(c.Examples),
			rejected, want)
	}
	for _, f := range []struct {
		files CorpusFiles
		want  string
	}{
		{CorpusFiles{Texts: []format.Input{{Path: empty}}}, "corpus news has no sound record; is it of format stance?"},
		{CorpusFiles{Texts: []format.Input{{Path: dir + "/none"}}}, "corpus news: open "},
		{CorpusFiles{Texts: []format.Input{{Path: sound}}, Annotations: dir + "/none"}, "corpus news: open "},
		{CorpusFiles{Texts: []format.Input{{Path: sound}},
			Annotations: write("notes.jsonl", "?\n")}, "notes.jsonl"},
	} {
		if _, _, err := read(f.files); err == nil || !strings.Contains(err.Error(), f.want) {
			t.Errorf("%+v: got %v, want … %s", f.files, err, f.want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = ReadCorpus(ctx, CorpusInfo{Format: "stance"},
		CorpusFiles{Texts: []format.Input{{Path: sound}}}, format.Options{}, nil)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("after a cancel: %v", err)
	}
}

// TestWithTask keeps examples with a label of the task, and leaves the corpora
// it got.
func TestWithTask(t *testing.T) {
	stance, tone := datasets.Label{Task: datasets.TaskStance},
		datasets.Label{Task: datasets.TaskSentiment}
	corpora := []Corpus{{Examples: []datasets.Example{{Labels: []datasets.Label{tone}},
		{Labels: []datasets.Label{tone, stance}}, {}}}}
	got := WithTask(corpora, datasets.TaskStance)
	if len(got) != 1 || len(got[0].Examples) != 1 || len(got[0].Examples[0].Labels) != 2 {
		t.Errorf("got %+v", got)
	}
	if len(corpora[0].Examples) != 3 || len(corpora[0].Examples[0].Labels) != 1 {
		t.Errorf("the corpora were changed: %+v", corpora)
	}
}
