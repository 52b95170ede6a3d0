package features

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
)

// codeVersion is the version of what this package makes of an article: text,
// sentences, tokens, mentions, questions, features. Raise it with every change
// that makes something else of the same article under the same data files; what
// was answered before is then answered anew. TestReading notices when it was
// forgotten.
const codeVersion = 5

// Reading is the fingerprint of how a program reads texts: what two programs
// with equal readings and topics make of an article is the same.
type Reading []ReadingPart

// ReadingPart is one thing that reading depends on.
type ReadingPart struct {
	Name  string `json:"name"`  // "code", "gazetteer" or the file of the lexicon
	Value string `json:"value"` // a version, or a SHA-256 in hex
}

// Reading is the fingerprint of the pipeline without its topics.
func (p *Pipeline) Reading() Reading {
	r := Reading{{"code", strconv.Itoa(codeVersion)}, {"gazetteer", p.Gazetteer.Hash()}}
	for _, h := range p.Lexicon.Hashes() {
		r = append(r, ReadingPart{"lexicon/" + h.Name, h.SHA256})
	}
	return r
}

// Differs names the first part in which two readings differ; "" when they are
// equal.
func (r Reading) Differs(other Reading) string {
	for i, part := range r {
		if i >= len(other) || other[i] != part {
			return part.Name
		}
	}
	if len(other) > len(r) {
		return other[len(r)].Name
	}
	return ""
}

// Fingerprint is the SHA-256, in hex, of the reading and the topics.
func (p *Pipeline) Fingerprint() string {
	h := sha256.New()
	for _, part := range p.Reading() {
		fmt.Fprintf(h, "%s\t%s\n", part.Name, part.Value)
	}
	for _, t := range p.Topics.Topics {
		fmt.Fprintf(h, "%q\t%q\t%q\t%q\t%q\t%q\t%q\n", t.ID, t.Proposition, t.Terms,
			slices.Sorted(slices.Values(t.For.Countries)), t.For.Terms,
			slices.Sorted(slices.Values(t.Against.Countries)), t.Against.Terms)
	}
	return hex.EncodeToString(h.Sum(nil))
}
