package batch

import (
	"math"
	"slices"
	"strings"
	"time"

	"stance/datasets"
	"stance/models"
)

// SchemaVersion is the version of the four row types. A column may be added to it; renaming or removing one, or changing
// what it means, makes a new version and a new folder (stance/v2).
const SchemaVersion = 1

// Rules for the row types, because readers differ (rows_test.go asserts each):
//
//   - a column that can be unknown is a pointer and `optional`: parquet-go turns the zero of a plain optional into null;
//   - strings are `dict` where values repeat and `plain` where they do not: the default encoding is too new for some;
//   - dates are int32 days, times int64 microseconds UTC; never time.Time, never ENUM, JSON or UUID;
//   - tables are flat, since some BI engines do not look into lists: a list is a string with a stated separator;
//   - the run's date is called run_date, as a column named like the directory key dt breaks pyarrow;
//   - each field has a doc tag: docs/columns.md is made of them.

// Row is one line of stance/v1: what one article says of one country's side on one topic.
type Row struct {
	ArticleID     string  `parquet:"article_id,dict" doc:"The article's id as the input gives it, else made from file and line. Unique within a date."`
	ContentSHA256 string  `parquet:"content_sha256,dict" doc:"Hex SHA-256 of title and text in Unicode NFC with blanks as single spaces: the same for the same words under two ids."`
	Source        *string `parquet:"source,optional,dict" doc:"Outlet, as the input names it."`
	URL           *string `parquet:"url,optional,dict" doc:"Where the article was published."`
	Title         *string `parquet:"title,optional,dict" doc:"Headline as the input gives it."`
	Lang          *string `parquet:"lang,optional,dict" doc:"Language (BCP 47): declared, else detected, else null."`
	PublishedAt   *int64  `parquet:"published_at,optional,timestamp(microsecond)" doc:"When the article was published, UTC; null when the input does not say."`
	PublishedDate *int32  `parquet:"published_date,optional,date" doc:"The UTC date of published_at."`

	Country     string  `parquet:"country,dict" doc:"ISO 3166-1 alpha-3 code, or EU, NATO, UN, G7."`
	CountryName string  `parquet:"country_name,dict" doc:"English short name of country."`
	Topic       string  `parquet:"topic,dict" doc:"Id of the topic (a proposition) in the config."`
	CountryRole string  `parquet:"country_role,dict" doc:"actor: it acts or speaks in the topic. mention: it is only named."`
	Stance      *string `parquet:"stance,optional,dict" doc:"supportive, neutral or critical of the proposition; null when stance_status says that none is given. Null is not neutral."`
	Status      string  `parquet:"stance_status,dict" doc:"ok, mention_only, low_margin (given, but two sides are nearly as likely), no_evidence, too_short, unsupported_lang."`

	PSupportive *float64 `parquet:"p_supportive,optional,dict" doc:"Calibrated probability, 4 decimals; null with stance."`
	PNeutral    *float64 `parquet:"p_neutral,optional,dict" doc:"Calibrated probability, 4 decimals; null with stance."`
	PCritical   *float64 `parquet:"p_critical,optional,dict" doc:"Calibrated probability, 4 decimals; null with stance."`
	PActor      *float64 `parquet:"p_actor,optional,dict" doc:"Probability that the country is an actor; null when the text was not judged (no_evidence, too_short, unsupported_lang)."`
	StanceScore *float64 `parquet:"stance_score,optional,dict" doc:"p_supportive - p_critical, from -1 to 1; null with stance."`
	Margin      *float64 `parquet:"margin,optional,dict" doc:"Highest less second probability of the three; null with stance."`

	Sentiment      *string  `parquet:"sentiment,optional,dict" doc:"Tone of the text toward the country: positive, neutral or negative."`
	SentimentScore *float64 `parquet:"sentiment_score,optional,dict" doc:"P(positive) - P(negative), from -1 to 1; null with sentiment."`

	Mentions          int32   `parquet:"n_mentions" doc:"Times the article names the country."`
	EvidenceSentences int32   `parquet:"n_evidence_sentences" doc:"Sentences that carried features of this country and topic."`
	OOVRatio          float64 `parquet:"oov_ratio,dict" doc:"Share of the features' terms that the model does not know, 0 to 1."`
	EvidenceText      *string `parquet:"evidence_text,optional,plain" doc:"The deciding sentence, from the cleaned text."`
	EvidenceStart     *int32  `parquet:"evidence_start,optional" doc:"First byte of evidence_text in the cleaned text."`
	EvidenceEnd       *int32  `parquet:"evidence_end,optional" doc:"Byte after evidence_text in the cleaned text."`
	TopFeatures       *string `parquet:"top_features,optional,plain" doc:"What weighed most, strongest first, joined by '; ': term:+0.42 (toward supportive) or term:-0.42 (toward critical)."`

	DupGroupID   string `parquet:"dup_group_id,dict" doc:"Same for all articles that tell the same story (exact and near copies), also across the dates kept. Count it distinct to count stories."`
	IsDupPrimary bool   `parquet:"is_dup_primary" doc:"True for the article of its story that was published first; false for its copies, and for all when an earlier date kept has told the story."`

	Stamp
}

// ArticleRow is one line of articles/v1: one article that was read, whether or not it names a country.
type ArticleRow struct {
	ArticleID     string  `parquet:"article_id,plain" doc:"As in stance/v1."`
	ContentSHA256 string  `parquet:"content_sha256,plain" doc:"As in stance/v1."`
	Source        *string `parquet:"source,optional,dict" doc:"As in stance/v1."`
	URL           *string `parquet:"url,optional,plain" doc:"As in stance/v1."`
	Title         *string `parquet:"title,optional,plain" doc:"As in stance/v1."`
	Lang          *string `parquet:"lang,optional,dict" doc:"As in stance/v1."`
	PublishedAt   *int64  `parquet:"published_at,optional,timestamp(microsecond)" doc:"As in stance/v1."`
	PublishedDate *int32  `parquet:"published_date,optional,date" doc:"As in stance/v1."`

	Status         string   `parquet:"article_status,dict" doc:"ok: read and judged. failed: the model could not read it (see error); it has no rows in stance/v1."`
	Error          *string  `parquet:"error,optional,dict" doc:"Why article_status is failed."`
	Truncated      bool     `parquet:"truncated" doc:"The text was longer than the limit and was cut at a sentence."`
	TextBytes      int64    `parquet:"text_bytes" doc:"Bytes of the raw title and text."`
	Sentences      int32    `parquet:"n_sentences" doc:"Sentences of the cleaned text, title included."`
	Tokens         int32    `parquet:"n_tokens" doc:"Words, numbers and marks of the cleaned text."`
	Topics         *string  `parquet:"topics,optional,dict" doc:"Ids of the topics the text names, sorted, joined by a space."`
	Countries      *string  `parquet:"countries,optional,dict" doc:"Codes of the countries the text names, sorted, joined by a space."`
	Pairs          int32    `parquet:"n_pairs" doc:"Rows this article has in stance/v1."`
	PairsDropped   int32    `parquet:"n_pairs_dropped" doc:"Pairs beyond the configured bound, which have no row."`
	Actors         int32    `parquet:"n_actors" doc:"Rows of this article with a stance."`
	OOVRatio       *float64 `parquet:"oov_ratio,optional,dict" doc:"Mean oov_ratio of the article's rows; null without rows."`
	SentimentScore *float64 `parquet:"sentiment_score,optional,dict" doc:"Tone of the article as a whole, from -1 to 1; null when failed."`

	DupGroupID   string  `parquet:"dup_group_id,plain" doc:"As in stance/v1."`
	IsDupPrimary bool    `parquet:"is_dup_primary" doc:"As in stance/v1."`
	DupSignature *string `parquet:"dup_signature,optional,plain" doc:"What later runs compare to find copies of this article; for the tool only."`

	Stamp
}

// AggregateRow is one line of aggregates/v1: how the articles of one day put one country's side on one topic. Only rows with
// a stance are counted as such; a country that is only named is counted apart. A story speaks once, through the first of
// its articles in the run.
type AggregateRow struct {
	Day         int32  `parquet:"day,date" doc:"published_date of the articles; run_date for those that do not say."`
	Country     string `parquet:"country,dict" doc:"As in stance/v1."`
	CountryName string `parquet:"country_name,dict" doc:"As in stance/v1."`
	Topic       string `parquet:"topic,dict" doc:"As in stance/v1."`

	Articles          int64 `parquet:"n_articles" doc:"Articles with a stance."`
	ArticlesSupport   int64 `parquet:"n_articles_supportive" doc:"Of these, supportive."`
	ArticlesNeutral   int64 `parquet:"n_articles_neutral" doc:"Of these, neutral."`
	ArticlesCritical  int64 `parquet:"n_articles_critical" doc:"Of these, critical."`
	ArticlesLowMargin int64 `parquet:"n_articles_low_margin" doc:"Of n_articles, those with stance_status low_margin."`
	Stories           int64 `parquet:"n_stories" doc:"Distinct stories (dup_group_id) among them."`
	StoriesSupport    int64 `parquet:"n_stories_supportive" doc:"Of these, supportive."`
	StoriesNeutral    int64 `parquet:"n_stories_neutral" doc:"Of these, neutral."`
	StoriesCritical   int64 `parquet:"n_stories_critical" doc:"Of these, critical."`
	MentionArticles   int64 `parquet:"n_mention_articles" doc:"Articles that only name the country (mention_only)."`
	UnjudgedArticles  int64 `parquet:"n_unjudged_articles" doc:"Articles without a stance for another reason (no_evidence, too_short, unsupported_lang)."`

	ShareSupport      *float64 `parquet:"share_supportive,optional,dict" doc:"n_stories_supportive / n_stories; null without stories."`
	ShareSupportLow   *float64 `parquet:"share_supportive_low,optional,dict" doc:"Lower end of the 95 % Wilson interval of share_supportive."`
	ShareSupportHigh  *float64 `parquet:"share_supportive_high,optional,dict" doc:"Upper end of it."`
	ShareNeutral      *float64 `parquet:"share_neutral,optional,dict" doc:"n_stories_neutral / n_stories."`
	ShareNeutralLow   *float64 `parquet:"share_neutral_low,optional,dict" doc:"Lower end of its 95 % Wilson interval."`
	ShareNeutralHigh  *float64 `parquet:"share_neutral_high,optional,dict" doc:"Upper end of it."`
	ShareCritical     *float64 `parquet:"share_critical,optional,dict" doc:"n_stories_critical / n_stories."`
	ShareCriticalLow  *float64 `parquet:"share_critical_low,optional,dict" doc:"Lower end of its 95 % Wilson interval."`
	ShareCriticalHigh *float64 `parquet:"share_critical_high,optional,dict" doc:"Upper end of it."`
	MeanScore         *float64 `parquet:"mean_score,optional,dict" doc:"Mean stance_score of the stories, 4 decimals; null without stories."`
	ScoreStdErr       *float64 `parquet:"score_stderr,optional,dict" doc:"Standard error of mean_score; null below two stories."`

	Stamp
}

// QuarantineRow is one line of quarantine/v1: a record that was rejected, and why.
type QuarantineRow struct {
	Reason     string  `parquet:"reason,dict" doc:"syntax, encoding, empty, too_long, too_deep, bad_date, bad_label, duplicate or unreadable."`
	Message    string  `parquet:"message,dict" doc:"What is wrong and what would cure it."`
	File       string  `parquet:"file,dict" doc:"Input file as given; - is standard input."`
	Line       int32   `parquet:"line" doc:"Line of the record's first byte, from 1; 0 when the format has no lines."`
	ByteOffset int64   `parquet:"byte_offset" doc:"Byte offset of that line in the decompressed file."`
	Excerpt    *string `parquet:"excerpt,optional,plain" doc:"How the record begins, at most 4 KiB."`

	Stamp
}

// Stamp says which run made a row. It stands at the end of every row type.
type Stamp struct {
	ModelID       string `parquet:"model_id,dict" doc:"Hex SHA-256 of the model bundle."`
	ConfigSHA256  string `parquet:"config_sha256,dict" doc:"Hex SHA-256 of the settings that can change a row."`
	RunID         string `parquet:"run_id,dict" doc:"Name given to the run; by default the same for the same date, model, config and schema."`
	RunDate       int32  `parquet:"run_date,date" doc:"The date the run stands for; equals the directory key dt."`
	SchemaVersion int32  `parquet:"schema_version" doc:"Version of the columns: 1."`
}

// maker turns readings into rows of one run.
type maker struct {
	stamp       Stamp
	countryName func(code string) string
	maxPairs    int
}

// rowOf is the row of one prediction. To add a column, add a field to Row and a line here.
func (m maker) rowOf(rec *record, r models.Reading, p models.Prediction) Row {
	a := &rec.article
	row := Row{
		ArticleID: a.ID, ContentSHA256: rec.contentSHA,
		Source: text(a.Source), URL: text(a.URL), Title: text(a.Title), Lang: text(langOf(a, r)),
		PublishedAt: micros(a.Published), PublishedDate: date(a.Published),
		Country: p.Country, CountryName: m.countryName(p.Country), Topic: p.Topic,
		CountryRole: string(p.Role), Stance: text(p.Stance), Status: string(p.Status),
		Sentiment: text(p.Sentiment),
		Mentions:  int32(p.Mentions), EvidenceSentences: int32(p.EvidenceSentences), OOVRatio: round4(p.OOVRatio),
		TopFeatures: text(strings.Join(p.TopFeatures, "; ")),
		DupGroupID:  rec.group, IsDupPrimary: rec.primary,
		Stamp: m.stamp,
	}
	if p.Stance != "" {
		row.PSupportive, row.PNeutral, row.PCritical = prob(p.PSupportive), prob(p.PNeutral), prob(p.PCritical)
		row.StanceScore, row.Margin = prob(p.Score), prob(p.Margin)
	}
	if p.Stance != "" || p.Status == models.StatusMentionOnly {
		row.PActor = prob(p.PActor)
	}
	if p.Sentiment != "" {
		row.SentimentScore = prob(p.SentimentScore)
	}
	if e := p.Evidence; !e.Empty() && r.Document != nil && e.Start >= 0 && e.End <= len(r.Document.Text) {
		row.EvidenceText = text(r.Document.Text[e.Start:e.End])
		row.EvidenceStart, row.EvidenceEnd = count(e.Start), count(e.End)
	}
	return row
}

// articleOf is the article's own row. A reading that failed gives a row too, so that no article is lost.
func (m maker) articleOf(rec *record, r models.Reading, failed error) ArticleRow {
	a := &rec.article
	row := ArticleRow{
		ArticleID: a.ID, ContentSHA256: rec.contentSHA,
		Source: text(a.Source), URL: text(a.URL), Title: text(a.Title), Lang: text(langOf(a, r)),
		PublishedAt: micros(a.Published), PublishedDate: date(a.Published),
		Status: "ok", TextBytes: int64(len(a.Title) + len(a.Text)),
		DupGroupID: rec.group, IsDupPrimary: rec.primary, DupSignature: text(rec.signature),
		Stamp: m.stamp,
	}
	if failed != nil {
		row.Status, row.Error = "failed", text(failed.Error())
		return row
	}
	if d := r.Document; d != nil {
		row.Truncated, row.Sentences, row.Tokens = d.Truncated, int32(len(d.Sentences)), int32(len(d.Tokens))
	}
	row.Topics, row.Countries = text(strings.Join(r.Topics, " ")), text(strings.Join(countriesOf(r), " "))
	row.SentimentScore = prob(r.SentimentScore)
	row.PairsDropped = int32(max(0, len(r.Predictions)-m.maxPairs))
	kept := r.Predictions[:len(r.Predictions)-int(row.PairsDropped)]
	row.Pairs = int32(len(kept))
	oov := 0.0
	for _, p := range kept {
		oov += p.OOVRatio
		if p.Stance != "" {
			row.Actors++
		}
	}
	if len(kept) > 0 {
		row.OOVRatio = prob(oov / float64(len(kept)))
	}
	return row
}

// langOf is the document's language, which knows what was detected, else the declared one.
func langOf(a *datasets.Article, r models.Reading) string {
	if r.Document != nil && r.Document.Lang != "" {
		return r.Document.Lang
	}
	return a.Lang
}

// countriesOf are the codes of the countries a text names, sorted.
func countriesOf(r models.Reading) []string {
	var codes []string
	for _, m := range r.Mentions {
		codes = append(codes, m.Country)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// text is s as a nullable column: "" is null.
func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// prob is p rounded to 4 decimals, which makes the column small; NaN is null.
func prob(p float64) *float64 {
	if math.IsNaN(p) {
		return nil
	}
	p = round4(p)
	return &p
}

func round4(x float64) float64 {
	x = math.Round(x*1e4) / 1e4
	if x == 0 {
		return 0 // not -0, which compares equal but prints and hashes differently
	}
	return x
}

func count(n int) *int32 {
	c := int32(n)
	return &c
}

func micros(t time.Time) *int64 {
	if t.IsZero() {
		return nil
	}
	us := t.UnixMicro()
	return &us
}

func date(t time.Time) *int32 {
	if t.IsZero() {
		return nil
	}
	d := daysOf(t)
	return &d
}

// daysOf counts the days from 1970-01-01 to t's UTC date.
func daysOf(t time.Time) int32 {
	y, m, d := t.UTC().Date()
	return int32(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

// The sizes of rows: what their strings take, and a fixed sum for the rest.
func (r Row) size() int {
	return 600 + sizeOf(r.Source, r.URL, r.Title, r.EvidenceText, r.TopFeatures)
}

func (r ArticleRow) size() int {
	return 500 + sizeOf(r.Source, r.URL, r.Title, r.Error, r.Topics, r.Countries, r.DupSignature)
}

func (r AggregateRow) size() int { return 600 }

func (r QuarantineRow) size() int { return 400 + len(r.Message) + len(r.File) + sizeOf(r.Excerpt) }

func sizeOf(columns ...*string) (n int) {
	for _, s := range columns {
		if s != nil {
			n += len(*s)
		}
	}
	return n
}
