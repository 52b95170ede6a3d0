package models

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"stance/datasets"
	"stance/features"
	"stance/features/syntax"
	"stance/features/vector"
)

// Version is the version of this package's answers. Raise it with every change
// that makes a bundle give another [Reading] for the same features, such as a
// change of rules, calibration or evidence. A run then answers again what an
// earlier version answered.
const Version = 1

// Thresholds that decide when a stance is given and how sure it is.
const (
	actorThreshold  = 0.5 // PActor from which a country is an actor
	lowMargin       = 0.1 // margin below which the answer is marked
	minWords        = 3   // words a document must have
	langSample      = 20  // words from which the language is judged
	minEnglishShare = 0.1 // share of English function words below which a text is not English
)

// Predictor answers for articles with one bundle and one set of topics. It is
// immutable and safe for many goroutines.
type Predictor struct {
	bundle   *Bundle
	pipeline *features.Pipeline
	bare     bool // give answers without evidence, which needs the names of features
	scratch  sync.Pool
}

// NewPredictor sets up a predictor. The topics of the pipeline may differ from
// those of the bundle's training.
func NewPredictor(b *Bundle, pl *features.Pipeline) *Predictor {
	return &Predictor{bundle: b, pipeline: pl}
}

// Pipeline is what the predictor reads articles with.
func (p *Predictor) Pipeline() *features.Pipeline { return p.pipeline }

// CountryName is the English short name of a country code, or the code itself
// when the gazetteer does not know it.
func (p *Predictor) CountryName(code string) string {
	if name := p.pipeline.Gazetteer.Name(code); name != "" {
		return name
	}
	return code
}

// work is the reusable space of one prediction.
type work struct {
	features features.Scratch
	bags     [2]vector.Bag // one for each head
	x        vector.Vector
	probs    []float64

	shares    []float64        // of each entry of x in the score of each class
	lead      []float64        // of each entry of x in what is asked
	order     []int            // entries of x
	sentences []sentenceWeight // of the document
}

// CheckCost returns a [*features.CostError] for an article that Predict would
// refuse. It reads only articles that are long enough to be one.
func (p *Predictor) CheckCost(a datasets.Article) error {
	if !p.pipeline.MayCost(len(a.Title) + len(a.Text)) {
		return nil
	}
	an := p.pipeline.Article(a)
	if len(an.Topics) == 0 || unfit(an) != "" {
		return nil
	}
	return p.pipeline.CheckCost(an)
}

// Predict reads one article: parse, mentions, questions, features, scores,
// calibrated answers. It returns ctx.Err() soon after ctx ends, and a
// [*features.CostError] for an article beyond the limit of work.
func (p *Predictor) Predict(ctx context.Context, a datasets.Article) (Reading, error) {
	an := p.pipeline.Article(a)
	r := Reading{Document: an.Document, Mentions: an.Mentions}
	for _, t := range an.Topics {
		r.Topics = append(r.Topics, p.pipeline.Topics.Topics[t].ID)
	}
	slices.Sort(r.Topics)
	questions := p.pipeline.Questions(an)
	if len(questions) == 0 {
		return r, nil
	}
	w, _ := p.scratch.Get().(*work)
	if w == nil {
		w = &work{}
	}
	defer p.scratch.Put(w)
	unfit := unfit(an)
	if unfit == "" {
		if err := p.pipeline.CheckCost(an); err != nil {
			return Reading{}, err
		}
	}
	var tone tone
	for _, q := range questions {
		if err := ctx.Err(); err != nil {
			return Reading{}, err
		}
		switch {
		case q.Task != datasets.TaskStance && unfit == "":
			tone = p.tone(an, q, w)
		case q.Task == datasets.TaskStance:
			out := Prediction{
				Country: q.Country, Topic: p.pipeline.Topics.Topics[q.Topic].ID,
				Role: RoleMention, Status: unfit, Mentions: len(q.Mentions),
			}
			if unfit == "" {
				p.stance(an, q, w, &out)
				out.Sentiment, out.SentimentScore = tone.label, tone.score
			}
			r.Predictions = append(r.Predictions, out)
			r.SentencesCut = r.SentencesCut || w.features.Cut()
		}
	}
	r.SentimentScore = articleTone(r.Predictions)
	if unfit == "" {
		r.NewWords = newWords(an, p.bundle.heads[0].vocabulary)
	}
	return r, nil
}

// unfit returns why no stance can be given for a document, or "" when one can.
// A declared language counts only where the words do not decide: crawlers may
// declare the language of the site, and short texts have too few words.
func unfit(an *syntax.Analysis) Status {
	words, english := an.WordCounts()
	isEnglish := float64(english) >= minEnglishShare*float64(words)
	switch {
	case words < minWords:
		return StatusTooShort
	case words >= langSample && !isEnglish:
		return StatusUnsupportedLang
	case !supportedLang(an.Document.Lang) && !(words >= langSample && isEnglish):
		return StatusUnsupportedLang
	}
	return ""
}

// supportedLang reports whether a declared language is English or unknown.
func supportedLang(tag string) bool {
	primary, _, _ := strings.Cut(tag, "-")
	return primary == "" || primary == "en"
}

// stance fills in the answer of the stance head.
func (p *Predictor) stance(an *syntax.Analysis, q syntax.Question, w *work, out *Prediction) {
	h, bag := &p.bundle.heads[0], &w.bags[0]
	seen := p.pipeline.Features(an, q, &w.features)
	bag.Fill(h.vocabulary, seen)
	w.x = bag.Vector(w.x)
	out.OOVRatio = round4(1 - float64(bag.Known)/float64(max(1, len(seen))))
	out.EvidenceSentences = w.knowSentences(seen, len(an.Document.Sentences))
	if out.EvidenceSentences == 0 {
		out.Status = StatusNoEvidence
		return
	}
	w.probs = h.probs(w.probs, w.x)
	out.PActor = round4(1 - w.probs[classNone])
	side := sides(w.probs)
	out.PSupportive, out.PNeutral, out.PCritical = side[0], side[1], side[2]
	out.Score = round4(side[0] - side[2])
	best := vector.Argmax(side[:])
	out.Margin = round4(side[best] - max(side[(best+1)%3], side[(best+2)%3]))
	decided := classNone
	switch {
	case out.PActor < actorThreshold:
		out.Status = StatusMentionOnly
	default:
		decided = best + 1
		out.Role, out.Stance, out.Status = RoleActor, stanceClasses[decided], StatusOK
		if out.Margin < lowMargin {
			out.Status = StatusLowMargin
		}
	}
	if !p.bare {
		p.evidence(an, seen, w, decided, out)
	}
}

// sides returns the probabilities of supportive, neutral and critical, given
// that the country is an actor. They are multiples of 0.0001 and sum to 1.
func sides(probs []float64) [3]float64 {
	actor := probs[classSupportive] + probs[classNeutral] + probs[classCritical]
	var out [3]float64
	if actor <= 0 {
		return [3]float64{0.3333, 0.3334, 0.3333}
	}
	for k := range out {
		out[k] = round4(probs[k+1] / actor)
	}
	best := vector.Argmax(out[:])
	out[best] = round4(1 - out[(best+1)%3] - out[(best+2)%3])
	return out
}

func round4(v float64) float64 { return math.Round(v*1e4) / 1e4 }

// tone is the sentiment toward one country.
type tone struct {
	label string
	score float64
}

// tone asks the sentiment head, if the bundle has one.
func (p *Predictor) tone(an *syntax.Analysis, q syntax.Question, w *work) tone {
	if len(p.bundle.heads) < 2 {
		return tone{}
	}
	h, bag := &p.bundle.heads[1], &w.bags[1]
	bag.Fill(h.vocabulary, p.pipeline.Features(an, q, &w.features))
	w.x = bag.Vector(w.x)
	w.probs = h.probs(w.probs, w.x)
	return tone{sentimentClasses[vector.Argmax(w.probs)], round4(w.probs[2] - w.probs[0])}
}

// articleTone is the mean sentiment toward the countries of an article, each
// weighing as often as it is named.
func articleTone(predictions []Prediction) float64 {
	sum, weight := 0.0, 0.0
	for i, p := range predictions {
		if p.Sentiment != "" && (i == 0 || predictions[i-1].Country != p.Country) {
			sum += float64(p.SentimentScore * float64(p.Mentions))
			weight += float64(p.Mentions)
		}
	}
	if weight == 0 {
		return 0
	}
	return round4(sum / weight)
}

func (o Prediction) String() string {
	return fmt.Sprintf("%s %s %s %s %.4f/%.4f/%.4f actor %.4f", o.Country, o.Topic, o.Role,
		o.Stance,
		o.PSupportive, o.PNeutral, o.PCritical, o.PActor)
}
