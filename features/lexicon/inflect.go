package lexicon

import "strings"

// The regular inflection of English verbs and nouns, as far as the lexicon
// needs it: it is better to write a form nobody uses than to miss one. What the
// spelling does not tell is marked in the data: irregular pasts and plurals,
// and words of several syllables that double their last consonant because the
// last syllable is stressed ("permitted", not "visitted").

// verbForms lists the lemma, the third person, the past forms and the -ing form
// of a verb of one word. Irregular pasts replace the regular one; doubles says
// that the last consonant is doubled. Verbs in -ize are spelled with -ise, too.
func verbForms(lemma string, pasts []string, doubles bool) []string {
	forms := []string{lemma, sForm(lemma)}
	for _, stem := range stems(lemma, doubles) {
		if len(pasts) == 0 {
			forms = append(forms, edForm(stem))
		}
		forms = append(forms, ingForm(stem))
	}
	forms = append(forms, pasts...)
	if endsIze(lemma) {
		stem := strings.TrimSuffix(lemma, "ze") + "s"
		forms = append(forms, stem+"e", stem+"es", stem+"ed", stem+"ing")
	}
	return forms
}

// nounForms lists the lemma and the plural of a noun of one word. Nouns in
// -ization are spelled with -isation, too.
func nounForms(lemma string, plurals []string) []string {
	forms := append([]string{lemma}, plurals...)
	if len(plurals) == 0 {
		forms = append(forms, sForm(lemma))
	}
	for _, form := range forms {
		if at := strings.LastIndex(form, "ization"); at >= 0 {
			forms = append(forms, form[:at]+"isation"+form[at+len("ization"):])
		}
	}
	return forms
}

// sForm is the plural of a noun and the third person of a verb: "attacks",
// "pushes", "vetoes", "allies".
func sForm(w string) string {
	before := byte('a')
	if len(w) > 1 {
		before = w[len(w)-2]
	}
	switch last := w[len(w)-1]; {
	case last == 's', last == 'x', last == 'z', strings.HasSuffix(w, "ch"), strings.HasSuffix(w, "sh"):
		return w + "es"
	case last == 'o' && !isVowel(before):
		return w + "es"
	case last == 'y' && !isVowel(before):
		return w[:len(w)-1] + "ies"
	}
	return w + "s"
}

// stems lists what -ed and -ing are put to: "plann", "permitt", "panick". Verbs
// in a vowel and l are spelled in both ways, "cancelled" and "canceled".
func stems(w string, doubles bool) []string {
	last := w[len(w)-1]
	switch {
	case doubles, endsShort(w):
		return []string{w + string(last)}
	case strings.HasSuffix(w, "ic"):
		return []string{w + "k"}
	case endsWeakL(w):
		return []string{w, w + "l"}
	}
	return []string{w}
}

// edForm puts -ed to a stem: "pledged", "allied".
func edForm(stem string) string {
	if n := len(stem); n > 1 && stem[n-1] == 'y' && !isVowel(stem[n-2]) {
		return stem[:n-1] + "ied"
	}
	return strings.TrimSuffix(stem, "e") + "ed"
}

// ingForm puts -ing to a stem: "pledging", "agreeing", "lying".
func ingForm(stem string) string {
	switch {
	case strings.HasSuffix(stem, "ie"):
		return strings.TrimSuffix(stem, "ie") + "ying"
	case strings.HasSuffix(stem, "ee"), strings.HasSuffix(stem, "oe"), strings.HasSuffix(stem, "ye"):
		return stem + "ing"
	}
	return strings.TrimSuffix(stem, "e") + "ing"
}

// endsShort reports whether the last part of w has one vowel letter only,
// before one last consonant: "ban", "quit".
func endsShort(w string) bool {
	part := strings.ReplaceAll(w[strings.LastIndexByte(w, '-')+1:], "qu", "q")
	n := len(part)
	if n < 3 || isVowel(part[n-1]) || strings.IndexByte("wxy", part[n-1]) >= 0 ||
		!isVowel(part[n-2]) {
		return false
	}
	for i := range n - 2 {
		if isVowel(part[i]) || i > 0 && part[i] == 'y' {
			return false
		}
	}
	return true
}

// endsWeakL reports whether w ends in an l after a short vowel: "travel",
// "dial", "fuel", but not "reveal" or "curtail".
func endsWeakL(w string) bool {
	n := len(w)
	if n < 4 || w[n-1] != 'l' || !isVowel(w[n-2]) {
		return false
	}
	return !isVowel(w[n-3]) || strings.HasSuffix(w, "ial") || strings.HasSuffix(w, "uel")
}

// endsIze reports whether w ends in the Greek ending, which British papers
// write -ise; that of "seize" and "prize" is none.
func endsIze(w string) bool {
	return strings.HasSuffix(w, "ize") && len(w) > len("prize") && !strings.HasSuffix(w, "seize")
}

func isVowel(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }
