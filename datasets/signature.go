package datasets

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	signBands   = 32 // groups of hashes of which one must agree for two articles to be compared
	signRows    = 3  // hashes in a band
	signHashes  = signBands * signRows
	shingleSize = 3  // words
	signWords   = 12 // articles of fewer words are duplicates only when all their words agree
	slotCount   = 24
	leadHashes  = 4
	leadWords   = 40 // the words of the text that a lead is made of
	leadShingle = 8  // words
)

// Signature is what a [Deduper] needs to know of an article. It compares with
// ==, and may be stored: equal texts give equal signatures in every version of
// the same SignatureVersion.
type Signature struct {
	Content  [8]byte             // beginning of ContentHash
	Shingles uint16              // how many the article has; math.MaxUint16 means that or more
	Min      [signHashes]uint16  // low bits of the least hash of each bin: a MinHash of the words
	Lead     [leadHashes]uint32  // a MinHash of how the text begins; zero when it is too short
	Named    bool                // the text names what the headline does
	Slots    [slotCount]wordSlot // sorted by key; zero ones stand first
}

// wordSlot is a place where a text has a number or a day. Texts from one
// template have the same keys with other values.
type wordSlot struct {
	key   uint16 // hash of the words beside it
	value uint8  // hash of what stands there
}

// SignatureVersion changes whenever Sign would give the same article another
// signature.
const SignatureVersion = 2

// ContentHash is the SHA-256, in hex, of the article's title and text in
// Unicode NFC with every run of blanks as one space. Articles of equal hash are
// the same words in the same type.
func ContentHash(a Article) string {
	sum := contentSum(a)
	return hex.EncodeToString(sum[:])
}

func contentSum(a Article) [sha256.Size]byte {
	b := make([]byte, 0, len(a.Title)+len(a.Text)+2)
	for _, part := range []string{a.Title, a.Text} {
		b = append(appendFields(b, norm.NFC.String(part)), '\n')
	}
	return sha256.Sum256(b)
}

// appendFields appends the fields of text, as [strings.Fields] has them, with a
// space between. It is three times as fast.
func appendFields(b []byte, text string) []byte {
	open, start := len(b), 0 // the field that is being read begins at start
	flush := func(end int) {
		if end > start {
			if len(b) > open {
				b = append(b, ' ')
			}
			b = append(b, text[start:end]...)
		}
	}
	for i := 0; i < len(text); {
		c := text[i]
		if c > ' ' && c < utf8.RuneSelf {
			i++
			continue
		}
		r, size := rune(c), 1
		if c >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		if unicode.IsSpace(r) {
			flush(i)
			start = i + size
		}
		i += size
	}
	flush(len(text))
	return b
}

// Sign makes the signature of a. Copies are found by the resemblance and
// containment of shingles (A. Broder: On the Resemblance and Containment of
// Documents, SEQUENCES 1997), estimated by one-permutation MinHash (P. Li, A.
// Owen, C. Zhang: One Permutation Hashing, NIPS 2012). Empty bins are filled
// from others (A. Shrivastava: Optimal Densification for Fast and Accurate
// Minwise Hashing, ICML 2017). 16 bits a bin are kept (P. Li, A. König: b-Bit
// Minwise Hashing, WWW 2010).
func Sign(a Article) Signature {
	_, s := HashAndSign(a)
	return s
}

// HashAndSign is [ContentHash] and [Sign] in one pass over the content.
func HashAndSign(a Article) (contentHash string, s Signature) {
	sum := contentSum(a)
	copy(s.Content[:], sum[:])
	s.sign(a)
	return hex.EncodeToString(sum[:]), s
}

// sign fills in all but the content.
func (s *Signature) sign(a Article) {
	words := make([]uint64, 0, (len(a.Title)+len(a.Text))/5+8)
	words = appendWords(words, bareHeadline(a.Title, a.Source))
	title := len(words)
	words = appendWords(words, a.Text)
	if len(words) == 0 {
		words = []uint64{binary.LittleEndian.Uint64(s.Content[:])}
	}
	if text := words[min(title, len(words)):]; len(text) >= leadShingle {
		s.signLead(text[:min(len(text), leadWords)])
		s.Named = title == 0 || sharesLongWord(words[:title], text)
	}
	if len(words) < signWords {
		s.signWhole(words)
		return
	}
	s.Shingles = uint16(min(len(words)-shingleSize+1, math.MaxUint16))
	s.signShingles(words)
	s.signSlots(words)
}

// sharesLongWord reports whether a long word of the headline stands in the
// text.
func sharesLongWord(headline, text []uint64) bool {
	for _, w := range headline {
		if w&longBit != 0 && slices.Contains(text, w) {
			return true
		}
	}
	return false
}

// signWhole puts all words, in order, into every bin: the signature agrees with
// nothing but itself.
func (s *Signature) signWhole(words []uint64) {
	for i, w := range words {
		for b := range s.Min {
			s.Min[b] ^= uint16(mix(w + uint64(i)<<32 + uint64(b)))
		}
	}
}

func (s *Signature) signShingles(words []uint64) {
	var least [signHashes]uint64
	for b := range least {
		least[b] = math.MaxUint64
	}
	for i := 0; i+shingleSize <= len(words); i++ {
		h := hashWords(words[i : i+shingleSize])
		b := h >> 32 % signHashes
		least[b] = min(least[b], mix(h))
	}
	for b := range least {
		s.Min[b] = uint16(least[donor(&least, uint64(b))])
	}
}

func hashWords(words []uint64) (h uint64) {
	for _, w := range words {
		h = mix(h ^ w)
	}
	return h
}

// donor is the bin that bin b takes its hash from: itself, or for an empty one
// the first full bin of a fixed sequence.
func donor(least *[signHashes]uint64, b uint64) uint64 {
	at := b
	for try := uint64(1); least[at] == math.MaxUint64; try++ {
		at = mix(b<<32+try) % signHashes
	}
	return at
}

// signLead hashes the first words of the text.
func (s *Signature) signLead(words []uint64) {
	for k := range s.Lead {
		s.Lead[k] = math.MaxUint32
	}
	for i := 0; i+leadShingle <= len(words); i++ {
		h := hashWords(words[i : i+leadShingle])
		for k := range s.Lead {
			h = mix(h)
			s.Lead[k] = min(s.Lead[k], uint32(h)|1) // never zero
		}
	}
}

// signSlots samples the slots by the least keys, so that two texts sample the
// same places.
func (s *Signature) signSlots(words []uint64) {
	found := make([]wordSlot, 0, slotCount+1)
	for i := 0; i < len(words); i++ {
		if words[i]&slotBit == 0 {
			continue
		}
		end := i + 1
		for end < len(words) && words[end]&slotBit != 0 {
			end++
		}
		value := uint8(hashWords(words[i:end]))
		found = insertSlot(found, wordSlot{besideSlot(words, i-1, -1), value})
		found = insertSlot(found, wordSlot{besideSlot(words, end, 1), value})
		i = end
	}
	copy(s.Slots[slotCount-len(found):], found)
}

// insertSlot keeps the slots of the least keys, sorted. Of equal keys the first
// in the text stays.
func insertSlot(slots []wordSlot, s wordSlot) []wordSlot {
	at, known := slices.BinarySearchFunc(slots, s, func(a, b wordSlot) int {
		return cmp.Compare(a.key, b.key)
	})
	if known || at == slotCount {
		return slots
	}
	slots = slices.Insert(slots, at, s)
	return slots[:min(len(slots), slotCount)]
}

// slotContext is how many words beside a slot make its key.
const slotContext = 2

// besideSlot hashes the words next to a slot, from i on in one direction. Other
// slots are passed over. It is never zero.
func besideSlot(words []uint64, i, step int) uint16 {
	h := uint64(step)
	for n := 0; n < slotContext && i >= 0 && i < len(words); i += step {
		if words[i]&slotBit == 0 {
			h = mix(h ^ words[i])
			n++
		}
	}
	return max(1, uint16(mix(h)>>48))
}

// Similarity estimates the Jaccard similarity of the shingles of two articles,
// their resemblance: the share of hashes that agree. Its standard error is at
// most .05.
func (s *Signature) Similarity(t *Signature) float64 {
	agree := 0
	for i := range s.Min {
		if s.Min[i] == t.Min[i] {
			agree++
		}
	}
	return float64(agree) / signHashes
}

// containment estimates which share of the shingles of the shorter article the
// longer one has too, from their similarity.
func (s *Signature) containment(t *Signature, similarity float64) float64 {
	short, long := float64(min(s.Shingles, t.Shingles)), float64(max(s.Shingles, t.Shingles))
	if short == 0 {
		return 0
	}
	return similarity / (1 + similarity) * (short + long) / short
}

// sharedLeads counts the hashes of the leads that agree.
func (s *Signature) sharedLeads(t *Signature) (n int) {
	for k, h := range s.Lead {
		if h != 0 && h == t.Lead[k] {
			n++
		}
	}
	return n
}

// compareSlots counts the slots of both that hold the same and those that hold
// something else.
func (s *Signature) compareSlots(t *Signature) (same, other int) {
	for i, j := 0, 0; i < slotCount && j < slotCount; {
		a, b := s.Slots[i], t.Slots[j]
		switch {
		case a.key < b.key:
			i++
			continue
		case a.key > b.key:
			j++
			continue
		case a.key == 0:
		case a.value == b.value:
			same++
		default:
			other++
		}
		i, j = i+1, j+1
	}
	return same, other
}

// band is a hash of the b-th band of s and of b.
func (s *Signature) band(b int) uint64 {
	h := uint64(b)
	if k := b - signBands; k >= 0 {
		return mix(h<<32 | uint64(s.Lead[k]))
	}
	for _, v := range s.Min[b*signRows : (b+1)*signRows] {
		h = h<<16 | uint64(v)
	}
	return mix(h)
}

// signatureSize is the length of MarshalBinary.
const signatureSize = 8 + 2 + 2*signHashes + 4*leadHashes + 1 + 3*slotCount

// MarshalBinary gives the bytes of s, field by field, in little endian.
func (s Signature) MarshalBinary() ([]byte, error) {
	b := append(make([]byte, 0, signatureSize), s.Content[:]...)
	b = binary.LittleEndian.AppendUint16(b, s.Shingles)
	for _, v := range s.Min {
		b = binary.LittleEndian.AppendUint16(b, v)
	}
	for _, v := range s.Lead {
		b = binary.LittleEndian.AppendUint32(b, v)
	}
	named := byte(0)
	if s.Named {
		named = 1
	}
	b = append(b, named)
	for _, v := range s.Slots {
		b = append(binary.LittleEndian.AppendUint16(b, v.key), v.value)
	}
	return b, nil
}

// UnmarshalBinary is the inverse of MarshalBinary.
func (s *Signature) UnmarshalBinary(b []byte) error {
	if len(b) != signatureSize {
		return fmt.Errorf("datasets: signature of %d bytes, want %d; it was made by another version", len(b), signatureSize)
	}
	b = b[copy(s.Content[:], b):]
	s.Shingles, b = binary.LittleEndian.Uint16(b), b[2:]
	for i := range s.Min {
		s.Min[i], b = binary.LittleEndian.Uint16(b), b[2:]
	}
	for i := range s.Lead {
		s.Lead[i], b = binary.LittleEndian.Uint32(b), b[4:]
	}
	s.Named, b = b[0] == 1, b[1:]
	for i := range s.Slots {
		s.Slots[i], b = wordSlot{binary.LittleEndian.Uint16(b), b[2]}, b[3:]
	}
	return nil
}
