package evaluate

import (
	"testing"

	"stance/models"
)

// Ten copies of a story that is all wrong and ten of one that is all right:
// drawn as stories, the interval reaches from 0 to 1; drawn as articles it
// would not.
func TestIntervalDrawsStories(t *testing.T) {
	var answers []models.Answered
	for i := range 20 {
		a := models.Answered{Article: i, Story: "wrong", Answer: 1, Predicted: 3,
			Probs: [4]float64{0, 0, 0, 1}}
		if i >= 10 {
			a.Story, a.Predicted = "right", 1
		}
		answers = append(answers, a)
	}
	all := func(models.Answered) bool { return true }
	if e := Measure("all", answers, all, 200); e.Low != 0 || e.High != 1 {
		t.Errorf("interval %.3f to %.3f, want 0 to 1", e.Low, e.High)
	}
	for i := range answers {
		answers[i].Story = ""
	}
	if e := Measure("all", answers, all, 200); e.Low < 0.1 || e.High > 0.9 {
		t.Errorf("interval %.3f to %.3f of articles, want one within 0.1 to 0.9", e.Low, e.High)
	}
}
