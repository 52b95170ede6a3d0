package format

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"stance/datasets"
)

// countryCode is ISO 3166-1 alpha-3, or a bloc.
var countryCode = regexp.MustCompile(`^([A-Z]{3}|EU|NATO|UN|G7)$`)

var (
	stanceAnswers    = []string{"supportive", "neutral", "critical", "none"}
	sentimentAnswers = []string{"positive", "neutral", "negative"}
)

// jsonLabel is one element of labels: the stance of a country on a topic, the
// sentiment of the text toward the country, or both.
type jsonLabel struct {
	Country   string `json:"country"`
	Topic     string `json:"topic"`
	Stance    string `json:"stance"`
	Sentiment string `json:"sentiment"`
}

// strictLabels reads the labels of a corpus: the field must be there, be a list
// of label objects and be right.
func strictLabels(raw json.RawMessage) ([]datasets.Label, *fault) {
	if len(raw) == 0 || string(raw) == "null" {
		return nil, badLabel(nil, "no labels; give the field labels, [] for none, or read the file as jsonl")
	}
	var list []jsonLabel
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, badLabel(err, "labels is not a list of {country, topic, stance}; give one, [] for none")
	}
	var labels []datasets.Label
	for i, j := range list {
		if j.Stance == "" && j.Sentiment == "" {
			return nil, badLabel(nil, "labels[%d] has neither stance nor sentiment", i)
		}
		l, f := j.labels(i)
		if f != nil {
			return nil, f
		}
		labels = append(labels, l...)
	}
	return labels, nil
}

// lenientLabels reads the labels of any JSON input: a field of that name with
// another meaning is ignored like any other unknown field; objects with a
// stance or a sentiment are ours and must be right.
func lenientLabels(raw json.RawMessage) ([]datasets.Label, *fault) {
	if len(raw) == 0 || raw[0] != '[' {
		return nil, nil
	}
	var list []json.RawMessage
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, badLabel(err, "labels: %v", err)
	}
	var labels []datasets.Label
	for i, item := range list {
		var j jsonLabel
		if json.Unmarshal(item, &j) != nil || j.Stance == "" && j.Sentiment == "" {
			continue
		}
		l, f := j.labels(i)
		if f != nil {
			return nil, f
		}
		labels = append(labels, l...)
	}
	return labels, nil
}

// labels gives one label per answer of j, the i-th of its record.
func (j jsonLabel) labels(i int) ([]datasets.Label, *fault) {
	if !countryCode.MatchString(j.Country) {
		return nil, badLabel(nil, "labels[%d]: country %q is no ISO 3166-1 alpha-3 code, EU, NATO, UN or G7", i, clip(j.Country, 32))
	}
	var labels []datasets.Label
	if j.Stance != "" {
		if j.Topic == "" {
			return nil, badLabel(nil, "labels[%d]: stance of %s without a topic", i, j.Country)
		}
		if !slices.Contains(stanceAnswers, j.Stance) {
			return nil, badLabel(nil, "labels[%d]: stance %q; want %s", i, clip(j.Stance, 32),
				strings.Join(stanceAnswers, ", "))
		}
		labels = append(labels,
			datasets.Label{Task: datasets.TaskStance, Country: j.Country, Topic: j.Topic,
				Answer: j.Stance})
	}
	if j.Sentiment != "" {
		if !slices.Contains(sentimentAnswers, j.Sentiment) {
			return nil, badLabel(nil, "labels[%d]: sentiment %q; want %s", i, clip(j.Sentiment, 32),
				strings.Join(sentimentAnswers, ", "))
		}
		labels = append(labels,
			datasets.Label{Task: datasets.TaskSentiment, Country: j.Country, Answer: j.Sentiment})
	}
	return labels, nil
}

func badLabel(cause error, format string, args ...any) *fault {
	return &fault{reason: datasets.ReasonBadLabel, detail: fmt.Sprintf(format, args...), err: cause}
}
