package evaluate

import (
	"fmt"
	"reflect"
	"testing"

	"stance/features/topic"
	"stance/models"
)

// TestAssessSlices holds which answers go into which slice: China is a party on
// Taiwan and so no third country on Ukraine.
func TestAssessSlices(t *testing.T) {
	answer := func(country, topic, collection, source string, stand topic.Stand) models.Answered {
		return models.Answered{Country: country, Topic: topic, Collection: collection,
			Source: source, Stand: stand}
	}
	as := Assess([]models.Answered{
		answer("UKR", "ukraine", "rss", "a", topic.Party),
		answer("RUS", "ukraine", "rss", "a", topic.Opponent),
		answer("CHN", "ukraine", "cnn2024", "b", topic.Third),
		answer("CHN", "taiwan", "rss", "", topic.Opponent),
		answer("NOR", "ukraine", "", "b", topic.Third),
		answer("CHL", "ukraine", "full", "b", topic.Third),
	})
	var got []string
	for _, g := range as.Groups {
		for _, e := range g.Slices {
			got = append(got, fmt.Sprintf("%s/%s %d", g.Name, e.Name, e.Labels))
		}
	}
	want := []string{"all/all 6", "length/short texts 4", "length/full articles 2", "third countries/short texts 1",
		"third countries/full articles 1", "country/parties 1", "country/opponents 2", "country/third countries 2",
		"topic/ukraine 5", "topic/taiwan 1", "countries/CHN 2", "countries/CHL 1", "countries/NOR 1", "countries/RUS 1", "countries/UKR 1", "collection/rss 3", "collection/cnn2024 1", "collection/full 1",
		"source/b 3", "source/a 2"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// TestAssessLeavesOutEmptySlices has no slice without labels, and no group
// without slices.
func TestAssessLeavesOutEmptySlices(t *testing.T) {
	if as := Assess(nil); len(as.Groups) != 0 {
		t.Errorf("no answers give the groups %+v", as.Groups)
	}
	for _, g := range Assess([]models.Answered{{Country: "NOR"}}).Groups {
		for _, e := range g.Slices {
			if e.Labels == 0 {
				t.Errorf("slice %s/%s has no labels", g.Name, e.Name)
			}
		}
		if g.Name == "topic" || g.Name == "collection" || g.Name == "source" {
			t.Errorf("a group for %s, which the answer lacks", g.Name)
		}
	}
}
