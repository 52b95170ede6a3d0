package golearn

import (
	"context"
	"fmt"
	"slices"

	"github.com/sjwhitworth/golearn/trees"

	"stance/features/vector"
	"stance/models/learn"
)

// cartCells limits rows x columns of the data for golearn's CART. golearn
// copies them dense, 8 bytes a cell, and sorts every column again at every
// node. With 8 million cells of bags of words that took half a minute on one
// core.
const cartCells = 1 << 22

// leafSmoothing is added to the number of rows of each class at a leaf.
const leafSmoothing = 0.5

// CART trains golearn's trees.CARTDecisionTreeClassifier (Gini impurity) on the
// presence of the best columns. The score of class c is
//
//	log((n_c + 0.5) / (n + 0.5 * classes))
//
// where n_c is the number of training rows of c at the leaf. Its argmax is
// golearn's answer; of equal classes, the first. See L. Breiman, J. Friedman,
// R. Olshen, C. Stone, Classification and Regression Trees (1984), sections 2.4
// and 4.3.
//
// CART uses presence and not values, because golearn tries every threshold
// between two values with a pass over all rows of the node. With weights that
// takes hours.
//
// Input: any finite values; only 0 or not 0 matters. Rows of weight 0 are left
// out. Other weights and Balanced are ignored. CART uses at most MaxCols
// columns, and fewer if there would be more than 4 million cells.
//
// golearn's fit cannot be interrupted: when ctx ends, Train returns at once and
// the fit ends by itself later. In golearn, a tree whose root finds no split
// answers class 0 for every row; here it is one leaf. golearn's CART has no
// Save.
type CART struct{ settings learn.Settings }

// NewCART checks the settings MaxCols and MaxDepth.
func NewCART(s learn.Settings) (learn.Trainer, error) {
	if err := checkColumns(s); err != nil {
		return nil, err
	}
	if s.MaxDepth < 1 {
		return nil, fmt.Errorf("golearn: max_depth is %d; it must be at least 1", s.MaxDepth)
	}
	return CART{s}, nil
}

// Train fits the tree.
func (t CART) Train(ctx context.Context, p learn.Problem) (learn.Classifier, error) {
	data, err := newTraining(ctx, p, t.settings.MaxCols, cartCells)
	if err != nil {
		return nil, err
	}
	x := presence(data.x, false)
	k := len(p.Classes)
	m := &cartModel{classes: slices.Clone(p.Classes)}
	rows := make([]int, len(data.y))
	for i := range rows {
		rows[i] = i
	}
	if x.Cols == 0 { // golearn splits on column 0 without looking
		m.addLeaf(data.y, rows)
		return m, nil
	}
	tree := trees.NewDecisionTreeClassifier(trees.GINI, int64(t.settings.MaxDepth), labels(k))
	grid := NewGrid(x, data.y, numbered(k), Weights).NumericClass()
	if err := fenced(ctx, func() error { return tree.Fit(grid) }); err != nil {
		return nil, err
	}
	m.read(tree, data, rows)
	return m, nil
}

// labels are golearn's names for k classes.
func labels(k int) []int64 {
	out := make([]int64, k)
	for c := range out {
		out[c] = int64(c)
	}
	return out
}

// cartModel is a fitted tree. Its nodes are in preorder, so children come after
// their parent. Node n tests columns[n]: a row without that column goes to node
// n+1, a row with it to present[n]. A leaf has present 0 and its counts. It is
// a learn.Selector.
type cartModel struct {
	classes []string
	columns []int32
	present []int32
	counts  [][]float64 // rows of each class at a leaf; nil at inner nodes
}

// read takes over golearn's tree, and counts the training rows that reach each
// leaf.
func (m *cartModel) read(tree *trees.CARTDecisionTreeClassifier, data training, rows []int) {
	// golearn's node type has no exported name: a stack of the same type is
	// made from its root.
	type visit struct {
		rows   []int
		parent int // whose present child this is; -1 for the root and absent children
	}
	nodes, visits := stackOf(tree.RootNode), []visit{{rows, -1}}
	for len(nodes) > 0 {
		node, at := nodes[len(nodes)-1], visits[len(visits)-1]
		nodes, visits = nodes[:len(nodes)-1], visits[:len(visits)-1]
		if at.parent >= 0 {
			m.present[at.parent] = int32(len(m.columns))
		}
		var absent, present []int
		if node != nil {
			absent, present = part(data.x, int32(node.Feature), at.rows)
		}
		if len(absent) == 0 || len(present) == 0 {
			m.addLeaf(data.y, at.rows)
			continue
		}
		n := len(m.columns)
		m.columns = append(m.columns, data.columns[node.Feature])
		m.present = append(m.present, 0)
		m.counts = append(m.counts, nil)
		nodes = append(nodes, node.Right, node.Left)
		visits = append(visits, visit{present, n}, visit{absent, -1})
	}
}

// stackOf is a slice of one value, for types without a name.
func stackOf[T any](v T) []T { return []T{v} }

// part splits rows by the presence of column j of x.
func part(x *vector.Matrix, j int32, rows []int) (absent, present []int) {
	for _, i := range rows {
		if _, ok := slices.BinarySearch(x.Row(i).Index, j); ok {
			present = append(present, i)
		} else {
			absent = append(absent, i)
		}
	}
	return absent, present
}

// addLeaf adds a leaf with the classes of rows.
func (m *cartModel) addLeaf(y []int, rows []int) {
	counts := make([]float64, len(m.classes))
	for _, i := range rows {
		counts[y[i]]++
	}
	m.columns = append(m.columns, 0)
	m.present = append(m.present, 0)
	m.counts = append(m.counts, counts)
}

// Classes are the names of the scores, in order. Not to be written to.
func (m *cartModel) Classes() []string { return m.classes }

// UsedColumns are the columns that some inner node asks for.
func (m *cartModel) UsedColumns() []int32 {
	var out []int32
	for n, j := range m.columns {
		if m.counts[n] == nil {
			out = append(out, j)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Scores writes the log of each class's smoothed share at the leaf of x to dst
// (grown when too short) and returns it.
func (m *cartModel) Scores(dst []float64, x vector.Vector) []float64 {
	n := 0
	for m.counts[n] == nil {
		if k, ok := slices.BinarySearch(x.Index, m.columns[n]); ok && x.Value[k] != 0 {
			n = int(m.present[n])
		} else {
			n++
		}
	}
	return logShares(dst, m.counts[n], leafSmoothing)
}

const cartMagic = "gct1"

// MarshalBinary writes: magic, classes, number of nodes, then per node in
// preorder the number of its present child (0 for a leaf) and, for an inner
// node, its column, for a leaf, its rows by class. See codec.go.
func (m *cartModel) MarshalBinary() ([]byte, error) {
	w := newWriter(cartMagic)
	w.names(m.classes)
	w.count(len(m.columns))
	for n, child := range m.present {
		w.count(int(child))
		if child > 0 {
			w.count(int(m.columns[n]))
			continue
		}
		for _, rows := range m.counts[n] {
			w.count(int(rows))
		}
	}
	return w.sealed(), nil
}
