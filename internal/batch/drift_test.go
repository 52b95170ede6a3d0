package batch

import (
	"testing"

	"stance/models"
)

func TestDrift(t *testing.T) {
	profile := &models.Profile{MeanOOV: 0.1,
		StanceShares: []models.Share{{Name: "critical", Share: 0.2}, {Name: "neutral", Share: 0.3},
			{Name: "supportive", Share: 0.5}},
		CountryShares: []models.Share{{Name: "CHN", Share: 0.5}, {Name: "USA", Share: 0.5}}}
	same := Summary{Rows: 500, MeanOOV: 0.12, Topics: []TopicCount{{"taiwan", 250, 150, 100, 0}},
		Countries: []NameCount{{"CHN", 250}, {"USA", 250}}}
	// By hand: stance (.8-.5)ln(.8/.5) + (.1-.3)ln(.1/.3) + (.1-.2)ln(.1/.2) =
	// .4300; country .999 ln(1000) and twice .499 ln(500) for the names that
	// are gone and the one that is new.
	moved := Summary{Rows: 500, MeanOOV: 0.3, Topics: []TopicCount{{"taiwan", 400, 50, 50, 0}},
		Countries: []NameCount{{"FRA", 500}}}
	few := moved
	for _, words := range []string{"starfish zeppelin", "rare starfish", "drone starfish zeppelin",
		"drone starfish", "drone zeppelin"} {
		if err := moved.addArticle(&articleView{IsDupPrimary: true, NewWords: &words}); err != nil {
			t.Fatal(err)
		}
	}
	for range 5 { // repeats of a story do not make a word frequent
		if err := moved.addArticle(&articleView{NewWords: new("rare")}); err != nil {
			t.Fatal(err)
		}
	}
	few.Rows, few.Topics, few.Countries = 10, []TopicCount{{"taiwan", 8, 1, 1, 0}}, []NameCount{{"FRA", 10}}
	for _, test := range []struct {
		name string
		sum  Summary
		want Drift
	}{
		{"same", same, Drift{OOV: 0.02, Rows: 500, Warnings: []string{}, NewWords: []NameCount{}}},
		{"moved", moved, Drift{OOV: 0.2, StancePSI: 0.43, CountryPSI: 13.103, Rows: 500,
			Warnings: []string{"oov", "stance", "country"},
			NewWords: []NameCount{{"starfish", 4}, {"drone", 3}, {"zeppelin", 3}}}},
		{"few", few,
			Drift{OOV: 0.2, StancePSI: 0.43, CountryPSI: 13.103, Rows: 10, Warnings: []string{},
				NewWords: []NameCount{}}},
	} {
		test.sum.measureDrift(profile)
		if got, want := marshal(t, test.sum.Drift), marshal(t, test.want); got != want {
			t.Errorf("%s: %s\nwant %s", test.name, got, want)
		}
	}
	same.Drift = nil
	same.measureDrift(nil)
	if same.measureDrift(&models.Profile{}); same.Drift != nil {
		t.Error("drift without a profile")
	}
}
