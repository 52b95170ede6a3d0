package models

import (
	"context"
	"slices"

	"stance/datasets"
	"stance/features/topic"
)

// Answered is one stance label with a predictor's answer.
type Answered struct {
	Article int // index of the example
	// same for the examples of one story: the group of a bootstrap; "" goes by
	// Article
	Story      string
	Source     string
	Collection string
	Country    string
	Topic      string
	Stand      topic.Stand // of the country to the topic
	Answer     int         // index into StanceClasses
	Predicted  int
	Probs      [4]float64 // none, supportive, neutral, critical
	// the text was found to name country and topic; else the prediction is none
	Found bool
}

// StanceClasses are the classes of the stance head: none (only named),
// supportive, neutral, critical.
func StanceClasses() []string { return ClassesOf(datasets.TaskStance) }

// Stances are the three classes that quality is measured in. The class none
// counts as neutral there.
func Stances() []string { return []string{"supportive", "neutral", "critical"} }

// Answer predicts every example and pairs each of its stance labels with the
// answer.
func (p *Predictor) Answer(examples []datasets.Example) ([]Answered, error) {
	var out []Answered
	stories := datasets.GroupIDs(examples)
	for i, e := range examples {
		if !slices.ContainsFunc(e.Labels, func(l datasets.Label) bool {
			return l.Task == datasets.TaskStance
		}) {
			continue
		}
		r, err := p.Predict(context.Background(), e.Article)
		if err != nil {
			return nil, err
		}
		for _, l := range e.Labels {
			if l.Task == datasets.TaskStance {
				a := p.answered(i, e, l, r.Predictions)
				a.Story = stories[i]
				out = append(out, a)
			}
		}
	}
	return out, nil
}

func (p *Predictor) answered(i int, e datasets.Example, l datasets.Label,
	predictions []Prediction) Answered {
	a := Answered{
		Article: i, Source: e.Source, Collection: e.Collection, Country: l.Country, Topic: l.Topic,
		Answer: slices.Index(stanceClasses[:], l.Answer), Probs: [4]float64{1, 0, 0, 0},
	}
	topics := p.pipeline.Topics
	if t := slices.IndexFunc(topics.Topics, func(t topic.Topic) bool {
		return t.ID == l.Topic
	}); t >= 0 {
		a.Stand = topics.Stand(t, l.Country)
	}
	k := slices.IndexFunc(predictions, func(o Prediction) bool {
		return o.Country == l.Country && o.Topic == l.Topic
	})
	if k < 0 {
		return a
	}
	o := predictions[k]
	a.Found = true
	if o.Stance != "" {
		a.Predicted = slices.Index(stanceClasses[:], o.Stance)
	}
	a.Probs = [4]float64{1 - o.PActor, o.PActor * o.PSupportive, o.PActor * o.PNeutral,
		o.PActor * o.PCritical}
	return a
}

// StanceOf maps a class of StanceClasses to one of Stances: none counts as
// neutral.
func StanceOf(class int) int {
	if class == classNone {
		return classNeutral - 1
	}
	return class - 1
}

// StanceProbs are the probabilities of Stances.
func (a Answered) StanceProbs() []float64 {
	return []float64{a.Probs[1], a.Probs[0] + a.Probs[2], a.Probs[3]}
}
