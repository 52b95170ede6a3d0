package batch

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"stance/internal/output"
	"stance/models"
)

// Drift compares a run with the model's training data. It says nothing about
// one article: only that the input as a whole has moved, so that someone should
// look.
//
// The index of a mix is the population stability index, the sum over names of
// (p - q) ln(p / q) with p the run's share and q training's (symmetric
// Kullback-Leibler divergence), shares floored at PSIFloor so that one new name
// does not make it infinite. Below 0.1 two samples of the same source are
// usual, above 0.25 they are not.
type Drift struct {
	OOV        float64 `json:"oov"`         // the run's mean OOV less training's
	StancePSI  float64 `json:"stance_psi"`  // of the mix of stances
	CountryPSI float64 `json:"country_psi"` // of the mix of countries with a stance
	Rows       int     `json:"rows"`        // rows with a stance, on which the indexes stand
	// what is beyond its limit, by name: oov, stance, country
	Warnings []string `json:"warnings"`

	// The words that the model has never seen in most stories, the most
	// frequent first. They have no limit: there are always some, and they tell
	// a person what the articles are about when one of the measures is beyond
	// its own.
	NewWords []NameCount `json:"new_words"`
}

// The limits beyond which a measure is a warning. Mixes of fewer than
// DriftMinRows rows are not judged.
const (
	DriftMaxOOV  = 0.15
	DriftMaxPSI  = 0.25
	DriftMinRows = 200
	PSIFloor     = 1e-3
)

// What is kept and told of new words.
const (
	maxDistinctWords = 100_000 // counted; later ones are left out, so that memory has a bound
	newWordStories   = 3       // a word of fewer stories is not told
	newWordsTold     = 10
)

// addNewWords counts the words of a story, joined by spaces.
func (s *Summary) addNewWords(words string) {
	if s.newWords == nil {
		s.newWords = map[string]int{}
	}
	for word := range strings.FieldsSeq(words) {
		if n, known := s.newWords[word]; known {
			s.newWords[word] = n + 1
		} else if len(s.newWords) < maxDistinctWords {
			s.newWords[strings.Clone(word)] = 1
		}
	}
}

// frequentNewWords are the words to tell, ties by name.
func (s *Summary) frequentNewWords() []NameCount {
	found := []NameCount{}
	for _, word := range slices.Sorted(maps.Keys(s.newWords)) {
		if n := s.newWords[word]; n >= newWordStories {
			found = append(found, NameCount{word, n})
		}
	}
	slices.SortStableFunc(found, func(a, b NameCount) int { return b.Count - a.Count })
	return found[:min(len(found), newWordsTold)]
}

// measureDrift fills s.Drift from what s has counted. Without a profile, or
// with one of a model that was trained without measuring it, there is no drift.
func (s *Summary) measureDrift(p *models.Profile) {
	if p == nil || len(p.StanceShares) == 0 {
		return
	}
	var mix [3]int
	for _, t := range s.Topics {
		mix[0], mix[1], mix[2] = mix[0]+t.Supportive, mix[1]+t.Neutral, mix[2]+t.Critical
	}
	stance := []NameCount{{"critical", mix[2]}, {"neutral", mix[1]}, {"supportive", mix[0]}}
	d := &Drift{Rows: mix[0] + mix[1] + mix[2], OOV: output.Round4(s.MeanOOV - p.MeanOOV),
		Warnings: []string{}, NewWords: s.frequentNewWords()}
	if d.Rows > 0 {
		d.StancePSI, d.CountryPSI = psi(stance, p.StanceShares), psi(s.Countries, p.CountryShares)
	}
	for _, w := range []struct {
		name string
		over bool
	}{
		{"oov", s.Rows >= DriftMinRows && d.OOV > DriftMaxOOV},
		{"stance", d.Rows >= DriftMinRows && d.StancePSI > DriftMaxPSI},
		{"country", d.Rows >= DriftMinRows && d.CountryPSI > DriftMaxPSI},
	} {
		if w.over {
			d.Warnings = append(d.Warnings, w.name)
		}
	}
	s.Drift = d
}

// psi is the population stability index of counts against shares, both sorted
// by name. Without shares it is 0.
func psi(counts []NameCount, shares []models.Share) float64 {
	if len(shares) == 0 {
		return 0
	}
	total := 0
	for _, c := range counts {
		total += c.Count
	}
	index := 0.0
	add := func(p, q float64) {
		p, q = max(p, PSIFloor), max(q, PSIFloor)
		index += (p - q) * math.Log(p/q)
	}
	for _, c := range counts {
		i, found := slices.BinarySearchFunc(shares, c.Name, func(s models.Share, name string) int {
			return cmp.Compare(s.Name, name)
		})
		q := 0.0
		if found {
			q = shares[i].Share
		}
		add(float64(c.Count)/float64(total), q)
	}
	for _, s := range shares {
		if !slices.ContainsFunc(counts, func(c NameCount) bool { return c.Name == s.Name }) {
			add(0, s.Share)
		}
	}
	return output.Round4(index)
}
