package models

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strconv"

	"stance/datasets"
	"stance/features"
	"stance/features/syntax"
	"stance/features/text"
	"stance/features/topic"
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
func CountStanceRows(pl *features.Pipeline, corpora []Corpus) StanceRows {
	out := StanceRows{rows: collect(pl, corpora, datasets.TaskStance)}
	out.example = out.rows.article
	return out
}

// Examples gives each row's example: its index among those of all corpora, in
// their order. It rises. Not to be written to.
func (r StanceRows) Examples() []int { return r.example }

// Write writes all that a head learns from: features, values, classes, weights
// and strata. Equal bytes are equal rows.
func (r StanceRows) Write(w io.Writer) error {
	v, x, err := r.rows.counts.Fit(vector.Options{MinDF: 1})
	if err != nil {
		return err
	}
	if err := binary.Write(w, binary.LittleEndian, v.IDs()); err != nil {
		return err
	}
	for i := range x.Rows() {
		if err := binary.Write(w, binary.LittleEndian, x.Row(i).Index); err != nil {
			return err
		}
		if err := binary.Write(w, binary.LittleEndian, x.Row(i).Value); err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, "%d %v %q\n", r.rows.y[i], r.rows.weight[i],
			r.rows.stratum[i]); err != nil {
			return err
		}
	}
	return nil
}

// Answers trains a head on the rows of learn and answers those of dev with it.
// Country, topic and source of the answers are not set.
func (r StanceRows) Answers(ctx context.Context, learn, dev []int,
	o TrainOptions) ([]Answered, error) {
	h, err := fitHead(ctx, r.rows.choose(learn), datasets.TaskStance, o)
	if err != nil {
		return nil, err
	}
	x := r.rows.counts.Select(dev).Matrix(h.vocabulary)
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
	out := rows{counts: r.counts.Select(list)}
	for _, i := range list {
		out.y, out.weight = append(out.y, r.y[i]), append(out.weight, r.weight[i])
		out.group, out.stratum = append(out.group, r.group[i]), append(out.stratum, r.stratum[i])
		out.article, out.generated = append(out.article, r.article[i]),
			append(out.generated, r.generated[i])
	}
	return out
}

// rows are the training rows of one head before the vocabulary is chosen.
type rows struct {
	counts  *vector.Counts
	y       []int
	weight  []float64
	article []int // index among the examples of all corpora
	// rows that no fold may part: those of one article, and of what was cut or
	// made from it
	group     []string
	stratum   []string // rows within which answers are balanced: the country's stand to the topic
	generated []bool   // made by a program: to learn from, not to measure on
}

// collect counts the features of every label of a task.
func collect(pl *features.Pipeline, corpora []Corpus, task datasets.Task) rows {
	r := rows{counts: vector.NewCounts()}
	classes := ClassesOf(task)
	var s features.Scratch
	eachQuestion(pl, corpora, task, func(l labelled) {
		r.counts.Add(pl.Features(l.analysis, l.question, &s))
		r.y = append(r.y, slices.Index(classes, l.answer))
		r.weight = append(r.weight, l.weight)
		r.article = append(r.article, l.article)
		r.group = append(r.group, l.group)
		r.generated = append(r.generated, l.generated)
		stratum := ""
		if l.question.Topic >= 0 {
			stratum = l.question.Stand.String()
		}
		r.stratum = append(r.stratum, stratum)
	})
	return r
}

// labelled is a question with the answer of its label.
type labelled struct {
	analysis  *syntax.Analysis
	question  syntax.Question
	answer    string
	weight    float64 // of the label's corpus
	article   int     // index among the examples of all corpora
	group     string
	generated bool // the corpus was made by a program
}

// eachQuestion calls visit with every label of a task whose question the text
// raises: there is nothing to learn from a label whose country or topic its
// text does not name.
func eachQuestion(pl *features.Pipeline, corpora []Corpus, task datasets.Task,
	visit func(labelled)) {
	classes := ClassesOf(task)
	article := -1
	for _, c := range corpora {
		for _, e := range c.Examples {
			article++
			if !slices.ContainsFunc(e.Labels, func(l datasets.Label) bool {
				return l.Task == task
			}) {
				continue
			}
			r := raisedBy(pl, e)
			for _, l := range e.Labels {
				if l.Task != task || !slices.Contains(classes, l.Answer) {
					continue
				}
				if an, q, ok := r.question(l); ok {
					visit(labelled{an, q, l.Answer, c.Info.Weight, article, groupOf(e, article),
						c.Info.Format == FormatGenerated})
				}
			}
		}
	}
}

// groupOf names what an example was cut or made from: its group, else itself.
func groupOf(e datasets.Example, article int) string {
	return cmp.Or(e.Group, e.ID, strconv.Itoa(article))
}

// raised is an example with the questions that its text raises.
type raised struct {
	topics    []topic.Topic
	article   *syntax.Analysis // cleaned, for labels that name a country
	verbatim  *syntax.Analysis // as it is, for labels that mark spans
	questions []syntax.Question
}

func raisedBy(pl *features.Pipeline, e datasets.Example) raised {
	r := raised{topics: pl.Topics.Topics}
	for _, l := range e.Labels {
		if l.Country != "" && r.article == nil {
			r.article = pl.Article(e.Article)
			r.questions = pl.Questions(r.article)
		}
		if l.Country == "" && r.verbatim == nil {
			r.verbatim = pl.Text(e.Text)
		}
	}
	return r
}

// question is the question that a label answers; false when the text does not
// raise it.
func (r raised) question(l datasets.Label) (*syntax.Analysis, syntax.Question, bool) {
	if l.Country == "" {
		return r.verbatim, spanQuestion(r.verbatim.Document, l), true
	}
	i := slices.IndexFunc(r.questions, func(q syntax.Question) bool {
		return q.Country == l.Country && q.Task == l.Task &&
			(q.Topic < 0 || r.topics[q.Topic].ID == l.Topic)
	})
	if i < 0 {
		return nil, syntax.Question{}, false
	}
	return r.article, r.questions[i], true
}

// spanQuestion is the question of a label that marks spans.
func spanQuestion(d *text.Document, l datasets.Label) syntax.Question {
	q := syntax.Question{Task: l.Task, Topic: -1}
	if !l.Source.Empty() {
		q.Source = d.TokensIn(l.Source.Start, l.Source.End)
	}
	if !l.Target.Empty() {
		q.Target = d.TokensIn(l.Target.Start, l.Target.End)
	}
	return q
}
