package family_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"stance/features/family"
	"stance/features/syntax"
	"stance/features/syntax/syntaxtest"
	"stance/features/vector"
	"stance/internal/golden"
)

// funcs are the families, and which sentences each is called for: none, those
// that name the actor, the others, or once when all were read. The table in
// package features says the same; a test there holds that no family is missing
// here.
var funcs = []struct {
	name  string
	emit  family.Func
	calls string
}{
	{"facts", family.Facts, "document"},
	{"forms", family.Forms, "document"},
	{"other-title", family.OtherTitle, "other titles"},
	{"bag", family.Bag, "sentences"},
	{"window", family.Window, "sentences"},
	{"near", family.Near, "sentences"},
	{"adjacent", family.Adjacent, "sentences"},
	{"path", family.Path, "sentences"},
	{"agent", family.Agent, "sentences"},
	{"offices", family.Offices, "sentences"},
	{"outcome", family.Outcome, "sentences"},
	{"verdict", family.Verdict, "after all"},
	{"tone-bag", family.ToneBag, "sentences"},
	{"tone-around", family.ToneAround, "sentences"},
	{"tone-verb", family.ToneVerb, "sentences"},
	{"tone-between", family.ToneBetween, "sentences"},
}

// TestFamilies has a line for each feature of a family, in order: its name, and
// the words that it lies on.
func TestFamilies(t *testing.T) {
	for _, f := range funcs {
		t.Run(f.name, func(t *testing.T) {
			golden.Cases(t, filepath.Join("testdata", f.name, "*.txt"),
				func(t *testing.T, input string) string {
					c := syntaxtest.Read(t, input)
					e := &family.Emitter{Weight: 1}
					emit(c, f.emit, f.calls, e)
					e.Names = map[vector.ID]string{}
					for _, feature := range e.Features {
						e.Names[feature.ID] = ""
					}
					seen := e.Features
					emit(c, f.emit, f.calls, e)
					if err := e.Err(); err != nil {
						t.Error(err)
					}
					return featureLines(c, seen, e.Names)
				})
		})
	}
}

// emit calls a family for a question as the pipeline does.
func emit(c syntaxtest.Case, f family.Func, calls string, e *family.Emitter) {
	tone := family.NewTone(c.Lexicon)
	if calls == "document" {
		f(&family.Input{Analysis: c.Analysis, Question: c.Question}, e)
		return
	}
	marks := syntax.Marks(nil, c.Analysis, c.Topics, c.Question)
	var s syntax.Sentence
	var acts family.Acts
	all := family.Input{Analysis: c.Analysis, Question: c.Question}
	for i := range c.Analysis.Document.Sentences {
		s.Mask(c.Analysis, marks, i)
		names := len(s.Subjects) > 0
		whole := c.Question.Country == "" && c.Question.Source == c.Question.Target
		if calls == "sentences" && (names || whole) ||
			calls == "other titles" && s.Title && !names {
			tone.Read(&s)
			acts.Read(&s)
			f(&family.Input{Analysis: c.Analysis, Question: c.Question, Sentence: &s, Acts: &acts,
				Tone: tone},
				e)
		}
		if names && s.OnTopic {
			acts.Read(&s)
			all.Leans[acts.Lean]++
		}
	}
	if calls == "after all" {
		f(&all, e)
	}
}

// featureLines has a line for each feature.
func featureLines(c syntaxtest.Case, features []vector.Feature, names map[vector.ID]string) string {
	var out strings.Builder
	for _, f := range features {
		line := names[f.ID]
		switch {
		case f.First >= 0:
			line = fmt.Sprintf("%-28s %s", line, c.Words(f.First, f.Last))
		case f.Sentence >= 0:
			line = fmt.Sprintf("%-28s sentence %d", line, f.Sentence)
		}
		out.WriteString(line + "\n")
	}
	if out.Len() == 0 {
		return "no feature\n"
	}
	return out.String()
}
