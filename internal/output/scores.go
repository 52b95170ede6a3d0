package output

import "math"

// Scores sums the stance scores of stories. The zero Scores is empty.
type Scores struct {
	Stories                       int64
	Supportive, Neutral, Critical int64   // of Stories
	Sum, Squares                  float64 // of the scores
}

// add counts a score with its side, an index of stances.
func (s *Scores) add(side int, score float64) {
	switch side {
	case 0:
		s.Supportive++
	case 1:
		s.Neutral++
	case 2:
		s.Critical++
	}
	s.addValue(score)
}

func (s *Scores) addValue(v float64) {
	s.Stories++
	s.Sum += v
	s.Squares += v * v
}

// Plus is the sum of both.
func (s Scores) Plus(o Scores) Scores {
	return Scores{s.Stories + o.Stories, s.Supportive + o.Supportive, s.Neutral + o.Neutral,
		s.Critical + o.Critical,
		s.Sum + o.Sum, s.Squares + o.Squares}
}

// Mean is the mean score; 0 without stories.
func (s Scores) Mean() float64 { return s.Sum / float64(max(1, s.Stories)) }

// Variance is the sample variance of the scores; 0 below two stories.
func (s Scores) Variance() float64 {
	if s.Stories < 2 {
		return 0
	}
	n := float64(s.Stories)
	return max(0, s.Squares-n*s.Mean()*s.Mean()) / (n - 1)
}

// StdErr is the standard error of the mean; 0 below two stories.
func (s Scores) StdErr() float64 { return math.Sqrt(s.Variance() / float64(max(1, s.Stories))) }
