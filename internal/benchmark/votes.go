package benchmark

import (
	"context"
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"stance/features"
	"stance/features/topic"
	"stance/models"
	"stance/models/measure"
)

// VoteResult compares the mean stance of countries on ukraine with their votes
// in the General Assembly.
type VoteResult struct {
	Name        string              `json:"name"`
	Correlation measure.Correlation `json:"correlation"`
	Countries   []CountryVote       `json:"countries"` // by code
}

// CountryVote is one country of a comparison.
type CountryVote struct {
	Country string  `json:"country"`
	Labels  int     `json:"labels"` // in which it is an actor
	Score   float64 `json:"score"`  // mean: supportive 1, neutral 0, critical -1
	Vote    float64 `json:"vote"`   // in favor 1, abstention 0, against -1
}

const (
	minActorLabels = 5     // below which a country's mean is left out
	permutations   = 10000 // of the permutation test
	crossFolds     = 2     // of the cross-fitted predictions
	voteTopic      = "ukraine"
)

// votes are the values of the words of the vote files. Who was absent did not
// say where it stands and is left out.
var votes = map[string]float64{"IN FAVOR": 1, "ABSTENTION": 0, "AGAINST": -1}

// Votes reads world_ukraine_votes.csv: the vote by country code. Names the
// gazetteer does not know (parts of countries) are left out.
func Votes(pl *features.Pipeline, corpora string) (map[string]float64, error) {
	path := filepath.Join(corpora, "unga-votes", "world_ukraine_votes.csv")
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("benchmark: %w", err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) == 0 || !slices.Equal(rows[0], []string{"NAME_EN", "vote"}) {
		return nil, fmt.Errorf("benchmark: %s: no table of NAME_EN and vote: %v", path, err)
	}
	out := map[string]float64{}
	for _, row := range rows[1:] {
		code := codeOf(pl, row[0])
		if v, ok := votes[row[1]]; ok && code != "" {
			if _, seen := out[code]; !seen {
				out[code] = v
			}
		}
	}
	return out, nil
}

// codeOf is the country that a whole text names, or "".
func codeOf(pl *features.Pipeline, name string) string {
	an := pl.Text(name)
	if len(an.Mentions) == 1 && an.Mentions[0].First == 0 && an.Mentions[0].Last == len(an.Lower) {
		return an.Mentions[0].Country
	}
	return ""
}

// Votes compares gold labels of train and dev, cross-fitted predictions of
// both, and the answers of a bundle on dev.
func (s Stance) Votes(ctx context.Context, b *models.Bundle, corpora string) ([]VoteResult, error) {
	cast, err := Votes(s.Pipeline, corpora)
	if err != nil {
		return nil, err
	}
	cross, err := s.crossAnswers(ctx, slices.Concat(s.Train, s.Dev), crossFolds)
	if err != nil {
		return nil, err
	}
	dev, err := models.NewPredictor(b, s.Pipeline).Answer(s.Dev)
	if err != nil {
		return nil, err
	}
	return []VoteResult{
		compare("labels of train and dev", cross, goldScore, cast),
		compare("predictions for train and dev, cross-fitted in 2 folds", cross, predictedScore,
			cast),
		compare("labels of dev", dev, goldScore, cast),
		compare("predictions of the built-in model for dev", dev, predictedScore, cast),
	}, nil
}

// stanceScores are the scores of models.StanceClasses; that of none is never
// used.
var stanceScores = [...]float64{0, 1, 0, -1}

func goldScore(a models.Answered) (float64, bool) { return stanceScores[a.Answer], a.Answer > 0 }

func predictedScore(a models.Answered) (float64, bool) {
	return stanceScores[a.Predicted], a.Predicted > 0
}

// compare averages the scores of third countries that are actors and correlates
// them with the votes.
func compare(name string, answers []models.Answered, score func(models.Answered) (float64, bool),
	cast map[string]float64) VoteResult {
	sums := map[string]CountryVote{}
	for _, a := range answers {
		v, actor := score(a)
		_, voted := cast[a.Country]
		if a.Topic != voteTopic || a.Stand != topic.Third || !actor || !voted {
			continue
		}
		c := sums[a.Country]
		c.Labels++
		c.Score += v
		sums[a.Country] = c
	}
	r := VoteResult{Name: name}
	var x, y []float64
	for _, code := range slices.Sorted(maps.Keys(sums)) {
		c := sums[code]
		if c.Labels < minActorLabels {
			continue
		}
		c.Country, c.Vote, c.Score = code, cast[code], c.Score/float64(c.Labels)
		r.Countries = append(r.Countries, c)
		x, y = append(x, c.Score), append(y, c.Vote)
	}
	r.Correlation = measure.Spearman(x, y, permutations, seed)
	return r
}
