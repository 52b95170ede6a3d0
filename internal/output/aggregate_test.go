package output

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

func view(country, stance, status, group string, score float64) *StanceView {
	v := &StanceView{Country: country, CountryName: country, Topic: "taiwan", Status: status,
		Stance:     text(stance),
		DupGroupID: group, RunDate: 7}
	if stance != "" {
		v.StanceScore = prob(score)
	}
	return v
}

// at gives a row the time its article was published.
func at(published int64, v *StanceView) *StanceView {
	v.PublishedAt = &published
	return v
}

// A cluster hands rows over in any order. The lines must not depend on it, not
// even by a bit of the mean.
func TestTallyDoesNotDependOnOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var rows []*StanceView
	for i := range 3000 {
		score := Round4(random.Float64()*2 - 1)
		v := view([]string{"FRA", "CHN"}[i%2], stances[random.IntN(3)], "ok",
			fmt.Sprint("s", random.IntN(400)), score)
		if v.ContentSHA256 = fmt.Sprintf("%016x", i*7919%1000); i%3 > 0 {
			v = at(int64(random.IntN(5)), v)
		}
		rows = append(rows, v)
	}
	lines := func() string {
		tally := NewTally()
		for _, v := range rows {
			if err := tally.Add(v); err != nil {
				t.Fatal(err)
			}
		}
		return marshal(t, tally.Rows(Stamp{}))
	}
	want := lines()
	for range 5 {
		random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		if got := lines(); got != want {
			t.Fatalf("another order gives\n%s\nwant\n%s", got, want)
		}
	}
}

// Of two articles of unknown time the one with the lesser content hash speaks.
func TestVoiceTies(t *testing.T) {
	lesser, greater := view("FRA", "critical", "ok", "s1", -0.5), view("FRA", "supportive", "ok", "s1", 0.5)
	lesser.ContentSHA256, greater.ContentSHA256 = "00000000000000aaff", "00000000000000bb00"
	for _, rows := range [][]*StanceView{{lesser, greater}, {greater, lesser}} {
		tally := NewTally()
		for _, v := range rows {
			if err := tally.Add(v); err != nil {
				t.Fatal(err)
			}
		}
		if got := tally.Rows(Stamp{})[0]; got.StoriesCritical != 1 || got.StoriesSupport != 0 {
			t.Errorf("%d critical and %d supportive stories, want 1 and 0", got.StoriesCritical,
				got.StoriesSupport)
		}
	}
}

// A story speaks once, a mention is no neutral, and what could not be judged is
// counted apart.
func TestTally(t *testing.T) {
	tally := NewTally()
	other := view("FRA", "neutral", "ok", "s9", 0)
	other.PublishedDate = count(5)
	for _, v := range []*StanceView{
		at(1, view("FRA", "supportive", "ok", "s1", 0.8)),
		// the same story: an article, not a second voice
		at(2, view("FRA", "critical", "ok", "s1", -0.8)),
		view("FRA", "supportive", "low_margin", "s2", 0.2),
		view("FRA", "neutral", "ok", "s3", 0.1),
		view("FRA", "", "mention_only", "s4", 0),
		view("FRA", "", "too_short", "s5", 0),
		view("CHN", "", "mention_only", "s1", 0),
		other,
	} {
		if err := tally.Add(v); err != nil {
			t.Fatal(err)
		}
	}
	// Wilson intervals by scipy 1.17.1: binomtest(2,
	// 3).proportion_ci(method="wilson") and so on.
	want := []AggregateRow{
		{Day: 5, Country: "FRA", CountryName: "FRA", Topic: "taiwan", Articles: 1,
			ArticlesNeutral: 1, Stories: 1,
			StoriesNeutral: 1,
			ShareSupport:   prob(0), ShareSupportLow: prob(0), ShareSupportHigh: prob(0.7935),
			ShareNeutral: prob(1), ShareNeutralLow: prob(0.2065), ShareNeutralHigh: prob(1),
			ShareCritical: prob(0), ShareCriticalLow: prob(0), ShareCriticalHigh: prob(0.7935),
			MeanScore: prob(0)},
		{Day: 7, Country: "CHN", CountryName: "CHN", Topic: "taiwan", MentionArticles: 1},
		{Day: 7, Country: "FRA", CountryName: "FRA", Topic: "taiwan", Articles: 4,
			ArticlesSupport: 2,
			ArticlesNeutral: 1, ArticlesCritical: 1,
			ArticlesLowMargin: 1, Stories: 3, StoriesSupport: 2, StoriesNeutral: 1,
			MentionArticles: 1, UnjudgedArticles: 1,
			ShareSupport: prob(0.6667), ShareSupportLow: prob(0.2077),
			ShareSupportHigh: prob(0.9385),
			ShareNeutral:     prob(0.3333), ShareNeutralLow: prob(0.0615),
			ShareNeutralHigh: prob(0.7923),
			ShareCritical:    prob(0), ShareCriticalLow: prob(0), ShareCriticalHigh: prob(0.5615),
			MeanScore: prob(1.1 / 3), ScoreStdErr: prob(math.Sqrt(0.1433333 / 3))},
	}
	if got, want := marshal(t, tally.Rows(Stamp{})), marshal(t, want); got != want {
		t.Errorf("rows\n%s\nwant\n%s", got, want)
	}
	if err := tally.Add(view("FRA", "hostile", "ok", "s1", 0)); err == nil {
		t.Error("a stance that does not exist is counted")
	}
}
