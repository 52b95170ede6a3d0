package report

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"unicode"

	"stance/datasets"
	"stance/models"
)

// Explained is one article with its answers, ready to be shown.
type Explained struct {
	ID          string
	Explanation models.Explanation
	ModelID     string
	CountryName func(code string) string
	Proposition func(topic string) string
	Country     string // show only pairs of this country; "" shows all
	Topic       string // show only pairs of this topic; "" shows all
}

// Which words are shown, and marked.
const (
	leastShare = 0.02 // of a score that a word must have
	mostWords  = 8    // in each list, and marked for a pair
	markedPart = 0.3  // a marked word has this part of the strongest word's share
)

// explainedView is what text and page show.
type explainedView struct {
	ID         string
	ModelID    string
	Paragraphs [][]segment
	HasTitle   bool
	Pairs      []pairView
	Nothing    string // why there are no pairs, when there are none
}

// pairView is one pair as text and page show it.
type pairView struct {
	Name, Country, Topic, Proposition string
	Answer                            string // a stance, "only named" or "not judged"
	Why                               string // what the status adds; "" when it adds nothing
	Judged                            bool
	Bars                              []bar // supportive, neutral, critical, actor
	Sentiment                         string
	SentimentScore                    float64
	Mentions                          int
	OOV                               float64
	Evidence                          []segment
	Lists                             []wordList
	Toward                            string      // what the rest is signed toward
	Rest                              []wordShare // what falls on no word
}

// bar is a probability by name.
type bar struct {
	Name string
	P    float64
}

// wordList is the words that speak for something, strongest first.
type wordList struct {
	For   string
	Kind  kind
	Words []wordShare
}

// wordShare is a word, or what stands for it, with its part of a score.
type wordShare struct {
	Word  string
	Share float64
	Times int
}

// shown are the pairs that were asked for.
func (x Explained) shown() []models.PairExplanation {
	return slices.DeleteFunc(slices.Clone(x.Explanation.Pairs),
		func(p models.PairExplanation) bool {
			return x.Country != "" && p.Prediction.Country != x.Country ||
				x.Topic != "" && p.Prediction.Topic != x.Topic
		})
}

func (x Explained) view() explainedView {
	pairs := x.shown()
	text := x.Explanation.Document.Text
	v := explainedView{ID: x.ID, ModelID: x.ModelID, HasTitle: x.Explanation.Document.TitleEnd > 0}
	marks := marksOf(x.Explanation, decidingWords(text, datasets.Span{End: len(text)}, pairs...))
	for _, p := range paragraphs(text) {
		v.Paragraphs = append(v.Paragraphs, segments(text, p, marks))
	}
	for _, p := range pairs {
		v.Pairs = append(v.Pairs, x.pairView(p))
	}
	switch {
	case len(pairs) > 0:
	case len(x.Explanation.Topics) == 0:
		v.Nothing = "The text names no topic of the config."
	case len(x.Explanation.Pairs) == 0:
		v.Nothing = "The text names no country."
	default:
		v.Nothing = "The text names neither that country nor that topic in a pair."
	}
	return v
}

// leaning is a mark with how much its word leans, whichever way.
type leaning struct {
	mark
	share float64
}

func strongestFirst(a, b leaning) int { return cmp.Compare(b.share, a.share) }

// decidingWords marks the words within a span that lean most, pair by pair.
// Where pairs disagree on a word, the stronger share comes first and so
// decides.
func decidingWords(text string, within datasets.Span, pairs ...models.PairExplanation) []mark {
	var all []leaning
	for _, p := range pairs {
		var own []leaning
		for _, w := range p.Words {
			inside := w.Span.Start >= within.Start && w.Span.End <= within.End
			if l := models.Lean(w.Shares); inside && math.Abs(l) >= leastShare &&
				wordy(text[w.Span.Start:w.Span.End]) {
				own = append(own, leaning{mark{w.Span, sideOf(l)}, math.Abs(l)})
			}
		}
		slices.SortStableFunc(own, strongestFirst)
		own = own[:min(mostWords, len(own))]
		own = slices.DeleteFunc(own, func(l leaning) bool {
			return l.share < markedPart*own[0].share
		})
		all = append(all, own...)
	}
	slices.SortStableFunc(all, strongestFirst)
	var out []mark
	for _, l := range all {
		out = append(out, l.mark)
	}
	return out
}

// sideOf is the side a score leans to.
func sideOf(lean float64) kind {
	if lean < 0 {
		return critical
	}
	return supportive
}

// wordy reports whether s has a letter or digit in it.
func wordy(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r)
	})
}

func (x Explained) pairView(p models.PairExplanation) pairView {
	o := p.Prediction
	v := pairView{
		Name: x.CountryName(o.Country), Country: o.Country, Topic: o.Topic,
		Proposition: x.Proposition(o.Topic),
		Judged:      p.Judged, Sentiment: o.Sentiment, SentimentScore: o.SentimentScore,
		Mentions: o.Mentions, OOV: o.OOVRatio,
	}
	v.Answer, v.Why = answerOf(o)
	if !p.Judged {
		return v
	}
	v.Bars = []bar{{"supportive", o.PSupportive}, {"neutral", o.PNeutral},
		{"critical", o.PCritical}, {"actor", o.PActor}}
	text := x.Explanation.Document.Text
	if !o.Evidence.Empty() {
		own := decidingWords(text, o.Evidence, p)
		var countries []mark
		for _, m := range x.Explanation.Mentions {
			if m.Country == o.Country {
				countries = append(countries,
					mark{datasets.Span{Start: m.Start, End: m.End}, country})
			}
		}
		v.Evidence = segments(text, o.Evidence, apart(append(countries, own...)))
	}
	if p.Exact {
		v.Lists, v.Rest = wordLists(text, p)
		v.Toward = v.Lists[0].For
	}
	return v
}

// answerOf puts a prediction into words.
func answerOf(o models.Prediction) (answer, why string) {
	reasons := map[models.Status]string{
		models.StatusLowMargin:       "two sides are nearly as likely",
		models.StatusNoEvidence:      "no sentence of the country carries a known feature",
		models.StatusTooShort:        "the text is too short",
		models.StatusUnsupportedLang: "the text is not in a language the model knows",
	}
	why = reasons[o.Status]
	switch {
	case o.Stance != "":
		return o.Stance, why
	case o.Status == models.StatusMentionOnly:
		return "only named", why
	}
	return "not judged", why
}

// toward is what a list of words speaks for, and how much shares do.
type toward struct {
	name    string
	kind    kind
	measure func([4]float64) float64
}

// questions are what decided an answer: which side, or whether the country is
// an actor at all. The first one is also what the rest is measured by.
func questions(o models.Prediction) []toward {
	if o.Stance == "" {
		return []toward{{"an actor", supportive, models.Activity},
			{"only named", critical, func(s [4]float64) float64 { return -models.Activity(s) }}}
	}
	list := []toward{{"supportive", supportive, models.Lean},
		{"critical", critical, func(s [4]float64) float64 {
			return -models.Lean(s)
		}}}
	if o.Stance == "neutral" {
		list = append(list, toward{"neutral", plain, models.Balance})
	}
	return list
}

// wordLists are the words that speak for each answer, signed toward the first;
// the rest is what falls on no word.
func wordLists(text string, p models.PairExplanation) (lists []wordList, rest []wordShare) {
	asked := questions(p.Prediction)
	for i, q := range asked {
		l := wordList{For: q.name, Kind: q.kind}
		for _, w := range wordShares(text, p.Words, q.measure) {
			if w.Share >= leastShare && len(l.Words) < mostWords {
				if i == 1 { // the first question the other way round
					w.Share = -w.Share
				}
				l.Words = append(l.Words, w)
			}
		}
		lists = append(lists, l)
	}
	measure := asked[0].measure
	sentences := 0.0
	for _, s := range p.Sentences {
		sentences += measure(s.Shares)
	}
	return lists, []wordShare{{"the whole text", measure(p.Document), 1},
		{"whole sentences", sentences, 1},
		{"before any text", measure(p.Bias), 1}}
}

// wordShares adds up equal words, strongest first.
func wordShares(text string, words []models.ShareOfWord,
	measure func([4]float64) float64) []wordShare {
	place := map[string]int{}
	var out []wordShare
	for _, w := range words {
		word := text[w.Span.Start:w.Span.End]
		if !wordy(word) {
			continue
		}
		key := strings.ToLower(word)
		at, ok := place[key]
		if !ok {
			at = len(out)
			place[key] = at
			out = append(out, wordShare{Word: word})
		}
		out[at].Share += measure(w.Shares)
		out[at].Times++
	}
	slices.SortStableFunc(out, func(a, b wordShare) int {
		return cmp.Or(cmp.Compare(math.Abs(b.Share), math.Abs(a.Share)),
			cmp.Compare(a.Word, b.Word))
	})
	return out
}

// HTML writes the article and its answers as a page.
func (x Explained) HTML(w io.Writer) error { return page(w, "explained.html", x.view()) }

func (v wordShare) String() string {
	if v.Times > 1 {
		return fmt.Sprintf("%s %+.2f (%d×)", v.Word, v.Share, v.Times)
	}
	return fmt.Sprintf("%s %+.2f", v.Word, v.Share)
}
