package golearn

import (
	"math"

	"stance/models/learn"
)

// decodeCART reads what MarshalBinary wrote. Every inner node is checked to
// have both children after it and inside the tree, so that every row ends at a
// leaf.
func decodeCART(b []byte) (learn.Classifier, error) {
	r, err := newReader(b, cartMagic)
	if err != nil {
		return nil, err
	}
	m := &cartModel{classes: r.classes()}
	nodes := r.count()
	if nodes == 0 {
		r.fail("a tree without nodes")
	}
	for n := 0; n < nodes && r.err == nil; n++ {
		m.readNode(r, n, nodes)
	}
	if err := r.end(); err != nil {
		return nil, err
	}
	return m, nil
}

// readNode reads node n of a tree of the given size.
func (m *cartModel) readNode(r *reader, n, nodes int) {
	child := r.number(nodes - 1)
	if child == 0 {
		counts := make([]float64, 0, min(len(m.classes), len(r.rest)))
		for range m.classes {
			counts = append(counts, float64(r.number(math.MaxInt32)))
		}
		m.columns, m.present, m.counts = append(m.columns, 0), append(m.present, 0),
			append(m.counts, counts)
		return
	}
	if child < n+2 {
		r.fail("node %d leads back to node %d", n, child)
	}
	m.columns = append(m.columns, int32(r.number(math.MaxInt32)))
	m.present = append(m.present, int32(child))
	m.counts = append(m.counts, nil)
}
