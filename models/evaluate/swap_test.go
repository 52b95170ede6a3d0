package evaluate

import (
	"testing"
	"time"

	"stance/datasets"
	"stance/features"
	"stance/features/gazetteer"
	"stance/models"
)

func TestSwapRenamesEveryForm(t *testing.T) {
	p := defaultPredictor(t)
	test := swapTest{p: p, pipeline: p.Pipeline(),
		surfaces: map[string][]gazetteer.Surface{"KEN": p.Pipeline().Gazetteer.Surfaces("KEN")}}
	a := datasets.Article{
		Title:     "FRANCE backs Ukraine",
		Text:      "French officials said Paris would help Kyiv. The French and Emmanuel Macron agree, and so does Poland.",
		Published: time.Date(2023, 5, 1, 0, 0, 0, 0, time.UTC),
	}
	r, err := p.Predict(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	got := test.renamed(a, r, "FRA", "KEN")
	want := a
	want.Title = "KENYA backs Ukraine"
	want.Text = "Kenyan officials said Nairobi would help Kyiv. The Kenyan and William Ruto agree, and so does Poland."
	if got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	after, err := p.Predict(t.Context(), got)
	if err != nil {
		t.Fatal(err)
	}
	if !sameButFor(r.Mentions, after.Mentions, "FRA", "KEN") {
		t.Errorf("renamed, %+v became %+v", r.Mentions, after.Mentions)
	}
	if sameButFor(r.Mentions, after.Mentions, "FRA", "POL") {
		t.Error("a text that names Poland was taken for one that can be renamed to Poland")
	}
}

// A changed answer is counted on both sides, an equal one too, and only third
// countries that act are asked about.
func TestSwapCounts(t *testing.T) {
	test := swapTest{from: map[string]SwapRate{}, to: map[string]SwapRate{}}
	before := models.Prediction{Country: "FRA", Stance: "supportive", Score: 0.5}
	test.compare(before, models.Prediction{Country: "KEN", Stance: "supportive", Score: 0.4})
	test.compare(before, models.Prediction{Country: "KEN", Stance: "", Score: 0.2})
	test.compare(before, models.Prediction{Country: "IND", Stance: "supportive", Score: 0.5})
	test.compare(before, models.Prediction{})
	if r := test.result; r.Swaps != 3 || r.Changed != 1 || r.Skipped != 1 {
		t.Errorf("got %+v", r)
	}
	want := []SwapRate{{"IND", 1, 0, 0, 0}, {"KEN", 2, 1, 0.5, -0.2}}
	if got := rates(test.to); len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("put in: got %+v, want %+v", got, want)
	}
	labels := []datasets.Label{
		{Task: datasets.TaskStance, Country: "FRA", Topic: "ukraine", Answer: "supportive"},
		{Task: datasets.TaskStance, Country: "RUS", Topic: "ukraine", Answer: "critical"},
		{Task: datasets.TaskStance, Country: "POL", Topic: "ukraine", Answer: "none"},
		{Task: datasets.TaskStance, Country: "FRA", Topic: "no-such-topic", Answer: "neutral"},
	}
	swap := &swapTest{pipeline: defaultPredictor(t).Pipeline()}
	got := swap.actorLabels(datasets.Example{Labels: labels})
	if len(got) != 1 || len(got[0]) != 1 || got[0][0] != labels[0] {
		t.Errorf("labels of actors: %+v", got)
	}
}

// defaultPredictor answers with the built-in model and its own topics.
func defaultPredictor(t *testing.T) *models.Predictor {
	t.Helper()
	b, err := models.Default(models.Kinds())
	if err != nil {
		t.Fatal(err)
	}
	pl, err := features.New(b.Manifest.Topics, 0)
	if err != nil {
		t.Fatal(err)
	}
	return models.NewPredictor(b, pl)
}
