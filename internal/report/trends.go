package report

import (
	"time"

	"stance/internal/output"
)

// mostBuckets is how many points a trend line has at most.
const mostBuckets = 62

// trendView is scores over time.
type trendView struct {
	First, Last string // days of publication; "" without a story
	Unit        string // day, week, month, quarter or year
	Buckets     []string
	Lines       []trendLine
	Left        int // pairs that have no line
}

// trendLine is one country and topic.
type trendLine struct {
	Country string       `json:"c"`
	Topic   string       `json:"t"`
	Points  [][5]float64 `json:"p"` // bucket, mean, low, high, stories
}

// units are the widths of buckets; each names the bucket of a day by its first
// day.
var units = []struct {
	name  string
	start func(t time.Time) time.Time
	next  func(t time.Time) time.Time
}{
	{"day", func(t time.Time) time.Time {
		return t
	}, func(t time.Time) time.Time { return t.AddDate(0, 0, 1) }},
	{"week", func(t time.Time) time.Time { return t.AddDate(0, 0, -(int(t.Weekday())+6)%7) },
		func(t time.Time) time.Time { return t.AddDate(0, 0, 7) }},
	{"month", func(t time.Time) time.Time {
		return month(t, 1)
	}, func(t time.Time) time.Time { return t.AddDate(0, 1, 0) }},
	{"quarter", func(t time.Time) time.Time {
		return month(t, 3)
	}, func(t time.Time) time.Time { return t.AddDate(0, 3, 0) }},
	{"year", func(t time.Time) time.Time {
		return month(t, 12)
	}, func(t time.Time) time.Time { return t.AddDate(1, 0, 0) }},
}

// month is the first day of the period of n months that holds t.
func month(t time.Time, n int) time.Time {
	first := (int(t.Month()) - 1) / n * n
	return time.Date(t.Year(), time.Month(first+1), 1, 0, 0, 0, 0, time.UTC)
}

// trendsOf makes the lines of the first pairs, in the narrowest unit that gives
// few enough points; cells come by country, topic and day.
func trendsOf(cells []output.Cell, pairs []stanceView) trendView {
	v := trendView{Buckets: []string{}, Lines: []trendLine{}}
	first, last := int32(0), int32(0)
	for _, c := range cells {
		if c.Stories > 0 {
			if v.Unit == "" || c.Day < first {
				first = c.Day
			}
			if v.Unit == "" || c.Day > last {
				last = c.Day
			}
			v.Unit = "day"
		}
	}
	if v.Unit == "" {
		return v
	}
	v.First, v.Last = dateOf(first), dateOf(last)
	bucketOf := v.divide(first, last)
	shown := map[[2]string]int{}
	for _, p := range pairs[:min(len(pairs), mostSeries)] {
		shown[[2]string{p.Code, p.Topic}] = len(v.Lines)
		v.Lines = append(v.Lines,
			trendLine{Country: p.Code, Topic: p.Topic, Points: [][5]float64{}})
	}
	v.Left = len(pairs) - len(v.Lines)
	sums := make([]map[int]output.Scores, len(v.Lines))
	for _, c := range cells {
		if at, found := shown[[2]string{c.Country, c.Topic}]; found && c.Stories > 0 {
			if sums[at] == nil {
				sums[at] = map[int]output.Scores{}
			}
			b := bucketOf[dateOf(c.Day)]
			sums[at][b] = sums[at][b].Plus(c.Scores)
		}
	}
	for at := range v.Lines {
		for b := range v.Buckets {
			if s, found := sums[at][b]; found {
				e := estimateOf(s)
				v.Lines[at].Points = append(v.Lines[at].Points,
					[5]float64{float64(b), output.Round4(e.Mean), output.Round4(e.Low),
						output.Round4(e.High), float64(e.Stories)})
			}
		}
	}
	return v
}

// divide chooses the unit, lists the buckets from the first day to the last,
// and tells each day's.
func (v *trendView) divide(first, last int32) (bucketOf map[string]int) {
	day := func(n int32) time.Time { return time.Unix(int64(n)*86400, 0).UTC() }
	for _, u := range units {
		v.Unit, v.Buckets = u.name, v.Buckets[:0]
		for t := u.start(day(first)); !t.After(day(last)); t = u.next(t) {
			if v.Buckets = append(v.Buckets,
				t.Format(time.DateOnly)); len(v.Buckets) > mostBuckets && u.name != "year" {
				break
			}
		}
		if len(v.Buckets) <= mostBuckets || u.name == "year" {
			bucketOf = map[string]int{}
			at := map[string]int{}
			for i, b := range v.Buckets {
				at[b] = i
			}
			for n := first; n <= last; n++ {
				bucketOf[dateOf(n)] = at[u.start(day(n)).Format(time.DateOnly)]
			}
			break
		}
	}
	return bucketOf
}
