package report

import (
	"cmp"
	"math"
	"slices"

	"stance/internal/output"
)

// outletView is one outlet's answers on a topic.
type outletView struct {
	Source, Topic string
	Told          int64
	Scores        output.Scores
	Supportive    interval
	Critical      interval
	Shares        sharesBar
}

// interval is a share with its 95 % interval.
type interval struct{ Share, Low, High float64 }

// outletsOf lists outlets with most answers first, and says how many lines are
// left out.
func outletsOf(counts []output.OutletCount) (list []outletView, left int) {
	for _, o := range counts {
		list = append(list,
			outletView{Source: o.Source, Topic: o.Topic, Told: o.Told, Scores: o.Scores,
				Supportive: shareOf(o.Supportive, o.Stories, o.Told),
				Critical:   shareOf(o.Critical, o.Stories, o.Told), Shares: sharesOf(o.Scores)})
	}
	slices.SortStableFunc(list, func(a, b outletView) int {
		return cmp.Compare(b.Scores.Stories, a.Scores.Stories)
	})
	if left = max(0, len(list)-mostOutlets); left > 0 {
		list = list[:mostOutlets]
	}
	return list, left
}

// shareOf is k of n answers with the Wilson interval of a sample of as many
// independent answers as there are stories: several countries answer in one
// story, and their answers hang together.
func shareOf(k, n, stories int64) interval {
	return wilson(float64(k)/float64(max(1, n)), float64(stories), 1.959963984540054)
}

// wilson is the score interval of a share p of n: E. B. Wilson, "Probable
// inference, the law of succession, and statistical inference", JASA 22 (1927).
// z is the normal percentile.
func wilson(p, n, z float64) interval {
	if n == 0 {
		return interval{p, 0, 1}
	}
	centre := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	i := interval{p, max(0, centre-half), min(1, centre+half)}
	if p == 0 { // where rounding could leave a low end above 0
		i.Low = 0
	}
	if p == 1 {
		i.High = 1
	}
	return i
}

// sharesBar is three shares in one bar, in pixels.
type sharesBar struct {
	Supportive, Neutral, Critical float64 // widths
	NeutralAt, CriticalAt         float64
}

// sharesWidth is the width of the whole bar.
const sharesWidth = 90

func sharesOf(s output.Scores) sharesBar {
	width := func(n int64) float64 { return sharesWidth * float64(n) / float64(max(1, s.Stories)) }
	return sharesBar{width(s.Supportive), width(s.Neutral), width(s.Critical), width(s.Supportive),
		width(s.Supportive + s.Neutral)}
}
