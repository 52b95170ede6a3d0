package batch

import (
	"errors"
	"math"
	"os"
	"strings"
	"testing"
	"time"

	"stance/datasets"
	"stance/features/gazetteer"
	parsed "stance/features/text"
	"stance/models"
)

func testMaker() maker {
	return maker{stamp: Stamp{"m", "c", "r", 20541, 1}, countryName: func(c string) string { return "Land of " + c },
		maxPairs: 2}
}

func testRecord() *record {
	return &record{contentSHA: "sha", signature: "1:x", story: story{"g", true}, article: datasets.Article{
		ID: "../../etc/passwd", Source: "Daily A", Title: "Head", Text: "Body of bytes",
		Published: time.Date(2026, 3, 28, 23, 30, 0, 5000, time.FixedZone("", -3600)),
	}}
}

// A prediction in every detail, a mention and one that could not be judged: what is unknown is null, never 0.
func TestRowOf(t *testing.T) {
	m, rec := testMaker(), testRecord()
	reading := models.Reading{Document: &parsed.Document{Text: "Head\n\nBody of bytes", Lang: "en"}}
	full := models.Prediction{Country: "FRA", Topic: "taiwan", Role: models.RoleActor, Stance: "supportive",
		Status:      models.StatusOK,
		PSupportive: 0.70004, PNeutral: 0.2, PCritical: 0.09996, PActor: 0.91234567, Score: 0.60008,
		Margin: 0.50004, Sentiment: "neutral",
		SentimentScore: -0.00001, Mentions: 3, EvidenceSentences: 2, OOVRatio: 0.12345,
		Evidence:    datasets.Span{Start: 6, End: 10},
		TopFeatures: []string{"aid:+0.42", "threat:-0.11"}}
	base := Row{ArticleID: "../../etc/passwd", ContentSHA256: "sha", Source: text("Daily A"), Title: text("Head"),
		Lang:        text("en"),
		PublishedAt: micros(time.Date(2026, 3, 29, 0, 30, 0, 5000, time.UTC)), PublishedDate: count(20541),
		Country: "FRA", CountryName: "Land of FRA", Topic: "taiwan", DupGroupID: "g", IsDupPrimary: true, Stamp: m.stamp}

	want := base
	want.CountryRole, want.Stance, want.Status = "actor", text("supportive"), "ok"
	want.PSupportive, want.PNeutral, want.PCritical, want.PActor = prob(.7), prob(.2), prob(.1), prob(.9123)
	want.StanceScore, want.Margin, want.Sentiment, want.SentimentScore = prob(.6001), prob(.5), text("neutral"), prob(0)
	want.Mentions, want.EvidenceSentences, want.OOVRatio = 3, 2, 0.1235
	want.EvidenceText, want.EvidenceStart, want.EvidenceEnd = text("Body"), count(6), count(10)
	want.TopFeatures = text("aid:+0.42; threat:-0.11")
	if got, want := marshal(t, m.rowOf(rec, reading, full)), marshal(t, want); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}

	mention := models.Prediction{Country: "FRA", Topic: "taiwan", Role: models.RoleMention,
		Status: models.StatusMentionOnly, PSupportive: 0.4,
		PActor: 0.2, Mentions: 1}
	mention.Evidence = datasets.Span{Start: 6, End: 600} // outside the text: not evidence
	want = base
	want.CountryRole, want.Status, want.PActor, want.Mentions = "mention", "mention_only", prob(.2), 1
	if got, want := marshal(t, m.rowOf(rec, reading, mention)), marshal(t, want); got != want {
		t.Errorf("mention: got\n%s\nwant\n%s", got, want)
	}

	mention.Status = models.StatusTooShort
	want.Status, want.PActor = "too_short", nil
	if got, want := marshal(t, m.rowOf(rec, reading, mention)), marshal(t, want); got != want {
		t.Errorf("too short: got\n%s\nwant\n%s", got, want)
	}
}

func TestArticleOf(t *testing.T) {
	m, rec := testMaker(), testRecord()
	p := models.Prediction{Country: "FRA", Topic: "taiwan", Stance: "neutral", OOVRatio: 0.5}
	reading := models.Reading{
		Document: &parsed.Document{Truncated: true, Sentences: make([]parsed.Sentence, 2),
			Tokens: make([]parsed.Token, 5)},
		Mentions:    []gazetteer.Mention{{Country: "FRA"}, {Country: "DEU"}, {Country: "FRA"}},
		Predictions: []models.Prediction{p, {Country: "DEU", OOVRatio: 0.2}, p},
		Topics:      []string{"taiwan", "ukraine"}, SentimentScore: math.Copysign(0, -1),
		NewWords: []string{"drone", "starfish"},
	}
	want := ArticleRow{ArticleID: "../../etc/passwd", ContentSHA256: "sha", Source: text("Daily A"),
		Title:       text("Head"),
		PublishedAt: micros(rec.article.Published), PublishedDate: count(20541), Status: "ok",
		Truncated: true, TextBytes: 17,
		Sentences: 2, Tokens: 5, Topics: text("taiwan ukraine"), Countries: text("DEU FRA"), Pairs: 2,
		PairsDropped: 1, Actors: 1,
		OOVRatio: prob(0.35), NewWords: text("drone starfish"), SentimentScore: prob(0), DupGroupID: "g", IsDupPrimary: true,
		DupSignature: text("1:x"), Stamp: m.stamp}
	if got, want := marshal(t, m.articleOf(rec, reading, nil)), marshal(t, want); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// An id is data: whatever it says, files lie where dates and numbers put them.
func TestIDsNeverBecomePaths(t *testing.T) {
	var things []any
	for i, id := range []string{"../../../evil", "/etc/evil", "a\x00b", strings.Repeat("x", 5000),
		"dt=2020-01-01/part"} {
		a := telling(id, i, 9, "")
		things = append(things, a)
	}
	c := config(t, input("in", things...))
	mustRun(t, c)
	if got := len(tree(t, c.Out)); got != 5 {
		t.Errorf("%d files, want four parts and the lock", got)
	}
	if got := len(readAll[ArticleRow](t, c, ArticlesData)); got != 5 {
		t.Errorf("%d articles, want 5", got)
	}
}

// A date that is no partition is refused before anything is made.
func TestBadConfig(t *testing.T) {
	for name, spoil := range map[string]func(*Config){
		"no date":    func(c *Config) { c.Date = time.Time{} },
		"year 12345": func(c *Config) { c.Date = c.Date.AddDate(10319, 0, 0) },
		"no output":  func(c *Config) { c.Out = "" }, "no reader": func(c *Config) { c.Reader = nil },
		"ratio":   func(c *Config) { c.MaxQuarantineRatio = math.NaN() },
		"shard":   func(c *Config) { c.Shard, c.Shards = 3, 3 },
		"workers": func(c *Config) { c.Workers = -1 },
	} {
		c := config(t, input("in", articles(3, 0)...))
		out := c.Out
		spoil(&c)
		if _, err := Run(t.Context(), c); err == nil || !strings.HasPrefix(err.Error(), "batch: ") {
			t.Errorf("%s: error %v", name, err)
		}
		if _, err := os.Stat(out); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: the output folder was made", name)
		}
	}
}
