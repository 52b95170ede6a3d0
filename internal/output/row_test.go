package output

import (
	"math"
	"strings"
	"testing"
	"time"

	"stance/datasets"
	"stance/features/gazetteer"
	parsed "stance/features/text"
	"stance/models"
)

func testFiller() Filler {
	return Filler{Stamp: Stamp{"m", "c", "r", 20541, 1}, CountryName: func(c string) string {
		return "Land of " + c
	},
		MaxPairs: 2}
}

func testSource() *Source {
	return &Source{ContentSHA256: "sha", Signature: "1:x", Story: Story{"g", true},
		Article: datasets.Article{
			ID: "../../etc/passwd", Source: "Daily A", Title: "Head", Text: "Body of bytes",
			Published: time.Date(2026, 3, 28, 23, 30, 0, 5000, time.FixedZone("", -3600)),
		}}
}

// A prediction in every detail, a mention and one that could not be judged:
// what is unknown is null, never 0.
func TestRowOf(t *testing.T) {
	m, rec := testFiller(), testSource()
	reading := models.Reading{Document: &parsed.Document{Text: "Head\n\nBody of bytes", Lang: "en"}}
	full := models.Prediction{Country: "FRA", Topic: "taiwan", Role: models.RoleActor, Stance: "supportive",
		Status:      models.StatusOK,
		PSupportive: 0.70004, PNeutral: 0.2, PCritical: 0.09996, PActor: 0.91234567, Score: 0.60008,
		Margin: 0.50004, Sentiment: "neutral",
		SentimentScore: -0.00001, Mentions: 3, EvidenceSentences: 2, OOVRatio: 0.12345,
		Evidence:    datasets.Span{Start: 6, End: 10},
		TopFeatures: []string{"aid:+0.42", "threat:-0.11"}}
	base := Row{ArticleID: "../../etc/passwd", ContentSHA256: "sha", Source: text("Daily A"),
		Title:         text("Head"),
		Lang:          text("en"),
		PublishedAt:   micros(time.Date(2026, 3, 29, 0, 30, 0, 5000, time.UTC)),
		PublishedDate: count(20541),
		Country:       "FRA", CountryName: "Land of FRA", Topic: "taiwan", DupGroupID: "g",
		IsDupPrimary: true, Stamp: m.Stamp}

	want := base
	want.CountryRole, want.Stance, want.Status = "actor", text("supportive"), "ok"
	want.PSupportive, want.PNeutral, want.PCritical, want.PActor = prob(.7), prob(.2), prob(.1),
		prob(.9123)
	want.StanceScore, want.Margin, want.Sentiment, want.SentimentScore = prob(.6001), prob(.5),
		text("neutral"), prob(0)
	want.Mentions, want.EvidenceSentences, want.OOVRatio = 3, 2, 0.1235
	want.EvidenceText, want.EvidenceStart, want.EvidenceEnd = text("Body"), count(6), count(10)
	want.TopFeatures = text("aid:+0.42; threat:-0.11")
	if got, want := marshal(t, m.Row(rec, reading, full)), marshal(t, want); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}

	mention := models.Prediction{Country: "FRA", Topic: "taiwan", Role: models.RoleMention,
		Status: models.StatusMentionOnly, PSupportive: 0.4,
		PActor: 0.2, Mentions: 1}
	mention.Evidence = datasets.Span{Start: 6, End: 600} // outside the text: not evidence
	want = base
	want.CountryRole, want.Status, want.PActor, want.Mentions = "mention", "mention_only", prob(.2),
		1
	if got, want := marshal(t, m.Row(rec, reading, mention)), marshal(t, want); got != want {
		t.Errorf("mention: got\n%s\nwant\n%s", got, want)
	}

	mention.Status = models.StatusTooShort
	want.Status, want.PActor = "too_short", nil
	if got, want := marshal(t, m.Row(rec, reading, mention)), marshal(t, want); got != want {
		t.Errorf("too short: got\n%s\nwant\n%s", got, want)
	}
}

func TestArticleOf(t *testing.T) {
	m, rec := testFiller(), testSource()
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
		PublishedAt: micros(rec.Article.Published), PublishedDate: count(20541), Status: "ok",
		Truncated: true, TextBytes: 17,
		Sentences: 2, Tokens: 5, Topics: text("taiwan ukraine"), Countries: text("DEU FRA"),
		Pairs:        2,
		PairsDropped: 1, Actors: 1,
		OOVRatio: prob(0.35), NewWords: text("drone starfish"), SentimentScore: prob(0),
		DupGroupID: "g", IsDupPrimary: true,
		DupSignature: text("1:x"), Stamp: m.Stamp}
	if got, want := marshal(t, m.Article(rec, reading, nil)), marshal(t, want); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A title of 64 MB was repeated in up to 1,000 rows, and a sentence has few
// words but a word has any length.
func TestWhatRowsRepeatIsBounded(t *testing.T) {
	m, rec := testFiller(), testSource()
	rec.Article.Title = strings.Repeat("é", titleLimit)
	rec.Article.Notes = string(datasets.NoteDateUnread)
	long := "Head\n\nNorway helps " + strings.Repeat("é", sentenceLimit)
	reading := models.Reading{Document: &parsed.Document{Text: long}, SentencesCut: true}
	row := m.Row(rec, reading,
		models.Prediction{Country: "NOR", Evidence: datasets.Span{Start: 6, End: len(long)}})
	if want := strings.Repeat("é", titleLimit/2); *row.Title != want {
		t.Errorf("title of %d bytes, want %d", len(*row.Title), len(want))
	}
	if want := long[6 : 6+sentenceLimit-1]; *row.EvidenceText != want ||
		*row.EvidenceEnd-*row.EvidenceStart != int32(len(want)) {
		t.Errorf("evidence of %d bytes from %d to %d, want %d", len(*row.EvidenceText),
			*row.EvidenceStart, *row.EvidenceEnd, len(want))
	}
	article := m.Article(rec, reading, nil)
	if want := "date_unread title_cut sentences_cut"; *article.Notes != want ||
		len(*article.Title) != titleLimit {
		t.Errorf("notes %q, title of %d bytes; want %q, %d", *article.Notes, len(*article.Title),
			want, titleLimit)
	}
	rec.Article.Title = rec.Article.Title[:titleLimit]
	if article := m.Article(rec, models.Reading{}, nil); *article.Notes != "date_unread" {
		t.Errorf("notes %q of a title that fits", *article.Notes)
	}
}
