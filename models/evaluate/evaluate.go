// Package evaluate measures a predictor's answers against labels: slice by
// slice, and with the countries' names swapped.
package evaluate

import (
	"cmp"
	"strconv"

	"stance/models"
	"stance/models/measure"
)

// Reliability is the reliability curve of answers over models.Stances, in
// ECEBins bins.
func Reliability(answers []models.Answered) []measure.ReliabilityBin {
	var want []int
	var probs [][]float64
	for _, a := range answers {
		want, probs = append(want, models.StanceOf(a.Answer)), append(probs, a.StanceProbs())
	}
	return measure.Reliability(probs, want, measure.ECEBins)
}

// Evaluation says how good the answers of one slice are.
type Evaluation struct {
	Name    string            `json:"name"`
	Labels  int               `json:"labels"`
	MacroF1 float64           `json:"macro_f1"` // over models.Stances
	Low     float64           `json:"low"`      // 95 % bootstrap interval over stories
	High    float64           `json:"high"`
	ActorF1 float64           `json:"actor_f1"` // of telling actors from mentions
	ECE     float64           `json:"ece"`      // expected calibration error over models.Stances
	Stances measure.Confusion `json:"stances"`  // over models.Stances
	Classes measure.Confusion `json:"classes"`  // over models.StanceClasses
}

// Measure evaluates the answers that keep selects. rounds is the number of
// bootstrap rounds.
func Measure(name string, answers []models.Answered, keep func(models.Answered) bool,
	rounds int) Evaluation {
	var want, got, actor, actorGot, want4, got4 []int
	var groups []string
	var probs [][]float64
	for _, a := range answers {
		if !keep(a) {
			continue
		}
		want, got = append(want, models.StanceOf(a.Answer)),
			append(got, models.StanceOf(a.Predicted))
		want4, got4 = append(want4, a.Answer), append(got4, a.Predicted)
		actor, actorGot = append(actor, min(1, a.Answer)), append(actorGot, min(1, a.Predicted))
		groups = append(groups, cmp.Or(a.Story, strconv.Itoa(a.Article)))
		probs = append(probs, a.StanceProbs())
	}
	e := Evaluation{Name: name, Labels: len(want)}
	e.Stances = measure.NewConfusion(models.Stances(), want, got)
	e.Classes = measure.NewConfusion(models.StanceClasses(), want4, got4)
	e.MacroF1 = e.Stances.MacroF1()
	e.ActorF1 = measure.NewConfusion([]string{"mention", "actor"}, actor, actorGot).PerClass()[1].F1
	if len(want) > 0 {
		e.ECE = measure.ECE(measure.Reliability(probs, want, measure.ECEBins))
		interval := measure.Bootstrap{Groups: groups, Rounds: rounds,
			Seed: 1}.Interval(func(rows []int) float64 {
			var w, g []int
			for _, i := range rows {
				w, g = append(w, want[i]), append(g, got[i])
			}
			return measure.NewConfusion(models.Stances(), w, g).MacroF1()
		})
		e.Low, e.High = interval.Low, interval.High
	}
	return e
}
