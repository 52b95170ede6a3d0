package models

import (
	"context"
	"fmt"
	"math"

	"stance/datasets"
	"stance/features"
)

// goldenTexts are answered when a bundle is made and again whenever one is
// read. A program that parses, names or scores differently from the one that
// made the bundle is noticed before it answers anybody.
var goldenTexts = [...]datasets.Article{
	{Title: "Poland sends air defence systems to Ukraine as Hungary holds out",
		Text: "WARSAW — Poland said on Monday it would deliver two more batteries to Ukraine. “Kyiv must be able to defend its " +
			"skies,” the Polish defence minister said. Hungary refused to take part and called for talks. Russian forces " +
			"shelled Kharkiv overnight."},
	{Title: "Beijing sends warplanes near Taiwan after Japan's warning",
		Text: "China's military flew 20 aircraft around Taiwan on Tuesday, the island's defence ministry said. Japan said " +
			"it opposed any change of the status quo by force. Nauru recognised Beijing last month."},
	{Title: "India calls for dialogue", Text: "India abstained and urged both sides in Ukraine to return to diplomacy."},
}

// goldenCase is one answer of one golden text.
type goldenCase struct {
	Text      int        `json:"text"`
	Country   string     `json:"country"`
	Topic     string     `json:"topic"`
	PActor    float64    `json:"p_actor"`
	Sides     [3]float64 `json:"sides"` // supportive, neutral, critical
	Sentiment float64    `json:"sentiment"`
	Mentions  int        `json:"mentions"`
}

// goldenOf answers the golden texts.
func goldenOf(b *Bundle, pl *features.Pipeline) ([]goldenCase, error) {
	p := NewPredictor(b, pl)
	p.bare = true
	var out []goldenCase
	for i, a := range goldenTexts {
		r, err := p.Predict(context.Background(), a)
		if err != nil {
			return nil, err
		}
		for _, o := range r.Predictions {
			out = append(out, goldenCase{i, o.Country, o.Topic, o.PActor,
				[3]float64{o.PSupportive, o.PNeutral, o.PCritical}, o.SentimentScore, o.Mentions})
		}
	}
	return out, nil
}

// goldenTolerance allows a difference in the last digit: a bundle may have been
// made by a build that sums floats in another way.
const goldenTolerance = 0.0002

// checkGolden answers the golden texts with the topics of the bundle, and
// compares.
func (b *Bundle) checkGolden() error {
	pl, err := features.New(b.Manifest.Topics, 0)
	if err != nil {
		return fmt.Errorf("models: topics of the bundle: %w", err)
	}
	if part := pl.Reading().Differs(b.Manifest.Reading); part != "" {
		return fmt.Errorf("models: the bundle was made by a program that reads texts in another way: %s differs; "+
			"use the version that made it or train anew", part)
	}
	got, err := goldenOf(b, pl)
	if err != nil {
		return err
	}
	stale := fmt.Errorf("models: the bundle answers otherwise than when it was made; this program reads text or names " +
		"differently, so use the version that made it or train anew")
	if len(got) != len(b.golden) {
		return stale
	}
	for i := range got {
		if !got[i].near(b.golden[i]) {
			return fmt.Errorf("%w (%s on %s)", stale, got[i].Country, got[i].Topic)
		}
	}
	return nil
}

// near reports whether two answers are the same but for rounding.
func (c goldenCase) near(o goldenCase) bool {
	close := func(a, b float64) bool { return math.Abs(a-b) <= goldenTolerance }
	same := close(c.PActor, o.PActor) && close(c.Sentiment, o.Sentiment)
	for k := range c.Sides {
		same = same && close(c.Sides[k], o.Sides[k])
	}
	return same && c.Text == o.Text && c.Country == o.Country && c.Topic == o.Topic &&
		c.Mentions == o.Mentions
}
