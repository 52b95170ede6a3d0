// Package search looks for the settings of a kind that do best in
// cross-validation.
package search

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"

	"stance/datasets"
	"stance/features"
	"stance/models"
	"stance/models/evaluate"
)

// Search looks for the settings of a kind whose stance head does best in
// cross-validation.
//
// Method: successive halving. All trials are trained on a small share of the
// articles, the best third on three times as many, the best third of these on
// all. K. Jamieson, A. Talwalkar, "Non-stochastic best arm identification and
// hyperparameter optimization", AISTATS 2016, Figure 3, with a factor of 3. The
// first trial has the current settings. It stays to the last round, so that the
// winner is compared with it on equal terms.
//
// A trial's score is the mean of two macro-F1 over the three stances: over
// folds by group, and over folds by time, where a model of earlier articles
// answers later ones. Copies of a story are never on both sides of a fold.
//
// The same articles, settings and seed give the same trials, scores and winner.
type Search struct {
	Pipeline *features.Pipeline
	Corpora  []models.Corpus
	Options  models.TrainOptions // the kind, the settings in hand and the seed
	Trials   int                 // to draw, those in hand included; at least 1
	Folds    int                 // of each way; at least 2
	MinRows  int                 // that any fold learns from, even in the first round; 0 means 300
	Log      Log                 // results that need not be made again
	Note     func(r Result, done, all int)
}

// Result says how a trial did when trained on a share of the articles.
type Result struct {
	Key     string    `json:"key"` // hash of all that the result depends on
	Share   float64   `json:"share"`
	Trial   Trial     `json:"trial"`
	Score   float64   `json:"score"`    // mean of the next two
	ByGroup []float64 `json:"by_group"` // macro-F1 of each fold
	ByTime  []float64 `json:"by_time"`
	ECE     float64   `json:"ece"` // mean over all folds
}

const (
	// a round keeps one in so many, and learns from so many times the articles
	halving      = 3
	searchRounds = 3
	// folds that a trial's calibration learns from: decisions hardly depend on
	// it
	searchCalibration = 2
)

// Run returns the results of the last round, the best first. Ties go to the
// trial drawn first.
func (s Search) Run(ctx context.Context) ([]Result, error) {
	if s.Trials < 1 || s.Folds < 2 {
		return nil, fmt.Errorf("search: search with %d trials and %d folds; it takes at least 1 and 2", s.Trials, s.Folds)
	}
	f, err := s.field()
	if err != nil {
		return nil, err
	}
	trials := drawTrials(s.Options.Kind, Trial{s.Options.Settings, s.Options.Fit}, s.Trials,
		s.Options.Seed)
	all, done := 0, 0
	for n, round := len(trials), 0; round < searchRounds; round++ {
		all, n = all+n, kept(n)
	}
	for round := 0; ; round++ {
		share := max(f.leastShare(cmp.Or(s.MinRows, 300)),
			math.Pow(halving, float64(round+1-searchRounds)))
		var results []Result
		for _, t := range trials {
			r, err := s.result(ctx, f, t, share)
			if err != nil {
				return nil, err
			}
			done++
			if s.Note != nil {
				s.Note(r, done, all)
			}
			results = append(results, r)
		}
		ranked := slices.Clone(results)
		slices.SortStableFunc(ranked, func(a, b Result) int {
			return cmp.Compare(b.Score, a.Score)
		})
		if round == searchRounds-1 {
			return ranked, nil
		}
		trials = survivors(trials[0], ranked)
	}
}

// kept is how many of n trials a round leaves.
func kept(n int) int { return min(n, max(2, (n+halving-1)/halving)) }

// survivors are the first trial and the best of the others.
func survivors(first Trial, ranked []Result) []Trial {
	out := []Trial{first}
	for _, r := range ranked {
		if len(out) < kept(len(ranked)) && r.Trial != first {
			out = append(out, r.Trial)
		}
	}
	return out
}

// result looks a trial up in the log, or runs it and logs it.
func (s Search) result(ctx context.Context, f *field, t Trial, share float64) (Result, error) {
	key, err := f.key(s.Options.Kind.Name, t, share)
	if err != nil {
		return Result{}, err
	}
	if r, ok := s.Log.Find(key); ok {
		return r, nil
	}
	r := Result{Key: key, Share: share, Trial: t}
	o := s.Options
	o.Settings, o.Fit = t.Settings, t.Fit
	o.Fit.Folds = searchCalibration
	for i, fold := range f.folds {
		e, err := f.measure(ctx, fold, o, share)
		if err != nil {
			return r, fmt.Errorf("search: trial %s, fold %d: %w", t.Describe(o.Kind), i+1, err)
		}
		r.ECE += e.ECE / float64(len(f.folds))
		if i < s.Folds {
			r.ByGroup = append(r.ByGroup, e.MacroF1)
		} else {
			r.ByTime = append(r.ByTime, e.MacroF1)
		}
	}
	r.Score = (r.GroupScore() + r.TimeScore()) / 2
	return r, s.Log.Add(r)
}

// GroupScore is the mean over the folds by group.
func (r Result) GroupScore() float64 { return mean(r.ByGroup) }

// TimeScore is the mean over the folds by time.
func (r Result) TimeScore() float64 { return mean(r.ByTime) }

func mean(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return sum / float64(len(v))
}

// field is what all trials of a search share: the counted rows of the stance
// task and the folds over their articles.
type field struct {
	rows  models.StanceRows
	folds []datasets.Fold // of examples: first by group, then as many by time
	place []float64       // of each example's group in [0, 1): those below a share belong to it
	print [sha256.Size]byte
}

// field reads all articles with stance labels once. It leaves out other
// articles: in the folds they would add no rows.
func (s Search) field() (*field, error) {
	corpora := models.WithTask(s.Corpora, datasets.TaskStance)
	rows := models.CountStanceRows(s.Pipeline, corpora)
	f := &field{rows: rows}
	var examples []datasets.Example
	for _, c := range corpora {
		examples = append(examples, c.Examples...)
	}
	for _, by := range []datasets.SplitBy{datasets.ByGroup, datasets.ByTime} {
		folds, err := datasets.Folds(examples, s.Folds,
			datasets.SplitOptions{By: by, Seed: s.Options.Seed})
		if err != nil {
			return nil, err
		}
		f.folds = append(f.folds, folds...)
	}
	for _, id := range datasets.GroupIDs(examples) {
		sum := sha256.Sum256([]byte(id + " " + strconv.FormatUint(s.Options.Seed, 10)))
		f.place = append(f.place, float64(binary.BigEndian.Uint64(sum[:])>>11)/(1<<53))
	}
	return f, f.fingerprint()
}

// fingerprint hashes all that trials are measured with: the rows, their places
// and the folds. So a log's results of an older program or gazetteer are not
// taken for results of this one.
func (f *field) fingerprint() error {
	sum := sha256.New()
	if err := f.rows.Write(sum); err != nil {
		return err
	}
	fmt.Fprintln(sum, f.place)
	for _, fold := range f.folds {
		fmt.Fprintln(sum, fold.Train, fold.Dev)
	}
	copy(f.print[:], sum.Sum(nil))
	return nil
}

// key is the name of a result in the log.
func (f *field) key(kind string, t Trial, share float64) (string, error) {
	text, err := json.Marshal([]any{f.print, kind, t, share})
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16]), err
}

// leastShare is the share of the articles at which the smallest fold trains on
// about so many rows. It is at most 1.
func (f *field) leastShare(rows int) float64 {
	least := 1.0
	for i, fold := range f.folds {
		share := float64(rows) / float64(max(1, len(f.rowsOf(fold.Train, func(int) bool {
			return true
		}))))
		if i == 0 || share > least {
			least = share
		}
	}
	return min(1, least)
}

// measure trains on a share of one fold's articles and evaluates on its
// held-out articles. Labels without a row are left out: they are the same for
// all trials.
func (f *field) measure(ctx context.Context, fold datasets.Fold, o models.TrainOptions,
	share float64) (evaluate.Evaluation, error) {
	learn := f.rowsOf(fold.Train, func(example int) bool { return f.place[example] < share })
	dev := f.rowsOf(fold.Dev, func(int) bool { return true })
	answers, err := f.rows.Answers(ctx, learn, dev, o)
	if err != nil {
		return evaluate.Evaluation{}, err
	}
	return evaluate.Measure("", answers, func(models.Answered) bool { return true }, 1), nil
}

// rowsOf lists the rows of the examples that keep selects, in increasing order.
func (f *field) rowsOf(examples []int, keep func(int) bool) []int {
	var out []int
	for i, example := range f.rows.Examples() {
		if _, ok := slices.BinarySearch(examples, example); ok && keep(example) {
			out = append(out, i)
		}
	}
	return out
}
