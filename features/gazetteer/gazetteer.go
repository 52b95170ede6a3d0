// Package gazetteer finds the names by which texts speak of countries.
package gazetteer

import (
	"embed"
	"maps"
	"slices"
	"sync"
)

// Gazetteer knows the names countries are spoken of by: names, demonyms,
// capitals, seats of government, leaders and ministers with their years of
// office, institutions, regions and cities. Its data are the files of
// features/gazetteer; the README there says how to add a name or a language. A
// Gazetteer is not changed once it is loaded and may be used by many
// goroutines.
type Gazetteer struct {
	countries map[string]string // code to English short name
	root      map[string]*node  // folded first word to node
	titles    map[string]bool   // folded words that stand before a surname: "president"
	// folded words that may stand there with a capital and are no first name:
	// "mr", "monday"
	plain   map[string]bool
	classes map[string]class    // folded words that decide what a name beside them means
	regions map[string][]region // by folded first word: what may stand behind "Town, "
	// host or name of an outlet, in lower case, to the country it writes from
	outlets   map[string]string
	ambiguous int              // number of surfaces whose reading is decided by cues
	lower     [26][26][27]bool // by lowerStart: how surfaces without a first capital begin
	hash      string
}

//go:embed *.tsv
var dataFiles embed.FS

// builtIn reads the embedded data on first use.
var builtIn = sync.OnceValues(func() (*Gazetteer, error) {
	return Load(dataFiles)
})

// Default returns the gazetteer built into the program. All callers share one
// value.
func Default() (*Gazetteer, error) { return builtIn() }

// Name is the English short name of a country or bloc, or "" when the code is
// unknown.
func (g *Gazetteer) Name(code string) string { return g.countries[code] }

// Codes lists all countries and blocs, sorted: ISO 3166-1 alpha-3 (XKX for
// Kosovo), EU, NATO, UN and G7.
func (g *Gazetteer) Codes() []string { return slices.Sorted(maps.Keys(g.countries)) }

// Hash is the SHA-256, in hex, of the data without comments. Two gazetteers
// with the same hash find the same mentions.
func (g *Gazetteer) Hash() string { return g.hash }

// node is a place in the trie of surfaces: the words from the root to it.
type node struct {
	next    map[string]*node
	claims  []claim
	trap    *trap
	cues    []cue
	ballot  int // which ambiguous surface ends here, from 1; 0 when none does
	options []string
}

// claim says that a surface speaks for a country, and on what conditions.
type claim struct {
	code   string
	form   Form
	words  []string // the surface as the data write it, word by word: its capitals are binding
	caps   bool     // long enough to be matched in capitals throughout
	terms  []term   // times in office; none means always
	rules  rule
	person string // full name, for leaders and ministers
	short  *node  // the surname that a full name introduces, nil when there is none
}

// rule is a set of conditions of a claim.
type rule uint16

const (
	ruleCased rule = 1 << iota // letter by letter as written: acronyms
	// also an English word or a currency: not in capitals throughout, not
	// before "$"
	ruleWord
	ruleCued   // only when cues of the document favour this reading
	ruleGiven  // also a first name: not before a surname
	ruleWith   // only in a document that names the country by something else too
	ruleCredit // a news agency: not where it only signs the text
	ruleShort  // a surname or other short form of a person
	// a short form that needs the full name in the document, or a title before
	// it
	ruleAfter
	ruleOffice // an office that many states have: of the state of the context
)

// ruleNames are the words for rules in the data files; short forms are written
// "alone=Surname" or "after=Surname".
var ruleNames = map[string]rule{
	"cased": ruleCased, "word": ruleWord, "cued": ruleCued, "given": ruleGiven, "with": ruleWith, "credit": ruleCredit,
}

// term is a time in office in months since the year 0, both ends included; to
// is 0 while it lasts.
type term struct{ from, to int }

// trap is a phrase that contains a country's name and does not speak of it.
type trap struct {
	words    []string
	shadows  *node // a surface that means the trap, too, from here on; nil when there is none
	namesake bool  // what it speaks of is no topic either
}

// cue is a vote for one reading of an ambiguous surface: a code, or "-" for no
// country.
type cue struct {
	words  []string
	ballot int
	option int // index into node.options of the ambiguous surface
}
