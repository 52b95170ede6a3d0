package models

import (
	"context"
	"errors"
	"testing"
)

// A kind that cannot learn does not keep the others from being measured, and stands last.
func TestContestGoesOnAfterAFailure(t *testing.T) {
	pl, corpora, dev := smallSplit(t)
	c := Contest{Pipeline: pl, Corpora: corpora, Dev: dev}
	broken := Kind{Name: "broken", New: func(Settings) (Trainer, error) { return nil, errors.New("no way") }}
	for _, kind := range []Kind{broken, Kinds()[2]} {
		c.Entries = append(c.Entries, TrainOptions{Kind: kind, Settings: DefaultSettings(), Fit: DefaultFitOptions()})
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
	if r.Quality.Labels == 0 || r.Quality.Low > r.Quality.MacroF1 || r.Quality.MacroF1 > r.Quality.High || !r.Explains ||
		r.Columns == 0 || r.BundleBytes == 0 || r.PeakBytes == 0 || r.TrainSeconds <= 0 || r.PredictSeconds <= 0 {
		t.Errorf("multinomial-nb: %+v", r)
	}
}

func TestContestEndsWithItsContext(t *testing.T) {
	pl, corpora, dev := smallSplit(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	entry := TrainOptions{Kind: Kinds()[0], Settings: DefaultSettings(), Fit: DefaultFitOptions()}
	got, err := Contest{Pipeline: pl, Corpora: corpora, Dev: dev, Entries: []TrainOptions{entry}}.Run(ctx)
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
