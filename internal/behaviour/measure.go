package behaviour

import (
	"context"
	"slices"
	"strings"

	"stance/models"
)

// Labels of answers.
const (
	supportive = "supportive"
	critical   = "critical"
	none       = "none"
)

// Outcome is how an answer compares with the wanted one.
type Outcome string

// The outcomes. Each answer has one.
const (
	Right     Outcome = "right"
	OtherSign Outcome = "opposite sign"  // critical for supportive, or the reverse
	FalseSide Outcome = "false side"     // a side for neutral or none
	Missed    Outcome = "missed side"    // neutral or none for a side
	Part      Outcome = "neutral / none" // one for the other
)

// Outcomes lists the outcomes in the order of tables.
func Outcomes() []Outcome { return []Outcome{Right, OtherSign, FalseSide, Missed, Part} }

// Row is a line of a table: the number of tests of each outcome.
type Row struct {
	Name     string          `json:"name"`
	Tests    int             `json:"tests"`
	Outcomes map[Outcome]int `json:"outcomes"`
}

// PairRow is a line of the table of pairs.
type PairRow struct {
	Test     Test   `json:"test"`
	Name     string `json:"name"`
	Tests    int    `json:"tests"`
	Passed   int    `json:"passed"`
	OneSide  int    `json:"one_side"` // of opposite: both answers are on one side
	SignFlip int    `json:"sign_flip"`
}

// Verdict is the outcome of one minimum test.
type Verdict struct {
	ID         string   `json:"id"`
	Capability string   `json:"capability"`
	Topic      string   `json:"topic"`
	Title      string   `json:"title"`
	Text       string   `json:"text"`
	Country    string   `json:"country"`
	Stand      string   `json:"stand"`
	Wanted     []string `json:"wanted"`
	Answer     Answer   `json:"answer"`
	Outcome    Outcome  `json:"outcome"`
}

// PairVerdict is the outcome of one test of a pair.
type PairVerdict struct {
	Capability string    `json:"capability"`
	Test       Test      `json:"test"`
	Topic      string    `json:"topic"`
	Countries  [2]string `json:"countries"`
	Texts      [2]string `json:"texts"`
	Answers    [2]Answer `json:"answers"`
	Passed     bool      `json:"passed"`
}

// Report is what a model does on a suite.
type Report struct {
	Model        string        `json:"model"` // id of its bundle
	Sentences    int           `json:"sentences"`
	All          Row           `json:"all"`
	Capabilities []Row         `json:"capabilities"`
	Topics       []Row         `json:"topics"`
	Stands       []Row         `json:"stands"` // stand and wanted labels
	Pairs        []PairRow     `json:"pairs"`
	Verdicts     []Verdict     `json:"verdicts"`
	PairVerdicts []PairVerdict `json:"pair_verdicts"`
}

// Measure asks a model every test of s.
func Measure(ctx context.Context, p *models.Predictor, s *Suite) (*Report, error) {
	r := &Report{All: Row{Name: "all", Outcomes: map[Outcome]int{}}, Sentences: len(s.Cases)}
	for _, c := range s.Cases {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := r.minimum(p, c); err != nil {
			return nil, err
		}
	}
	for _, pair := range s.Pairs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := r.pair(p, pair); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// minimum asks about every wanted country of a case.
func (r *Report) minimum(p *models.Predictor, c Case) error {
	var countries []string
	for _, w := range c.Wants {
		countries = append(countries, w.Country)
	}
	answers, err := ask(p, c, countries...)
	if err != nil {
		return err
	}
	for i, w := range c.Wants {
		o := outcome(w.Labels, answers[i].Label)
		r.Verdicts = append(r.Verdicts, Verdict{
			ID: c.ID, Capability: w.Capability, Topic: c.Topic, Title: c.Title, Text: c.Text,
			Country: w.Country, Stand: w.Stand, Wanted: w.Labels, Answer: answers[i], Outcome: o,
		})
		r.All.count(o)
		count(&r.Capabilities, w.Capability, o)
		count(&r.Topics, c.Topic, o)
		count(&r.Stands, w.Stand+" "+strings.Join(w.Labels, "/"), o)
	}
	return nil
}

// count adds an outcome to the row of a name, the names in the order they come.
func count(rows *[]Row, name string, o Outcome) {
	n := slices.IndexFunc(*rows, func(r Row) bool { return r.Name == name })
	if n < 0 {
		n = len(*rows)
		*rows = append(*rows, Row{Name: name, Outcomes: map[Outcome]int{}})
	}
	(*rows)[n].count(o)
}

func (r *Row) count(o Outcome) {
	r.Tests++
	r.Outcomes[o]++
}

// Percent is the share of an outcome, in percent.
func (r Row) Percent(o Outcome) float64 {
	return 100 * float64(r.Outcomes[o]) / float64(max(1, r.Tests))
}

// outcome compares an answer with those that are right.
func outcome(wanted []string, got string) Outcome {
	forIt, against := slices.Contains(wanted, supportive), slices.Contains(wanted, critical)
	switch {
	case slices.Contains(wanted, got):
		return Right
	case forIt && got == critical, against && got == supportive:
		return OtherSign
	case isSide(got):
		return FalseSide
	case forIt || against:
		return Missed
	}
	return Part
}

func isSide(label string) bool { return label == supportive || label == critical }

// Bounds of directional tests.
const (
	leastFall = 0.2  // of the score from an act to its opposite
	slack     = 0.05 // by which a score may move the wrong way
)

// pair asks about both texts of a pair.
func (r *Report) pair(p *models.Predictor, pair Pair) error {
	first, err := ask(p, pair.First, pair.FirstAsked)
	if err != nil {
		return err
	}
	second, err := ask(p, pair.Second, pair.SecondAsked)
	if err != nil {
		return err
	}
	v := PairVerdict{
		Capability: pair.Capability, Test: pair.Test, Topic: pair.First.Topic,
		Countries: [2]string{pair.FirstAsked, pair.SecondAsked},
		Texts:     [2]string{pair.First.Text, pair.Second.Text},
		Answers:   [2]Answer{first[0], second[0]},
		Passed:    passes(pair.Test, first[0], second[0]),
	}
	r.PairVerdicts = append(r.PairVerdicts, v)
	r.countPair(v)
	return nil
}

// countPair adds a verdict to its row.
func (r *Report) countPair(v PairVerdict) {
	same := func(o PairRow) bool { return o.Test == v.Test && o.Name == v.Capability }
	n := slices.IndexFunc(r.Pairs, same)
	if n < 0 {
		n = len(r.Pairs)
		r.Pairs = append(r.Pairs, PairRow{Test: v.Test, Name: v.Capability})
	}
	row := &r.Pairs[n]
	row.Tests++
	if v.Passed {
		row.Passed++
	}
	first, second := v.Answers[0].Label, v.Answers[1].Label
	switch {
	case !isSide(first) || !isSide(second):
	case v.Test == Opposite && first == second:
		row.OneSide++
	case v.Test != Opposite && first != second:
		row.SignFlip++
	}
}

// passes reports whether the answers to two texts pass a test.
func passes(t Test, first, second Answer) bool {
	switch t {
	case Opposite:
		oneSide := first.Label == second.Label && isSide(first.Label)
		return !oneSide && first.Score-second.Score >= leastFall
	case More:
		return second.Score >= first.Score-slack
	case Less:
		return second.Score <= first.Score+slack
	}
	return first.Label == second.Label
}
