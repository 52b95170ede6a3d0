package evaluate

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"stance/datasets"
	"stance/features"
	"stance/features/gazetteer"
	"stance/features/topic"
	"stance/models"
)

// The swap test asks whether a name alone changes an answer. It renames a
// country that acts in a labelled text to another country, form by form
// ("French" to "Kenyan", "Paris" to "Nairobi", "Emmanuel Macron" to "William
// Ruto"), and predicts the text again. Any difference is due to the name. The
// idea is counterfactual token fairness: S. Garg et al., "Counterfactual
// fairness in text classification through robustness", AIES 2019, section 3.
//
// Only third countries are swapped, and only for third countries: a party or
// opponent differs from others in more than its name.

// SwapCountries are the countries that a swap test inserts: large and small,
// from every continent.
func SwapCountries() []string {
	return []string{"BRA", "DEU", "ESP", "IND", "IRN", "JPN", "KEN", "NGA", "POL", "SAU"}
}

// SwapResult says how often the answer changed with the name.
type SwapResult struct {
	Swaps int `json:"swaps"` // answers compared
	// of these, other than under the first name: another side, or actor and
	// mention
	Changed int `json:"changed"`
	// texts not compared, since they name both countries or read otherwise when
	// renamed
	Skipped  int        `json:"skipped"`
	Mean     float64    `json:"mean"`     // mean rate over the countries of Replaced
	Replaced []SwapRate `json:"replaced"` // by the country of the text, sorted by code
	PutIn    []SwapRate `json:"put_in"`   // by the country put in its place, sorted by code
}

// SwapRate is the result for one country.
type SwapRate struct {
	Country string  `json:"country"`
	Swaps   int     `json:"swaps"`
	Changed int     `json:"changed"`
	Rate    float64 `json:"rate"`  // Changed / Swaps
	Shift   float64 `json:"shift"` // mean of the score after the swap less that before
}

// Swap renames every third country that the examples label as an actor to each
// of others in turn, and compares the answers.
func Swap(p *models.Predictor, examples []datasets.Example, others []string) (SwapResult, error) {
	t := swapTest{
		p: p, pipeline: p.Pipeline(), surfaces: map[string][]gazetteer.Surface{},
		from: map[string]SwapRate{}, to: map[string]SwapRate{},
	}
	for _, code := range others {
		t.surfaces[code] = t.pipeline.Gazetteer.Surfaces(code)
	}
	for _, e := range examples {
		for _, labels := range t.actorLabels(e) {
			if err := t.text(e, labels, others); err != nil {
				return SwapResult{}, err
			}
		}
	}
	r := t.result
	r.Replaced, r.PutIn = rates(t.from), rates(t.to)
	for _, c := range r.Replaced {
		r.Mean += c.Rate / float64(len(r.Replaced))
	}
	return r, nil
}

// actorLabels lists, by country, the stance labels of third countries that act.
func (t *swapTest) actorLabels(e datasets.Example) [][]datasets.Label {
	var out [][]datasets.Label
	for _, l := range e.Labels {
		if l.Task != datasets.TaskStance || l.Answer == models.StanceClasses()[0] ||
			!t.isThird(l.Topic, l.Country) {
			continue
		}
		at := slices.IndexFunc(out, func(o []datasets.Label) bool {
			return o[0].Country == l.Country
		})
		if at < 0 {
			out = append(out, []datasets.Label{l})
		} else {
			out[at] = append(out[at], l)
		}
	}
	return out
}

// isThird reports whether a country is neither party nor opponent in a topic
// that there is.
func (t *swapTest) isThird(id, country string) bool {
	topics := t.pipeline.Topics
	n := slices.IndexFunc(topics.Topics, func(t topic.Topic) bool { return t.ID == id })
	return n >= 0 && topics.Stand(n, country) == topic.Third
}

// swapTest is the state of a running test.
type swapTest struct {
	p        *models.Predictor
	pipeline *features.Pipeline
	surfaces map[string][]gazetteer.Surface
	from, to map[string]SwapRate
	result   SwapResult
}

// text renames the country of the labels in one example to each of others.
func (t *swapTest) text(e datasets.Example, labels []datasets.Label, others []string) error {
	d := t.pipeline.Article(e.Article).Document
	a := e.Article
	a.Title, a.Text = d.Text[:d.TitleEnd], strings.TrimSpace(d.Text[d.TitleEnd:])
	// of the cleaned text, which is what is renamed
	before, err := t.p.Predict(context.Background(), a)
	if err != nil {
		return err
	}
	from := labels[0].Country
	for _, to := range others {
		labels := slices.DeleteFunc(slices.Clone(labels), func(l datasets.Label) bool {
			return !t.isThird(l.Topic, to)
		})
		if to == from || len(labels) == 0 {
			continue
		}
		after, err := t.p.Predict(context.Background(), t.renamed(a, before, from, to))
		if err != nil {
			return err
		}
		if !sameButFor(before.Mentions, after.Mentions, from, to) {
			t.result.Skipped++
			continue
		}
		for _, l := range labels {
			t.compare(answerFor(before, from, l.Topic), answerFor(after, to, l.Topic))
		}
	}
	return nil
}

// renamed gives the article with every mention of country from replaced by to.
func (t *swapTest) renamed(a datasets.Article, r models.Reading, from, to string) datasets.Article {
	text := r.Document.Text
	var b strings.Builder
	at, titleEnd := 0, r.Document.TitleEnd
	for _, m := range r.Mentions {
		if m.Country != from {
			continue
		}
		name := t.name(to, m.Form, text[m.Start:m.End], a)
		b.WriteString(text[at:m.Start] + name)
		at = m.End
		if m.End <= r.Document.TitleEnd {
			titleEnd += len(name) - (m.End - m.Start)
		}
	}
	b.WriteString(text[at:])
	out := a
	out.Title, out.Text = b.String()[:titleEnd], strings.TrimSpace(b.String()[titleEnd:])
	return out
}

// swapForms lists the forms that may replace a form, the nearest first.
func swapForms(f gazetteer.Form) []gazetteer.Form {
	switch f {
	case gazetteer.FormAdjective:
		return []gazetteer.Form{gazetteer.FormAdjective}
	case gazetteer.FormSeat:
		return []gazetteer.Form{gazetteer.FormSeat, gazetteer.FormCapital, gazetteer.FormName}
	case gazetteer.FormMinister:
		return []gazetteer.Form{gazetteer.FormMinister, gazetteer.FormLeader, gazetteer.FormName}
	}
	return []gazetteer.Form{f, gazetteer.FormName}
}

// name writes country code in the form, number and case that the old name had.
func (t *swapTest) name(code string, form gazetteer.Form, old string, a datasets.Article) string {
	for _, f := range swapForms(form) {
		best := ""
		for _, s := range t.surfaces[code] {
			if s.Form == f && s.InOffice(a.Published) {
				if best == "" ||
					f == gazetteer.FormAdjective && !isPlural(best, old) && isPlural(s.Text, old) {
					best = s.Text
				}
			}
		}
		if best != "" {
			if utf8.RuneCountInString(old) > 3 && old == strings.ToUpper(old) {
				return strings.ToUpper(best)
			}
			return best
		}
	}
	return old
}

// isPlural reports whether s and old agree in number, judged by a final s.
func isPlural(s,
	old string) bool {
	return strings.HasSuffix(s, "s") == strings.HasSuffix(old, "s")
}

// sameButFor reports whether two readings name the same countries in the same
// order, except that from became to, which the first reading does not name.
func sameButFor(before, after []gazetteer.Mention, from, to string) bool {
	return slices.EqualFunc(before, after, func(b, a gazetteer.Mention) bool {
		if b.Country == from {
			return a.Country == to
		}
		return b.Country != to && a.Country == b.Country
	})
}

// answerFor finds the prediction of a pair. Without one it gives the zero
// Prediction.
func answerFor(r models.Reading, country, topic string) models.Prediction {
	for _, o := range r.Predictions {
		if o.Country == country && o.Topic == topic {
			return o
		}
	}
	return models.Prediction{}
}

func (t *swapTest) compare(before, after models.Prediction) {
	if before.Country == "" || after.Country == "" {
		t.result.Skipped++ // the text was not found to name the topic
		return
	}
	changed := 0
	if before.Stance != after.Stance {
		changed = 1
	}
	t.result.Swaps++
	t.result.Changed += changed
	for _, side := range []struct {
		of   map[string]SwapRate
		code string
	}{{t.from, before.Country}, {t.to, after.Country}} {
		r := side.of[side.code]
		r.Swaps++
		r.Changed += changed
		r.Shift += after.Score - before.Score
		side.of[side.code] = r
	}
}

// rates turns sums into rates, sorted by country.
func rates(sums map[string]SwapRate) []SwapRate {
	out := []SwapRate{}
	for code, r := range sums {
		r.Country, r.Rate, r.Shift = code, rounded(float64(r.Changed)/float64(r.Swaps)),
			rounded(r.Shift/float64(r.Swaps))
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b SwapRate) int { return cmp.Compare(a.Country, b.Country) })
	return out
}

// rounded rounds to four decimals.
func rounded(v float64) float64 { return math.Round(v*1e4) / 1e4 }
