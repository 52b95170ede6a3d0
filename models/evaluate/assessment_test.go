package evaluate

import (
	"fmt"
	"reflect"
	"testing"

	"stance/features"
	"stance/models"
)

// TestAssessSlices holds which answers go into which slice: China is a party on
// Taiwan and so no third country on Ukraine.
func TestAssessSlices(t *testing.T) {
	answer := func(country, topic, collection, source string, stand features.Stand) models.Answered {
		return models.Answered{Country: country, Topic: topic, Collection: collection, Source: source, Stand: stand}
	}
	as := Assess([]models.Answered{
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
