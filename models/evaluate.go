package models

import (
	"slices"
	"strconv"

	"stance/datasets"
	"stance/features"
)

// Answered is one stance label with what a predictor answered to it.
type Answered struct {
	Article    int // index of the example, the group of a bootstrap
	Source     string
	Collection string
	Country    string
	Topic      string
	Stand      features.Stand // of the country to the topic
	Answer     int            // index into StanceClasses
	Predicted  int
	Probs      [4]float64 // none, supportive, neutral, critical
	Found      bool       // the text was found to name country and topic; else the prediction is none
}

// StanceClasses are the classes of stance answers: "none" (only named), supportive, neutral, critical.
func StanceClasses() []string { return ClassesOf(datasets.TaskStance) }

// SideClasses are the three classes that quality is stated in; there "none" counts as neutral.
func SideClasses() []string { return []string{"supportive", "neutral", "critical"} }

// Answer predicts every example and pairs each of its stance labels with the answer.
func (p *Predictor) Answer(examples []datasets.Example) ([]Answered, error) {
	var out []Answered
	for i, e := range examples {
		if !slices.ContainsFunc(e.Labels, func(l datasets.Label) bool { return l.Task == datasets.TaskStance }) {
			continue
		}
		r, err := p.Predict(e.Article)
		if err != nil {
			return nil, err
		}
		for _, l := range e.Labels {
			if l.Task == datasets.TaskStance {
				out = append(out, p.answered(i, e, l, r.Predictions))
			}
		}
	}
	return out, nil
}

func (p *Predictor) answered(i int, e datasets.Example, l datasets.Label, predictions []Prediction) Answered {
	a := Answered{
		Article: i, Source: e.Source, Collection: e.Collection, Country: l.Country, Topic: l.Topic,
		Answer: slices.Index(stanceClasses[:], l.Answer), Probs: [4]float64{1, 0, 0, 0},
	}
	topics := p.pipeline.Topics
	if t := slices.IndexFunc(topics.Topics, func(t features.Topic) bool { return t.ID == l.Topic }); t >= 0 {
		a.Stand = topics.Stand(t, l.Country)
	}
	k := slices.IndexFunc(predictions, func(o Prediction) bool { return o.Country == l.Country && o.Topic == l.Topic })
	if k < 0 {
		return a
	}
	o := predictions[k]
	a.Found = true
	if o.Stance != "" {
		a.Predicted = slices.Index(stanceClasses[:], o.Stance)
	}
	a.Probs = [4]float64{1 - o.PActor, o.PActor * o.PSupportive, o.PActor * o.PNeutral, o.PActor * o.PCritical}
	return a
}

// Side maps a class of StanceClasses to one of SideClasses: none counts as neutral.
func Side(class int) int {
	if class == classNone {
		return classNeutral - 1
	}
	return class - 1
}

// sideProbs are the probabilities of SideClasses.
func (a Answered) sideProbs() []float64 {
	return []float64{a.Probs[1], a.Probs[0] + a.Probs[2], a.Probs[3]}
}

// SideReliability is the reliability curve of answers over SideClasses, in ECEBins bins.
func SideReliability(answers []Answered) []ReliabilityBin {
	var want []int
	var probs [][]float64
	for _, a := range answers {
		want, probs = append(want, Side(a.Answer)), append(probs, a.sideProbs())
	}
	return Reliability(probs, want, ECEBins)
}

// Evaluation is how well answers were on one slice of them.
type Evaluation struct {
	Name    string    `json:"name"`
	Labels  int       `json:"labels"`
	MacroF1 float64   `json:"macro_f1"` // over SideClasses
	Low     float64   `json:"low"`      // 95 % bootstrap interval over articles
	High    float64   `json:"high"`
	ActorF1 float64   `json:"actor_f1"` // of telling actors from mentions
	ECE     float64   `json:"ece"`      // expected calibration error over SideClasses
	Sides   Confusion `json:"sides"`
	Four    Confusion `json:"four"` // over StanceClasses
}

// Evaluate measures the answers that keep selects.
func Evaluate(name string, answers []Answered, keep func(Answered) bool, rounds int) Evaluation {
	var want, got, actor, actorGot, want4, got4 []int
	var groups []string
	var probs [][]float64
	for _, a := range answers {
		if !keep(a) {
			continue
		}
		want, got = append(want, Side(a.Answer)), append(got, Side(a.Predicted))
		want4, got4 = append(want4, a.Answer), append(got4, a.Predicted)
		actor, actorGot = append(actor, min(1, a.Answer)), append(actorGot, min(1, a.Predicted))
		groups = append(groups, strconv.Itoa(a.Article))
		probs = append(probs, a.sideProbs())
	}
	e := Evaluation{Name: name, Labels: len(want)}
	e.Sides, e.Four = NewConfusion(SideClasses(), want, got), NewConfusion(StanceClasses(), want4, got4)
	e.MacroF1 = e.Sides.MacroF1()
	e.ActorF1 = NewConfusion([]string{"mention", "actor"}, actor, actorGot).PerClass()[1].F1
	if len(want) > 0 {
		e.ECE = ECE(Reliability(probs, want, ECEBins))
		interval := Bootstrap{Groups: groups, Rounds: rounds, Seed: 1}.Interval(func(rows []int) float64 {
			var w, g []int
			for _, i := range rows {
				w, g = append(w, want[i]), append(g, got[i])
			}
			return NewConfusion(SideClasses(), w, g).MacroF1()
		})
		e.Low, e.High = interval.Low, interval.High
	}
	return e
}
