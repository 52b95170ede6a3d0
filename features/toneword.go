package features

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/kljensen/snowball/english"
)

// toneWord is what the list of words of tone says of a stem: its class and whether it is good or bad for whom it is said of.
type toneWord struct{ class, sign string }

// toneClasses are the classes of features/tone/en.txt with their signs.
var toneClasses = [...]toneWord{
	{"praise", "+"}, // words of approval
	{"blame", "-"},  // words of disapproval
	{"help", "+"},   // deeds for somebody
	{"harm", "-"},   // deeds against somebody
	{"win", "+"},    // success
	{"fail", "-"},   // failure
	{"good", "+"},   // qualities
	{"bad", "-"},
	{"joy", "+"}, // feelings
	{"fear", "-"},
	{"crime", "-"}, // law and misfortune
}

//go:embed tone/en.txt
var toneFile string

// toneWords is the built-in list, by stem.
var toneWords = sync.OnceValue(func() map[string]toneWord {
	words, err := readToneWords(toneFile)
	if err != nil {
		panic(err) // the file is part of the program and tested
	}
	return words
})

// readToneWords reads lines "class sign: word word …"; "#" begins a comment line. A stem belongs to the first line that has
// it, so that "murder" and "murders" may stand in one line and no word is told two ways. All faults are reported at once.
func readToneWords(text string) (map[string]toneWord, error) {
	words := map[string]toneWord{}
	var faults []error
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		head, list, _ := strings.Cut(line, ":")
		class, sign, _ := strings.Cut(head, " ")
		w := toneWord{class, sign}
		if !slices.Contains(toneClasses[:], w) || strings.TrimSpace(list) == "" {
			faults = append(faults, fmt.Errorf("features: words of tone, line %d: %q is no class with its sign and words", n, head))
			continue
		}
		for word := range strings.FieldsSeq(list) {
			stem := english.Stem(word, true)
			if _, ok := words[stem]; !ok {
				words[stem] = w
			}
		}
	}
	return words, errors.Join(faults...)
}
