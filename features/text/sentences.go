package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentences end at ". ! ? …" or at the end of a paragraph, except after an
// abbreviation, an initial, or where the next word goes on in lower case. Feeds
// often join a standfirst to the body without a full stop ("… join the bloc The
// European Union must …"), so a capitalised function word after a lower-case
// word starts a sentence as well. A sentence has at most maxSentence tokens.

// maxSentence bounds a sentence in tokens. What is longer is cut at the last
// clause mark in its second half, else at the bound: later steps take time and
// memory that grow with the square of the length.
const maxSentence = 200

// abbreviations are words whose full stop does not end a sentence, in lower
// case and without it.
var abbreviations = NewSet(`mr mrs ms dr prof gen lt col maj capt sgt cpl adm cmdr brig rep sen gov pres rev hon st
	mt ft jr sr vs no nos etc inc ltd co corp bros al ed eds vol fig approx dept dem est min max jan feb mar apr jun jul aug
	sep sept oct nov dec mon tue wed thu fri sat sun a.m p.m e.g i.e cf ca op ph.d u.s u.k u.n e.u d.c u.a.e`)

// starters are function words that, capitalised in the middle of running text,
// begin a new sentence.
var starters = NewSet(`the a an in on at it he she they we this that these those there but and so although though while
	when where after before as if for from with since despite during following according however meanwhile earlier last
	more most many some both all what why how who his her their its our my by to under amid speaking asked once until`)

// kindOfText says how the sentences of a text are told.
type kindOfText struct {
	title bool // a title, whose capitals begin no sentence
	lower bool // written without capitals, so that a sentence may begin in lower case
}

// sentenceEnd returns the token after the sentence that begins at token first.
func sentenceEnd(text string, tokens []Token, first int, kind kindOfText) int {
	bound := min(len(tokens), first+maxSentence)
	end := naturalEnd(text, tokens[:bound], first, kind)
	if end < bound || bound == len(tokens) {
		return end
	}
	for i := bound - 1; i >= first+maxSentence/2; i-- {
		switch text[tokens[i].Start:tokens[i].End] {
		case ";", ":", ",", "—":
			return i + 1
		}
	}
	return bound
}

// naturalEnd returns the token after the sentence that begins at token first,
// however long it is.
func naturalEnd(text string, tokens []Token, first int, kind kindOfText) int {
	for i := first; i < len(tokens); i++ {
		if i+1 == len(tokens) {
			break
		}
		word := text[tokens[i].Start:tokens[i].End]
		switch {
		case tokens[i].Kind == Punct && isStop(word):
			end := closeQuotes(text, tokens, i+1)
			if end == len(tokens) || endsSentence(text, tokens, i, end, kind.lower) {
				return end
			}
			i = end - 1
		case strings.HasSuffix(word, ".") && i > first && isStarter(text, tokens[i+1]):
			return i + 1 // "… in the U.S. The president …"
		case !kind.title && isGlued(text, tokens, i):
			return i + 1
		}
	}
	return len(tokens)
}

func isStop(w string) bool { return w == "." || w == "!" || w == "?" || w == "…" || w == "?!" }

// closeQuotes skips stops, closing quotes and brackets from token i on.
func closeQuotes(text string, tokens []Token, i int) int {
	for i < len(tokens) {
		switch text[tokens[i].Start:tokens[i].End] {
		case ".", "!", "?", "…", "”", "’", ")", "]", "»":
			i++
		case "\"", "'":
			if tokens[i].Start > tokens[i-1].End {
				return i // an opening quote stands apart from the stop
			}
			i++
		default:
			return i
		}
	}
	return i
}

// endsSentence reports whether the stop at token i ends a sentence; next is the
// token after the stop and its quotes. lower says that a sentence may begin in
// lower case.
func endsSentence(text string, tokens []Token, i, next int, lower bool) bool {
	if tokens[i].End == tokens[next].Start && next == i+1 && tokens[next].Kind != Punct {
		return false // "example.com", "3.No"
	}
	if r, _ := utf8.DecodeRuneInString(text[tokens[next].Start:]); unicode.IsLower(r) && !lower {
		return false
	}
	if i == 0 || text[tokens[i].Start] != '.' || tokens[i-1].End != tokens[i].Start {
		return true
	}
	before := text[tokens[i-1].Start:tokens[i-1].End]
	if utf8.RuneCountInString(before) == 1 && tokens[i-1].Kind == Word {
		return false // an initial: "Joseph R. Biden"
	}
	return !abbreviations.hasFold(before)
}

// hasNoCapitals reports whether paragraphs have letters and no capital among
// them.
func hasNoCapitals(paragraphs []string) bool {
	letters := false
	for _, p := range paragraphs {
		for i := range len(p) {
			if isUpperByte(p[i]) {
				return false
			}
			letters = letters || isLowerByte(p[i])
		}
	}
	return letters
}

func isStarter(text string, t Token) bool {
	w := text[t.Start:t.End]
	return isUpperByte(w[0]) && (len(w) == 1 || isLowerByte(w[1])) && starters.hasFold(w)
}

// isGlued reports whether token i is a lower-case word and token i+1 a
// capitalised function word, as where two sentences were joined without a stop.
func isGlued(text string, tokens []Token, i int) bool {
	if tokens[i].Kind != Word || tokens[i+1].Kind != Word || tokens[i+1].Start != tokens[i].End+1 {
		return false
	}
	r, _ := utf8.DecodeRuneInString(text[tokens[i].Start:])
	return unicode.IsLower(r) && isStarter(text, tokens[i+1])
}
