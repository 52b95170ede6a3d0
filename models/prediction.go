package models

import (
	"stance/datasets"
	"stance/features/gazetteer"
	"stance/features/text"
)

// Role says what part a country plays in a topic.
type Role string

// The roles.
const (
	RoleActor   Role = "actor"   // it acts or speaks in the topic
	RoleMention Role = "mention" // it is only named
)

// Status says whether, and why not, a stance could be given.
type Status string

// The statuses.
const (
	StatusOK Status = "ok"
	// the country is named and plays no part: stance null
	StatusMentionOnly Status = "mention_only"
	// a stance is given, but two sides are nearly as likely
	StatusLowMargin Status = "low_margin"
	// no sentence of the country touches the topic: stance null
	StatusNoEvidence Status = "no_evidence"
	StatusTooShort   Status = "too_short" // too few words to judge: stance null
	// the text is in a language the model was not trained on: stance null
	StatusUnsupportedLang Status = "unsupported_lang"
)

// Prediction is the answer for one country and one topic in one article. All
// probabilities are calibrated, rounded to 4 decimals, and agree with the
// labels: Stance is the argmax of PSupportive, PNeutral and PCritical, which
// sum to 1, and Role is actor exactly when PActor >= 0.5.
type Prediction struct {
	Country, Topic                   string
	Role                             Role
	Stance                           string // supportive, neutral, critical; "" = null
	Status                           Status
	PSupportive, PNeutral, PCritical float64
	PActor                           float64
	Score                            float64 // PSupportive - PCritical, in [-1, 1]
	Margin                           float64 // highest less second probability of the three
	Sentiment                        string  // positive, neutral, negative; "" = null
	SentimentScore                   float64 // P(positive) - P(negative), in [-1, 1]
	Mentions                         int     // times the country is named
	EvidenceSentences                int     // sentences that carried features of the pair
	// share of the pair's feature terms the model does not know
	OOVRatio float64
	// the deciding sentence: bytes of Document.Text; zero when none
	Evidence datasets.Span
	// "term:+0.42", strongest first, signed toward supportive
	TopFeatures []string
}

// Reading is everything a model says about one article.
type Reading struct {
	Document       *text.Document
	Mentions       []gazetteer.Mention
	Predictions    []Prediction // by country, then topic
	Topics         []string     // ids of the topics the text names, sorted
	SentimentScore float64      // tone of the article as a whole, in [-1, 1]
	// beside countries, unknown to the model; lower case, sorted, the first 32
	// found
	NewWords     []string
	SentencesCut bool // a country was named in more sentences than are looked at
}
