package gazetteer

import (
	"unicode"

	"stance/features/text"
)

// Some corpora have lost their capitals. A title or body without any is matched
// in small letters. Names that are ordinary words as well ("us", "polish") then
// count only where the words beside them are those of a state, and others
// ("china", "turkey") also where another country is named.

const (
	fewestWords  = 3   // words a text has at least that is taken for one without capitals
	sampledWords = 200 // words that are looked at
)

// findCase finds whether title and body are written without capitals, or in
// capitals throughout.
func (m *matcher) findCase() {
	split := m.bodyStart()
	m.lowerTitle, _ = m.oneCase(0, split)
	m.lowerBody, m.upperBody = m.oneCase(split, len(m.d.Tokens))
}

// bodyStart is the first token of the body.
func (m *matcher) bodyStart() int {
	for _, s := range m.d.Sentences {
		if !s.Title {
			return s.First
		}
	}
	return len(m.d.Tokens)
}

// oneCase reports whether tokens [first, last) are words enough and none begins
// with a capital, or none has a small letter.
func (m *matcher) oneCase(first, last int) (lower, upper bool) {
	lower, upper = true, true
	words := 0
	for i := first; i < last && words < sampledWords && (lower || upper); i++ {
		if m.d.Tokens[i].Kind != text.Word {
			continue
		}
		w := m.d.Word(i)
		lower = lower && !text.StartsUpper(w)
		upper = upper && text.AllUpper(w)
		if isLetter(w[0]) {
			words++
		}
	}
	return lower && words >= fewestWords, upper && words >= fewestWords
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// writtenLower reports whether claim c may be written in small letters at token
// i. Acronyms of three letters or less may not, but for a few.
func (m *matcher) writtenLower(c *claim, i int) bool {
	if c.rules&ruleCased == 0 || len(c.words) != 1 {
		return true
	}
	letters := 0
	for _, r := range c.words[0] {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters > 3 || lowerAcronyms[m.d.Word(i)]
}

// lowerAcronyms are short acronyms that no English word is written like.
var lowerAcronyms = text.NewSet(`uk u.k u.k. u.s u.s. us usa u.s.a. uae u.a.e. eu e.u. un u.n.
	g7 g-7 nz drc prc rok pla raf kgb fsb mi5 mi6 kmt dpp idf`)

// sureInLower reports whether a claim holds in text without capitals.
func (m *matcher) sureInLower(c *claim, h hit) bool {
	if h.last != h.first+1 {
		return true
	}
	switch k := m.class(h.first, h.sentence); {
	case c.rules&ruleShort != 0 && k&(classCommon|classGiven|classSurname) != 0:
		return false
	case k&classCommon != 0:
		return (c.rules&ruleCased != 0 || c.form == FormAdjective) && m.likeState(h)
	case k&classUnsure != 0 && c.form == FormAdjective:
		return m.likeState(h) || m.describes(h) && m.namesOther(c.code)
	case k&classUnsure != 0:
		return m.likeState(h) || !m.likeThing(h) && m.namesOther(c.code)
	}
	return true
}

// namesOther reports whether the document names a country other than code.
func (m *matcher) namesOther(code string) bool {
	for other := range m.named {
		if other != code {
			return true
		}
	}
	return false
}

// likeState reports whether the words beside h are those of a state: "us-led",
// "us president", "the us", "uk, us and"; or "us" begins a sentence.
func (m *matcher) likeState(h hit) bool {
	switch text.Fold(m.wordAt(h.last)) {
	case "-", "'s":
		return true
	}
	if m.class(h.last, h.sentence)&classPolity != 0 {
		return true
	}
	if w := m.d.Word(h.first); len(w) != 2 || text.Fold(w) != "us" {
		return false
	}
	s := m.d.Sentences[h.sentence]
	return h.first == s.First || text.Fold(m.d.Word(h.first-1)) == "the" ||
		h.first-2 >= s.First && listed[text.Fold(m.d.Word(h.first-1))] && m.isCountry(h.first-2) ||
		h.last+1 < s.Last && listed[text.Fold(m.d.Word(h.last))] && m.isCountry(h.last+1)
}

// listed stand between the countries of a list.
var listed = text.NewSet("and or , /")

// isCountry reports whether the word at token i is the name of a country.
func (m *matcher) isCountry(i int) bool {
	n := m.g.root[string(m.key(i))]
	return n != nil && len(n.claims) > 0 && n.claims[0].form <= FormCapital
}

// describes reports whether an adjective stands before a word it may describe:
// "polish farmers", not "polish the shoes".
func (m *matcher) describes(h hit) bool {
	s := m.d.Sentences[h.sentence]
	return h.last < s.Last && m.d.Tokens[h.last].Kind == text.Word &&
		!objects[text.Fold(m.d.Word(h.last))]
}

// objects are words behind the verb "polish".
var objects = text.NewSet("the and or up off his her its their your my our a an is was")

// likeThing reports whether the words beside h are those of a thing: "a
// turkey", "china cups".
func (m *matcher) likeThing(h hit) bool {
	return articles[text.Fold(m.wordAt(h.first-1))] || things[text.Fold(m.wordAt(h.last))]
}

// articles are words before a thing and not before a state.
var articles = text.NewSet("a an the this that some any roast cold fine bone wild")

// things are words behind one.
var things = text.NewSet(`cup cups plate plates vase vases doll dolls shop cabinet set sandwich
	sandwiches breast breasts dinner dinners leg legs meat farm farms hunt pepper peppers sauce
	powder hat hats almonds peaches pig pigs fowl rope`)
