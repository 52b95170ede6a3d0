package lexicon

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"stance/features/text"
)

// readActs reads lines of lemma, part, class, strength, marks and note;
// README.md has the format. The error joins all faults: lines out of order,
// unknown parts, classes and marks, lemmas that are no words, and forms that
// two lines claim.
func (l *Lexicon) readActs(data string) (sum string, err error) {
	r := actReader{lexicon: l, forms: make(map[string]form, expectedForms)}
	last := ""
	for line := range strings.Lines(data) {
		r.line++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		if line <= last {
			r.fault("%q stands after a line that sorts behind it, or twice; sort the file", line)
		}
		last = line
		r.entry(strings.Split(line, "\t"))
	}
	if len(r.forms) == 0 {
		r.fault("no words; list at least one lemma")
	}
	if err := errors.Join(r.faults...); err != nil {
		return "", err
	}
	return r.sum(), nil
}

// expectedForms is about how many forms the built-in lexicon has.
const expectedForms = 14000

// form is what a form means, and whose it is.
type form struct {
	act   Act
	lemma string
}

// actReader reads a file of acts into a lexicon.
type actReader struct {
	lexicon *Lexicon
	forms   map[string]form
	line    int
	faults  []error
}

// sum is the SHA-256, in hex, of all forms with their classes and strengths.
func (r *actReader) sum() string {
	var data []byte
	for _, words := range slices.Sorted(maps.Keys(r.forms)) {
		f := r.forms[words]
		data = fmt.Appendf(data, "%s\t%s\t%d\n", words, f.act.Class.Name(), f.act.Strength)
	}
	hash := sha256.Sum256(data)
	return hex.EncodeToString(hash[:])
}

// fault notes what is wrong with the line being read.
func (r *actReader) fault(format string, args ...any) {
	at := fmt.Sprintf("lexicon: en.tsv:%d: ", r.line)
	r.faults = append(r.faults, errors.New(at+fmt.Sprintf(format, args...)))
}

// entry reads a line: lemma, part, class, strength, marks, note. The last two
// may be missing.
func (r *actReader) entry(fields []string) {
	if len(fields) < 4 || len(fields) > 6 {
		r.fault("%d columns; write lemma, part, class, strength, marks and note", len(fields))
		return
	}
	fields = append(fields, "", "")[:6]
	lemma, part, marks := fields[0], fields[1], fields[4]
	act := Act{Class: classNamed(fields[2]), Modifier: fields[1] == "adjective"}
	if act.Class == 0 {
		r.fault("class %q is unknown; classes.go lists the classes", fields[2])
	}
	switch fields[3] {
	case "1", "2", "3":
		act.Strength = int8(fields[3][0] - '0')
	default:
		r.fault("strength %q is not 1, 2 or 3", fields[3])
	}
	if !isSurface(lemma) {
		r.fault("lemma %q is not written in lower-case letters with single spaces or hyphens between", lemma)
		return
	}
	forms, err := inflections(lemma, part, strings.Fields(marks))
	if err != nil {
		r.fault("%v", err)
		return
	}
	for _, words := range forms {
		r.add(lemma, words, act)
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

// inflections lists the forms of a lemma, each once. Of a verb the first word
// is inflected, of a noun the last. Marks are "-" (no other forms), "double"
// (the last consonant), "inflected" (the lemma itself is left out), and
// irregular forms.
func inflections(lemma, part string, marks []string) ([]string, error) {
	if !slices.Contains([]string{"verb", "noun", "adjective", "phrase"}, part) {
		return nil, fmt.Errorf("part %q is unknown; take one of verb, noun, adjective, phrase",
			part)
	}
	if part == "adjective" || part == "phrase" {
		if len(marks) > 0 {
			return nil, fmt.Errorf("%s %q has marks; only verbs and nouns have other forms", part,
				lemma)
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

// allForms inflects the word of a verb or noun that is inflected and puts the
// others back around it.
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
func (r *actReader) add(lemma, words string, act Act) {
	if f, has := r.forms[words]; has {
		r.fault("form %q of %q is already one of %q; keep one of the lemmas, or write the other without this form",
			words, lemma, f.lemma)
		return
	}
	r.forms[words] = form{act, lemma}
	tokens := text.Words(words)
	e := r.lexicon.entry(tokens[0])
	act.Words = int8(len(tokens))
	if len(tokens) == 1 {
		e.act = act
		return
	}
	x := expression{act, tokens[1:]}
	at, _ := slices.BinarySearchFunc(e.longer, x, func(a, b expression) int {
		return cmp.Compare(len(b.rest), len(a.rest))
	})
	e.longer = slices.Insert(e.longer, at, x)
}
