package vector

import (
	"cmp"
	"fmt"
	"slices"
)

// Options bound a vocabulary.
type Options struct {
	MinDF    int `json:"min_df"`    // a feature must stand in at least so many rows
	MaxTerms int `json:"max_terms"` // keep the features of highest document frequency; 0 keeps all
}

// Counts holds the features of training rows until Fit chooses a vocabulary. It
// is for one goroutine.
type Counts struct {
	number map[ID]int32 // of each feature, in order of appearance
	ids    []ID         // by number
	rows   [][]entry
	order  []Feature // scratch
}

// entry counts one feature of a row.
type entry struct {
	feature, count int32
	weight         float32
}

// NewCounts returns counts without rows.
func NewCounts() *Counts { return &Counts{number: map[ID]int32{}} }

// Rows is the number of rows.
func (c *Counts) Rows() int { return len(c.rows) }

// Add counts the features of the next row.
func (c *Counts) Add(features []Feature) {
	c.order = append(c.order[:0], features...)
	slices.SortFunc(c.order, func(a, b Feature) int { return cmp.Compare(a.ID, b.ID) })
	distinct := 0
	for i := range c.order {
		if i == 0 || c.order[i].ID != c.order[i-1].ID {
			distinct++
		}
	}
	row := make([]entry, 0, distinct)
	for i := range c.order {
		if i > 0 && c.order[i].ID == c.order[i-1].ID {
			row[len(row)-1].count++
			continue
		}
		row = append(row, entry{c.numberOf(c.order[i].ID), 1, c.order[i].Weight})
	}
	c.rows = append(c.rows, row)
}

func (c *Counts) numberOf(id ID) int32 {
	n, ok := c.number[id]
	if !ok {
		n = int32(len(c.ids))
		c.number[id] = n
		c.ids = append(c.ids, id)
	}
	return n
}

// Fit chooses the vocabulary and returns it with one matrix row for each row.
func (c *Counts) Fit(o Options) (*Vocabulary, *Matrix, error) {
	df := make([]int32, len(c.ids))
	for _, row := range c.rows {
		for _, e := range row {
			df[e.feature]++
		}
	}
	var chosen []int32
	for n := range c.ids {
		if df[n] > 0 && int(df[n]) >= o.MinDF {
			chosen = append(chosen, int32(n))
		}
	}
	if len(chosen) == 0 {
		return nil, nil, fmt.Errorf("vector: no features left at min_df %d over %d rows; try a lower min_df", o.MinDF, len(c.rows))
	}
	slices.SortFunc(chosen, func(a, b int32) int { return cmp.Compare(c.ids[a], c.ids[b]) })
	if o.MaxTerms > 0 && len(chosen) > o.MaxTerms {
		slices.SortStableFunc(chosen, func(a, b int32) int { return cmp.Compare(df[b], df[a]) })
		chosen = chosen[:o.MaxTerms]
		slices.SortFunc(chosen, func(a, b int32) int { return cmp.Compare(c.ids[a], c.ids[b]) })
	}
	ids := make([]ID, len(chosen))
	for k, n := range chosen {
		ids[k] = c.ids[n]
	}
	v := NewVocabulary(ids)
	return v, c.Matrix(v), nil
}

// Select returns the counts of the given rows, in that order. It shares its
// data with c, and neither may be added to afterwards.
func (c *Counts) Select(rows []int) *Counts {
	out := &Counts{number: c.number, ids: c.ids, rows: make([][]entry, len(rows))}
	for n, i := range rows {
		out.rows[n] = c.rows[i]
	}
	return out
}

// Matrix turns the rows into the vectors that a [Bag] makes of them for v.
func (c *Counts) Matrix(v *Vocabulary) *Matrix {
	column := make([]int32, len(c.ids))
	for n, id := range c.ids {
		column[n] = v.Column(id)
	}
	m := NewMatrix(v.Cols())
	var x Vector
	for _, row := range c.rows { // entries are in order of ID, and so of column
		x.Index, x.Value = x.Index[:0], x.Value[:0]
		for _, e := range row {
			if j := column[e.feature]; j >= 0 {
				x.Index = append(x.Index, j)
				x.Value = append(x.Value, frequency(e.weight, e.count))
			}
		}
		scale(x)
		m.Append(x)
	}
	return m
}
