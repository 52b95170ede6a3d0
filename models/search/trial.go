package search

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"stance/models"
	"stance/models/learn"
)

// Trial is one choice of the settings that a search varies.
type Trial struct {
	Settings learn.Settings    `json:"settings"`
	Fit      models.FitOptions `json:"fit"`
}

// dimension is one key of a trial that a search may vary, under its name in
// config.yaml.
type dimension struct {
	key   string
	draw  func(*rand.Rand, *Trial)
	value func(Trial) string
}

// dimensions are all keys that some kind tunes; see Kind.Tunes. Their ranges
// extend well beyond the best values so far.
func dimensions() []dimension {
	return []dimension{
		{"c", func(r *rand.Rand, t *Trial) { t.Settings.C = logUniform(r, 0.1, 100) },
			func(t Trial) string { return number(t.Settings.C) }},
		{"alpha", func(r *rand.Rand, t *Trial) { t.Settings.Alpha = logUniform(r, 0.005, 2) },
			func(t Trial) string { return number(t.Settings.Alpha) }},
		{"balanced", func(r *rand.Rand, t *Trial) { t.Settings.Balanced = r.IntN(2) == 1 },
			func(t Trial) string { return strconv.FormatBool(t.Settings.Balanced) }},
		{"max_cols", func(r *rand.Rand, t *Trial) {
			t.Settings.MaxCols = oneOf(r, 250, 500, 1000, 1500, 2000)
		},
			func(t Trial) string { return strconv.Itoa(t.Settings.MaxCols) }},
		{"neighbors", func(r *rand.Rand, t *Trial) {
			t.Settings.Neighbors = oneOf(r, 1, 3, 5, 7, 11, 15, 25, 41)
		},
			func(t Trial) string { return strconv.Itoa(t.Settings.Neighbors) }},
		{"max_depth", func(r *rand.Rand, t *Trial) {
			t.Settings.MaxDepth = oneOf(r, 5, 8, 12, 16, 20, 30, 40)
		},
			func(t Trial) string { return strconv.Itoa(t.Settings.MaxDepth) }},
		{"min_df", func(r *rand.Rand, t *Trial) {
			t.Fit.Vocabulary.MinDF = oneOf(r, 1, 2, 3, 4, 6, 10)
		},
			func(t Trial) string { return strconv.Itoa(t.Fit.Vocabulary.MinDF) }},
		{"max_weights", func(r *rand.Rand, t *Trial) {
			t.Fit.MaxWeights = oneOf(r, 20_000, 50_000, 150_000, 300_000, 450_000)
		},
			func(t Trial) string { return strconv.Itoa(t.Fit.MaxWeights) }},
	}
}

// logUniform draws a number whose logarithm is uniform between those of low and
// high, and rounds it to two digits.
func logUniform(r *rand.Rand, low, high float64) float64 {
	v := low * math.Exp(r.Float64()*math.Log(high/low))
	step := math.Pow(10, math.Floor(math.Log10(v))-1)
	v, _ = strconv.ParseFloat(strconv.FormatFloat(math.Round(v/step)*step, 'g', 2, 64), 64)
	return v
}

func oneOf(r *rand.Rand, values ...int) int { return values[r.IntN(len(values))] }

func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// drawTrials gives n different trials, or as many as there are. The first is
// base; the others vary the keys that the kind tunes. The same seed draws the
// same trials, and a larger n only adds to them.
func drawTrials(kind models.Kind, base Trial, n int, seed uint64) []Trial {
	rng := rand.New(rand.NewPCG(seed, 2))
	trials := []Trial{base}
	for misses := 0; len(trials) < n && misses < 1000; {
		t := base
		for _, d := range dimensions() {
			if slices.Contains(kind.Tunes, d.key) {
				d.draw(rng, &t)
			}
		}
		if slices.Contains(trials, t) {
			misses++
			continue
		}
		trials = append(trials, t)
	}
	return trials
}

// Describe lists the keys of t that the kind tunes, in one line.
func (t Trial) Describe(kind models.Kind) string {
	var parts []string
	for _, d := range dimensions() {
		if slices.Contains(kind.Tunes, d.key) {
			parts = append(parts, d.key+" "+d.value(t))
		}
	}
	return strings.Join(parts, ", ")
}

// YAML gives the part of config.yaml that selects the kind and t.
func (t Trial) YAML(kind models.Kind) string {
	var out strings.Builder
	fmt.Fprintf(&out, "train:\n  kind: %s\n", kind.Name)
	for _, d := range dimensions() {
		if slices.Contains(kind.Tunes, d.key) {
			fmt.Fprintf(&out, "  %s: %s\n", d.key, d.value(t))
		}
	}
	return out.String()
}
