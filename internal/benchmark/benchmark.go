// Package benchmark measures our features and our learner on public corpora,
// side by side with what others publish: the visible table is [Table]. It
// trains its own classifiers on the corpora's own train splits; none of them is
// ever shipped. What it says of the stance head itself (learning curve,
// transfer, votes) stands in stance.go and votes.go.
package benchmark

import (
	"context"
	"fmt"
	"path/filepath"

	"stance/datasets"
	"stance/datasets/format"
	"stance/features"
	"stance/features/syntax"
	"stance/features/text"
	"stance/features/vector"
	"stance/models/measure"
)

// Benchmark is one line of the table: a task of a corpus with the split and
// metric it is measured by.
type Benchmark struct {
	Name     string
	Format   string // of package datasets
	Train    string // file below the folder of corpora
	Test     string // "" divides Train by Folds
	Clean    bool   // test rows that are exact copies of train rows are left out
	Folds    int    // with Test empty: cross-validation by Group
	Task     datasets.Task
	C        float64 // inverse regularisation, chosen by grouped cross-validation on Train
	Balanced bool    // classes weigh the same, chosen in the same way
	Split    string  // in words, for readers
	Floor    float64 // bag-of-words macro-F1 that others reached
	Best     string  // published best, with its source
}

// seed draws the folds of every benchmark.
const seed = 1

// Table lists the benchmarks. The metric of all is macro-F1 over the classes
// that occur.
func Table() []Benchmark {
	return []Benchmark{
		{Name: "newsmtsc-rw", Format: "newsmtsc", Train: "newsmtsc/rw/train.jsonl", Test: "newsmtsc/rw/test.jsonl",
			Task: datasets.TaskSentiment, C: 2, Balanced: true,
			Split: "official train / rw test", Floor: .62, Best: ".83 neural (corpora README)"},
		{Name: "newsmtsc-mt", Format: "newsmtsc", Train: "newsmtsc/rw/train.jsonl", Test: "newsmtsc/mt/test.jsonl",
			Task: datasets.TaskSentiment, C: 2, Balanced: true,
			Split: "official train / mt test", Floor: .57, Best: ".83 neural (corpora README)"},
		{Name: "plover-quad", Format: "plover", Train: "plover/train.tsv", Test: "plover/test.tsv",
			Task: datasets.TaskPLOVERQuad, C: 4, Balanced: true,
			Split: "official train / test", Floor: .77, Best: ".89 zero-shot NLI (corpora README)"},
		{Name: "plover-root", Format: "plover", Train: "plover/train.tsv", Test: "plover/test.tsv",
			Task: datasets.TaskPLOVERRoot, C: 4, Balanced: true,
			Split: "official train / test", Floor: .63, Best: ".82 zero-shot NLI (corpora README)"},
		{Name: "dse-official", Format: "dse", Train: "dse/train.txt", Test: "dse/test.txt",
			Task: datasets.TaskRelation, C: 10, Balanced: true,
			Split: "official train / test", Floor: .58},
		{Name: "dse-clean", Format: "dse", Train: "dse/train.txt", Test: "dse/test.txt",
			Clean: true,
			Task:  datasets.TaskRelation, C: 10, Balanced: true,
			Split: "official, test rows copied from train left out", Floor: .36},
		{Name: "unscon-conflict", Format: "unscon", Train: "unscon/main_conflicts_sents.csv",
			Folds: 5,
			Task:  datasets.TaskConflict, C: 2, Balanced: true,
			Split: "5 folds, whole speeches, seed 1", Floor: .68},
	}
}

// Question is one label of a corpus as a benchmark asks it.
type Question struct {
	Text   string        `json:"text"`
	Source datasets.Span `json:"source"` // bytes of Text; zero when the corpus marks none
	Target datasets.Span `json:"target"`
	Answer string        `json:"answer"`
	Group  string        `json:"group"` // questions of one group are never parted
}

// Division is one training and testing of a benchmark: indices into its
// questions.
type Division struct {
	Train []int `json:"train"`
	Test  []int `json:"test"`
}

// Load reads the questions of b below the folder of corpora, and how they are
// divided.
func (b Benchmark) Load(ctx context.Context, corpora string) ([]Question, []Division, error) {
	train, err := read(ctx, filepath.Join(corpora, b.Train), b.Format)
	if err != nil {
		return nil, nil, err
	}
	questions := b.questions(nil, train)
	if b.Test == "" {
		return questions, folds(questions, b.Folds), nil
	}
	test, err := read(ctx, filepath.Join(corpora, b.Test), b.Format)
	if err != nil {
		return nil, nil, err
	}
	if b.Clean {
		test = datasets.Without(test, train)
	}
	d := Division{Train: indices(0, len(questions))}
	questions = b.questions(questions, test)
	d.Test = indices(len(d.Train), len(questions))
	return questions, []Division{d}, nil
}

// read collects a corpus; a broken record is an error, since a benchmark must
// not depend on what was left out.
func read(ctx context.Context, path, name string) ([]datasets.Example, error) {
	var out []datasets.Example
	for e, err := range format.Read(ctx, path, format.Options{Format: name}) {
		if err != nil {
			return nil, fmt.Errorf("benchmark: %w", err)
		}
		out = append(out, e)
	}
	return out, nil
}

// questions appends the labels of b's task; examples without a group share one
// with their copies.
func (b Benchmark) questions(dst []Question, examples []datasets.Example) []Question {
	for _, e := range examples {
		group := e.Group
		if group == "" {
			group = e.Text
		}
		for _, l := range e.Labels {
			if l.Task == b.Task {
				dst = append(dst, Question{e.Text, l.Source, l.Target, l.Answer, group})
			}
		}
	}
	return dst
}

func indices(from, to int) []int {
	out := make([]int, 0, to-from)
	for i := from; i < to; i++ {
		out = append(out, i)
	}
	return out
}

// folds divides questions by group.
func folds(questions []Question, n int) []Division {
	groups := make([]string, len(questions))
	for i, q := range questions {
		groups[i] = q.Group
	}
	out := make([]Division, n)
	for i, f := range measure.GroupFolds(groups, n, seed) {
		for k := range out {
			if k == f {
				out[k].Test = append(out[k].Test, i)
			} else {
				out[k].Train = append(out[k].Train, i)
			}
		}
	}
	return out
}

// features are those of a question. They hold until the next use of s.
func (q Question) features(pl *features.Pipeline, s *features.Scratch) []vector.Feature {
	an := pl.Text(q.Text)
	return pl.Features(an, syntax.Question{Task: datasets.TaskSentiment, Topic: -1,
		Source: tokens(an, q.Source), Target: tokens(an, q.Target)}, s)
}

func tokens(an *syntax.Analysis, s datasets.Span) text.Range {
	if s.Empty() {
		return text.Range{}
	}
	return an.Document.TokensIn(s.Start, s.End)
}
