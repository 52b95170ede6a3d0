package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"stance/datasets"
	"stance/internal/atomicfile"
	htmlreport "stance/internal/report"
	"stance/models"
	"stance/models/evaluate"
	"stance/models/golearn"
	"stance/models/measure"
)

// report is what is known of a model: where it comes from and how good its
// answers are.
type report struct {
	ModelID    string              `json:"model_id"`
	MeasuredOn string              `json:"measured_on"`
	Assessment evaluate.Assessment `json:"assessment"`
	// golearn's evaluation of the same answers, over supportive, neutral,
	// critical
	GoLearn     *golearn.Metrics         `json:"golearn,omitempty"`
	Reliability []measure.ReliabilityBin `json:"reliability,omitempty"`
	Swap        *evaluate.SwapResult     `json:"swap,omitempty"` // nil when it was not asked for
	Manifest    models.Manifest          `json:"manifest"`
	mistakes    []evaluate.Mistake       // for the page, and for --errors
}

// assess asks a model about examples and compares.
func assess(p *models.Predictor, examples []datasets.Example, on string) (report, error) {
	answers, err := p.Answer(examples)
	if err != nil {
		return report{}, err
	}
	if len(answers) == 0 {
		return report{}, errors.New("no stance labels to measure on; name a corpus that has them")
	}
	rep := report{MeasuredOn: on, Assessment: evaluate.Assess(answers),
		Reliability: evaluate.Reliability(answers)}
	if rep.mistakes, err = evaluate.Mistakes(p, examples, answers); err != nil {
		return rep, err
	}
	var want, got []int
	for _, a := range answers {
		want, got = append(want, models.StanceOf(a.Answer)),
			append(got, models.StanceOf(a.Predicted))
	}
	metrics, err := golearn.Evaluate(models.Stances(), want, got)
	rep.GoLearn = &metrics
	return rep, err
}

func (r report) json() ([]byte, error) {
	text, err := json.MarshalIndent(r, "", "  ")
	return append(text, '\n'), err
}

// writeFile writes the report as JSON.
func (r report) writeFile(path string) error {
	text, err := r.json()
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return replaceFile(path, text)
}

// writePage writes the report as a page; an empty path writes none.
func (r report) writePage(path string) error {
	if path == "" {
		return nil
	}
	var b bytes.Buffer
	page := htmlreport.Model{ModelID: r.ModelID, MeasuredOn: r.MeasuredOn, Assessment: r.Assessment,
		Reliability: r.Reliability,
		GoLearn:     r.GoLearn, Swap: r.Swap, Mistakes: r.mistakes, Manifest: r.Manifest}
	if err := page.HTML(&b); err != nil {
		return err
	}
	return replaceFile(path, b.Bytes())
}

// writeErrors writes the wrong answers as JSON lines, the surest first; an
// empty path writes none.
func (r report) writeErrors(path string) error {
	if path == "" {
		return nil
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	for _, m := range r.mistakes {
		if err := e.Encode(m); err != nil {
			return fmt.Errorf("report: %w", err)
		}
	}
	return replaceFile(path, b.Bytes())
}

// replaceFile replaces the file at path in one step.
func replaceFile(path string, text []byte) error {
	if err := atomicfile.Write(path, text); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

// print writes the report as tables.
func (r report) print(w io.Writer) {
	fmt.Fprintf(w, "Measured on %s.\n", r.MeasuredOn)
	if len(r.Assessment.Groups) == 0 {
		return
	}
	fmt.Fprintf(w, "Macro-F1 is over supportive, neutral and critical, none counted as neutral; actor-F1 tells actors from mentions.\n\n")
	fmt.Fprintf(w, "%-16s %-22s %7s %9s  %-12s %9s %6s\n", "group", "slice", "labels", "macro-F1", "95 %", "actor-F1", "ECE")
	for _, g := range r.Assessment.Groups {
		name := g.Name
		for _, e := range g.Slices {
			fmt.Fprintf(w, "%-16s %-22s %7d %9.3f  %.3f-%.3f  %9.3f %6.3f\n",
				name, e.Name, e.Labels, e.MacroF1, e.Low, e.High, e.ActorF1, e.ECE)
			name = ""
		}
	}
	all := r.Assessment.Groups[0].Slices[0]
	fmt.Fprintf(w, "\n%-16s %9s %7s %7s %7s\n", "class", "precision", "recall", "F1", "labels")
	for _, s := range append(all.Stances.PerClass(), all.Classes.PerClass()[0]) {
		fmt.Fprintf(w, "%-16s %9.3f %7.3f %7.3f %7d\n", s.Class, s.Precision, s.Recall, s.F1,
			s.Support)
	}
	fmt.Fprintf(w, "\nAnswers by row, predictions by column:\n%-16s", "")
	printConfusion(w, all.Classes)
	fmt.Fprintf(w, "\ngolearn's evaluation of the same: accuracy %.3f, macro-F1 %.3f.\n",
		r.GoLearn.Accuracy, r.GoLearn.MacroF1)
	if s := r.Swap; s != nil {
		fmt.Fprintf(w, "Swap test: %d of %d answers change with the country's name alone, on average over countries %.2f %%.\n",
			s.Changed, s.Swaps, 100*s.Mean)
	}
}

func printConfusion(w io.Writer, m measure.Confusion) {
	for _, class := range m.Classes {
		fmt.Fprintf(w, " %10s", class)
	}
	for i, class := range m.Classes {
		var line strings.Builder
		for _, n := range m.Count[i] {
			fmt.Fprintf(&line, " %10d", n)
		}
		fmt.Fprintf(w, "\n%-16s%s", class, line.String())
	}
	fmt.Fprintln(w)
}
