package models

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"testing"

	"stance/datasets"
	"stance/datasets/format"
	"stance/models/learn"
)

// stanceRows are the stance labels of the sample that smallTrained learns from.
func stanceRows(t *testing.T, change func(*Corpus)) StanceRows {
	t.Helper()
	c, err := ReadCorpus(t.Context(), CorpusInfo{Name: "sample", Format: "stance", Weight: 1},
		CorpusFiles{Texts: []format.Input{{Path: "../datasets/sample/labelled-2.jsonl"}}},
		format.Options{},
		func(e *datasets.RecordError) { t.Fatal(e) })
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(&c)
	}
	return CountStanceRows(smallPipeline(t), []Corpus{c})
}

// faulty is a writer that fails once, when its room is used up.
type faulty struct {
	room   int
	failed bool
}

var errFull = errors.New("full")

func (f *faulty) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 && !f.failed {
		f.failed = true
		return 0, errFull
	}
	return len(p), nil
}

// TestStanceRowsWrite writes equal rows as equal bytes, other rows as others,
// and loses no error of the writer.
func TestStanceRowsWrite(t *testing.T) {
	written := func(r StanceRows) []byte {
		var b bytes.Buffer
		if err := r.Write(&b); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	rows := stanceRows(t, nil)
	same := written(rows)
	if !bytes.Equal(same, written(stanceRows(t, nil))) {
		t.Error("the same corpus gives other bytes")
	}
	changes := map[string]func(*Corpus){
		"weight": func(c *Corpus) { c.Info.Weight = 2 },
		"text":   func(c *Corpus) { c.Examples[0].Text = "Once more: " + c.Examples[0].Text },
		"fewer":  func(c *Corpus) { c.Examples = c.Examples[1:] },
	}
	for name, change := range changes {
		if bytes.Equal(same, written(stanceRows(t, change))) {
			t.Errorf("another %s gives the same bytes", name)
		}
	}
	rows = stanceRows(t, func(c *Corpus) { c.Examples = c.Examples[:3] })
	few := written(rows)
	for room := 0; room < len(few); room += max(1, len(few)/200) {
		if err := rows.Write(&faulty{room: room}); !errors.Is(err, errFull) {
			t.Fatalf("with room for %d of %d bytes: %v", room, len(few), err)
		}
	}
}

// TestStanceRowsAnswers answers the rows it is asked about, in order. A head
// that learned a row must answer it better than chance.
func TestStanceRowsAnswers(t *testing.T) {
	rows := stanceRows(t, nil)
	if !slices.IsSorted(rows.Examples()) || rows.Examples()[0] != 0 {
		t.Fatalf("examples %v do not rise from 0", rows.Examples())
	}
	o := TrainOptions{Kind: Kinds()[0], Settings: learn.DefaultSettings(), Fit: DefaultFitOptions(),
		Seed: 1}
	o.Fit.Folds, o.Fit.Vocabulary.MinDF = 2, 1
	var all []int
	for i := range rows.Examples() {
		all = append(all, i)
	}
	dev := []int{5, 3, 8}
	answers, err := rows.Answers(t.Context(), all, dev, o)
	if err != nil {
		t.Fatal(err)
	}
	for n, i := range dev {
		a := answers[n]
		if a.Article != rows.Examples()[i] || a.Answer != rows.rows.y[i] {
			t.Errorf("answer %d is of article %d with label %d, want those of row %d", n, a.Article,
				a.Answer, i)
		}
	}
	every, err := rows.Answers(t.Context(), all, all, o)
	if err != nil {
		t.Fatal(err)
	}
	right := 0
	for _, a := range every {
		if a.Predicted == a.Answer {
			right++
		}
		if most := slices.Index(a.Probs[1:], slices.Max(a.Probs[1:])) + 1; a.Probs[0] < 0.3 &&
			a.Predicted != most {
			t.Errorf("probabilities %v give class %d", a.Probs, a.Predicted)
		}
	}
	if 10*right < 8*len(every) {
		t.Errorf("%d of %d rows that were learned are answered right", right, len(every))
	}
}

// TestAnswer pairs each stance label with the answer for its country and topic.
func TestAnswer(t *testing.T) {
	label := func(task datasets.Task, country, topic, answer string) datasets.Label {
		return datasets.Label{Task: task, Country: country, Topic: topic, Answer: answer}
	}
	stance := func(country, topic, answer string) datasets.Label {
		return label(datasets.TaskStance, country, topic, answer)
	}
	text := datasets.Article{Title: "Japan condemns China over Taiwan", Text: "Japan said it supported Taiwan."}
	examples := []datasets.Example{
		{Article: text, Labels: []datasets.Label{label(datasets.TaskSentiment, "JPN", "", "neutral")}},
		{Article: text, Collection: "c", Labels: []datasets.Label{stance("JPN", "taiwan", "supportive"),
			stance("CHN", "taiwan", "none"), label(datasets.TaskSentiment, "JPN", "", "neutral"),
			stance("PER", "taiwan", "critical"), stance("TWN", "harbour", "neutral")}},
	}
	p := NewPredictor(smallTrained(t, nil), smallPipeline(t))
	answers, err := p.Answer(examples)
	if err != nil {
		t.Fatal(err)
	}
	type line struct {
		country, topic, stand string
		article, answer       int
		found                 bool
	}
	var got []line
	for _, a := range answers {
		got = append(got, line{a.Country, a.Topic, a.Stand.String(), a.Article, a.Answer, a.Found})
		if sum := a.Probs[0] + a.Probs[1] + a.Probs[2] + a.Probs[3]; sum < 0.999999 ||
			sum > 1.000001 {
			t.Errorf("%s: probabilities %v", a.Country, a.Probs)
		}
		if !a.Found && (a.Predicted != 0 || a.Probs[0] != 1) {
			t.Errorf("%s is not found, but answered with %d, %v", a.Country, a.Predicted, a.Probs)
		}
	}
	want := []line{
		{"JPN", "taiwan", "third", 1, 1, true}, {"CHN", "taiwan", "opponent", 1, 0, true},
		{"PER", "taiwan", "third", 1, 3, false}, {"TWN", "harbour", "third", 1, 2, false},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
}

// TestStanceOf counts the class none as neutral.
func TestStanceOf(t *testing.T) {
	want := map[string]string{"none": "neutral", "supportive": "supportive", "neutral": "neutral", "critical": "critical"}
	for class, name := range StanceClasses() {
		if got := Stances()[StanceOf(class)]; got != want[name] {
			t.Errorf("%s counts as %s, want %s", name, got, want[name])
		}
	}
	if got := (Answered{Probs: [4]float64{.1, .2, .3, .4}}).StanceProbs(); !reflect.DeepEqual(got,
		[]float64{.2, .4, .4}) {
		t.Errorf("got %v, want the probability of none added to neutral", got)
	}
}

// TestBalance gives the answers of each stratum equal weight at power 1 and
// leaves the weights at power 0. The expected numbers are n / (k m) by hand.
func TestBalance(t *testing.T) {
	r := rows{y: []int{0, 0, 0, 1, 1}, weight: []float64{1, 1, 2, 1, 3}, stratum: []string{"a", "a", "a", "a", "b"}}
	if got := r.balance(2, 0); !reflect.DeepEqual(got, r.weight) {
		t.Errorf("power 0 gives %v, want %v", got, r.weight)
	}
	// Stratum a weighs 5, its answer 0 weighs 4 and its answer 1 weighs 1.
	if got, want := r.balance(2, 1),
		[]float64{.625, .625, 1.25, 2.5, 1.5}; !reflect.DeepEqual(got, want) {
		t.Errorf("power 1 gives %v, want %v", got, want)
	}
}
