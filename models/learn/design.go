package learn

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// design is a problem in the form that solvers need: without rows of weight 0,
// columns without entries and classes without rows, the others numbered from 0
// without gaps.
type design struct {
	cols    []int32 // the problem's column behind each column here, increasing
	classes []int   // the problem's class behind each class here, increasing
	indptr  []int   // rows in CSR form
	index   []int32
	value   []float64
	y       []int     // class of each row
	weight  []float64 // of each row, > 0
}

// newDesign renumbers a problem, which must have passed Check.
func newDesign(p Problem, balanced bool) *design {
	weight := p.rowWeights(balanced)
	d := &design{indptr: []int{0}}
	seen := make([]bool, p.X.Cols)
	present := make([]bool, len(p.Classes))
	entries := 0
	for i, w := range weight {
		if w > 0 {
			present[p.Y[i]] = true
			for _, j := range p.X.Row(i).Index {
				seen[j] = true
			}
			entries += len(p.X.Row(i).Index)
		}
	}
	classOf := make([]int, len(present))
	for c, ok := range present {
		if ok {
			classOf[c] = len(d.classes)
			d.classes = append(d.classes, c)
		}
	}
	columnOf := make([]int32, len(seen))
	for j, ok := range seen {
		if ok {
			columnOf[j] = int32(len(d.cols))
			d.cols = append(d.cols, int32(j))
		}
	}
	d.index = make([]int32, 0, entries)
	d.value = make([]float64, 0, entries)
	for i, w := range weight {
		if w > 0 {
			x := p.X.Row(i)
			for _, j := range x.Index {
				d.index = append(d.index, columnOf[j])
			}
			d.value = append(d.value, x.Value...)
			d.indptr = append(d.indptr, len(d.index))
			d.y = append(d.y, classOf[p.Y[i]])
			d.weight = append(d.weight, w)
		}
	}
	return d
}

func (d *design) rows() int { return len(d.y) }

// row gives views of the columns and values of row i.
func (d *design) row(i int) ([]int32, []float64) {
	lo, hi := d.indptr[i], d.indptr[i+1]
	return d.index[lo:hi], d.value[lo:hi]
}

// linear turns weights over the design's columns and classes (column-major:
// weights[column*classes+class]) and one bias per class into a classifier over
// all classes of the problem. Classes without rows get no weights and the
// lowest bias plus absentBias.
func (d *design) linear(classes []string, weights, bias []float64) (*Linear, error) {
	k, all := len(d.classes), len(classes)
	if k < all {
		spread := make([]float64, len(d.cols)*all)
		for n := range d.cols {
			for c, to := range d.classes {
				spread[n*all+to] = weights[n*k+c]
			}
		}
		weights = spread
	}
	return NewLinear(classes, d.cols, weights, d.spreadBias(all, bias))
}

// spreadBias places the biases of the classes present among those of all
// classes.
func (d *design) spreadBias(all int, bias []float64) []float64 {
	lowest := bias[0]
	for _, b := range bias {
		lowest = min(lowest, b)
	}
	out := make([]float64, all)
	for c := range out {
		out[c] = lowest + absentBias
	}
	for c, to := range d.classes {
		out[to] = bias[c]
	}
	return out
}

// tile is a run of a design's rows in column order: column j holds the entries
// start[j] to start[j+1], rows increasing.
type tile struct {
	first, rows int
	start       []int
	row         []int32 // counted from first
	value       []float64
}

// tiles cuts the rows into at most 8 tiles of at least 2048 rows each; the last
// may be smaller. That is enough to share among processors, and few enough that
// columns with hardly any entry cost little.
func (d *design) tiles() []tile {
	size := max(2048, (d.rows()+7)/8)
	var out []tile
	for lo := 0; lo < d.rows(); lo += size {
		out = append(out, d.tile(lo, min(lo+size, d.rows())))
	}
	return out
}

func (d *design) tile(lo, hi int) tile {
	entries := d.indptr[hi] - d.indptr[lo]
	t := tile{lo, hi - lo, make([]int, len(d.cols)+1), make([]int32, entries),
		make([]float64, entries)}
	for _, j := range d.index[d.indptr[lo]:d.indptr[hi]] {
		t.start[j+1]++
	}
	for j := range d.cols {
		t.start[j+1] += t.start[j]
	}
	next := slices.Clone(t.start)
	for i := lo; i < hi; i++ {
		index, value := d.row(i)
		for n, j := range index {
			t.row[next[j]], t.value[next[j]] = int32(i-lo), value[n]
			next[j]++
		}
	}
	return t
}

// inBlocks calls work for blocks [lo, hi) that cover 0 to n, on all processors.
// The result of work for an index must not depend on its block. It is then the
// same for any number of processors.
func inBlocks(n, size int, work func(lo, hi int)) {
	blocks := (n + size - 1) / size
	workers := min(runtime.GOMAXPROCS(0), blocks)
	if workers <= 1 {
		work(0, n)
		return
	}
	var next atomic.Int64
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for b := int(next.Add(1)) - 1; b < blocks; b = int(next.Add(1)) - 1 {
				work(b*size, min(n, b*size+size))
			}
		})
	}
	group.Wait()
}
