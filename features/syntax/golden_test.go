package syntax_test

import (
	"fmt"
	"strings"
	"testing"

	"stance/features/gazetteer"
	"stance/features/syntax"
	"stance/features/syntax/syntaxtest"
	"stance/internal/golden"
)

// TestPronouns has a line for each pronoun that stands for a country.
func TestPronouns(t *testing.T) {
	golden.Cases(t, "testdata/pronouns/*.txt", func(t *testing.T, input string) string {
		c := syntaxtest.Read(t, input)
		out := ""
		for i, m := range c.Analysis.References {
			if i > 0 && m.First < c.Analysis.References[i-1].First {
				t.Errorf("reference %d at token %d comes before the one ahead of it", i, m.First)
			}
			if m.Form == gazetteer.FormPronoun {
				out += fmt.Sprintf("sentence %d: %s is %s\n", m.Sentence,
					c.Words(int32(m.First), int32(m.First)), m.Country)
			}
		}
		if out == "" {
			return "no pronoun stands for a country\n"
		}
		return out
	})
}

// eachSentence masks the sentences of a case one after another.
func eachSentence(c syntaxtest.Case, visit func(s *syntax.Sentence)) {
	marks := syntax.Marks(nil, c.Analysis, c.Topics, c.Question)
	var s syntax.Sentence
	for i := range c.Analysis.Document.Sentences {
		s.Mask(c.Analysis, marks, i)
		visit(&s)
	}
}

// TestMaskedSentences has a line for each sentence, with names replaced by
// their roles and a bar where a clause begins. "title" and "on topic" follow.
func TestMaskedSentences(t *testing.T) {
	golden.Cases(t, "testdata/masked/*.txt", func(t *testing.T, input string) string {
		out := ""
		eachSentence(syntaxtest.Read(t, input), func(s *syntax.Sentence) {
			clause := int32(0)
			for i, w := range s.Words {
				if w.Clause != clause {
					out += "| "
				}
				clause = w.Clause
				out += s.Symbol(i).Text + " "
			}
			if s.Title {
				out += "(title) "
			}
			if s.OnTopic {
				out += "(on topic) "
			}
			out = strings.TrimSuffix(out, " ") + "\n"
		})
		return out
	})
}

// TestPhrases has a line for each place where the actor is named: its noun
// phrase, the verb that the phrase governs, and whether the actor acts.
func TestPhrases(t *testing.T) {
	golden.Cases(t, "testdata/phrases/*.txt", func(t *testing.T, input string) string {
		out := ""
		eachSentence(syntaxtest.Read(t, input), func(s *syntax.Sentence) {
			for _, subject := range s.Subjects {
				out += fmt.Sprintf("sentence %d: [%s]", s.Index,
					words(s, subject.Phrase.Lo, subject.Phrase.Hi))
				if v := subject.Verb; v.First >= 0 {
					out += " " + words(s, v.First, v.First+1)
					if v.Second >= 0 {
						out += " " + words(s, v.Second, v.Second+1)
					}
					if v.Negated {
						out += " (negated)"
					}
				}
				if s.Acts(subject) {
					out += ": acts\n"
				} else {
					out += ": does not act\n"
				}
			}
		})
		return out
	})
}

// words are words [from, to) of a masked sentence.
func words(s *syntax.Sentence, from, to int) string {
	var out []string
	for i := from; i < to; i++ {
		out = append(out, s.Symbol(i).Text)
	}
	return strings.Join(out, " ")
}
