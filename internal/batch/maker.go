package batch

import (
	"math"
	"slices"
	"strings"
	"time"

	"stance/datasets"
	"stance/models"
)

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
	row.NewWords = text(strings.Join(r.NewWords, " "))
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
