package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"stance/internal/batch"
	"stance/internal/output"
	"stance/internal/program"
)

// tableLines bounds the table, so that it fits a screen with the words around
// it.
const tableLines = 16

// standing is how the stories of a date put one country's side on one topic.
type standing struct {
	country string
	counts  [3]int64 // stories: supportive, neutral, critical
	score   float64  // sum over stories
}

func (s standing) stories() int64 { return s.counts[0] + s.counts[1] + s.counts[2] }

// stance is the most frequent side, or mixed when two share that place.
func (s standing) stance() string {
	most, n := slices.Max(s.counts[:]), 0
	name := ""
	for i, stance := range []string{"supportive", "neutral", "critical"} {
		if s.counts[i] == most {
			name = stance
			n++
		}
	}
	if n > 1 {
		return "mixed"
	}
	return name
}

// topicTable is the standings of one topic, most stories first.
type topicTable struct {
	topic string
	lines []standing
}

// show prints what was found, by topic and country.
func (f *flags) show(w io.Writer, bc batch.Config, sum batch.Summary) error {
	rows, err := output.Aggregates(bc.Out, bc.Date)
	if err != nil {
		return err
	}
	tables := tablesOf(rows)
	if len(tables) == 0 {
		fmt.Fprintln(w, "No country takes part in a topic in these articles.")
		return nil
	}
	writeTables(w, tables, program.Colour(w))
	return nil
}

// tablesOf adds up the days of the aggregates, which are sorted by day, country
// and topic.
func tablesOf(rows []output.AggregateRow) []topicTable {
	var tables []topicTable
	for _, r := range rows {
		if r.Stories == 0 {
			continue
		}
		t := slices.IndexFunc(tables, func(t topicTable) bool { return t.topic == r.Topic })
		if t < 0 {
			t = len(tables)
			tables = append(tables, topicTable{topic: r.Topic})
		}
		lines := &tables[t].lines
		l := slices.IndexFunc(*lines, func(s standing) bool { return s.country == r.CountryName })
		if l < 0 {
			l = len(*lines)
			*lines = append(*lines, standing{country: r.CountryName})
		}
		s := &(*lines)[l]
		s.counts[0], s.counts[1], s.counts[2] = s.counts[0]+r.StoriesSupport,
			s.counts[1]+r.StoriesNeutral, s.counts[2]+r.StoriesCritical
		if r.MeanScore != nil {
			s.score += *r.MeanScore * float64(r.Stories)
		}
	}
	for _, t := range tables {
		slices.SortStableFunc(t.lines, func(a, b standing) int {
			return cmp.Or(cmp.Compare(b.stories(), a.stories()), cmp.Compare(a.country, b.country))
		})
	}
	slices.SortFunc(tables, func(a, b topicTable) int { return cmp.Compare(a.topic, b.topic) })
	return tables
}

// writeTables prints the head of each table; all topics have a share of the
// lines, the first of them when there are many.
func writeTables(w io.Writer, tables []topicTable, colour bool) {
	left := max(0, len(tables)-tableLines/3)
	tables = tables[:len(tables)-left]
	each := max(2, tableLines/len(tables))
	fmt.Fprintf(w, "%-17s  %-20s  %-10s  %6s  %7s  %3s %3s %3s\n", "topic", "country", "stance", "score", "stories", "sup", "neu", "cri")
	for _, t := range tables {
		topic := t.topic
		for i, s := range t.lines {
			if i == each && len(t.lines) > each+1 {
				fmt.Fprintf(w, "%-17s  … and %d more\n", "", len(t.lines)-each)
				break
			}
			fmt.Fprintf(w, "%-17s  %-20s  %s  %+6.2f  %7d  %3d %3d %3d\n", clip(topic, 17),
				clip(s.country, 20),
				paint(s.stance(), fmt.Sprintf("%-10s", s.stance()), colour),
				s.score/float64(s.stories()), s.stories(),
				s.counts[0], s.counts[1], s.counts[2])
			topic = ""
		}
	}
	if left > 0 {
		fmt.Fprintf(w, "… and %d more topics\n", left)
	}
}

// clip shortens s to n characters.
func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return strings.TrimRight(string(r[:n-1]), " ") + "…"
	}
	return s
}

// paint colours text by a stance.
func paint(stance, text string, colour bool) string {
	codes := []struct{ stance, code string }{{"supportive", "32"}, {"critical", "31"}, {"neutral", "33"}, {"mixed", "33"}}
	for _, c := range codes {
		if colour && c.stance == stance {
			return "\x1b[" + c.code + "m" + text + "\x1b[0m"
		}
	}
	return text
}
