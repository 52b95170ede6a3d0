package report

import (
	"encoding/json"
	"fmt"
	"io"

	"stance/models"
)

// explainedJSON is the form for machines. Offsets are bytes of text.
type explainedJSON struct {
	ArticleID string        `json:"article_id"`
	ModelID   string        `json:"model_id"`
	Text      string        `json:"text"`      // the cleaned text: title, blank line, body
	TitleEnd  int           `json:"title_end"` // text[:title_end] is the title
	Topics    []string      `json:"topics"`
	Mentions  []mentionJSON `json:"mentions"`
	Terms     []termJSON    `json:"topic_terms"`
	Pairs     []pairJSON    `json:"pairs"`
}

type mentionJSON struct {
	Country string `json:"country"`
	Form    string `json:"form"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
}

type termJSON struct {
	Topic string `json:"topic"`
	Stand string `json:"stand"` // third: the topic itself; party, opponent: a term of that side
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// pairJSON is one pair. Numbers that need a judgement are null without one;
// shares are null when they are not exact.
type pairJSON struct {
	Country     string  `json:"country"`
	CountryName string  `json:"country_name"`
	Topic       string  `json:"topic"`
	Proposition string  `json:"proposition"`
	Role        string  `json:"country_role"`
	Stance      *string `json:"stance"`
	Status      string  `json:"stance_status"`
	// of the three sides, given that it is an actor
	PSupportive    *float64      `json:"p_supportive"`
	PNeutral       *float64      `json:"p_neutral"`
	PCritical      *float64      `json:"p_critical"`
	PActor         *float64      `json:"p_actor"`
	Sentiment      *string       `json:"sentiment"`
	SentimentScore *float64      `json:"sentiment_score"`
	Evidence       *sentenceJSON `json:"evidence"`
	Scores         *classesJSON  `json:"scores"`   // = bias + document + sentences + words
	Bias           *classesJSON  `json:"bias"`     // the scores of a text without known features
	Document       *classesJSON  `json:"document"` // share of facts of the whole text
	Sentences      []sharesJSON  `json:"sentences"`
	Words          []sharesJSON  `json:"words"`
}

type sentenceJSON struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

type classesJSON struct {
	None       float64 `json:"none"`
	Supportive float64 `json:"supportive"`
	Neutral    float64 `json:"neutral"`
	Critical   float64 `json:"critical"`
}

type sharesJSON struct {
	sentenceJSON
	Sentence int `json:"sentence"` // number of the sentence, from 0
	classesJSON
}

// JSON writes the article and its answers for machines.
func (x Explained) JSON(w io.Writer) error {
	e := x.Explanation
	d := e.Document
	out := explainedJSON{ArticleID: x.ID, ModelID: x.ModelID, Text: d.Text, TitleEnd: d.TitleEnd,
		Topics:   e.Topics,
		Mentions: []mentionJSON{}, Terms: []termJSON{}, Pairs: []pairJSON{}}
	if out.Topics == nil {
		out.Topics = []string{}
	}
	for _, m := range e.Mentions {
		out.Mentions = append(out.Mentions, mentionJSON{m.Country, m.Form.String(), m.Start, m.End})
	}
	for _, t := range e.Terms {
		out.Terms = append(out.Terms, termJSON{t.Topic, t.Stand.String(), t.Span.Start, t.Span.End})
	}
	for _, p := range x.shown() {
		out.Pairs = append(out.Pairs, x.pairJSON(p))
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	if err := enc.Encode(out); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

func (x Explained) pairJSON(p models.PairExplanation) pairJSON {
	o, d := p.Prediction, x.Explanation.Document
	out := pairJSON{Country: o.Country, CountryName: x.CountryName(o.Country), Topic: o.Topic,
		Proposition: x.Proposition(o.Topic),
		Role:        string(o.Role), Status: string(o.Status)}
	if o.Stance != "" {
		out.Stance = &o.Stance
	}
	if o.Sentiment != "" {
		out.Sentiment, out.SentimentScore = &o.Sentiment, &o.SentimentScore
	}
	if !p.Judged {
		return out
	}
	out.PSupportive, out.PNeutral, out.PCritical, out.PActor = &o.PSupportive, &o.PNeutral,
		&o.PCritical, &o.PActor
	out.Scores = classes(p.Scores)
	if !o.Evidence.Empty() {
		out.Evidence = &sentenceJSON{o.Evidence.Start, o.Evidence.End,
			d.Text[o.Evidence.Start:o.Evidence.End]}
	}
	if !p.Exact {
		return out
	}
	out.Bias, out.Document = classes(p.Bias), classes(p.Document)
	out.Sentences, out.Words = []sharesJSON{}, []sharesJSON{}
	for _, s := range p.Sentences {
		at := d.Sentences[s.Sentence]
		out.Sentences = append(out.Sentences,
			sharesJSON{sentenceJSON{at.Start, at.End, d.Text[at.Start:at.End]}, s.Sentence,
				*classes(s.Shares)})
	}
	for _, s := range p.Words {
		out.Words = append(out.Words,
			sharesJSON{sentenceJSON{s.Span.Start, s.Span.End, d.Text[s.Span.Start:s.Span.End]},
				s.Sentence, *classes(s.Shares)})
	}
	return out
}

func classes(v [4]float64) *classesJSON { return &classesJSON{v[0], v[1], v[2], v[3]} }
