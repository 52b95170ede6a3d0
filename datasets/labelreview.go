package datasets

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
)

// LabelReview is what labelled examples show before anything is learned from
// them.
type LabelReview struct {
	Examples  int
	Labels    int            // of all tasks
	Answers   map[string]int // stance labels by answer, those of unknown topics left out
	Unknown   []TopicLabels  // topics that are not configured, sorted; their labels teach nothing
	Conflicts int            // questions about one text that have more than one answer
	Conflict  string         // the first of them, for people; "" for none
}

// TopicLabels counts the labels of a topic.
type TopicLabels struct {
	Topic  string
	Labels int
}

// ReviewLabels reviews examples. topics are the ids of the configured topics.
func ReviewLabels(examples []Example, topics []string) LabelReview {
	r := LabelReview{Examples: len(examples), Answers: map[string]int{}}
	unknown := map[string]int{}
	type question struct {
		text           [sha256.Size]byte
		task           Task
		country, topic string
		source, target Span
	}
	answers := map[question]string{}
	for _, e := range examples {
		if len(e.Labels) == 0 {
			continue
		}
		text := contentSum(e.Article)
		for _, l := range e.Labels {
			r.Labels++
			if l.Task == TaskStance && !slices.Contains(topics, l.Topic) {
				unknown[l.Topic]++
				continue
			}
			if l.Task == TaskStance {
				r.Answers[l.Answer]++
			}
			q := question{text, l.Task, l.Country, l.Topic, l.Source, l.Target}
			switch known, asked := answers[q]; {
			case !asked:
				answers[q] = l.Answer
			case known != l.Answer && known != "":
				if r.Conflicts++; r.Conflict == "" {
					r.Conflict = fmt.Sprintf("%s:%d: %s on %s is %s and %s", e.Origin.File,
						e.Origin.Line, l.Country, l.Topic, known, l.Answer)
				}
				answers[q] = "" // counted once
			}
		}
	}
	for topic, n := range unknown {
		r.Unknown = append(r.Unknown, TopicLabels{topic, n})
	}
	slices.SortFunc(r.Unknown, func(a, b TopicLabels) int { return cmp.Compare(a.Topic, b.Topic) })
	return r
}
