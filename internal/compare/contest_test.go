package compare

import (
	"context"
	"errors"
	"testing"

	"stance/datasets"
	"stance/features"
	"stance/models"
	"stance/models/conformance"
	"stance/models/learn"
)

// A kind that cannot learn does not keep the others from being measured, and
// stands last.
func TestContestGoesOnAfterAFailure(t *testing.T) {
	pl, corpora, dev := halves(t)
	c := Contest{Pipeline: pl, Corpora: corpora, Dev: dev}
	broken := models.Kind{Name: "broken", New: func(learn.Settings) (learn.Trainer, error) {
		return nil, errors.New("no way")
	}}
	for _, kind := range []models.Kind{broken, models.Kinds()[2]} {
		c.Entries = append(c.Entries,
			models.TrainOptions{Kind: kind, Settings: learn.DefaultSettings(),
				Fit: models.DefaultFitOptions()})
	}
	noted := 0
	c.Note = func(Comparison) { noted++ }
	got, err := c.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || noted != 2 || got[0].Kind != "multinomial-nb" || got[1].Kind != "broken" {
		t.Fatalf("results %+v, %d of them noted", got, noted)
	}
	if want := `models: head "stance": no way`; got[1].Error != want {
		t.Errorf("error %q, want %q", got[1].Error, want)
	}
	r := got[0]
	if r.Quality.Labels == 0 || r.Quality.Low > r.Quality.MacroF1 ||
		r.Quality.MacroF1 > r.Quality.High || !r.Explains ||
		r.Columns == 0 || r.BundleBytes == 0 || r.PeakBytes == 0 || r.TrainSeconds <= 0 ||
		r.PredictSeconds <= 0 {
		t.Errorf("multinomial-nb: %+v", r)
	}
}

func TestContestEndsWithItsContext(t *testing.T) {
	pl, corpora, dev := halves(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	entry := models.TrainOptions{Kind: models.Kinds()[0], Settings: learn.DefaultSettings(),
		Fit: models.DefaultFitOptions()}
	got, err := Contest{Pipeline: pl, Corpora: corpora, Dev: dev,
		Entries: []models.TrainOptions{entry}}.Run(ctx)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestPeakMemorySeesWhatIsHeld(t *testing.T) {
	const size = 64 << 20
	before := heldMemory()
	var kept []byte
	peak := peakMemory(func() {
		kept = make([]byte, size)
		for i := 0; i < size; i += 4096 {
			kept[i] = 1
		}
	})
	if peak < size || peak > before+4*size {
		t.Errorf("peak of %d bytes with %d more than %d", peak, len(kept), before)
	}
}

// halves is a part of the sample corpus, divided by time.
func halves(t *testing.T) (*features.Pipeline, []models.Corpus, []datasets.Example) {
	t.Helper()
	c := conformance.Corpus(t, "../../datasets/sample/labelled-2.jsonl")
	learn, dev, err := models.HoldOut([]models.Corpus{c}, 0.3)
	if err != nil {
		t.Fatal(err)
	}
	return conformance.Pipeline(t), learn, dev
}
