package datasets

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"strings"
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
)

// Signature is what a [Deduper] needs to know of an article: a hash of its content and a MinHash of its words. It is
// 200 bytes, compares with ==, and may be stored: equal texts give equal signatures in every version of the same
// SignatureVersion.
type Signature struct {
	Content [8]byte            // beginning of ContentHash
	Min     [signHashes]uint16 // low bits of the least hash of each bin
}

// SignatureVersion changes whenever Sign would give the same article another signature.
const SignatureVersion = 1

// ContentHash is the SHA-256, in hex, of the article's title and text in Unicode NFC with every run of blanks as one
// space. Articles of equal hash are the same words in the same type.
func ContentHash(a Article) string {
	sum := contentSum(a)
	return hex.EncodeToString(sum[:])
}

func contentSum(a Article) [sha256.Size]byte {
	b := make([]byte, 0, len(a.Title)+len(a.Text)+2)
	for _, part := range []string{a.Title, a.Text} {
		start := len(b)
		for word := range strings.FieldsSeq(norm.NFC.String(part)) {
			if len(b) > start {
				b = append(b, ' ')
			}
			b = append(b, word...)
		}
		b = append(b, '\n')
	}
	return sha256.Sum256(b)
}

// Sign makes the signature of a: one-permutation MinHash (Li, Owen, Zhang: One Permutation Hashing, NIPS 2012) over the
// shingles of title and text, empty bins filled from others (Shrivastava: Optimal Densification for Fast and Accurate
// Minwise Hashing, ICML 2017), of which 16 bits a bin are kept (Li, König: b-Bit Minwise Hashing, WWW 2010).
func Sign(a Article) Signature {
	sum := contentSum(a)
	var s Signature
	copy(s.Content[:], sum[:])
	words := wordHashes(a.Title + "\n" + a.Text)
	if len(words) == 0 {
		words = []uint64{binary.LittleEndian.Uint64(s.Content[:])}
	}
	if len(words) < signWords {
		for i, w := range words { // all words, in order, in every bin: agrees with nothing but itself
			for b := range s.Min {
				s.Min[b] ^= uint16(mix(w + uint64(i)<<32 + uint64(b)))
			}
		}
		return s
	}
	var least [signHashes]uint64
	for b := range least {
		least[b] = math.MaxUint64
	}
	for i := 0; i+shingleSize <= len(words); i++ {
		h := uint64(0)
		for _, w := range words[i : i+shingleSize] {
			h = mix(h ^ w)
		}
		b := h >> 32 % signHashes
		least[b] = min(least[b], mix(h))
	}
	for b := range least {
		s.Min[b] = uint16(least[donor(&least, uint64(b))])
	}
	return s
}

// donor is the bin that bin b takes its hash from: itself, or for an empty one the first full bin of a fixed sequence.
func donor(least *[signHashes]uint64, b uint64) uint64 {
	at := b
	for try := uint64(1); least[at] == math.MaxUint64; try++ {
		at = mix(b<<32+try) % signHashes
	}
	return at
}

// Similarity estimates the Jaccard similarity of the shingles of two articles: the share of hashes that agree. Its
// standard error is at most .05.
func (s Signature) Similarity(t Signature) float64 {
	agree := 0
	for i := range s.Min {
		if s.Min[i] == t.Min[i] {
			agree++
		}
	}
	return float64(agree) / signHashes
}

// band is a hash of the b-th band of s and of b.
func (s Signature) band(b int) uint64 {
	h := uint64(b)
	for _, v := range s.Min[b*signRows : (b+1)*signRows] {
		h = h<<16 | uint64(v)
	}
	return mix(h)
}

// MarshalBinary gives the 200 bytes of s: content, then the hashes in little endian.
func (s Signature) MarshalBinary() ([]byte, error) {
	b := append([]byte(nil), s.Content[:]...)
	for _, v := range s.Min {
		b = binary.LittleEndian.AppendUint16(b, v)
	}
	return b, nil
}

// UnmarshalBinary is the inverse of MarshalBinary.
func (s *Signature) UnmarshalBinary(b []byte) error {
	if want := len(s.Content) + 2*len(s.Min); len(b) != want {
		return fmt.Errorf("datasets: signature of %d bytes, want %d; it was made by another version", len(b), want)
	}
	copy(s.Content[:], b)
	for i := range s.Min {
		s.Min[i] = binary.LittleEndian.Uint16(b[len(s.Content)+2*i:])
	}
	return nil
}

// wordHashes gives a hash of every word of text in lower case. Letters of scripts that do not space their words count as
// words of their own.
func wordHashes(text string) []uint64 {
	text = norm.NFC.String(text)
	words := make([]uint64, 0, len(text)/5)
	h := uint64(fnvOffset)
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		alone := false
		switch {
		case r < utf8.RuneSelf && asciiWord(byte(r)):
			h = (h ^ uint64(r|0x20)) * fnvPrime // lower case; digits have that bit already
		case r >= utf8.RuneSelf && wordRune(r):
			alone = r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
			if alone && h != fnvOffset {
				words, h = append(words, mix(h)), fnvOffset
			}
			h = (h ^ uint64(unicode.ToLower(r))) * fnvPrime
		case joinsWord(r, text[i+size:]):
		default:
			alone = true
		}
		if alone && h != fnvOffset {
			words, h = append(words, mix(h)), fnvOffset
		}
		i += size
	}
	if h != fnvOffset {
		words = append(words, mix(h))
	}
	return words
}

// joinsWord reports whether r before rest does not end a word: "Xi's" and "U.S" are one word each.
func joinsWord(r rune, rest string) bool {
	if r == '.' {
		next, _ := utf8.DecodeRuneInString(rest)
		return wordRune(next)
	}
	return r == '\'' || r == '’'
}

func asciiWord(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// The constants of FNV-1a, 64 bits.
const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

// mix spreads the bits of x: the finaliser of SplitMix64 (Steele, Lea, Flood: OOPSLA 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
