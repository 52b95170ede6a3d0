package vector

import "math/bits"

// ID names a feature or a symbol: a 64-bit hash of what it is made of. IDs do
// not depend on the platform, the run or the corpus.
type ID uint64

// Symbol is one part of a feature: a word, a stem, a class of words, a role or
// a bucket of numbers.
type Symbol struct {
	ID   ID
	Text string // how people read it
}

// NewSymbol returns the symbol of a text.
func NewSymbol(text string) Symbol { return Symbol{Hash(text), text} }

// Hash is the 64-bit FNV-1a hash of s, finished with the mixer of MurmurHash3
// so that its high bits are as good as its low ones.
func Hash(s string) ID {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	h = (h ^ h>>33) * 0xff51afd7ed558ccd
	h = (h ^ h>>33) * 0xc4ceb9fe1a85ec53
	return ID(h ^ h>>33)
}

// Join is the ID of a sequence that goes on with part. The order of parts
// matters.
func Join(id, part ID) ID {
	h := (bits.RotateLeft64(uint64(id), 27) ^ uint64(part)) * 0x9e3779b97f4a7c15
	return ID(h ^ h>>32)
}

// Feature is one sighting of a feature in a document.
type Feature struct {
	ID       ID
	Sentence int32 // index into Document.Sentences; -1 for a fact of the whole document
	// First and Last are the tokens at which the first and the last word that
	// the feature is made of begin; both are -1 for a fact of a whole sentence
	// or document.
	First, Last int32
	// Weight is what the frequency of the feature is multiplied by. It is the
	// same for all sightings of one ID.
	Weight float32
}
