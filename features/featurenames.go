package features

import (
	"stance/features/family"
	"stance/features/syntax"
	"stance/features/vector"
)

// Names collects the names of features, for people: a bundle keeps them beside
// the IDs.
type Names struct{ scratch Scratch }

// NewNames returns a collector of the names of the given features.
func NewNames(ids []vector.ID) *Names {
	n := &Names{}
	n.scratch.emitter.Names = make(map[vector.ID]string, len(ids))
	for _, id := range ids {
		n.scratch.emitter.Names[id] = ""
	}
	return n
}

// Add notes the names of the features of a question.
func (n *Names) Add(p *Pipeline, an *syntax.Analysis, q syntax.Question) {
	p.Features(an, q, &n.scratch)
}

// Name is the name of a feature; "" when no question had it.
func (n *Names) Name(id vector.ID) string { return n.scratch.emitter.Names[id] }

// Err reports two names with one ID. Training must not go on with them.
func (n *Names) Err() error { return n.scratch.emitter.Err() }

// ParseName returns the ID of the feature with the given name.
func ParseName(name string) (vector.ID, error) {
	return family.ParseName(name, isJoint)
}

// PlainName is the name of a feature without what it is joined with.
func PlainName(name string) string {
	plain, _ := family.CutJoint(name, isJoint)
	return plain
}

// Knows reports whether any feature of v is the word alone, in whatever place
// or role.
func Knows(v *vector.Vocabulary, word vector.ID) bool {
	var room [256]vector.ID
	for _, id := range family.PlainWord(room[:0], word, allJoints) {
		if v.Column(id) >= 0 {
			return true
		}
	}
	return false
}
