package output

// SchemaVersion is the version of the four row types. A column may be added to
// it; renaming or removing one, or changing what it means, makes a new version
// and a new folder (stance/v2).
const SchemaVersion = 1

// Rules for the row types, because readers differ (columns_test.go asserts
// each):
//
//   - a column that can be unknown is a pointer and `optional`: parquet-go
//     turns the zero of a plain optional into null;
//   - strings are `dict` where values repeat and `plain` where they do not: the
//     default encoding is too new for some;
//   - dates are int32 days, times int64 microseconds UTC; never time.Time,
//     never ENUM, JSON or UUID;
//   - tables are flat, since some BI engines do not look into lists: a list is
//     a string with a stated separator;
//   - the run's date is called run_date, as a column named like the directory
//     key dt breaks pyarrow;
//   - each field has a comment of one or more sentences: docs/columns.md is
//     made of them.

// Row is one line of stance/v1: what one article says of one country's side on
// one topic.
type Row struct {
	// The article's id as the input gives it, else made from file and line.
	// Unique within a date: an id that another file has given to another
	// article is followed by ~ and 12 hex digits made of the text.
	ArticleID string `parquet:"article_id,dict"`
	// Hex SHA-256 of title and text in Unicode NFC with blanks as single
	// spaces: the same for the same words under two ids.
	ContentSHA256 string `parquet:"content_sha256,dict"`
	// Outlet, as the input names it.
	Source *string `parquet:"source,optional,dict"`
	// Where the article was published.
	URL *string `parquet:"url,optional,dict"`
	// Headline as the input gives it, at most 2 KiB.
	Title *string `parquet:"title,optional,dict"`
	// Language (BCP 47): declared, else detected, else null.
	Lang *string `parquet:"lang,optional,dict"`
	// When the article was published, UTC; null when the input does not say.
	PublishedAt *int64 `parquet:"published_at,optional,timestamp(microsecond)"`
	// The UTC date of published_at.
	PublishedDate *int32 `parquet:"published_date,optional,date"`

	// ISO 3166-1 alpha-3 code, or EU, NATO, UN, G7.
	Country string `parquet:"country,dict"`
	// English short name of country.
	CountryName string `parquet:"country_name,dict"`
	// Id of the topic (a proposition) in the config.
	Topic string `parquet:"topic,dict"`
	// actor: it acts or speaks in the topic. mention: it is only named.
	CountryRole string `parquet:"country_role,dict"`
	// supportive, neutral or critical of the proposition; null when
	// stance_status says that none is given. Null is not neutral.
	Stance *string `parquet:"stance,optional,dict"`
	// ok, mention_only, low_margin (given, but two sides are nearly as likely),
	// no_evidence, too_short, unsupported_lang.
	Status string `parquet:"stance_status,dict"`

	// Calibrated probability, 4 decimals; null with stance.
	PSupportive *float64 `parquet:"p_supportive,optional,dict"`
	// Calibrated probability, 4 decimals; null with stance.
	PNeutral *float64 `parquet:"p_neutral,optional,dict"`
	// Calibrated probability, 4 decimals; null with stance.
	PCritical *float64 `parquet:"p_critical,optional,dict"`
	// Probability that the country is an actor; null when the text was not
	// judged (no_evidence, too_short, unsupported_lang).
	PActor *float64 `parquet:"p_actor,optional,dict"`
	// p_supportive - p_critical, from -1 to 1; null with stance.
	StanceScore *float64 `parquet:"stance_score,optional,dict"`
	// Highest less second probability of the three; null with stance.
	Margin *float64 `parquet:"margin,optional,dict"`

	// Tone of the text toward the country: positive, neutral or negative.
	Sentiment *string `parquet:"sentiment,optional,dict"`
	// P(positive) - P(negative), from -1 to 1; null with sentiment.
	SentimentScore *float64 `parquet:"sentiment_score,optional,dict"`

	// Times the article names the country.
	Mentions int32 `parquet:"n_mentions"`
	// Sentences that carried features of this country and topic.
	EvidenceSentences int32 `parquet:"n_evidence_sentences"`
	// Share of the features' terms that the model does not know, 0 to 1.
	OOVRatio float64 `parquet:"oov_ratio,dict"`
	// The deciding sentence, from the cleaned text; at most 4 KiB.
	EvidenceText *string `parquet:"evidence_text,optional,plain"`
	// First byte of evidence_text in the cleaned text.
	EvidenceStart *int32 `parquet:"evidence_start,optional"`
	// Byte after evidence_text in the cleaned text.
	EvidenceEnd *int32 `parquet:"evidence_end,optional"`
	// What weighed most, strongest first, joined by '; ': term:+0.42 (toward
	// supportive) or term:-0.42 (toward critical).
	TopFeatures *string `parquet:"top_features,optional,plain"`

	// Same for all articles that tell the same story (exact and near copies,
	// under whatever headline), also across the dates kept. Count it distinct
	// to count stories.
	DupGroupID string `parquet:"dup_group_id,dict"`
	// True for the article of its story that was published first (unknown times
	// last, ties by content_sha256, then by article_id); false for its copies,
	// and for all when an earlier date kept has told the story.
	IsDupPrimary bool `parquet:"is_dup_primary"`

	Stamp
}

// ArticleRow is one line of articles/v1: one article that was read, whether or
// not it names a country.
type ArticleRow struct {
	// As in stance/v1.
	ArticleID string `parquet:"article_id,plain"`
	// As in stance/v1.
	ContentSHA256 string `parquet:"content_sha256,plain"`
	// As in stance/v1.
	Source *string `parquet:"source,optional,dict"`
	// As in stance/v1.
	URL *string `parquet:"url,optional,plain"`
	// As in stance/v1.
	Title *string `parquet:"title,optional,plain"`
	// As in stance/v1.
	Lang *string `parquet:"lang,optional,dict"`
	// As in stance/v1.
	PublishedAt *int64 `parquet:"published_at,optional,timestamp(microsecond)"`
	// As in stance/v1.
	PublishedDate *int32 `parquet:"published_date,optional,date"`

	// ok: read and judged. failed: the model could not read it (see error); it
	// has no rows in stance/v1.
	Status string `parquet:"article_status,dict"`
	// Why article_status is failed.
	Error *string `parquet:"error,optional,dict"`
	// The text was longer than the limit and was cut at a sentence.
	Truncated bool `parquet:"truncated"`
	// Bytes of the raw title and text.
	TextBytes int64 `parquet:"text_bytes"`
	// Sentences of the cleaned text, title included.
	Sentences int32 `parquet:"n_sentences"`
	// Words, numbers and marks of the cleaned text.
	Tokens int32 `parquet:"n_tokens"`
	// Ids of the topics the text names, sorted, joined by a space.
	Topics *string `parquet:"topics,optional,dict"`
	// Codes of the countries the text names, sorted, joined by a space.
	Countries *string `parquet:"countries,optional,dict"`
	// Rows this article has in stance/v1.
	Pairs int32 `parquet:"n_pairs"`
	// Pairs beyond the configured bound, which have no row.
	PairsDropped int32 `parquet:"n_pairs_dropped"`
	// Rows of this article with a stance.
	Actors int32 `parquet:"n_actors"`
	// Mean oov_ratio of the article's rows; null without rows.
	OOVRatio *float64 `parquet:"oov_ratio,optional,dict"`
	// Words beside the article's countries that the model has never seen,
	// sorted, joined by a space; at most 32.
	NewWords *string `parquet:"new_words,optional,plain"`
	// Tone of the article as a whole, from -1 to 1; null when failed.
	SentimentScore *float64 `parquet:"sentiment_score,optional,dict"`

	// As in stance/v1.
	DupGroupID string `parquet:"dup_group_id,plain"`
	// As in stance/v1.
	IsDupPrimary bool `parquet:"is_dup_primary"`
	// What later runs compare to find copies of this article; for the tool
	// only.
	DupSignature *string `parquet:"dup_signature,optional,plain"`

	Stamp

	// What had to be guessed or left out, joined by a space: date_unread,
	// date_ambiguous (published_at is null), date_order (03/04/2024 was read by
	// the other dates of its file), date_zone (read as UTC), summary_only
	// (there was no body), windows_1252, title_cut (it had more than 2 KiB),
	// sentences_cut (a country was named in more sentences than are looked at).
	Notes *string `parquet:"notes,optional,dict"`
}

// AggregateRow is one line of aggregates/v1: how the articles of one day put
// one country's side on one topic. Only rows with a stance are counted as such;
// a country that is only named is counted apart. A story speaks once, through
// the article that was published first; a hash of content and id decides
// between articles of the same time.
type AggregateRow struct {
	// published_date of the articles; run_date for those that do not say.
	Day int32 `parquet:"day,date"`
	// As in stance/v1.
	Country string `parquet:"country,dict"`
	// As in stance/v1.
	CountryName string `parquet:"country_name,dict"`
	// As in stance/v1.
	Topic string `parquet:"topic,dict"`

	// Articles with a stance.
	Articles int64 `parquet:"n_articles"`
	// Of these, supportive.
	ArticlesSupport int64 `parquet:"n_articles_supportive"`
	// Of these, neutral.
	ArticlesNeutral int64 `parquet:"n_articles_neutral"`
	// Of these, critical.
	ArticlesCritical int64 `parquet:"n_articles_critical"`
	// Of n_articles, those with stance_status low_margin.
	ArticlesLowMargin int64 `parquet:"n_articles_low_margin"`
	// Distinct stories (dup_group_id) among them.
	Stories int64 `parquet:"n_stories"`
	// Of these, supportive.
	StoriesSupport int64 `parquet:"n_stories_supportive"`
	// Of these, neutral.
	StoriesNeutral int64 `parquet:"n_stories_neutral"`
	// Of these, critical.
	StoriesCritical int64 `parquet:"n_stories_critical"`
	// Articles that only name the country (mention_only).
	MentionArticles int64 `parquet:"n_mention_articles"`
	// Articles without a stance for another reason (no_evidence, too_short,
	// unsupported_lang).
	UnjudgedArticles int64 `parquet:"n_unjudged_articles"`

	// n_stories_supportive / n_stories; null without stories.
	ShareSupport *float64 `parquet:"share_supportive,optional,dict"`
	// Lower end of the 95 % Wilson interval of share_supportive.
	ShareSupportLow *float64 `parquet:"share_supportive_low,optional,dict"`
	// Upper end of it.
	ShareSupportHigh *float64 `parquet:"share_supportive_high,optional,dict"`
	// n_stories_neutral / n_stories.
	ShareNeutral *float64 `parquet:"share_neutral,optional,dict"`
	// Lower end of its 95 % Wilson interval.
	ShareNeutralLow *float64 `parquet:"share_neutral_low,optional,dict"`
	// Upper end of it.
	ShareNeutralHigh *float64 `parquet:"share_neutral_high,optional,dict"`
	// n_stories_critical / n_stories.
	ShareCritical *float64 `parquet:"share_critical,optional,dict"`
	// Lower end of its 95 % Wilson interval.
	ShareCriticalLow *float64 `parquet:"share_critical_low,optional,dict"`
	// Upper end of it.
	ShareCriticalHigh *float64 `parquet:"share_critical_high,optional,dict"`
	// Mean stance_score of the stories, 4 decimals; null without stories.
	MeanScore *float64 `parquet:"mean_score,optional,dict"`
	// Standard error of mean_score; null below two stories.
	ScoreStdErr *float64 `parquet:"score_stderr,optional,dict"`

	Stamp
}

// QuarantineRow is one line of quarantine/v1: a record that was rejected, and
// why.
type QuarantineRow struct {
	// syntax, encoding, empty, too_long, too_deep, too_costly, no_text_field,
	// bad_label, duplicate or unreadable.
	Reason string `parquet:"reason,dict"`
	// What is wrong and what would cure it.
	Message string `parquet:"message,dict"`
	// Input file: as given, with the way below a folder or into an archive that
	// was given (night/a.zip/in/b.jsonl); - is standard input.
	File string `parquet:"file,dict"`
	// Line of the record's first byte, from 1; 0 when the format has no lines.
	Line int32 `parquet:"line"`
	// Byte offset of that line in the decompressed file.
	ByteOffset int64 `parquet:"byte_offset"`
	// How the record begins, at most 4 KiB.
	Excerpt *string `parquet:"excerpt,optional,plain"`

	Stamp
}

// Stamp says which run made a row. It stands at the end of every row type.
type Stamp struct {
	// Hex SHA-256 of the model bundle.
	ModelID string `parquet:"model_id,dict"`
	// Hex SHA-256 of the settings that can change a row.
	ConfigSHA256 string `parquet:"config_sha256,dict"`
	// Name given to the run; by default the same for the same date, model,
	// config, schema and input.
	RunID string `parquet:"run_id,dict"`
	// The date the run stands for; equals the directory key dt.
	RunDate int32 `parquet:"run_date,date"`
	// Version of the columns: 1.
	SchemaVersion int32 `parquet:"schema_version"`
}

// The sizes of rows: what their strings take, and a fixed sum for the rest.
func (r Row) size() int {
	return 600 + sizeOf(r.Source, r.URL, r.Title, r.EvidenceText, r.TopFeatures)
}

func (r ArticleRow) size() int {
	return 500 +
		sizeOf(r.Source, r.URL, r.Title, r.Error, r.Topics, r.Countries, r.NewWords, r.DupSignature,
			r.Notes)
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
