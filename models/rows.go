package models

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"strconv"

	"stance/datasets"
	"stance/features"
	"stance/features/vector"
)

// StanceRows are the stance labels of corpora with their features counted
// once, so that many heads can be trained on parts of them. A label whose
// country or topic its text does not name has no row.
type StanceRows struct {
	rows    rows
	example []int // of each row
}

// CountStanceRows reads the examples of all corpora.
func CountStanceRows(pl *features.Pipeline, corpora []Corpus) (StanceRows, error) {
	out := StanceRows{rows: collect(pl, corpora, datasets.TaskStance)}
	for _, g := range out.rows.group {
		n, err := strconv.Atoi(g)
		if err != nil {
			return out, err
		}
		out.example = append(out.example, n-1)
	}
	return out, nil
}

// Examples gives each row's example: its index among those of all corpora, in
// their order. It rises. Not to be written to.
func (r StanceRows) Examples() []int { return r.example }

// Write writes all that a head learns from: terms, values, classes, weights and
// strata. Equal bytes are equal rows.
func (r StanceRows) Write(w io.Writer) error {
	v, x, err := r.rows.counter.Fit(features.VectorizerOptions{MinDF: 1})
	if err != nil {
		return err
	}
	for _, t := range v.Terms() {
		if _, err := fmt.Fprintf(w, "%q\n", t); err != nil {
			return err
		}
	}
	for i := range x.Rows() {
		if err := binary.Write(w, binary.LittleEndian, x.Row(i).Index); err != nil {
			return err
		}
		if err := binary.Write(w, binary.LittleEndian, x.Row(i).Value); err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, "%d %v %q\n", r.rows.y[i], r.rows.weight[i], r.rows.stratum[i]); err != nil {
			return err
		}
	}
	return nil
}

// Answers trains a head on the rows of learn and answers those of dev with it.
// Country, topic and source of the answers are not set.
func (r StanceRows) Answers(ctx context.Context, learn, dev []int, o TrainOptions) ([]Answered, error) {
	h, err := fitHead(ctx, r.rows.choose(learn), datasets.TaskStance, o)
	if err != nil {
		return nil, err
	}
	x := r.rows.counter.Select(dev).Matrix(h.vectorizer)
	var answers []Answered
	for n, i := range dev {
		a := Answered{Article: r.example[i], Answer: r.rows.y[i]}
		copy(a.Probs[:], h.probs(nil, x.Row(n)))
		if side := sides(a.Probs[:]); 1-a.Probs[classNone] >= actorThreshold {
			a.Predicted = vector.Argmax(side[:]) + 1
		}
		answers = append(answers, a)
	}
	return answers, nil
}

// choose gives some of the rows.
func (r rows) choose(list []int) rows {
	out := rows{counter: r.counter.Select(list)}
	for _, i := range list {
		out.y, out.weight = append(out.y, r.y[i]), append(out.weight, r.weight[i])
		out.group, out.stratum = append(out.group, r.group[i]), append(out.stratum, r.stratum[i])
	}
	return out
}
