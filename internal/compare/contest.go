package compare

import (
	"cmp"
	"context"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"time"

	"stance/datasets"
	"stance/features"
	"stance/models"
	"stance/models/evaluate"
)

// Contest trains several kinds on the same corpora and measures them on the
// same examples, one after another.
type Contest struct {
	Pipeline *features.Pipeline
	Corpora  []models.Corpus
	Dev      []datasets.Example
	Entries  []models.TrainOptions
	Note     func(Comparison) // called with each result as it comes; nil for nobody
}

// Comparison says how one kind did. Times and memory depend on the machine and
// its load.
type Comparison struct {
	Kind string `json:"kind"`
	// why there is no result; then nothing below is set
	Error    string              `json:"error,omitempty"`
	Quality  evaluate.Evaluation `json:"quality"`  // over all stance labels of Dev
	Columns  int                 `json:"columns"`  // of the stance head
	Explains bool                `json:"explains"` // its words add up to its scores
	// from articles to bundle, calibration included
	TrainSeconds float64 `json:"train_seconds"`
	// per article of Dev, parsing included, one at a time
	PredictSeconds float64 `json:"predict_seconds"`
	// see peakMemory; corpora and gazetteer included
	PeakBytes   uint64 `json:"peak_bytes"`
	BundleBytes int64  `json:"bundle_bytes"`
}

// Run returns the results, the best macro-F1 first and kinds that failed last.
// It fails only when ctx ends.
func (c Contest) Run(ctx context.Context) ([]Comparison, error) {
	var out []Comparison
	for _, o := range c.Entries {
		r, err := c.enter(ctx, o)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			r = Comparison{Kind: o.Kind.Name, Error: err.Error()}
		}
		if c.Note != nil {
			c.Note(r)
		}
		out = append(out, r)
	}
	slices.SortStableFunc(out, func(a, b Comparison) int {
		return cmp.Or(cmp.Compare(min(1, len(a.Error)), min(1, len(b.Error))),
			cmp.Compare(b.Quality.MacroF1, a.Quality.MacroF1))
	})
	return out, nil
}

// enter trains and measures one kind.
func (c Contest) enter(ctx context.Context, o models.TrainOptions) (Comparison, error) {
	var b *models.Bundle
	var err error
	start := time.Now()
	peak := peakMemory(func() { b, err = models.Train(ctx, c.Pipeline, c.Corpora, o) })
	train := time.Since(start)
	if err != nil {
		return Comparison{}, err
	}
	start = time.Now()
	answers, err := models.NewPredictor(b, c.Pipeline).Answer(c.Dev)
	predict := time.Since(start)
	if err != nil {
		return Comparison{}, err
	}
	h := b.Manifest.Heads[0]
	return Comparison{
		Kind: o.Kind.Name,
		Quality: evaluate.Measure("all", answers, func(models.Answered) bool {
			return true
		}, 0),
		Columns:        h.Columns,
		Explains:       b.Explains(),
		TrainSeconds:   train.Seconds(),
		PredictSeconds: predict.Seconds() / float64(max(1, articlesOf(answers))),
		PeakBytes:      peak,
		BundleBytes:    b.Size(),
	}, nil
}

// articlesOf counts the articles of answers, which come article by article.
func articlesOf(answers []models.Answered) int {
	n := 0
	for i, a := range answers {
		if i == 0 || answers[i-1].Article != a.Article {
			n++
		}
	}
	return n
}

// sampling is the time between two samples of peakMemory.
const sampling = 10 * time.Millisecond

// peakMemory runs work and returns the most memory that the Go runtime held
// meanwhile: mapped and not returned to the system, for the whole process. It
// samples, after returning free memory to the system. It does not see what C
// code allocates.
func peakMemory(work func()) uint64 {
	debug.FreeOSMemory()
	done, peak := make(chan struct{}), make(chan uint64)
	go func() {
		ticks := time.NewTicker(sampling)
		defer ticks.Stop()
		highest := heldMemory()
		for {
			select {
			case <-ticks.C:
				highest = max(highest, heldMemory())
			case <-done:
				peak <- max(highest, heldMemory())
				return
			}
		}
	}()
	work()
	close(done)
	return <-peak
}

// heldMemory is the memory that the Go runtime holds from the system now.
func heldMemory() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64() - s[1].Value.Uint64()
}
