package gazetteer

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// Surface is one way to write a country, as the gazetteer has it.
type Surface struct {
	Form Form
	Text string // "South Korea"
	from int    // month the last term of office began; 0 for what is no person
	term []term // of office
}

// InOffice reports whether a person of that name was in office at t. It always
// holds for what is no person and for the zero time.
func (s Surface) InOffice(t time.Time) bool {
	if len(s.term) == 0 || t.IsZero() {
		return true
	}
	month := 12*t.Year() + int(t.Month()) - 1
	return slices.ContainsFunc(s.term, func(o term) bool {
		return o.from <= month && (o.to == 0 || month <= o.to)
	})
}

// Surfaces lists the ways to write a country that mean it whatever else a text
// says, by form: those of persons from the last in office to the first, others
// shortest first.
func (g *Gazetteer) Surfaces(code string) []Surface {
	var out []Surface
	var walk func(next map[string]*node)
	walk = func(next map[string]*node) {
		for _, word := range slices.Sorted(maps.Keys(next)) {
			n := next[word]
			if len(n.claims) == 1 && n.claims[0].code == code && n.claims[0].rules == 0 &&
				n.ballot == 0 && n.trap == nil {
				c := n.claims[0]
				out = append(out, Surface{c.form, spell(c.words), c.since(), c.terms})
			}
			walk(n.next)
		}
	}
	walk(g.root)
	slices.SortStableFunc(out, func(a, b Surface) int {
		return cmp.Or(cmp.Compare(a.Form, b.Form), cmp.Compare(b.from, a.from),
			cmp.Compare(len(a.Text), len(b.Text)),
			cmp.Compare(a.Text, b.Text))
	})
	return out
}

// spell writes the words of a surface as a text has them: with a blank between
// them, but for hyphens.
func spell(words []string) string {
	return strings.NewReplacer(" - ", "-", " -", "-").Replace(strings.Join(words, " "))
}
