package datasets

import "testing"

func TestReviewLabels(t *testing.T) {
	stance := func(country, topic, answer string) Label {
		return Label{Task: TaskStance, Country: country, Topic: topic, Answer: answer}
	}
	examples := []Example{
		{Article: Article{ID: "a", Text: "One.", Origin: Origin{File: "f", Line: 1}},
			Labels: []Label{
				stance("POL", "ukraine", "supportive"), stance("POL", "ukraine", "critical"),
				stance("POL", "ukraine", "none")}},
		{Article: Article{ID: "b", Text: "Two."}, Labels: []Label{stance("POL", "ukraine", "supportive"), stance("POL", "ukrane", "neutral")}},
		{Article: Article{ID: "c", Text: "One."},
			Labels: []Label{stance("POL", "taiwan", "none"), stance("HUN", "ukraine", "critical")}},
		{Article: Article{ID: "d", Text: "Two."}, Labels: []Label{stance("POL", "ukraine", "neutral"),
			{Task: TaskSentiment, Country: "POL", Answer: "positive"}}},
		{Article: Article{ID: "e", Text: "Three."}},
	}
	equal(t, "review", ReviewLabels(examples, []string{"ukraine", "taiwan"}),
		LabelReview{Examples: 5, Labels: 9,
			Answers:   map[string]int{"supportive": 2, "critical": 2, "none": 2, "neutral": 1},
			Unknown:   []TopicLabels{{"ukrane", 1}},
			Conflicts: 2, Conflict: "f:1: POL on ukraine is supportive and critical"})
}
