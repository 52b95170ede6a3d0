package models

import (
	"reflect"
	"testing"
	"time"

	"stance/datasets"
)

// TestHoldOutKeepsOtherTasks holds that examples without stance labels are all learnt from, whatever their dates.
func TestHoldOutKeepsOtherTasks(t *testing.T) {
	example := func(id string, day int, task datasets.Task) datasets.Example {
		return datasets.Example{
			Article: datasets.Article{ID: id, Text: "The text of " + id + ".", Published: time.Date(2023, 1, day, 0, 0, 0, 0, time.UTC)},
			Labels:  []datasets.Label{{Task: task}},
		}
	}
	corpora := []Corpus{
		{Info: CorpusInfo{Name: "one"}, Examples: []datasets.Example{example("late", 9, datasets.TaskStance),
			example("tone", 30, datasets.TaskSentiment), example("early", 1, datasets.TaskStance)}},
		{Info: CorpusInfo{Name: "two"}, Examples: []datasets.Example{example("middle", 5, datasets.TaskStance), example("latest", 20, datasets.TaskStance)}},
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
	if want := []string{"one tone", "one early", "two middle", "dev late", "dev latest"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
