package labelling

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// Choice says which tasks to take.
type Choice struct {
	N       int
	By      string   // uncertainty or random
	Quota   []string // what to spread the tasks over: topic, country, answer
	Seed    uint64
	Country string // only this country; "" for all
	Topic   string // only this topic; "" for all
}

// Ways lists the values of Choice.By.
func Ways() []string { return []string{"uncertainty", "random"} }

// Quotas lists the values of Choice.Quota.
func Quotas() []string { return []string{"topic", "country", "answer"} }

// Chooser keeps the tasks to take of those it is shown. A task's rank depends
// on the seed and its id alone, so that the order of the input changes nothing.
//
// Within a cell of the quota it samples without replacement, the weight of a
// task being its uncertainty: P. Efraimidis, P. Spirakis, "Weighted random
// sampling with a reservoir", Information Processing Letters 97 (2006),
// algorithm A. No cell gives more than N tasks, so it keeps no more.
type Chooser struct {
	Choice
	cells map[string][]ranked
	seen  map[string]bool
	Shown int // distinct tasks
}

// ranked is a task with its key; higher keys go first.
type ranked struct {
	Task
	key float64
}

// NewChooser starts a choice.
func NewChooser(c Choice) *Chooser {
	return &Chooser{Choice: c, cells: map[string][]ranked{}, seen: map[string]bool{}}
}

// Add shows a task.
func (c *Chooser) Add(t Task) {
	if c.Country != "" && t.Country != c.Country || c.Topic != "" && t.Topic != c.Topic ||
		c.seen[t.ID] {
		return
	}
	c.seen[t.ID] = true
	c.Shown++
	cell := c.cell(t)
	list := append(c.cells[cell], ranked{t, c.key(t)})
	if len(list) >= 2*c.N+16 { // now and then, so that a cell stays small
		list = c.best(list)
	}
	c.cells[cell] = list
}

// best sorts a cell and cuts it at N.
func (c *Chooser) best(list []ranked) []ranked {
	slices.SortFunc(list, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.key, a.key), cmp.Compare(a.ID, b.ID))
	})
	return list[:min(len(list), c.N)]
}

// cell names the part of the quota that a task counts for.
func (c *Chooser) cell(t Task) string {
	var parts []string
	for _, q := range c.Quota {
		switch q {
		case "topic":
			parts = append(parts, t.Topic)
		case "country":
			parts = append(parts, t.Country)
		case "answer":
			parts = append(parts, t.Answer)
		}
	}
	return strings.Join(parts, "\x00")
}

// key is u^(1/w) in logarithms, with u in (0, 1) made of seed and id.
func (c *Chooser) key(t Task) float64 {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %s", c.Seed, t.ID))
	u := (float64(binary.LittleEndian.Uint64(sum[:])>>11) + 0.5) / (1 << 53)
	w := 1.0
	if c.By == "uncertainty" {
		w = max(t.Uncertainty, 0.01)
	}
	return math.Log(u) / w
}

// Tasks takes one task of each cell in turn until there are N, and mixes them.
func (c *Chooser) Tasks() []Task {
	cells := slices.Sorted(maps.Keys(c.cells))
	for _, name := range cells {
		c.cells[name] = c.best(c.cells[name])
	}
	var taken []ranked
	for round := 0; len(taken) < c.N; round++ {
		more := false
		for _, name := range cells {
			if list := c.cells[name]; round < len(list) && len(taken) < c.N {
				taken, more = append(taken, list[round]), true
			}
		}
		if !more {
			break
		}
	}
	// a hash: no two of a kind in a row
	slices.SortFunc(taken, func(a, b ranked) int { return cmp.Compare(a.ID, b.ID) })
	tasks := make([]Task, len(taken))
	for i, t := range taken {
		tasks[i] = t.Task
	}
	return tasks
}
