package main

import (
	"context"
	"fmt"
	"strings"

	"stance/datasets"
	"stance/features"
	"stance/internal/config"
	"stance/internal/suggest"
	"stance/models"
)

// learning reads corpora to learn from and looks at their labels: what nothing
// can be learned from is refused, what harms is told.
func (r *corpusReader) learning(ctx context.Context, list []config.Corpus,
	pl *features.Pipeline) ([]models.Corpus, error) {
	corpora, err := r.corpora(ctx, list)
	if err != nil {
		return nil, err
	}
	var all []datasets.Example
	for _, c := range corpora {
		if c.Info.Labels == 0 {
			return nil, fmt.Errorf("corpus %s has %d examples and 0 labels; give labels of country, topic and stance, or take it out",
				c.Info.Name, c.Info.Examples)
		}
		all = append(all, c.Examples...)
	}
	return corpora, r.review(all, pl)
}

// review warns of labels that are unknown or in conflict and of answers without
// labels, and refuses stance labels of one answer alone.
func (r *corpusReader) review(examples []datasets.Example, pl *features.Pipeline) error {
	topics := topicIDs(pl)
	review := datasets.ReviewLabels(examples, topics)
	lost := 0
	for _, u := range review.Unknown {
		lost += u.Labels
		r.log.Warn("labels of a topic that is not configured are left out", "topic", u.Topic, "labels", u.Labels,
			"hint",
			"correct the id or add the topic to topics or train.topics"+
				suggest.Hint(u.Topic, topics))
	}
	if review.Conflicts > 0 {
		r.log.Warn("questions have more than one answer; annotators disagree or articles are labelled twice",
			"questions", review.Conflicts, "first", review.Conflict)
	}
	total := 0
	var given, missing []string
	for _, answer := range models.StanceClasses() {
		switch n := review.Answers[answer]; {
		case n == 0:
			missing = append(missing, answer)
		default:
			total += n
			given = append(given, fmt.Sprintf("%s %d", answer, n))
		}
	}
	switch {
	case total == 0 && lost > 0:
		return fmt.Errorf("all %d stance labels are of topics that are not configured (%s); correct the ids, or add the topics to "+
			"topics or train.topics", lost, review.Unknown[0].Topic)
	case total == 0:
		return nil // of a task that is not stance
	case len(given) == 1:
		return fmt.Errorf("the stance labels have one class only (%s); a model needs labels of at least two", given[0])
	}
	counts := strings.Join(given, ", ")
	r.log.Info("stance labels", "answers", counts)
	for _, answer := range missing {
		why := "the model will never give this answer"
		if answer == "none" {
			why = "every country that is only named will be taken for an actor; label some as none"
		}
		r.log.Warn("no label is "+answer+": "+why, "labels", counts)
	}
	return nil
}

func topicIDs(pl *features.Pipeline) []string {
	var ids []string
	for _, t := range pl.Topics.Topics {
		ids = append(ids, t.ID)
	}
	return ids
}
