// Package syntax prepares sentences for feature families: it replaces names by
// the roles they play, resolves pronouns, and finds noun phrases and the verbs
// they govern.
package syntax

import (
	"strings"

	"stance/datasets"
	"stance/features/gazetteer"
	"stance/features/lexicon"
	"stance/features/text"
	"stance/features/topic"
	"stance/features/vector"
)

// Analysis is a document with all that was found in it.
type Analysis struct {
	Document *text.Document
	Lower    []string // tokens in lower case
	Hits     []topic.Hit
	Topics   []int // topics the document names, ascending indices into topic.Set.Topics
	// What follows is empty when no topic is named.
	Words      []Word              // one for each token
	Mentions   []gazetteer.Mention // in order of position
	References []gazetteer.Mention // mentions, and pronouns that stand for one
}

// Word is a word of a sentence: a token, or a role that stands for a name.
type Word struct {
	vector.Symbol
	Entry  *lexicon.Entry // nil when the lexicon does not know the word
	Act    lexicon.Act    // of the words that begin here
	Role   Role
	Token  int32 // first token
	Clause int32 // number of the clause within the sentence
}

// Question is what a classifier answers: the side a country takes on a topic,
// the tone toward a country, or the tone between two spans.
type Question struct {
	Task     datasets.Task
	Country  string      // "" when the question is about spans
	Topic    int         // index into topic.Set.Topics; -1 for questions of tone
	Stand    topic.Stand // of the country to the topic
	Mentions []int       // of the country: indices into Analysis.Mentions
	// Source and Target are the spans of a question without a country. Either
	// may be empty; without both, the text is asked about as a whole.
	Source, Target text.Range
}

// LowerWords returns the tokens of d in lower case.
func LowerWords(d *text.Document) []string {
	words := make([]string, len(d.Tokens))
	lower := strings.ToLower(d.Text)
	for i, t := range d.Tokens {
		if len(lower) == len(d.Text) {
			words[i] = lower[t.Start:t.End]
		} else { // a letter whose lower case has another length moved the offsets
			words[i] = strings.ToLower(d.Text[t.Start:t.End])
		}
	}
	return words
}

// LookUp fills in the words of an analysis: each token is looked up once.
func (an *Analysis) LookUp(l *lexicon.Lexicon) {
	an.Words = make([]Word, len(an.Lower))
	for _, s := range an.Document.Sentences {
		for i := s.First; i < s.Last; i++ {
			w := &an.Words[i]
			w.Token = int32(i)
			if an.Document.Tokens[i].Kind == text.Number {
				w.Symbol = number
				continue
			}
			w.Symbol = vector.NewSymbol(an.Lower[i])
			if isHyphen(an.Document, i, s.Last) {
				continue
			}
			w.Entry = l.Entry(an.Lower[i])
			w.Act = w.Entry.Act(an.Lower[i+1 : s.Last])
		}
	}
}

// isHyphen reports whether token i joins the words beside it, and is no dash:
// "build-up" is one clause.
func isHyphen(d *text.Document, i, last int) bool {
	t := d.Tokens[i]
	return t.End == t.Start+1 && d.Text[t.Start] == '-' && i > 0 && i+1 < last &&
		d.Tokens[i-1].End == t.Start && d.Tokens[i+1].Start == t.End
}

// number stands for every number.
var number = vector.NewSymbol("NUM")

// WordCounts counts the words of the document and those of them that are
// English function words, which make up two fifths of English prose and next to
// nothing of other languages.
func (an *Analysis) WordCounts() (words, english int) {
	for i, t := range an.Document.Tokens {
		if t.Kind == text.Word {
			words++
			if an.Words[i].Entry.Is(lexicon.Function) {
				english++
			}
		}
	}
	return words, english
}
