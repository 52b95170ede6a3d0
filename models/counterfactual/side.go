package counterfactual

import "strings"

// swapSides returns the changes that put each side of topic t in the place of
// the other in the object of a clause. It fails where a name is not written as
// countries.tsv writes it, since only those have a counterpart.
func (g *Generator) swapSides(r *reading, t int, c *clause) ([]change, bool) {
	party, opponent := r.sides(t)
	if len(party) != 1 || len(opponent) != 1 {
		return nil, false
	}
	a, okA := g.tables.country(party[0])
	b, okB := g.tables.country(opponent[0])
	if !okA || !okB {
		return nil, false
	}
	var out []change
	for i := c.object.first; i < c.object.last; {
		what, next := r.roleAt(t, i)
		if what == roleParty || what == roleOpponent {
			from, to := a, b
			if what == roleOpponent {
				from, to = b, a
			}
			ch, ok := r.swap(i, next, from, to)
			if !ok || next > c.object.last {
				return nil, false
			}
			out = append(out, ch)
		}
		i = next
	}
	return out, len(out) > 0
}

// swap writes the name in tokens [first, last) with that of the other side.
func (r *reading) swap(first, last int, from, to name) (change, bool) {
	start, end := r.start[first], r.end[last-1]
	text := r.text[start:end]
	bare := strings.TrimPrefix(from.name, "the ")
	switch {
	case text == from.capital:
		return change{start, end, to.capital}, true
	case text == from.adjective:
		return change{start, end, to.adjective}, true
	case text != bare:
		return change{}, false
	}
	article := first > 0 && r.lower[first-1] == "the"
	if article != (bare != from.name) {
		return change{}, false
	}
	if article {
		start = r.start[first-1]
	}
	return change{start, end, to.name}, true
}

// country returns the names of a country.
func (t *tables) country(code string) (name, bool) {
	for _, n := range t.countries {
		if n.code == code {
			return n, true
		}
	}
	return name{}, false
}
