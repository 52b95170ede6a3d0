package output

import (
	"math"
	"slices"
	"strings"
	"time"

	"stance/datasets"
	"stance/models"
)

// Source is an article with what a run knows of it beside its reading.
type Source struct {
	Article       datasets.Article
	ContentSHA256 string // see [datasets.ContentHash]
	Signature     string // for the column dup_signature
	Story
}

// Story says which story an article tells.
type Story struct {
	Group   string // dup_group_id
	Primary bool   // is_dup_primary
}

// Filler fills the rows of one run.
type Filler struct {
	Stamp       Stamp
	CountryName func(code string) string
	MaxPairs    int // rows that one article may have
}

// Row is the row of one prediction. To add a column, add a field to [Row] and a
// line here.
func (m Filler) Row(src *Source, r models.Reading, p models.Prediction) Row {
	a := &src.Article
	title, _ := titleOf(a)
	row := Row{
		ArticleID: a.ID, ContentSHA256: src.ContentSHA256,
		Source: text(a.Source), URL: text(a.URL), Title: text(title), Lang: text(langOf(a, r)),
		PublishedAt: micros(a.Published), PublishedDate: date(a.Published),
		Country: p.Country, CountryName: m.CountryName(p.Country), Topic: p.Topic,
		CountryRole: string(p.Role), Stance: text(p.Stance), Status: string(p.Status),
		Sentiment: text(p.Sentiment),
		Mentions:  int32(p.Mentions), EvidenceSentences: int32(p.EvidenceSentences),
		OOVRatio:    Round4(p.OOVRatio),
		TopFeatures: text(strings.Join(p.TopFeatures, "; ")),
		DupGroupID:  src.Group, IsDupPrimary: src.Primary,
		Stamp: m.Stamp,
	}
	if p.Stance != "" {
		row.PSupportive, row.PNeutral, row.PCritical = prob(p.PSupportive), prob(p.PNeutral),
			prob(p.PCritical)
		row.StanceScore, row.Margin = prob(p.Score), prob(p.Margin)
	}
	if p.Stance != "" || p.Status == models.StatusMentionOnly {
		row.PActor = prob(p.PActor)
	}
	if p.Sentiment != "" {
		row.SentimentScore = prob(p.SentimentScore)
	}
	if e := p.Evidence; !e.Empty() && r.Document != nil && e.Start >= 0 &&
		e.End <= len(r.Document.Text) {
		sentence := cut(r.Document.Text[e.Start:e.End], sentenceLimit)
		row.EvidenceText = text(sentence)
		row.EvidenceStart, row.EvidenceEnd = count(e.Start), count(e.Start+len(sentence))
	}
	return row
}

// Article is the article's own row. An article whose reading failed has one
// too, so that no article is lost.
func (m Filler) Article(src *Source, r models.Reading, failed error) ArticleRow {
	a := &src.Article
	title, titleCut := titleOf(a)
	notes := datasets.Article{Notes: a.Notes}
	if titleCut {
		notes.Note(datasets.NoteTitleCut)
	}
	if r.SentencesCut {
		notes.Note(datasets.NoteSentencesCut)
	}
	row := ArticleRow{
		ArticleID: a.ID, ContentSHA256: src.ContentSHA256,
		Source: text(a.Source), URL: text(a.URL), Title: text(title), Lang: text(langOf(a, r)),
		PublishedAt: micros(a.Published), PublishedDate: date(a.Published),
		Status: "ok", TextBytes: int64(len(a.Title) + len(a.Text)),
		DupGroupID: src.Group, IsDupPrimary: src.Primary, DupSignature: text(src.Signature),
		Stamp: m.Stamp, Notes: text(notes.Notes),
	}
	if failed != nil {
		row.Status, row.Error = "failed", text(failed.Error())
		return row
	}
	if d := r.Document; d != nil {
		row.Truncated, row.Sentences, row.Tokens = d.Truncated, int32(len(d.Sentences)),
			int32(len(d.Tokens))
	}
	row.Topics, row.Countries = text(strings.Join(r.Topics, " ")),
		text(strings.Join(countriesOf(r), " "))
	row.SentimentScore = prob(r.SentimentScore)
	row.NewWords = text(strings.Join(r.NewWords, " "))
	row.PairsDropped = int32(max(0, len(r.Predictions)-m.MaxPairs))
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

// Bounds on what is repeated in each row of an article, in bytes. A sentence
// has few words, but a word can have any length.
const (
	titleLimit    = 2 << 10
	sentenceLimit = 4 << 10
)

// titleOf is the title as rows have it, and whether it was cut.
func titleOf(a *datasets.Article) (title string, shorter bool) {
	title = cut(a.Title, titleLimit)
	return title, len(title) < len(a.Title)
}

// langOf is the language of the document, declared or detected, else the one
// that the article declares.
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

// prob is p as a nullable column, rounded to 4 decimals, which keeps the column
// small; NaN is null.
func prob(p float64) *float64 {
	if math.IsNaN(p) {
		return nil
	}
	p = Round4(p)
	return &p
}

// Round4 rounds to 4 decimals, as every probability and score of a row is.
func Round4(x float64) float64 {
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
	d := DaysOf(t)
	return &d
}

// DaysOf counts the days from 1970-01-01 to t's UTC date.
func DaysOf(t time.Time) int32 {
	y, m, d := t.UTC().Date()
	return int32(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}
