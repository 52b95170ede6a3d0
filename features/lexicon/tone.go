package lexicon

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/kljensen/snowball/english"
)

// ToneClass is a class of words of tone: 0 is none, n is entry n-1 of
// [ToneClasses].
type ToneClass uint8

// Tone is a class of words that say something good or bad of somebody.
type Tone struct {
	Name string
	Good bool
}

// toneClasses are the classes of tone.txt.
var toneClasses = [...]Tone{
	{"praise", true}, // words of approval
	{"blame", false}, // words of disapproval
	{"help", true},   // deeds for somebody
	{"harm", false},  // deeds against somebody
	{"win", true},    // success
	{"fail", false},  // failure
	{"good", true},   // qualities
	{"bad", false},   // qualities
	{"joy", true},    // feelings
	{"fear", false},  // feelings
	{"crime", false}, // law and misfortune
}

// Tone returns the class; it panics on 0.
func (c ToneClass) Tone() Tone { return toneClasses[c-1] }

// readTone reads lines "class sign: word word …"; "#" begins a comment. A stem
// belongs to the first line that has it, so that "murder" and "murders" may
// stand in one line.
func (l *Lexicon) readTone(text string) (sum string, err error) {
	var faults []error
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		head, list, _ := strings.Cut(line, ":")
		class := toneClass(head)
		if class == 0 || strings.TrimSpace(list) == "" {
			faults = append(faults, fmt.Errorf("lexicon: tone.txt:%d: %q is no class with its sign and words", n, head))
			continue
		}
		for word := range strings.FieldsSeq(list) {
			stem := english.Stem(word, true)
			if _, taken := l.stems[stem]; !taken {
				l.stems[stem] = class
			}
		}
	}
	hash := sha256.Sum256([]byte(text))
	return hex.EncodeToString(hash[:]), errors.Join(faults...)
}

// toneClass is the class that a line's head names, such as "praise +"; 0 when
// there is none.
func toneClass(head string) ToneClass {
	for i, t := range toneClasses {
		sign := " -"
		if t.Good {
			sign = " +"
		}
		if head == t.Name+sign {
			return ToneClass(i + 1)
		}
	}
	return 0
}

// Tones lists the classes of tone, in order.
func Tones() []Tone { return toneClasses[:] }
