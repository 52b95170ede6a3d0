package text

import (
	"unicode"
	"unicode/utf8"
)

// dashOrHyphen writes the dash r as what it means where it stands:
//
//   - an em dash, and two hyphens or more, part clauses;
//   - a hyphen parts clauses only between blanks;
//   - an en dash or minus sign is a hyphen between two letters or digits and
//     before a number, and parts clauses elsewhere.
func (w *writer) dashOrHyphen(r rune) {
	run := 1
	for w.pos < len(w.src) {
		next, n := utf8.DecodeRuneInString(w.src[w.pos:])
		if !isDash(next) {
			break
		}
		w.pos += n
		run++
	}
	next, _ := utf8.DecodeRuneInString(w.src[w.pos:])
	if w.pos == len(w.src) {
		next = '\n'
	}
	before, _ := utf8.DecodeLastRune(w.out)
	open := w.last() == ' ' || w.last() == '\n'
	parts := run > 1
	switch r {
	case '—', '―', '﹘', '⸺', '⸻':
		parts = true
	case '–', '‒', '−':
		joins := isWordRune(next) && isWordRune(before) && !open
		parts = parts || !joins && !(open && unicode.IsDigit(next))
	default:
		parts = parts || open && unicode.IsSpace(next)
	}
	if !parts {
		w.text('-')
		return
	}
	if w.last() != '"' || !w.tighten {
		w.blank()
	}
	w.out = append(w.out, "—"...)
	w.dash, w.zero, w.tighten = true, false, false
}

func isDash(r rune) bool {
	switch r {
	case '-', '‐', '‑', '‒', '–', '—', '―', '−', '－':
		return true
	}
	return false
}
