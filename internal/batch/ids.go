package batch

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"

	"stance/datasets"
)

// fate is what became of an article in the first pass.
type fate uint8

const (
	accepted fate = iota
	renamed       // accepted under another id (see renamedID)
	repeated      // rejected for its id
	costly        // rejected for its cost
)

// fates are those of the articles of a run in their order, as runs of the same
// fate. Records that are no article have none. So memory grows with the
// articles that are accepted, however many are not.
type fates []fateRun

type fateRun struct {
	fate fate
	n    int
}

func (f *fates) add(became fate) {
	if last := len(*f) - 1; last >= 0 && (*f)[last].fate == became {
		(*f)[last].n++
		return
	}
	*f = append(*f, fateRun{became, 1})
}

// cursor gives fates one by one.
type cursor struct {
	runs  fates
	given int // of the first run
}

// next returns the next fate; ok is false after the last.
func (c *cursor) next() (became fate, ok bool) {
	if len(c.runs) == 0 {
		return 0, false
	}
	first := c.runs[0]
	if c.given++; c.given == first.n {
		c.runs, c.given = c.runs[1:], 0
	}
	return first.fate, true
}

// sighting is where an id was seen first and what it stood for, in hashes.
type sighting struct{ file, content uint32 }

// idBook knows the ids of a run.
type idBook map[[16]byte]sighting

// enter decides what becomes of the next article. key is the hash of its id and
// words its [WordsID]. It returns the id that the article has from now on.
func (b idBook) enter(id string, key [16]byte, first sighting, words string) (string, fate) {
	became := accepted
	if known, again := b[key]; again && known.file != first.file && known.content != first.content {
		became, id = renamed, renamedID(id, words)
		key = hashID(id)
	}
	if _, again := b[key]; again {
		return id, repeated
	}
	b[key] = first
	return id, became
}

func hashID(id string) [16]byte {
	sum := sha256.Sum256([]byte(id))
	return [16]byte(sum[:16])
}

// WordsID names what an article says, whatever it is called, by 12 hex digits.
func WordsID(a *datasets.Article) string {
	h := sha256.New()
	writeString(h, a.Title)
	writeString(h, a.Text)
	return hex.EncodeToString(h.Sum(nil)[:6])
}

// sightingOf is what is remembered of an article; words is its [WordsID].
func sightingOf(file, words string) sighting {
	f, w := sha256.Sum256([]byte(file)), sha256.Sum256([]byte(words))
	return sighting{binary.LittleEndian.Uint32(f[:]), binary.LittleEndian.Uint32(w[:])}
}

// renamedID is the id of an article whose own is taken by another article of
// another file, as happens where ids count the rows of each file. It depends on
// the article alone.
func renamedID(id, words string) string { return id + "~" + words }
