package models

import (
	"stance/datasets"
	"stance/features"
	"stance/features/topic"
	"stance/features/vector"
	"stance/models/learn"
)

// Manifest says what a bundle is and where it comes from. It contains no clock,
// host or path.
type Manifest struct {
	Kind     string           `json:"kind"`
	Settings learn.Settings   `json:"settings"`
	Options  FitOptions       `json:"options"`
	Seed     uint64           `json:"seed"`
	Topics   []topic.Topic    `json:"topics"`  // as they were in training
	Reading  features.Reading `json:"reading"` // how texts were read in training
	Corpora  []CorpusInfo     `json:"corpora"`
	Heads    []HeadInfo       `json:"heads"`
	Profile  Profile          `json:"profile"`
}

// FitOptions are the choices of training beside the classifier's settings.
type FitOptions struct {
	Vocabulary vector.Options `json:"vocabulary"`
	Folds      int            `json:"folds"` // of the cross-fit that calibration learns from
	// a head keeps so many columns, the strongest; 0 keeps all
	MaxWeights int `json:"max_weights"`
	// how far rare answers are made to weigh more, 0 to 1: see balance
	Balance float64 `json:"balance"`
}

// CorpusInfo names one corpus a bundle was trained on.
type CorpusInfo struct {
	Name     string  `json:"name"`
	Format   string  `json:"format"`
	SHA256   string  `json:"sha256"` // of the file's bytes
	License  string  `json:"license,omitempty"`
	Examples int     `json:"examples"`
	Labels   int     `json:"labels"`
	Weight   float64 `json:"weight"` // of each label in training
}

// HeadInfo describes one head.
type HeadInfo struct {
	Task        datasets.Task     `json:"task"`
	Classes     []string          `json:"classes"`
	Columns     int               `json:"columns"`
	Rows        int               `json:"rows"` // training rows
	Calibration learn.Calibration `json:"calibration"`
}
