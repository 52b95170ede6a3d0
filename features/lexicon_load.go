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
		Lexicon: &Lexicon{heads: map[string]headword{}},
		classes: map[string]string{},
		owners:  map[string]string{},
		senses:  map[string]sense{},
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
	if len(l.senses) == 0 {
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
	h := sha256.New()
	for _, form := range slices.Sorted(maps.Keys(l.senses)) {
		fmt.Fprintf(h, "%s\t%s\t%d\n", form, l.senses[form].class, l.senses[form].strength)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// lexiconLoader is a lexicon in the making.
type lexiconLoader struct {
	*Lexicon
	classes map[string]string // names to the one string that all entries share
	owners  map[string]string // forms to the lemma that has them
	senses  map[string]sense  // forms to what they mean
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
	for _, form := range forms {
		l.add(lemma, form, s)
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

// add enters one form.
func (l *lexiconLoader) add(lemma, form string, s sense) {
	if owner, has := l.owners[form]; has {
		l.fault("form %q of %q is already one of %q; keep one of the lemmas, or write the other without this form", form, lemma, owner)
		return
	}
	l.owners[form] = lemma
	l.senses[form] = s
	var tokens []string
	for _, t := range appendTokens(nil, form, 0) {
		tokens = append(tokens, form[t.Start:t.End])
	}
	head := l.heads[tokens[0]]
	if len(tokens) == 1 {
		head.sense = s
	} else {
		head.longer = append(head.longer, expression{s, tokens[1:]})
		slices.SortStableFunc(head.longer, func(a, b expression) int { return cmp.Compare(len(b.rest), len(a.rest)) })
	}
	l.heads[tokens[0]] = head
}
