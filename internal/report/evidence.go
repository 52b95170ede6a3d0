package report

import (
	"net/url"

	"stance/internal/output"
)

// evidenceView is one sentence that speaks clearly.
type evidenceView struct {
	Code, Country, Topic, Stance, Text, Source, Title, Day string
	Link                                                   string // http or https; "" without
	Score                                                  float64
	Lead                                                   bool // shown at once
}

// evidenceOf makes cards of rows, which come clearest first, and says how many
// are behind the button.
func evidenceOf(rows []output.Row) (list []evidenceView, hidden int) {
	shown, said := map[[2]string]int{}, map[string]bool{}
	for _, r := range rows {
		e := evidenceView{Code: r.Country, Country: r.CountryName, Topic: r.Topic,
			Stance: *r.Stance, Text: *r.EvidenceText,
			Score: *r.StanceScore, Source: valueOf(r.Source), Title: valueOf(r.Title),
			Link: linkOf(valueOf(r.URL))}
		if r.PublishedDate != nil {
			e.Day = dateOf(*r.PublishedDate)
		}
		side := [2]string{e.Topic, e.Stance}
		if e.Lead = shown[side] < leadEvidence && !said[e.Text]; e.Lead {
			shown[side]++
			said[e.Text] = true
		} else {
			hidden++
		}
		list = append(list, e)
	}
	return list, hidden
}

// valueOf is a column's value; "" for null.
func valueOf(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// linkOf is an address that is safe to follow: http or https with a host. Any
// other gives "".
func linkOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return address
}

// rejectionView is one reason why records were rejected.
type rejectionView struct {
	output.QuarantineCount
	Words string
}

// reasonWords say what a reason of quarantine means.
var reasonWords = []struct{ reason, words string }{
	{"syntax", "The record is broken: a quote, bracket or column is missing."},
	{"encoding", "The bytes are not text in a known encoding."},
	{"empty", "The record has no title and no text."},
	{"too_long", "The record is longer than the limit."},
	{"too_deep", "The record nests too deeply."},
	{"no_text_field", "No field of the record is known to hold the text."},
	{"bad_label", "The label is not one of the known ones."},
	{"duplicate", "The same article with the same id came before."},
	{"unreadable", "The file could not be read to its end."},
}

func rejectionsOf(counts []output.QuarantineCount) []rejectionView {
	var list []rejectionView
	for _, q := range counts {
		v := rejectionView{QuarantineCount: q}
		for _, w := range reasonWords {
			if w.reason == q.Reason {
				v.Words = w.words
			}
		}
		list = append(list, v)
	}
	return list
}
