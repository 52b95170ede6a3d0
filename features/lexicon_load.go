package features

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// LoadLexicon reads a lexicon file; features/lexicon/README.md has the format. The error joins all faults found: lines out
// of order, unknown parts, classes and marks, lemmas that are no words, and forms that two lines claim.
func LoadLexicon(r io.Reader) (*Lexicon, error) {
	l := lexiconLoader{
		Lexicon: &Lexicon{heads: make(map[string]headword, expectedForms)},
		classes: map[string]string{},
		forms:   make(map[string]form, expectedForms),
	}
	for _, c := range classes {
		l.classes[c.Name] = c.Name
	}
	last := ""
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		l.line++
		text := lines.Text()
		if text == "" || text[0] == '#' {
			continue
		}
		if text <= last {
			l.fault("%q stands after a line that sorts behind it, or twice; sort the file", text)
		}
		last = text
		l.entry(strings.Split(text, "\t"))
	}
	if err := lines.Err(); err != nil {
		l.fault("%v", err)
	}
	if len(l.forms) == 0 {
		l.fault("no words; list at least one lemma")
	}
	if err := errors.Join(l.faults...); err != nil {
		return nil, err
	}
	l.hash = l.sum()
	return l.Lexicon, nil
}

// sum is the SHA-256, in hex, of all forms with their classes and strengths.
func (l *lexiconLoader) sum() string {
	var text []byte
	for _, words := range slices.Sorted(maps.Keys(l.forms)) {
		f := l.forms[words]
		text = append(append(append(append(text, words...), '\t'), f.class...), '\t', byte('0'+f.strength), '\n')
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// expectedForms is about how many forms the built-in lexicon has; maps of that size need not grow.
const expectedForms = 14000

// form is what a form means, and whose it is.
type form struct {
	sense
	lemma string
}

// lexiconLoader is a lexicon in the making.
type lexiconLoader struct {
	*Lexicon
	classes map[string]string // names to the one string that all entries share
	forms   map[string]form
	line    int
	faults  []error
}

// fault notes what is wrong with the line being read.
func (l *lexiconLoader) fault(format string, args ...any) {
	at := fmt.Sprintf("features: lexicon line %d: ", l.line)
	l.faults = append(l.faults, errors.New(at+fmt.Sprintf(format, args...)))
}

// entry reads a line: lemma, part, class, strength, marks, note. The last two may be missing.
func (l *lexiconLoader) entry(fields []string) {
	if len(fields) < 4 || len(fields) > 6 {
		l.fault("%d columns; write lemma, part, class, strength, marks and note", len(fields))
		return
	}
	fields = append(fields, "", "")[:6]
	lemma, part, marks := fields[0], fields[1], fields[4]
	s := sense{class: l.classes[fields[2]]}
	if s.class == "" {
		l.fault("class %q is unknown; the table in lexicon_classes.go lists them", fields[2])
	}
	switch fields[3] {
	case "1", "2", "3":
		s.strength = int(fields[3][0] - '0')
	default:
		l.fault("strength %q is not 1, 2 or 3", fields[3])
	}
	if !isSurface(lemma) {
		l.fault("lemma %q is not written in lower-case letters with single spaces or hyphens between", lemma)
		return
	}
	forms, err := inflections(lemma, part, strings.Fields(marks))
	if err != nil {
		l.fault("%v", err)
		return
	}
	for _, words := range forms {
		l.add(lemma, words, s)
	}
}

// isSurface reports whether w is one or more words of lower-case letters.
func isSurface(w string) bool {
	joined := true // a word must come next
	for _, r := range w {
		switch {
		case r == ' ' || r == '-':
			if joined {
				return false
			}
			joined = true
		case r >= 'a' && r <= 'z', r == 'é':
			joined = false
		default:
			return false
		}
	}
	return !joined
}

// inflections lists the forms of a lemma, each once. Of a verb the first word is inflected, of a noun the last. Marks are
// "-" (no other forms), "double" (the last consonant), "inflected" (the lemma itself is left out), and irregular forms.
func inflections(lemma, part string, marks []string) ([]string, error) {
	if !slices.Contains([]string{"verb", "noun", "adjective", "phrase"}, part) {
		return nil, fmt.Errorf("part %q is unknown; take one of verb, noun, adjective, phrase", part)
	}
	if part == "adjective" || part == "phrase" {
		if len(marks) > 0 {
			return nil, fmt.Errorf("%s %q has marks; only verbs and nouns have other forms", part, lemma)
		}
		return []string{lemma}, nil
	}
	if len(marks) == 1 && marks[0] == "-" {
		return []string{lemma}, nil
	}
	var irregular []string
	doubles, leaves := false, false
	for _, m := range marks {
		switch {
		case m == "double" && part == "verb":
			doubles = true
		case m == "inflected":
			leaves = true
		case isSurface(m) && m != "double":
			irregular = append(irregular, m)
		default:
			return nil, fmt.Errorf("mark %q of the %s %q is unknown; write -, double, inflected or irregular forms", m, part, lemma)
		}
	}
	forms := allForms(lemma, part, irregular, doubles)
	if leaves {
		forms = slices.DeleteFunc(forms, func(f string) bool { return f == lemma })
	}
	slices.Sort(forms)
	return slices.Compact(forms), nil
}

// allForms inflects the word of a verb or noun that is inflected and puts the others back around it.
func allForms(lemma, part string, irregular []string, doubles bool) []string {
	if part == "verb" {
		head, rest, _ := strings.Cut(lemma, " ")
		forms := verbForms(head, irregular, doubles)
		for i := range forms {
			forms[i] = strings.TrimRight(forms[i]+" "+rest, " ")
		}
		return forms
	}
	at := strings.LastIndexByte(lemma, ' ') + 1
	forms := nounForms(lemma[at:], irregular)
	for i := range forms {
		forms[i] = lemma[:at] + forms[i]
	}
	return forms
}

// add enters one form of a lemma.
func (l *lexiconLoader) add(lemma, words string, s sense) {
	if f, has := l.forms[words]; has {
		l.fault("form %q of %q is already one of %q; keep one of the lemmas, or write the other without this form", words, lemma, f.lemma)
		return
	}
	l.forms[words] = form{s, lemma}
	var tokens []string
	for _, t := range appendTokens(nil, words, 0) {
		tokens = append(tokens, words[t.Start:t.End])
	}
	head := l.heads[tokens[0]]
	if len(tokens) == 1 {
		head.sense = s
	} else {
		e := expression{s, tokens[1:]}
		at, _ := slices.BinarySearchFunc(head.longer, e, func(a, b expression) int { return cmp.Compare(len(b.rest), len(a.rest)) })
		head.longer = slices.Insert(head.longer, at, e)
	}
	l.heads[tokens[0]] = head
}
