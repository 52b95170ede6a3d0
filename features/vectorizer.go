package features

import (
	"fmt"
	"math"
	"slices"
	"sort"

	"stance/features/vector"
)

// VectorizerOptions bound the vocabulary of a vectorizer.
type VectorizerOptions struct {
	MinDF    int `json:"min_df"`    // a term must stand in at least so many rows
	MaxTerms int `json:"max_terms"` // keep the terms of highest document frequency; 0 means all
}

// Counter collects the features of training rows, one row after another, until Fit makes a vectorizer and a matrix of
// them. It is for one goroutine.
type Counter struct {
	ids  map[string]int32
	rows []map[int32]int32
}

// NewCounter returns a counter without rows.
func NewCounter() *Counter { return &Counter{ids: map[string]int32{}} }

// Begin starts the next row.
func (c *Counter) Begin() { c.rows = append(c.rows, map[int32]int32{}) }

// Add counts one feature of the current row; it is a [Sink].
func (c *Counter) Add(name []byte, _ int) {
	id, ok := c.ids[string(name)]
	if !ok {
		id = int32(len(c.ids))
		c.ids[string(name)] = id
	}
	c.rows[len(c.rows)-1][id]++
}

// Fit chooses the vocabulary and returns it with one matrix row per row counted.
func (c *Counter) Fit(o VectorizerOptions) (*Vectorizer, *vector.Matrix, error) {
	df := make([]int, len(c.ids))
	for _, row := range c.rows {
		for id := range row {
			df[id]++
		}
	}
	terms := make([]string, 0, len(c.ids))
	for name, id := range c.ids {
		if df[id] >= max(1, o.MinDF) {
			terms = append(terms, name)
		}
	}
	if len(terms) == 0 {
		return nil, nil, fmt.Errorf("features: no terms left at min_df %d over %d rows; try a lower min_df", o.MinDF, len(c.rows))
	}
	slices.Sort(terms)
	if o.MaxTerms > 0 && len(terms) > o.MaxTerms {
		sort.SliceStable(terms, func(i, j int) bool { return df[c.ids[terms[i]]] > df[c.ids[terms[j]]] })
		terms = terms[:o.MaxTerms]
		slices.Sort(terms)
	}
	v := NewVectorizer(terms)
	return v, c.Matrix(v), nil
}

// Select returns a counter of the given rows, in that order. It shares their counts with c and must not be added to.
func (c *Counter) Select(rows []int) *Counter {
	out := &Counter{ids: c.ids, rows: make([]map[int32]int32, len(rows))}
	for n, i := range rows {
		out.rows[n] = c.rows[i]
	}
	return out
}

// Matrix turns the counted rows into the vectors that a [Bag] makes of them for v.
func (c *Counter) Matrix(v *Vectorizer) *vector.Matrix {
	column := make([]int32, len(c.ids))
	for name, id := range c.ids {
		column[id] = v.column(name)
	}
	m := vector.NewMatrix(v.Cols())
	var x vector.Vector
	for _, row := range c.rows {
		x.Index, x.Value = x.Index[:0], x.Value[:0]
		for id := range row {
			if column[id] >= 0 {
				x.Index = append(x.Index, column[id])
			}
		}
		slices.Sort(x.Index)
		byColumn := make(map[int32]int32, len(row))
		for id, n := range row {
			byColumn[column[id]] = n
		}
		for _, j := range x.Index {
			x.Value = append(x.Value, v.weigh(j, byColumn[j]))
		}
		scale(x)
		m.Append(x)
	}
	return m
}

// Vectorizer maps feature names to columns. Its terms are sorted, so the columns do not depend on the order of training.
// It is immutable and safe for many goroutines.
type Vectorizer struct {
	terms    []string
	index    map[string]int32
	emphasis []float64 // of each column
}

// NewVectorizer makes a vectorizer of sorted, distinct terms; it panics when they are not.
func NewVectorizer(terms []string) *Vectorizer {
	v := &Vectorizer{terms: terms, index: make(map[string]int32, len(terms)), emphasis: make([]float64, len(terms))}
	for i, t := range terms {
		if i > 0 && terms[i-1] >= t {
			panic(fmt.Sprintf("features: terms %q and %q out of order", terms[i-1], t))
		}
		v.index[t], v.emphasis[i] = int32(i), emphasis(t)
	}
	return v
}

// Cols is the number of columns.
func (v *Vectorizer) Cols() int { return len(v.terms) }

// Has reports whether a feature has a column.
func (v *Vectorizer) Has(name []byte) bool {
	_, ok := v.index[string(name)]
	return ok
}

// Terms are the names of the columns, sorted. Not to be written to.
func (v *Vectorizer) Terms() []string { return v.terms }

// Select returns a vectorizer of the given columns, which must be increasing; column keep[k] becomes column k.
func (v *Vectorizer) Select(keep []int32) *Vectorizer {
	terms := make([]string, len(keep))
	for k, j := range keep {
		terms[k] = v.terms[j]
	}
	return NewVectorizer(terms)
}

func (v *Vectorizer) column(name string) int32 {
	if j, ok := v.index[name]; ok {
		return j
	}
	return -1
}

// Bag gathers the features of one pair for a vectorizer: which columns, how often, in which sentences. It is reused from
// pair to pair by one goroutine.
type Bag struct {
	v       *Vectorizer
	Seen    []Occurrence // in the order of Add; sorted by column after Vector
	Unknown int          // features without a column
}

// Occurrence is one feature seen in one sentence (-1: a fact of the whole document).
type Occurrence struct{ Column, Sentence int32 }

// Reset empties b for the next pair.
func (b *Bag) Reset(v *Vectorizer) { b.v, b.Seen, b.Unknown = v, b.Seen[:0], 0 }

// Add notes one feature; it is a [Sink].
func (b *Bag) Add(name []byte, sentence int) {
	if j, ok := b.v.index[string(name)]; ok {
		b.Seen = append(b.Seen, Occurrence{j, int32(sentence)})
	} else {
		b.Unknown++
	}
}

// Sentences counts the sentences that known features were seen in.
func (b *Bag) Sentences() int {
	seen := map[int32]bool{}
	for _, o := range b.Seen {
		if o.Sentence >= 0 {
			seen[o.Sentence] = true
		}
	}
	return len(seen)
}

// FirstSentence is the first sentence a known feature was seen in; there must be one.
func (b *Bag) FirstSentence() int {
	first := int32(math.MaxInt32)
	for _, o := range b.Seen {
		if o.Sentence >= 0 {
			first = min(first, o.Sentence)
		}
	}
	return int(first)
}

// SentenceWeight is the weight that falls on one sentence (-1: on facts of the whole document).
type SentenceWeight struct {
	Sentence int32
	Weight   float64
}

// BySentence divides weights, one per entry of the vector made by Vector, evenly among the places each feature was seen
// in, and sums them by sentence, in order of sentence.
func (b *Bag) BySentence(weights []float64) []SentenceWeight {
	var all []SentenceWeight
	entry := 0
	for i := 0; i < len(b.Seen); entry++ {
		k := i
		for k < len(b.Seen) && b.Seen[k].Column == b.Seen[i].Column {
			k++
		}
		for _, o := range b.Seen[i:k] {
			all = append(all, SentenceWeight{o.Sentence, weights[entry] / float64(k-i)})
		}
		i = k
	}
	slices.SortStableFunc(all, func(p, q SentenceWeight) int { return int(p.Sentence) - int(q.Sentence) })
	out := all[:0]
	for _, s := range all {
		if n := len(out); n > 0 && out[n-1].Sentence == s.Sentence {
			out[n-1].Weight += s.Weight
		} else {
			out = append(out, s)
		}
	}
	return out
}

// Vector writes the sublinear term frequencies of the bag, scaled to length 1, to dst and returns it.
func (b *Bag) Vector(dst vector.Vector) vector.Vector {
	slices.SortFunc(b.Seen, func(p, q Occurrence) int {
		if p.Column != q.Column {
			return int(p.Column) - int(q.Column)
		}
		return int(p.Sentence) - int(q.Sentence)
	})
	dst.Index, dst.Value = dst.Index[:0], dst.Value[:0]
	for i := 0; i < len(b.Seen); {
		k := i
		for k < len(b.Seen) && b.Seen[k].Column == b.Seen[i].Column {
			k++
		}
		dst.Index = append(dst.Index, b.Seen[i].Column)
		dst.Value = append(dst.Value, b.v.weigh(b.Seen[i].Column, int32(k-i)))
		i = k
	}
	scale(dst)
	return dst
}

// weigh is the sublinear term frequency 1 + ln n (Manning, Raghavan & Schütze 2008, equation 6.13) times the emphasis of
// the column's term.
func (v *Vectorizer) weigh(column, n int32) float64 {
	return v.emphasis[column] * (1 + math.Log(float64(n)))
}

// scale divides x by its Euclidean length.
func scale(x vector.Vector) {
	sum := 0.0
	for _, v := range x.Value {
		sum += v * v
	}
	if sum == 0 {
		return
	}
	length := math.Sqrt(sum)
	for k := range x.Value {
		x.Value[k] /= length
	}
}
