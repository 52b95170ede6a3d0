package report

import (
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"

	"stance/models"
	"stance/models/evaluate"
	"stance/models/golearn"
	"stance/models/measure"
)

// Model is what is known of a model: where it comes from and how good its
// answers are.
type Model struct {
	ModelID     string
	MeasuredOn  string
	Assessment  evaluate.Assessment // its first slice is over all answers
	Reliability []measure.ReliabilityBin
	// golearn's evaluation of the same answers over Stances; nil leaves it out
	GoLearn  *golearn.Metrics
	Swap     *evaluate.SwapResult // nil leaves the swap test out
	Mistakes []evaluate.Mistake   // the surest first; the page shows some
	Manifest models.Manifest
}

// mostMistakes is how many wrong answers a page shows.
const mostMistakes = 60

// modelView is what the page shows.
type modelView struct {
	Model
	All         evaluate.Evaluation
	Groups      []groupView
	Classes     []classView
	Confusions  []confusionView
	Wrong       []mistakeView
	Reliability reliabilityChart
	Facts       []fact
}

type groupView struct {
	Name   string
	Slices []sliceView
}

type sliceView struct {
	evaluate.Evaluation
	Bar rangeBar
}

// classView is one class as we and golearn measure it.
type classView struct {
	Ours    measure.ClassScore
	GoLearn *golearn.ClassMetrics
}

// mistakeView is a wrong answer.
type mistakeView struct {
	evaluate.Mistake
	Quote string // the deciding sentence, or the title
	Words string // of the strongest features
}

// confusionView is a confusion matrix with the share of each cell in its row.
type confusionView struct {
	Title   string
	Classes []string
	Rows    []confusionRow
}

type confusionRow struct {
	Class string
	Cells []confusionCell
}

type confusionCell struct {
	Count int
	Share float64
	Hit   bool
}

// fact is a line of the manifest.
type fact struct{ Name, Value string }

// HTML writes the page.
func (m Model) HTML(w io.Writer) error { return page(w, "model.html", m.view()) }

func (m Model) view() modelView {
	v := modelView{Model: m, Reliability: newReliabilityChart(m.Reliability),
		Facts: facts(m.Manifest)}
	scale := rangeFrame(0, 1)
	for _, g := range m.Assessment.Groups {
		view := groupView{Name: g.Name}
		for _, e := range g.Slices {
			view.Slices = append(view.Slices,
				sliceView{e, scale.rangeBar(e.Low, e.MacroF1, e.High, 0, plain)})
		}
		v.Groups = append(v.Groups, view)
	}
	if len(v.Groups) == 0 || len(v.Groups[0].Slices) == 0 {
		return v
	}
	v.All = v.Groups[0].Slices[0].Evaluation
	for _, m := range m.Mistakes[:min(len(m.Mistakes), mostMistakes)] {
		v.Wrong = append(v.Wrong,
			mistakeView{m, cmp.Or(m.Evidence, m.Title), strings.Join(m.Features, "; ")})
	}
	for i, s := range v.All.Stances.PerClass() {
		c := classView{Ours: s}
		if m.GoLearn != nil {
			c.GoLearn = &m.GoLearn.PerClass[i]
		}
		v.Classes = append(v.Classes, c)
	}
	v.Confusions = append(v.Confusions,
		confusionOf("Ours, none apart", v.All.Classes.Classes, v.All.Classes.Count),
		confusionOf("Ours, none as neutral", v.All.Stances.Classes, v.All.Stances.Count))
	if m.GoLearn != nil {
		v.Confusions = append(v.Confusions,
			confusionOf("golearn's, none as neutral", m.GoLearn.Classes, m.GoLearn.Confusion))
	}
	return v
}

func confusionOf(title string, classes []string, count [][]int) confusionView {
	v := confusionView{Title: title, Classes: classes}
	for i, row := range count {
		sum := 0
		for _, n := range row {
			sum += n
		}
		r := confusionRow{Class: classes[i]}
		for k, n := range row {
			r.Cells = append(r.Cells, confusionCell{n, float64(n) / float64(max(1, sum)), i == k})
		}
		v.Rows = append(v.Rows, r)
	}
	return v
}

// facts lists what the manifest says beside corpora and topics.
func facts(m models.Manifest) []fact {
	float := func(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
	o := m.Options
	list := []fact{
		{"Kind", m.Kind},
		{"Settings",
			fmt.Sprintf("C %s, tolerance %s, at most %d rounds", float(m.Settings.C),
				float(m.Settings.Tolerance), m.Settings.MaxIter)},
		{"Vocabulary", fmt.Sprintf("terms of at least %d rows, at most %d terms (0: all), strongest %d kept (0: all)",
			o.Vocabulary.MinDF, o.Vocabulary.MaxTerms, o.MaxWeights)},
		{"Calibration", fmt.Sprintf("a scale and a bias per class, from %d folds", o.Folds)},
		{"Seed", strconv.FormatUint(m.Seed, 10)},
	}
	for _, part := range m.Reading {
		list = append(list, fact{"Reading of " + part.Name, part.Value})
	}
	for _, h := range m.Heads {
		list = append(list, fact{"Head " + string(h.Task), fmt.Sprintf("%s; %d columns, %d training rows",
			strings.Join(h.Classes, ", "), h.Columns, h.Rows)})
	}
	return list
}
