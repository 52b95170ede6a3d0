package format

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"stance/datasets"
)

// jsonArticle is one record of the jsonl and stance formats. Fields that are not here are ignored, null means absent.
type jsonArticle struct {
	ID          jsonScalar      `json:"id"`
	Source      string          `json:"source"`
	Collection  string          `json:"collection"`
	URL         string          `json:"url"`
	Title       string          `json:"title"`
	Text        string          `json:"text"`
	Body        string          `json:"body"`
	Lang        string          `json:"lang"`
	PublishedAt jsonScalar      `json:"published_at"`
	Labels      json.RawMessage `json:"labels"`
}

// jsonLabel is one element of labels: the stance of a country on a topic, the sentiment of the text toward the country,
// or both.
type jsonLabel struct {
	Country   string `json:"country"`
	Topic     string `json:"topic"`
	Stance    string `json:"stance"`
	Sentiment string `json:"sentiment"`
}

// jsonScalar is a string field that some writers give as a number.
type jsonScalar string

// UnmarshalJSON takes a string as it is and a number by its digits.
func (v *jsonScalar) UnmarshalJSON(b []byte) error {
	switch {
	case string(b) == "null":
		return nil
	case b[0] == '"':
		return json.Unmarshal(b, (*string)(v))
	case b[0] == '-' || b[0] >= '0' && b[0] <= '9':
		*v = jsonScalar(b)
		return nil
	}
	return fmt.Errorf("id and published_at are strings or numbers, not %s", clip(string(b), 32))
}

func decodeJSONL(s *stream) {
	s.eachLine(func(l line) (datasets.Example, *fault) {
		return parseJSON(l.text, s.options.Limits.Depth, lenientLabels)
	})
}

// decodeStance is decodeJSONL for a corpus to learn from: labels must be there and be right.
func decodeStance(s *stream) {
	s.eachLine(func(l line) (datasets.Example, *fault) {
		return parseJSON(l.text, s.options.Limits.Depth, strictLabels)
	})
}

// parseJSON reads one article. labels turns the raw value of that field (nil when absent) into labels.
func parseJSON(text []byte, depth int, labels func(json.RawMessage) ([]datasets.Label, *fault)) (datasets.Example, *fault) {
	if f := tooDeep(text, depth); f != nil {
		return datasets.Example{}, f
	}
	var j jsonArticle
	if err := json.Unmarshal(text, &j); err != nil {
		return datasets.Example{}, jsonFault(err, len(text))
	}
	e := datasets.Example{Collection: j.Collection, Article: datasets.Article{ID: string(j.ID), Source: j.Source, URL: j.URL, Title: j.Title,
		Text: j.Text, Lang: j.Lang}}
	if e.Text == "" {
		e.Text = j.Body
	}
	if f := longFields(e); f != nil {
		return datasets.Example{}, f
	}
	published, err := parseDate(string(j.PublishedAt))
	if err != nil {
		return datasets.Example{}, &fault{reason: datasets.ReasonBadDate, detail: "published_at: " + err.Error(), err: err}
	}
	e.Published = published
	var f *fault
	e.Labels, f = labels(j.Labels)
	return e, f
}

// jsonFault words an error of encoding/json with the column it struck.
func jsonFault(err error, size int) *fault {
	f := &fault{reason: datasets.ReasonSyntax, detail: err.Error(), err: err}
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		f.detail = fmt.Sprintf("column %d: %v; a record is one JSON object", min(syntax.Offset, int64(size)+1), err)
	case errors.As(err, &kind) && kind.Field == "":
		f.detail = fmt.Sprintf("JSON of type %s where an object is wanted; a record is one JSON object", kind.Value)
	case errors.As(err, &kind):
		f.detail = fmt.Sprintf("column %d: field %s is of type %s, want %s", kind.Offset, kind.Field, kind.Value, kind.Type)
	}
	return f
}

// tooDeep rejects JSON nested beyond limit. Few records have so many brackets that their nesting must be followed.
func tooDeep(text []byte, limit int) *fault {
	if bytes.Count(text, []byte("{"))+bytes.Count(text, []byte("[")) <= limit {
		return nil
	}
	var nesting jsonNesting
	for i, c := range text {
		if nesting.see(c); nesting.depth > limit {
			return &fault{reason: datasets.ReasonTooDeep,
				detail: fmt.Sprintf("column %d: nested deeper than %d; flatten the record or raise the limit", i+1, limit)}
		}
	}
	return nil
}

// fieldLimit bounds the short fields of an article in bytes: they are repeated in every row of output.
const fieldLimit = 8 << 10

func longFields(e datasets.Example) *fault {
	fields := []struct{ name, value string }{
		{"id", e.ID}, {"source", e.Source}, {"url", e.URL}, {"lang", e.Lang}, {"collection", e.Collection},
	}
	for _, f := range fields {
		if len(f.value) > fieldLimit {
			return &fault{reason: datasets.ReasonTooLong,
				detail: fmt.Sprintf("field %s has %d bytes, the limit is %d; shorten it", f.name, len(f.value), fieldLimit)}
		}
	}
	return nil
}
