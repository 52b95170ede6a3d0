// Package lexicon knows the words of news English: the acts of states, words
// of tone, clusters of words that keep the same company, and the closed classes
// that syntax needs.
package lexicon

import (
	"embed"
	"fmt"
	"io/fs"
	"sync"

	"github.com/kljensen/snowball/english"

	"stance/features/vector"
)

// Lexicon is the knowledge about words. Its data are the files of this folder;
// README.md says how to add a word. A Lexicon does not change after it is
// loaded and may be used by many goroutines.
type Lexicon struct {
	entries  map[string]*Entry    // by word in lower case
	stems    map[string]ToneClass // words of tone, by stem
	clusters []vector.Symbol      // by number
	hashes   []FileHash
}

// Entry is what the lexicon knows of one word.
type Entry struct {
	Cluster vector.Symbol // "#12"; zero when the word is in no cluster
	Grammar Grammar
	act     Act          // of the word alone
	longer  []expression // set phrases that begin with the word, the longest first
}

// Act is the meaning of a word or set phrase that tells what states do. The
// zero Act means nothing.
type Act struct {
	Class    Class
	Strength int8 // 1 to 3
	Words    int8 // tokens that the form covers
	Modifier bool // an adjective: it tells of its noun, not what is done
}

// expression is a form of several tokens, without the first.
type expression struct {
	act  Act
	rest []string
}

// FileHash is the SHA-256, in hex, of what one data file says.
type FileHash struct{ Name, SHA256 string }

//go:embed en.tsv clusters.tsv tone.txt
var dataFiles embed.FS

// builtIn reads the embedded data on first use.
var builtIn = sync.OnceValues(func() (*Lexicon, error) { return Load(dataFiles) })

// Default returns the lexicon built into the program. All callers share one
// value.
func Default() (*Lexicon, error) { return builtIn() }

// Load reads the files en.tsv (acts), clusters.tsv and tone.txt at the root of
// fsys. The error joins all faults found.
func Load(fsys fs.FS) (*Lexicon, error) {
	l := &Lexicon{entries: make(map[string]*Entry, expectedWords), stems: map[string]ToneClass{}}
	l.addGrammar()
	for _, file := range []struct {
		name string
		read func(text string) (sum string, err error)
	}{{"en.tsv", l.readActs}, {"clusters.tsv", l.readClusters}, {"tone.txt", l.readTone}} {
		data, err := fs.ReadFile(fsys, file.name)
		if err != nil {
			return nil, fmt.Errorf("lexicon: %w", err)
		}
		sum, err := file.read(string(data))
		if err != nil {
			return nil, err
		}
		l.hashes = append(l.hashes, FileHash{file.name, sum})
	}
	return l, nil
}

// expectedWords is about how many words the built-in lexicon has.
const expectedWords = 32000

// entry returns the entry of a word, made when it is new.
func (l *Lexicon) entry(word string) *Entry {
	e := l.entries[word]
	if e == nil {
		e = &Entry{}
		l.entries[word] = e
	}
	return e
}

// Hashes are the fingerprints of the lexicon's files. Two lexicons with the
// same hashes answer alike; notes and comments make no difference.
func (l *Lexicon) Hashes() []FileHash { return l.hashes }

// Entry returns what is known of a word in lower case, nil when nothing is.
func (l *Lexicon) Entry(word string) *Entry { return l.entries[word] }

// Act returns the act of the words that begin with the entry's word; next are
// the tokens after it, in lower case. The longest form wins.
func (e *Entry) Act(next []string) Act {
	if e == nil {
		return Act{}
	}
	for _, x := range e.longer {
		if beginsWith(next, x.rest) {
			return x.act
		}
	}
	return e.act
}

// beginsWith reports whether the first tokens of words are those of rest.
func beginsWith(words, rest []string) bool {
	if len(words) < len(rest) {
		return false
	}
	for i, w := range rest {
		if words[i] != w {
			return false
		}
	}
	return true
}

// Stem is the stem of a word with its tone.
type Stem struct {
	vector.Symbol
	Tone ToneClass // 0 when the word has no tone
}

// Stem returns the stem of a word in lower case (Porter 2, "The English
// (Porter2) stemming algorithm", 2002). Symbols and marks are their own stems.
// It is slow; callers keep what it returns.
func (l *Lexicon) Stem(word string) Stem {
	stem := word
	if word[0] >= 'a' && word[0] <= 'z' {
		stem = english.Stem(word, true)
	}
	return Stem{vector.NewSymbol(stem), l.stems[stem]}
}
