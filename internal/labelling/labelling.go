// Package labelling takes questions to people and their answers back. It
// chooses what is worth a person's time ([Chooser]), writes it for a labelling
// tool and reads the tool's file again (the table [Tools]), and says how far
// people agree ([Review]).
//
// A task is one question: where does a country stand on a topic in an article?
// It carries the article, so that the answers can be learned from without the
// input, and an id made of all of it, which the tool must give back.
package labelling

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"stance/datasets"
	"stance/models"
)

// Task is one question for a person.
type Task struct {
	ID          string // made of the question, title and text
	ArticleID   string
	Source      string
	URL         string
	Published   string // RFC 3339, or ""
	Country     string // code
	CountryName string
	Topic       string
	Proposition string
	Title, Text string

	Answer      string  // the model's, a class of stance; "" to say nothing
	Prob        float64 // of that answer
	Uncertainty float64 // 1 less the gap of the two likeliest classes; 0 is sure, 1 a tie
}

// Answer is what one person said of a task. Fields of the model may be missing.
type Answer struct {
	Task
	Annotator string
	Label     string // a class of stance
	Place     string // file and line or number, for messages
}

// NewTask is the question that a prediction answers. ok is false when the model
// did not judge the pair.
func NewTask(a datasets.Article, p models.Prediction, countryName,
	proposition string) (t Task, ok bool) {
	switch p.Status {
	case models.StatusOK, models.StatusLowMargin, models.StatusMentionOnly:
	default:
		return t, false
	}
	t = Task{ArticleID: a.ID, Source: a.Source, URL: a.URL, Country: p.Country,
		CountryName: countryName, Topic: p.Topic,
		Proposition: proposition, Title: a.Title, Text: a.Text}
	if !a.Published.IsZero() {
		t.Published = a.Published.UTC().Format(time.RFC3339)
	}
	t.ID = t.sum()
	t.judge(p)
	return t, true
}

// judge sets what the model says. A prediction gives the probabilities of the
// three stances for an actor alone.
func (t *Task) judge(p models.Prediction) {
	t.Answer, t.Prob = models.StanceClasses()[0], 1-p.PActor
	probs := []float64{1 - p.PActor, p.PActor}
	if p.Role == models.RoleActor {
		probs = []float64{1 - p.PActor, p.PActor * p.PSupportive, p.PActor * p.PNeutral,
			p.PActor * p.PCritical}
		t.Answer, t.Prob = p.Stance, p.PActor*max(p.PSupportive, p.PNeutral, p.PCritical)
	}
	slices.Sort(probs)
	t.Uncertainty = 1 - (probs[len(probs)-1] - probs[len(probs)-2])
}

// sum is the id of a task. Blanks and line ends count as one blank, since tools
// write them in ways of their own.
func (t Task) sum() string {
	parts := []string{t.ArticleID, t.Country, t.Topic, t.Title, t.Text}
	for i := range parts {
		parts[i] = strings.Join(strings.Fields(parts[i]), " ")
	}
	h := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(h[:8])
}

// Blind is the task without the model's answer, which sways people.
func (t Task) Blind() Task {
	t.Answer, t.Prob, t.Uncertainty = "", 0, 0
	return t
}

// Question is what a person is asked.
func (t Task) Question() string {
	return "In this article, where does " + t.CountryName + " stand? " + t.Proposition
}

// Options say what each answer means, in the order of [models.StanceClasses].
func Options() []string {
	return []string{"only named: it does not act or speak on this", "supports it", "neither, or both", "opposes it"}
}
