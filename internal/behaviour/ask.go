package behaviour

import (
	"context"
	"fmt"
	"slices"

	"stance/datasets"
	"stance/features/topic"
	"stance/models"
)

// Topic is a topic as a config file has it.
type Topic = topic.Topic

// Answer is what a model says of one country.
type Answer struct {
	Label string  `json:"label"` // none when it is only named, or not found
	Score float64 `json:"score"` // in [-1, 1], 0 for none
}

// With returns the topics of the suite: those it needs from a config, and its
// own. A config may hold others; they would only be asked in vain.
func (s *Suite) With(config []Topic) ([]Topic, error) {
	out := slices.Clone(s.Topics)
	for i, t := range out {
		if t.Proposition != "" {
			continue
		}
		n := slices.IndexFunc(config, func(c Topic) bool { return c.ID == t.ID })
		if n < 0 {
			return nil, fmt.Errorf("behaviour: the config has no topic %s; use the built-in config", t.ID)
		}
		out[i] = config[n]
	}
	return out, nil
}

// userTopics are the topics of the tables; those of config.yaml have an id
// only.
func (l *tables) userTopics() []Topic {
	texts := func(t topicTable, slot string) []string {
		out := []string{}
		for _, p := range t.slots[slot] {
			out = append(out, p.text)
		}
		return out
	}
	var out []Topic
	for _, t := range l.topics {
		topic := Topic{ID: t.id, Terms: texts(t, "term")}
		if p := texts(t, "proposition"); len(p) == 1 {
			topic.Proposition = p[0]
		}
		topic.For.Countries, topic.For.Terms = texts(t, "for"), texts(t, "forterm")
		topic.Against.Countries, topic.Against.Terms = texts(t, "against"), texts(t, "againstterm")
		out = append(out, topic)
	}
	return out
}

// ask asks a model about countries in a case.
func ask(p *models.Predictor, c Case, countries ...string) ([]Answer, error) {
	r, err := p.Predict(context.Background(),
		datasets.Article{ID: c.ID, Title: c.Title, Text: c.Text})
	out := make([]Answer, len(countries))
	for i, country := range countries {
		out[i].Label = none
		n := slices.IndexFunc(r.Predictions, func(o models.Prediction) bool {
			return o.Country == country && o.Topic == c.Topic
		})
		if n >= 0 && r.Predictions[n].Stance != "" {
			out[i] = Answer{r.Predictions[n].Stance, r.Predictions[n].Score}
		}
	}
	return out, err
}
