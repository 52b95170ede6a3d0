package format

import (
	"encoding/json"
	"regexp"
	"unicode/utf8"

	"stance/datasets"
)

// mtscRecord is one sentence of NewsMTSC. Offsets count code points.
// further_mentions (pronouns and repeats of the same target) are ignored: the
// polarity was asked for the marked mention.
type mtscRecord struct {
	ID       string `json:"primary_gid"`
	Sentence string `json:"sentence_normalized"`
	Targets  []struct {
		From     int     `json:"from"`
		To       int     `json:"to"`
		Mention  string  `json:"mention"`
		Polarity float64 `json:"polarity"`
	} `json:"targets"`
}

// mtscPolarities are the answers for the corpus' numbers.
var mtscPolarities = []struct {
	number float64
	answer string
}{{2, "negative"}, {4, "neutral"}, {6, "positive"}}

// mtscArticle is the beginning of a record's ID that all sentences of one
// article share, e.g. "allsides_6250_2689".
var mtscArticle = regexp.MustCompile(`^(([a-z]+(?:_v\d+)?)_-?\d+_-?\d+)_`)

// decodeNewsMTSC gives one example per sentence with one sentiment label per
// target. Group is the article the sentence stood in and Source the corpus that
// article came from.
func decodeNewsMTSC(s *stream) {
	s.eachLine(func(l line) (datasets.Example, *fault) {
		if f := tooDeep(l.text, s.options.Limits.Depth); f != nil {
			return datasets.Example{}, f
		}
		var r mtscRecord
		if err := json.Unmarshal(l.text, &r); err != nil {
			return datasets.Example{}, jsonFault(err, len(l.text))
		}
		return r.example()
	})
}

func (r mtscRecord) example() (datasets.Example, *fault) {
	e := datasets.Example{Article: datasets.Article{ID: r.ID, Text: r.Sentence}}
	if m := mtscArticle.FindStringSubmatch(r.ID); m != nil {
		e.Group, e.Source = m[1], m[2]
	}
	starts := runeStarts(r.Sentence)
	for i, t := range r.Targets {
		if t.From < 0 || t.From >= t.To || t.To >= len(starts) {
			return e, badLabel(nil, "targets[%d]: %d to %d is no part of a sentence of %d characters", i, t.From, t.To, len(starts)-1)
		}
		span := datasets.Span{Start: starts[t.From], End: starts[t.To]}
		if found := r.Sentence[span.Start:span.End]; found != t.Mention {
			return e, badLabel(nil, "targets[%d]: %q stands where %q should", i, clip(found, 64),
				clip(t.Mention, 64))
		}
		answer := ""
		for _, p := range mtscPolarities {
			if p.number == t.Polarity {
				answer = p.answer
			}
		}
		if answer == "" {
			return e, badLabel(nil, "targets[%d]: polarity %v; want 2, 4 or 6", i, t.Polarity)
		}
		e.Labels = append(e.Labels,
			datasets.Label{Task: datasets.TaskSentiment, Target: span, Answer: answer})
	}
	if len(e.Labels) == 0 {
		return e, badLabel(nil, "sentence without targets")
	}
	return e, nil
}

// runeStarts gives the byte offset of each code point of s, and len(s) at the
// end.
func runeStarts(s string) []int {
	starts := make([]int, 0, utf8.RuneCountInString(s)+1)
	for i := range s {
		starts = append(starts, i)
	}
	return append(starts, len(s))
}
