package datasets

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// SplitBy names what decides which examples are held out. There is no split by
// row: copies of one story on both sides would let a model be tested on what it
// has learned.
type SplitBy string

// The ways to split. In each of them duplicates and examples of one Group are
// never on both sides.
const (
	ByGroup SplitBy = "group" // whole groups of duplicates, in an order drawn by Seed
	// the latest groups; a group is as old as its oldest example, undated ones
	// are oldest
	ByTime SplitBy = "time"
	// all examples of some sources; examples of other sources that duplicate
	// them are left out
	BySource SplitBy = "source"
)

// SplitOptions say how to split.
type SplitOptions struct {
	By SplitBy
	// ByTime: groups published at or after it are held out; the zero time means
	// use Fraction
	Cut time.Time
	// share of the examples to hold out, in (0, 1): by time at least, else at
	// most, but one group or source
	Fraction float64
	Seed     uint64 // ByGroup and BySource: draws the order
}

// Fold is one division of examples, by their indices in ascending order.
type Fold struct{ Train, Dev []int }

// Split divides examples into train and dev, given as ascending indices.
// Neither is empty. The same examples are divided the same way in whatever
// order they come.
func Split(examples []Example, o SplitOptions) (train, dev []int, err error) {
	if !(o.By == ByTime && !o.Cut.IsZero()) && !(o.Fraction > 0 && o.Fraction < 1) {
		return nil, nil, fmt.Errorf("datasets: split by %s with fraction %v; give one between 0 and 1", o.By, o.Fraction)
	}
	groups := GroupIDs(examples)
	units, err := unitsOf(examples, groups, o)
	if err != nil {
		return nil, nil, err
	}
	held := heldOut(units, o, int(o.Fraction*float64(len(examples))))
	f := foldOf(groups, units, func(i int) side { return devIf(held[i]) })
	if len(f.Train) == 0 || len(f.Dev) == 0 {
		return nil, nil, fmt.Errorf("datasets: split by %s leaves %d to train on and %d to test on; choose another cut or fraction",
			o.By, len(f.Train), len(f.Dev))
	}
	return f.Train, f.Dev, nil
}

// heldOut marks the units to test on, of about want rows in all.
func heldOut(units []unit, o SplitOptions, want int) []bool {
	held := make([]bool, len(units))
	n, smallest := 0, 0
	for i, u := range slices.Backward(units) {
		switch {
		case o.By == ByTime && !o.Cut.IsZero():
			held[i] = !u.published.Before(o.Cut)
		case o.By == ByTime:
			held[i] = n < max(want, 1)
		default:
			held[i] = n+len(u.rows) <= want
		}
		if held[i] {
			n += len(u.rows)
		}
		if len(u.rows) < len(units[smallest].rows) {
			smallest = i
		}
	}
	if n == 0 && o.By != ByTime && len(units) > 1 {
		held[smallest] = true
	}
	return held
}

// Folds divides examples k times for cross-validation. By group and by source,
// every example is in exactly one Dev, and Dev sizes are as even as the groups
// allow. By time, the groups are cut into k+1 parts in order of time, and fold
// i tests on part i+1 what was learned on all before it. o.Cut and o.Fraction
// are not used.
func Folds(examples []Example, k int, o SplitOptions) ([]Fold, error) {
	groups := GroupIDs(examples)
	units, err := unitsOf(examples, groups, o)
	if err != nil {
		return nil, err
	}
	if k < 1 || k < 2 && o.By != ByTime {
		return nil, fmt.Errorf("datasets: %d folds by %s; choose at least 2 (1 by time)", k, o.By)
	}
	folds := make([]Fold, k)
	var part []int
	if o.By == ByTime {
		part = partsInOrder(units, k+1, len(examples))
	} else {
		part = partsEven(units, k)
	}
	for f := range folds {
		folds[f] = foldOf(groups, units, func(i int) side {
			if o.By != ByTime {
				return devIf(part[i] == f)
			}
			if part[i] > f+1 {
				return noSide
			}
			return devIf(part[i] == f+1)
		})
		if len(folds[f].Train) == 0 || len(folds[f].Dev) == 0 {
			return nil, fmt.Errorf("datasets: fold %d of %d by %s has %d to train on and %d to test on; choose fewer folds",
				f+1, k, o.By, len(folds[f].Train), len(folds[f].Dev))
		}
	}
	return folds, nil
}

// GroupIDs gives each example the ID of its group: examples that are
// duplicates, come from one template (see [Deduper]) or share a Group, and
// those that are so linked through others. The IDs do not depend on the order
// of examples.
func GroupIDs(examples []Example) []string {
	d := Deduper{Templates: true}
	for i, e := range examples {
		s := Sign(e.Article)
		d.Add(&s, i)
	}
	ids := make([]string, len(examples))
	sets := newDisjoint(len(examples))
	first := map[string]int{}
	for _, g := range d.Groups() {
		for _, row := range g.Members {
			sets.join(g.Members[0], row)
			ids[row] = g.ID
		}
	}
	for row, e := range examples {
		if lead, ok := first[e.Group]; ok && e.Group != "" {
			sets.join(lead, row)
		} else {
			first[e.Group] = row
		}
	}
	for row, id := range ids {
		root := sets.find(row)
		ids[root] = min(ids[root], id)
	}
	for row := range ids {
		ids[row] = ids[sets.find(row)]
	}
	return ids
}

// unit is a set of examples that stay together.
type unit struct {
	// of the group or source; units are told apart by it whatever the order of
	// examples
	key       string
	rows      []int
	published time.Time // of the oldest row
}

// unitsOf gathers examples into units: by time the oldest first, else in the
// order drawn by the seed.
func unitsOf(examples []Example, groups []string, o SplitOptions) ([]unit, error) {
	if o.By != ByGroup && o.By != ByTime && o.By != BySource {
		return nil, fmt.Errorf("datasets: no split by %q; choose %s, %s or %s", o.By, ByGroup,
			ByTime, BySource)
	}
	at := map[string]int{}
	var units []unit
	for i, key := range groups {
		if o.By == BySource {
			key = examples[i].Source
		}
		n, ok := at[key]
		if !ok {
			n = len(units)
			at[key] = n
			units = append(units, unit{key: key, published: examples[i].Published})
		}
		units[n].rows = append(units[n].rows, i)
		if examples[i].Published.Before(units[n].published) {
			units[n].published = examples[i].Published
		}
	}
	slices.SortFunc(units, func(a, b unit) int {
		if o.By == ByTime {
			return cmp.Or(a.published.Compare(b.published), cmp.Compare(a.key, b.key))
		}
		return cmp.Or(cmp.Compare(draw(a.key, o.Seed), draw(b.key, o.Seed)),
			cmp.Compare(a.key, b.key))
	})
	return units, nil
}

// draw is the place of key in the random order of seed.
func draw(key string, seed uint64) uint64 {
	h := mix(seed)
	for _, c := range []byte(key) {
		h = mix(h ^ uint64(c))
	}
	return h
}

// partsInOrder cuts units in their order into n parts of about even size in
// rows, of which there are total.
func partsInOrder(units []unit, n, total int) []int {
	part := make([]int, len(units))
	seen := 0
	for i, u := range units {
		part[i] = seen * n / total
		seen += len(u.rows)
	}
	return part
}

// partsEven puts the largest unit first, each into the part that is smallest so
// far.
func partsEven(units []unit, n int) []int {
	order := make([]int, len(units))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(len(units[b].rows), len(units[a].rows))
	})
	part, size := make([]int, len(units)), make([]int, n)
	for _, i := range order {
		part[i] = slices.Index(size, slices.Min(size))
		size[part[i]] += len(units[i].rows)
	}
	return part
}

// side is where a unit goes in one fold.
type side uint8

const (
	noSide side = iota
	trainSide
	devSide
)

func devIf(held bool) side {
	if held {
		return devSide
	}
	return trainSide
}

// foldOf sorts the rows of units to the sides, and drops from Train what is in
// the group of a row of Dev.
func foldOf(groups []string, units []unit, sideOf func(int) side) Fold {
	sides := make([]side, len(groups))
	held := map[string]bool{}
	for i, u := range units {
		s := sideOf(i)
		for _, row := range u.rows {
			sides[row] = s
			if s == devSide {
				held[groups[row]] = true
			}
		}
	}
	var f Fold
	for row, s := range sides {
		switch {
		case s == devSide:
			f.Dev = append(f.Dev, row)
		case s == trainSide && !held[groups[row]]:
			f.Train = append(f.Train, row)
		}
	}
	return f
}
