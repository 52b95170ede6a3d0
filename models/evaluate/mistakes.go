package evaluate

import (
	"cmp"
	"context"
	"slices"

	"stance/datasets"
	"stance/models"
)

// Mistake is one wrong answer with what a person needs to judge it.
type Mistake struct {
	ArticleID string  `json:"article_id"`
	Source    string  `json:"source,omitempty"`
	Title     string  `json:"title,omitempty"`
	Country   string  `json:"country"`
	Topic     string  `json:"topic"`
	Label     string  `json:"label"`       // what people said
	Answer    string  `json:"answer"`      // what the model said
	Prob      float64 `json:"probability"` // the model's, of its answer
	// stance_status; not_found when the text was not found to name country and
	// topic
	Status   string   `json:"status"`
	Evidence string   `json:"evidence"`     // the deciding sentence
	Features []string `json:"top_features"` // strongest first
	Text     string   `json:"text"`
	File     string   `json:"file,omitempty"`
	Line     int      `json:"line,omitempty"`
}

// statusNotFound stands for a country or topic that the text was not found to
// name, so that the model was not asked.
const statusNotFound = "not_found"

// Mistakes lists the answers that differ from their labels: those of the model,
// the surest first, then those that it was not asked for. It predicts their
// articles again.
func Mistakes(p *models.Predictor, examples []datasets.Example,
	answers []models.Answered) ([]Mistake, error) {
	list := []Mistake{}
	var r models.Reading
	last := -1
	for _, a := range answers { // by article
		if a.Answer == a.Predicted {
			continue
		}
		e := examples[a.Article]
		if a.Article != last {
			var err error
			if r, err = p.Predict(context.Background(), e.Article); err != nil {
				return nil, err
			}
			last = a.Article
		}
		classes := models.StanceClasses()
		m := Mistake{ArticleID: e.ID, Source: e.Source, Title: e.Title, Country: a.Country,
			Topic: a.Topic, Label: classes[a.Answer],
			Answer: classes[a.Predicted], Prob: a.Probs[a.Predicted], Status: statusNotFound,
			Features: []string{}, Text: e.Text,
			File: e.Origin.File, Line: e.Origin.Line}
		for _, o := range r.Predictions {
			if o.Country == a.Country && o.Topic == a.Topic {
				m.Status, m.Evidence = string(o.Status),
					r.Document.Text[o.Evidence.Start:o.Evidence.End]
				m.Features = append(m.Features, o.TopFeatures...)
			}
		}
		list = append(list, m)
	}
	slices.SortStableFunc(list, func(a, b Mistake) int {
		return cmp.Or(cmp.Compare(asked(b), asked(a)), cmp.Compare(b.Prob, a.Prob),
			cmp.Compare(a.ArticleID, b.ArticleID))
	})
	return list, nil
}

// asked is 1 for an answer of the model, 0 for a question it was not asked.
func asked(m Mistake) int {
	if m.Status == statusNotFound {
		return 0
	}
	return 1
}
