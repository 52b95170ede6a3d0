package gazetteer

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"stance/features/text"
)

// countriesFile lists the codes and outletsFile the countries of outlets; every
// other *.tsv is a file of names, or, with this prefix, of traps.
const (
	countriesFile = "countries.tsv"
	outletsFile   = "outlets.tsv"
	trapsPrefix   = "traps-"
)

// Load reads the gazetteer files at the root of fsys: countries.tsv, one file
// of names per language and one file of traps per language. The error joins all
// faults found: unknown codes and forms, surfaces that are no words, lines out
// of order, impossible years, and surfaces that two countries claim with
// nothing to decide between them.
func Load(fsys fs.FS) (*Gazetteer, error) {
	files, err := fs.Glob(fsys, "*.tsv")
	if err != nil {
		return nil, err
	}
	l := &loader{
		Gazetteer: &Gazetteer{
			countries: map[string]string{}, root: map[string]*node{}, titles: map[string]bool{},
			plain:   map[string]bool{},
			classes: map[string]class{}, regions: map[string][]region{},
			outlets: map[string]string{},
		},
		forms: map[string]Form{},
	}
	for f := FormName; f <= FormPlace; f++ {
		l.forms[f.String()] = f
	}
	rank := func(name string) int { // countries first, traps last
		switch {
		case name == countriesFile:
			return 0
		case name == outletsFile:
			return 3
		case strings.HasPrefix(name, trapsPrefix):
			return 2
		}
		return 1
	}
	slices.SortStableFunc(files, func(a, b string) int { return cmp.Compare(rank(a), rank(b)) })
	readers := [...]func(fields []string){l.country, l.name, l.trapLine, l.outlet}
	for _, name := range files {
		l.read(fsys, name, readers[rank(name)])
	}
	l.checkClaims()
	if len(l.countries) == 0 {
		l.faults = append(l.faults, fmt.Errorf("gazetteer: %s: no countries; list at least one code and name", countriesFile))
	}
	if err := errors.Join(l.faults...); err != nil {
		return nil, err
	}
	sum := sha256.Sum256([]byte(l.canon.String()))
	l.hash = hex.EncodeToString(sum[:])
	return l.Gazetteer, nil
}

// loader is a gazetteer in the making.
type loader struct {
	*Gazetteer
	forms  map[string]Form
	nodes  []*node // all nodes with claims, in order of their first claim
	canon  strings.Builder
	file   string
	line   int
	faults []error
}

// fault notes what is wrong with the line being read.
func (l *loader) fault(format string, args ...any) {
	at := fmt.Sprintf("gazetteer %s:%d: ", l.file, l.line)
	l.faults = append(l.faults, errors.New(at+fmt.Sprintf(format, args...)))
}

// read gives each line of a file, cut at its tabs, to one function. Blank lines
// and lines that begin with "#" are skipped. Lines must be in order, each only
// once: that keeps merges and reviews simple.
func (l *loader) read(fsys fs.FS, name string, line func([]string)) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		l.faults = append(l.faults, fmt.Errorf("gazetteer: %w", err))
		return
	}
	l.file, l.line = name, 0
	last := ""
	for text := range strings.Lines(string(data)) {
		l.line++
		text = strings.TrimRight(text, "\r\n")
		if text == "" || text[0] == '#' {
			continue
		}
		fields := strings.Split(text, "\t")
		if key := l.sortKey(fields); key <= last {
			l.fault("%q stands after a line that sorts behind it, or twice; sort the file", text)
		} else {
			last = key
		}
		l.canon.WriteString(name + "\t" + text + "\n")
		line(fields)
	}
}

// sortKey orders names by code, form and surface, and everything else as
// written.
func (l *loader) sortKey(fields []string) string {
	if len(fields) < 2 {
		return strings.Join(fields, "\t")
	}
	form, ok := l.forms[fields[1]]
	if !ok || l.countries[fields[0]] == "" {
		return strings.Join(fields, "\t")
	}
	return fields[0] + "\t" + strconv.Itoa(int(form)) + "\t" + strings.Join(fields[2:], "\t")
}

// country reads a line of countries.tsv: code, English short name.
func (l *loader) country(fields []string) {
	if len(fields) != 2 || fields[0] == "" || fields[1] == "" {
		l.fault("%d columns; write code and name", len(fields))
		return
	}
	l.countries[fields[0]] = fields[1]
}

// name reads a line of a file of names: code, form, surface, years, rules. The
// last two may be missing.
func (l *loader) name(fields []string) {
	if len(fields) < 3 || len(fields) > 5 {
		l.fault("%d columns; write code, form, surface, years and rules", len(fields))
		return
	}
	fields = append(fields, "", "")[:5]
	code, surface := fields[0], fields[2]
	form, ok := l.forms[fields[1]]
	if !ok {
		l.fault("form %q is unknown; take one of name, adjective, capital, seat, leader, minister, institution, place", fields[1])
	}
	if l.countries[code] == "" {
		l.fault("code %q is not in %s", code, countriesFile)
	}
	c := claim{code: code, form: form, terms: l.terms(fields[3])}
	isPerson := form == FormLeader || form == FormMinister
	if isPerson {
		c.person = surface
	}
	if isPerson == (len(c.terms) == 0) {
		l.fault("%s %q: years belong to leaders and ministers, and each of them needs some", form,
			surface)
	}
	if short, after := l.rules(&c, fields[4]); short != "" {
		s := c
		s.rules |= after | ruleShort
		c.short = l.claim(short, s)
	}
	l.claim(surface, c)
}

// rules reads the last column of a name into c. For a person with a short form
// it returns that, and whether it needs an introduction.
func (l *loader) rules(c *claim, column string) (short string, after rule) {
	for word := range strings.SplitSeq(column, ",") {
		word = strings.TrimSpace(word)
		switch key, value, _ := strings.Cut(word, "="); {
		case word == "":
		case ruleNames[word] != 0:
			c.rules |= ruleNames[word]
		case key == "alone" && c.person != "":
			short = value
		case key == "after" && c.person != "":
			short, after = value, ruleAfter
		default:
			l.fault("rule %q is unknown here", word)
		}
	}
	return short, after
}

// claim enters c under a surface and returns the node it stands at.
func (l *loader) claim(surface string, c claim) *node {
	c.words = l.words(surface)
	letters, capitals := 0, 0
	for _, r := range surface {
		if unicode.IsLetter(r) {
			letters++
		}
		if unicode.IsUpper(r) {
			capitals++
		}
	}
	c.caps = letters >= 4
	if letters < 4 && capitals == letters && c.rules&ruleCased == 0 {
		l.fault("%q is a short acronym; give it the rule \"cased\"", surface)
	}
	if capitals == 0 {
		l.fault("%q has no capital and would match ordinary words", surface)
	}
	n := l.node(c.words)
	if len(n.claims) == 0 {
		l.nodes = append(l.nodes, n)
	}
	n.claims = append(n.claims, c)
	return n
}

// words cuts a surface into the words the tokenizer makes of it.
func (l *loader) words(surface string) []string {
	for _, r := range surface {
		if !unicode.In(r, unicode.L, unicode.M, unicode.Nd) && !strings.ContainsRune(" -'.,()", r) {
			l.fault("%q has the character %q; a surface has letters, digits and the marks - ' . , ( )", surface, r)
		}
	}
	var words []string
	for _, t := range text.AppendTokens(nil, surface, 0) {
		words = append(words, surface[t.Start:t.End])
	}
	if len(words) == 0 || strings.TrimSpace(surface) != surface {
		l.fault("surface %q is empty or has spaces around it", surface)
		return []string{"?"}
	}
	return words
}

// node returns the node of a surface, made when it is new.
func (l *loader) node(words []string) *node {
	if first, second, third, ok := lowerStart(words[0]); ok {
		l.lower[first][second][third] = true
	} else if !text.StartsUpper(words[0]) {
		l.fault("%q begins with neither a capital nor plain small letters", words[0])
	}
	next := l.root
	var n *node
	for _, w := range words {
		key := text.Fold(w)
		if n = next[key]; n == nil {
			n = &node{next: map[string]*node{}}
			next[key] = n
		}
		next = n.next
	}
	return n
}

// terms reads times in office: "2019-2022", "2017.01-2021.01,2025.01-", "2012".
func (l *loader) terms(s string) []term {
	if s == "" {
		return nil
	}
	var terms []term
	for part := range strings.SplitSeq(s, ",") {
		from, to, open := strings.Cut(part, "-")
		t := term{}
		ok1, ok2 := false, true
		t.from, ok1 = month(from, 1)
		switch {
		case !open:
			t.to, ok2 = month(from, 12)
		case to != "":
			t.to, ok2 = month(to, 12)
		}
		switch {
		case !ok1, !ok2, t.to != 0 && t.to < t.from:
			l.fault("years %q cannot be read; write 2019-2022, 2019-, or 2017.01-2021.01,2025-",
				part)
		case len(terms) > 0 && (terms[len(terms)-1].to == 0 || terms[len(terms)-1].to > t.from):
			l.fault("years %q overlap or are out of order", s)
		}
		terms = append(terms, t)
	}
	return terms
}

// month reads "2019.07" as months since the year 0; a year alone stands for its
// month of the given number.
func month(s string, number int) (int, bool) {
	year, rest, has := strings.Cut(s, ".")
	y, err := strconv.Atoi(year)
	if err == nil && has {
		number, err = strconv.Atoi(rest)
	}
	if err != nil || y < 1900 || y > 2100 || number < 1 || number > 12 {
		return 0, false
	}
	return y*12 + number - 1, true
}

// trapLine reads a line of a file of traps: "trap, phrase[, shadowed surface]",
// "title, word", "plain, word" or "cue, ambiguous surface, code or -, phrase".
func (l *loader) trapLine(fields []string) {
	switch kind := fields[0]; {
	case (kind == "trap" || kind == "namesake") && (len(fields) == 2 || len(fields) == 3):
		words := l.words(fields[1])
		t := &trap{words: words, namesake: kind == "namesake"}
		if len(fields) == 3 {
			t.shadows = l.node(l.words(fields[2]))
		}
		n := l.node(words)
		if n.trap != nil {
			l.fault("%q stands twice but for its capitals; keep the one with fewer", fields[1])
		}
		n.trap = t
	case kind == "title" && len(fields) == 2:
		l.titles[text.Fold(fields[1])] = true
	case kind == "plain" && len(fields) == 2:
		l.plain[text.Fold(fields[1])] = true
	case classNames[kind] != 0 && len(fields) == 2:
		l.classes[text.Fold(fields[1])] |= classNames[kind]
	case kind == "region" && (len(fields) == 3 || len(fields) == 4):
		l.region(fields[1:])
	case kind == "office" && (len(fields) == 3 || len(fields) == 4):
		l.office(fields[1:])
	case kind == "cue" && len(fields) == 4:
		l.cue(fields[1], fields[2], fields[3])
	default:
		l.fault("%q with %d columns; write trap or namesake and phrase, a class of words and word, "+
			"region, name and code, office, form and name, or cue, surface, code and phrase", kind,
			len(fields))
	}
}

// cue enters phrase as a vote for reading an ambiguous surface as code, or as
// no country ("-").
func (l *loader) cue(surface, code, phrase string) {
	if code != "-" && l.countries[code] == "" {
		l.fault("code %q is not in %s", code, countriesFile)
	}
	n := l.node(l.words(surface))
	if len(n.claims) == 0 {
		l.fault("cue for %q, which no file of names has", surface)
	}
	if n.ballot == 0 {
		l.ambiguous++
		n.ballot = l.ambiguous
	}
	option := slices.Index(n.options, code)
	if option < 0 {
		option = len(n.options)
		n.options = append(n.options, code)
	}
	words := l.words(phrase)
	at := l.node(words)
	at.cues = append(at.cues, cue{words: words, ballot: n.ballot, option: option})
}

// checkClaims looks for surfaces that two countries claim with nothing to
// decide between them. Cues decide for all claims but one; years of office
// decide between people, the latest first; a person who must be introduced
// yields to a place.
func (l *loader) checkClaims() {
	for _, n := range l.nodes {
		open := n.claims[:0:0]
		for _, c := range n.claims {
			switch {
			case c.rules&ruleCued != 0 && !slices.Contains(n.options, c.code):
				l.faults = append(l.faults, fmt.Errorf("gazetteer: %q as %s waits for a cue that no file of traps has",
					strings.Join(c.words, " "), c.code))
			case c.rules&(ruleCued|ruleAfter) == 0:
				open = append(open, c)
			}
		}
		for i := 1; i < len(open); i++ {
			a, b := open[0], open[i]
			if a.code != b.code && (a.person == "" || b.person == "") {
				l.faults = append(l.faults, fmt.Errorf("gazetteer: %q is claimed by %s and %s; give one the rule \"cued\" and cues",
					strings.Join(a.words, " "), a.code, b.code))
			}
		}
	}
}

// region enters what may stand behind "Town, " to make it a town of a country:
// name, code, and "name" or "city" where it may follow only those.
func (l *loader) region(fields []string) {
	name, code := fields[0], fields[1]
	if l.countries[code] == "" {
		l.fault("code %q is not in %s", code, countriesFile)
	}
	r := region{words: l.words(name), code: code, after: anyForm}
	if len(fields) == 3 {
		after, ok := map[string]Form{"name": FormName, "city": FormCapital}[fields[2]]
		if !ok {
			l.fault("a region behind %q; write name or city", fields[2])
		}
		r.after = after
	}
	key := text.Fold(r.words[0])
	l.regions[key] = append(l.regions[key], r)
}

// office enters an office that many states have, and the state whose it is
// where nothing else says.
func (l *loader) office(fields []string) {
	form, ok := l.forms[fields[0]]
	if !ok || form != FormSeat && form != FormInstitution {
		l.fault("form %q of an office; take seat or institution", fields[0])
	}
	c := claim{form: form, rules: ruleOffice}
	if len(fields) == 3 {
		if c.code = fields[2]; l.countries[c.code] == "" {
			l.fault("code %q is not in %s", c.code, countriesFile)
		}
	}
	name := fields[1]
	if len(name) < 4 {
		c.rules |= ruleCased // an acronym: "MoD"
	}
	l.claim(name, c)
}

// outlet reads a line of outlets.tsv: host, name or ending of a host, and
// country.
func (l *loader) outlet(fields []string) {
	if len(fields) != 2 || l.countries[fields[1]] == "" {
		l.fault("write outlet and a code of %s", countriesFile)
		return
	}
	l.outlets[fields[0]] = fields[1]
}
