package batch

import (
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"stance/models"
)

func view(country, stance, status, group string, score float64) *stanceView {
	v := &stanceView{Country: country, CountryName: country, Topic: "taiwan", Status: status, Stance: text(stance),
		DupGroupID: group, RunDate: 7}
	if stance != "" {
		v.StanceScore = prob(score)
	}
	return v
}

// A story speaks once, a mention is no neutral, and what could not be judged is counted apart.
func TestTally(t *testing.T) {
	tally := newTally()
	other := view("FRA", "neutral", "ok", "s9", 0)
	other.PublishedDate = count(5)
	for _, v := range []*stanceView{
		view("FRA", "supportive", "ok", "s1", 0.8),
		view("FRA", "critical", "ok", "s1", -0.8), // the same story: an article, not a second voice
		view("FRA", "supportive", "low_margin", "s2", 0.2),
		view("FRA", "neutral", "ok", "s3", 0.1),
		view("FRA", "", "mention_only", "s4", 0),
		view("FRA", "", "too_short", "s5", 0),
		view("CHN", "", "mention_only", "s1", 0),
		other,
	} {
		if err := tally.add(v); err != nil {
			t.Fatal(err)
		}
	}
	// Wilson intervals by scipy 1.17.1: binomtest(2, 3).proportion_ci(method="wilson") and so on.
	want := []AggregateRow{
		{Day: 5, Country: "FRA", CountryName: "FRA", Topic: "taiwan", Articles: 1, ArticlesNeutral: 1, Stories: 1,
			StoriesNeutral: 1,
			ShareSupport:   prob(0), ShareSupportLow: prob(0), ShareSupportHigh: prob(0.7935),
			ShareNeutral: prob(1), ShareNeutralLow: prob(0.2065), ShareNeutralHigh: prob(1),
			ShareCritical: prob(0), ShareCriticalLow: prob(0), ShareCriticalHigh: prob(0.7935), MeanScore: prob(0)},
		{Day: 7, Country: "CHN", CountryName: "CHN", Topic: "taiwan", MentionArticles: 1},
		{Day: 7, Country: "FRA", CountryName: "FRA", Topic: "taiwan", Articles: 4, ArticlesSupport: 2,
			ArticlesNeutral: 1, ArticlesCritical: 1,
			ArticlesLowMargin: 1, Stories: 3, StoriesSupport: 2, StoriesNeutral: 1,
			MentionArticles: 1, UnjudgedArticles: 1,
			ShareSupport: prob(0.6667), ShareSupportLow: prob(0.2077), ShareSupportHigh: prob(0.9385),
			ShareNeutral: prob(0.3333), ShareNeutralLow: prob(0.0615), ShareNeutralHigh: prob(0.7923),
			ShareCritical: prob(0), ShareCriticalLow: prob(0), ShareCriticalHigh: prob(0.5615),
			MeanScore: prob(1.1 / 3), ScoreStdErr: prob(math.Sqrt(0.1433333 / 3))},
	}
	if got, want := marshal(t, tally.rows(Stamp{})), marshal(t, want); got != want {
		t.Errorf("rows\n%s\nwant\n%s", got, want)
	}
	if err := tally.add(view("FRA", "hostile", "ok", "s1", 0)); err == nil {
		t.Error("a stance that does not exist is counted")
	}
}

func TestDrift(t *testing.T) {
	profile := &models.Profile{MeanOOV: 0.1,
		StanceShares: []models.Share{{Name: "critical", Share: 0.2}, {Name: "neutral", Share: 0.3},
			{Name: "supportive", Share: 0.5}},
		CountryShares: []models.Share{{Name: "CHN", Share: 0.5}, {Name: "USA", Share: 0.5}}}
	same := Summary{Rows: 500, MeanOOV: 0.12, Topics: []TopicCount{{"taiwan", 250, 150, 100, 0}},
		Countries: []NameCount{{"CHN", 250}, {"USA", 250}}}
	// By hand: stance (.8-.5)ln(.8/.5) + (.1-.3)ln(.1/.3) + (.1-.2)ln(.1/.2) = .4300; country .999 ln(1000) and twice
	// .499 ln(500) for the names that are gone and the one that is new.
	moved := Summary{Rows: 500, MeanOOV: 0.3, Topics: []TopicCount{{"taiwan", 400, 50, 50, 0}},
		Countries: []NameCount{{"FRA", 500}}}
	few := moved
	for _, words := range []string{"starfish zeppelin", "rare starfish", "drone starfish zeppelin", "drone starfish", "drone zeppelin"} {
		if err := moved.addArticle(&articleView{IsDupPrimary: true, NewWords: text(words)}); err != nil {
			t.Fatal(err)
		}
	}
	for range 5 { // repeats of a story do not make a word frequent
		if err := moved.addArticle(&articleView{NewWords: text("rare")}); err != nil {
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
			Warnings: []string{"oov", "stance", "country"}, NewWords: []NameCount{{"starfish", 4}, {"drone", 3}, {"zeppelin", 3}}}},
		{"few", few, Drift{OOV: 0.2, StancePSI: 0.43, CountryPSI: 13.103, Rows: 10, Warnings: []string{}, NewWords: []NameCount{}}},
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

const wantMetrics = `# HELP stance_last_success_timestamp_seconds When the last successful run ended.
# TYPE stance_last_success_timestamp_seconds gauge
stance_last_success_timestamp_seconds 1774749600
# HELP stance_run_info The last successful run; always 1.
# TYPE stance_run_info gauge
stance_run_info{date="2026-03-29",model_id="ab",run_id="cd"} 1
# HELP stance_duration_seconds How long it took.
# TYPE stance_duration_seconds gauge
stance_duration_seconds 1.5
# HELP stance_records Records read.
# TYPE stance_records gauge
stance_records 12
# HELP stance_articles Articles accepted.
# TYPE stance_articles gauge
stance_articles 9
# HELP stance_articles_failed Articles the model could not read.
# TYPE stance_articles_failed gauge
stance_articles_failed 0
# HELP stance_articles_repeated Articles that repeat an earlier story.
# TYPE stance_articles_repeated gauge
stance_articles_repeated 0
# HELP stance_rows Rows of stance/v1.
# TYPE stance_rows gauge
stance_rows 20
# HELP stance_quarantined Records rejected.
# TYPE stance_quarantined gauge
stance_quarantined 3
# HELP stance_quarantined_by_reason Records rejected, by reason.
# TYPE stance_quarantined_by_reason gauge
stance_quarantined_by_reason{reason="empty"} 1
stance_quarantined_by_reason{reason="syntax"} 2
# HELP stance_topic_rows Rows by topic and stance.
# TYPE stance_topic_rows gauge
stance_topic_rows{topic="taiwan",stance="supportive"} 4
stance_topic_rows{topic="taiwan",stance="neutral"} 3
stance_topic_rows{topic="taiwan",stance="critical"} 2
stance_topic_rows{topic="taiwan",stance="none"} 11
# HELP stance_oov_ratio Mean share of terms unknown to the model.
# TYPE stance_oov_ratio gauge
stance_oov_ratio 0.25
# HELP stance_bytes Bytes published.
# TYPE stance_bytes gauge
stance_bytes 4096
`

func TestMetrics(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "stance.prom")
	s := Summary{Date: "2026-03-29", ModelID: "ab", RunID: "cd", Records: 12, Articles: 9, Quarantined: 3, Rows: 20,
		Seconds: 1.5,
		MeanOOV: 0.25, Bytes: 4096, Reasons: []ReasonCount{{"empty", 1}, {"syntax", 2}},
		Topics: []TopicCount{{"taiwan", 4, 3, 2, 11}}}
	if err := s.WriteMetrics(path, time.Date(2026, 3, 29, 2, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if err != nil || string(got) != wantMetrics {
		t.Errorf("%v\n%s\nwant\n%s", err, got, wantMetrics)
	}
	if len(tree(t, dir)) != 1 {
		t.Error("more than the textfile is there")
	}
}
