package models

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"stance/datasets"
	"stance/features"
)

// TestAssessSlices holds which answers go into which slice: China is a party on Taiwan and so no third country on Ukraine.
func TestAssessSlices(t *testing.T) {
	answer := func(country, topic, collection, source string, stand features.Stand) Answered {
		return Answered{Country: country, Topic: topic, Collection: collection, Source: source, Stand: stand}
	}
	as := Assess([]Answered{
		answer("UKR", "ukraine", "rss", "a", features.Party),
		answer("RUS", "ukraine", "rss", "a", features.Opponent),
		answer("CHN", "ukraine", "cnn2024", "b", features.Third),
		answer("CHN", "taiwan", "rss", "", features.Opponent),
		answer("NOR", "ukraine", "", "b", features.Third),
		answer("CHL", "ukraine", "full", "b", features.Third),
	})
	var got []string
	for _, g := range as.Groups {
		for _, e := range g.Slices {
			got = append(got, fmt.Sprintf("%s/%s %d", g.Name, e.Name, e.Labels))
		}
	}
	want := []string{"all/all 6", "length/short texts 4", "length/full articles 2", "third countries/short texts 1",
		"third countries/full articles 1", "country/parties 1", "country/opponents 2", "country/third countries 2",
		"topic/ukraine 5", "topic/taiwan 1", "collection/rss 3", "collection/cnn2024 1", "collection/full 1",
		"source/b 3", "source/a 2"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

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
