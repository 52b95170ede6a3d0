package features

import (
	"fmt"

	"stance/features/gazetteer"
	"stance/features/syntax"
)

// What an article costs is counted, not timed: the same article costs the same
// on every machine. The unit is a look at one word by the families of one
// question. A news article of 4 kB costs 10,000 looks; the densest of 130,000
// cost 37,000.

const (
	// DefaultWorkLimit is the number of looks that an article may cost for each
	// of its topics unless a pipeline says otherwise: some seconds of one core.
	DefaultWorkLimit = 4_000_000

	// windowLimit bounds the looks of one question: sentences beyond it are not
	// looked at. It bounds the memory that the features of a question take.
	windowLimit = 1 << 19

	// windowEdge is what a window costs beside the words of its sentence.
	windowEdge = 32

	// scanShare is how many sentences or names, which a question only passes
	// over, cost as much as one look.
	scanShare = 8

	// workPerByte is more looks than a byte of text can cost: names of 3 bytes
	// that share a sentence of 200 words cost some 160 each.
	workPerByte = 256
)

// CostError says that an article would cost more than it may.
type CostError struct{ Work, Limit int64 }

func (e *CostError) Error() string {
	return fmt.Sprintf("the countries and sentences would cost %d looks at words, the limit is %d; split the text or raise limits.work",
		e.Work, e.Limit)
}

// MayCost reports whether an article of so many bytes can reach the limit of
// work at all. Most cannot, and nobody need count.
func (p *Pipeline) MayCost(bytes int) bool { return int64(bytes) > p.workLimit()/workPerByte }

// CheckCost returns a [*CostError] when the questions of an analysis cost more
// than they may.
func (p *Pipeline) CheckCost(an *syntax.Analysis) error {
	if work, limit := Work(an), p.workLimit(); work > limit {
		return &CostError{work, limit}
	}
	return nil
}

func (p *Pipeline) workLimit() int64 {
	if p.WorkLimit <= 0 {
		return DefaultWorkLimit
	}
	return p.WorkLimit
}

// Work counts what the questions about one topic of an analysis cost, before
// any is asked: for each country the words of the sentences that name it, once
// for the sentence and once for each time the sentence names it, and its share
// of what every question passes over.
func Work(an *syntax.Analysis) int64 {
	if len(an.Topics) == 0 {
		return 0
	}
	looks := map[string]int64{}
	for rest := an.References; len(rest) > 0; {
		n := sameSentence(rest)
		s := an.Document.Sentences[rest[0].Sentence]
		times := map[string]int{}
		for _, m := range rest[:n] {
			times[m.Country]++
		}
		for country, k := range times {
			looks[country] += windowCost(s.Last-s.First, k)
		}
		rest = rest[n:]
	}
	work := int64(0)
	for _, n := range looks { // a sum: its order does not matter
		work += min(n, windowLimit)
	}
	passed := int64(len(an.Document.Sentences)+len(an.References)+len(an.Hits)) / scanShare
	return work + int64(len(looks))*(titleWords(an)+passed)
}

// sameSentence counts the references at the head of a list that stand in the
// sentence of the first.
func sameSentence(list []gazetteer.Mention) int {
	n := 1
	for n < len(list) && list[n].Sentence == list[0].Sentence {
		n++
	}
	return n
}

// windowCost is what a sentence of so many words costs that names the country
// so many times.
func windowCost(words, times int) int64 { return int64(words+windowEdge) * int64(1+times) }

// titleWords counts the words of the title, which every question looks at.
func titleWords(an *syntax.Analysis) (n int64) {
	for _, s := range an.Document.Sentences {
		if !s.Title {
			break
		}
		n += int64(s.Last - s.First)
	}
	return n
}
