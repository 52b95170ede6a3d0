// Package syntaxtest reads the inputs of golden cases about questions. It
// serves the tests of every stage from the masked sentence on.
package syntaxtest

import (
	"slices"
	"strings"
	"testing"

	"stance/datasets"
	"stance/features/gazetteer"
	"stance/features/lexicon"
	"stance/features/syntax"
	"stance/features/text"
	"stance/features/topic"
	"stance/internal/golden"
)

// Case is the input of a golden case: an analyzed article and a question about
// it.
type Case struct {
	Analysis *syntax.Analysis
	Question syntax.Question
	Topics   *topic.Set
	Lexicon  *lexicon.Lexicon
}

// topics of the cases. They are not those of config.yaml, so that a new term
// there changes no case.
var topics = []topic.Topic{
	{ID: "ukraine", Proposition: "Ukraine should be able to defend itself.", Terms: []string{"ukrain*", "kyiv"},
		For:     topic.Side{Countries: []string{"UKR"}},
		Against: topic.Side{Countries: []string{"RUS"}, Terms: []string{"denazification"}}},
	{ID: "harbour", Proposition: "The harbour should stay open.", Terms: []string{"harbour"},
		For: topic.Side{Countries: []string{"EU"}, Terms: []string{"dockers"}}},
}

// Read reads the input of a case. A first line says what is asked, where a case
// asks:
//
//	about DEU on ukraine          the stance of Germany
//	about DEU                     the tone toward Germany
//	about the text                the tone of the text
//	between "Norway" and "Tuvalu" the tone of the first toward the second
//
// The article follows as golden.Article reads it. Cases about texts and spans
// take the words as they are: nothing is cleaned.
func Read(t testing.TB, input string) Case {
	t.Helper()
	c := Case{}
	asked := ""
	for _, begin := range []string{"about ", "between "} {
		if strings.HasPrefix(input, begin) {
			asked, input, _ = strings.Cut(input, "\n")
		}
	}
	g, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	if c.Lexicon, err = lexicon.Default(); err != nil {
		t.Fatal(err)
	}
	if c.Topics, err = topic.NewSet(topics, func(code string) bool {
		return g.Name(code) != ""
	}); err != nil {
		t.Fatal(err)
	}
	a := golden.Article(t, input)
	c.Analysis = &syntax.Analysis{Document: text.Parse(a, 0)}
	verbatim := asked == "about the text" || strings.HasPrefix(asked, "between ")
	if verbatim {
		c.Analysis.Document = text.ParseVerbatim(strings.TrimSpace(a.Title + "\n" + a.Text))
	}
	c.Analysis.Lower = syntax.LowerWords(c.Analysis.Document)
	if !verbatim {
		c.Analysis.Hits = c.Topics.Hits(c.Analysis.Lower)
		c.Analysis.Topics = c.Topics.Named(c.Analysis.Hits)
	}
	c.Analysis.LookUp(c.Lexicon)
	c.Analysis.Mentions = g.Mentions(c.Analysis.Document)
	c.Analysis.Resolve()
	if asked != "" {
		c.ask(t, asked)
	}
	return c
}

// ask sets the question.
func (c *Case) ask(t testing.TB, asked string) {
	t.Helper()
	c.Question = syntax.Question{Task: datasets.TaskSentiment, Topic: -1}
	if asked == "about the text" {
		return
	}
	if parts := strings.Split(asked, `"`); len(parts) == 5 {
		c.Question.Source, c.Question.Target = c.find(t, parts[1]), c.find(t, parts[3])
		return
	}
	words := strings.Fields(asked)
	c.Question.Country = words[1]
	for i, m := range c.Analysis.Mentions {
		if m.Country == words[1] {
			c.Question.Mentions = append(c.Question.Mentions, i)
		}
	}
	if len(words) == 4 {
		c.Question.Task = datasets.TaskStance
		c.Question.Topic = slices.IndexFunc(topics, func(t topic.Topic) bool {
			return t.ID == words[3]
		})
		c.Question.Stand = c.Topics.Stand(c.Question.Topic, words[1])
	}
	if len(c.Question.Mentions) == 0 {
		t.Fatalf("%s: the text does not name %s", asked, words[1])
	}
}

// find is the range of tokens that read as words.
func (c *Case) find(t testing.TB, words string) text.Range {
	t.Helper()
	d := c.Analysis.Document
	for first := range d.Tokens {
		for last := first; last < len(d.Tokens); last++ {
			if d.Text[d.Tokens[first].Start:d.Tokens[last].End] == words {
				return text.Range{First: first, Last: last + 1}
			}
		}
	}
	t.Fatalf("the text does not say %q", words)
	return text.Range{}
}

// Words are the words of the document from the word that begins at token first
// to the one that begins at token last; "" for a fact of a whole sentence.
func (c *Case) Words(first, last int32) string {
	if first < 0 {
		return ""
	}
	d := c.Analysis.Document
	from, to := c.Analysis.TokenRange(first), c.Analysis.TokenRange(last)
	return d.Text[d.Tokens[from.First].Start:d.Tokens[to.Last-1].End]
}
