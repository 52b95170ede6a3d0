package counterfactual

import (
	"cmp"
	"slices"
)

// direction is a move from one label to another along an axis.
type direction struct{ axis, from, to string }

// maxTilt is how many times as many pairs a direction may have as the opposite
// direction of its axis.
const maxTilt = 3

// choose takes pairs in a seeded order as long as no bound is reached, and
// returns them in the order in which they were made. An axis that turns
// supportive acts critical far more often than the other way is thinned out.
func choose(all []Pair, o Options) []Pair {
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(all[a].place(), all[b].place())
	})
	taken := bounded(all, order, o)
	counts := map[direction]int{}
	for _, i := range taken {
		counts[all[i].direction()]++
	}
	kept := map[direction]int{}
	var out []int
	for _, i := range taken {
		d := all[i].direction()
		if limit, ok := limitOf(counts, d); ok && kept[d] >= limit {
			continue
		}
		kept[d]++
		out = append(out, i)
	}
	slices.Sort(out)
	pairs := make([]Pair, len(out))
	for k, i := range out {
		pairs[k] = all[i]
	}
	return pairs
}

// place is where a pair stands in the seeded order. In the first half stand
// whole texts, which are few, and the axes that turn the act itself.
func (p Pair) place() uint64 {
	if p.Unit == UnitText || p.Axis == "act" || p.Axis == "negation" || p.Axis == axisSide {
		return p.order / 2
	}
	return p.order
}

// limitOf is how many pairs of a direction are kept; ok is false for those that
// nothing is opposite to.
func limitOf(counts map[direction]int, d direction) (int, bool) {
	opposite := direction{d.axis, d.to, d.from}
	if d.from == d.to || d.from == neutral || d.to == neutral || d.to == none {
		return 0, false
	}
	return maxTilt*counts[opposite] + maxTilt, true
}

func (p Pair) direction() direction { return direction{p.Axis, p.From, p.To} }

// perClause is how many pairs of one axis a clause may give.
const perClause = 2

// bounded takes pairs in order while no count is full.
func bounded(all []Pair, order []int, o Options) []int {
	counts := map[[3]string]int{}
	var out []int
	for _, i := range order {
		p := all[i]
		bounds := []struct {
			key   [3]string
			limit int
		}{
			{[3]string{"text", p.Original.Group, ""}, o.PerText},
			{[3]string{"clause", p.Original.ID, p.Axis}, perClause},
			{[3]string{"topic", p.Axis, p.Topic}, o.PerTopic},
			{[3]string{"verb", p.Axis, p.Verb}, o.PerVerb},
			{[3]string{"rule", p.Axis, p.Rule}, o.PerRule},
		}
		full := false
		for _, b := range bounds {
			full = full || counts[b.key] >= b.limit
		}
		if full {
			continue
		}
		for _, b := range bounds {
			counts[b.key]++
		}
		out = append(out, i)
	}
	return out
}
