package text

import (
	"fmt"
	"strings"
	"testing"

	"stance/datasets"

	"github.com/clipperhouse/uax29/v2/words"
)

// proseParagraphs is a text with every mark that typographies differ in.
var proseParagraphs = []string{
	`The mayor's office said "we won't pay" - and it didn't. The county, too, has waited since 1990-91.`,
	`A first office in Malmö-Lund offers Norway's fleet a final fix... "Is it fair?" asked O'Brien's firm.`,
	`"They waited," the mayor said. The well-known pier - the old one - cost 5% of the county's budget, ` +
		`and the council's fifth flight of stairs 1,200 crowns.`,
}

// typographies rewrite a text typed in ASCII.
var typographies = []struct {
	name    string
	rewrite func(string) string
}{
	{"curly", func(s string) string {
		return strings.ReplaceAll(curlyQuotes(s, "“", "”"), "'",
			"’")
	}},
	{"german", func(s string) string {
		return strings.ReplaceAll(curlyQuotes(s, "„", "“"), "'",
			"ʼ")
	}},
	{"guillemets", func(s string) string { return curlyQuotes(s, "«", "»") }},
	{"french", func(s string) string { return curlyQuotes(s, "« ", "\u202f»") }},
	{"tex", func(s string) string { return curlyQuotes(s, "``", "''") }},
	{"prime", func(s string) string { return strings.NewReplacer("'", "′", `"`, "″").Replace(s) }},
	{"backtick", func(s string) string { return strings.ReplaceAll(s, "'", "`") }},
	{"accent", func(s string) string { return strings.ReplaceAll(s, "'", "´") }},
	{"en dash", func(s string) string { return strings.ReplaceAll(s, "-", "–") }},
	{"em dash", func(s string) string { return strings.ReplaceAll(s, " - ", " — ") }},
	{"glued em dash", func(s string) string { return strings.ReplaceAll(s, " - ", "—") }},
	{"double hyphen", func(s string) string { return strings.ReplaceAll(s, " - ", "--") }},
	{"spaced double hyphen", func(s string) string { return strings.ReplaceAll(s, " - ", " -- ") }},
	{"minus", func(s string) string { return strings.ReplaceAll(s, "-", "−") }},
	{"hyphen", func(s string) string { return strings.ReplaceAll(s, "-", "\u2010") }},
	{"fixed hyphen", func(s string) string { return strings.ReplaceAll(s, "-", "\u2011") }},
	{"ellipsis", func(s string) string { return strings.ReplaceAll(s, "...", "…") }},
	{"spaced ellipsis", func(s string) string { return strings.ReplaceAll(s, "...", ". . .") }},
	{"no-break spaces", func(s string) string { return strings.ReplaceAll(s, " ", "\u00a0") }},
	{"thin spaces", func(s string) string { return strings.ReplaceAll(s, " ", " \u2009") }},
	{"zero-width spaces", func(s string) string { return strings.ReplaceAll(s, " ", " \u200b") }},
	{"tabs", func(s string) string { return strings.ReplaceAll(s, " ", "\t ") }},
	{"soft hyphens", func(s string) string { return strings.ReplaceAll(s, "ai", "a\u00adi") }},
	{"joiners", func(s string) string {
		return strings.ReplaceAll(s, "ai",
			"a\u200d\u2060\ufeffi")
	}},
	{"ligatures", func(s string) string {
		return strings.NewReplacer("ffi", "ﬃ", "ff", "ﬀ", "fi", "ﬁ", "fl", "ﬂ").Replace(s)
	}},
	{"decomposed", func(s string) string { return strings.ReplaceAll(s, "ö", "o\u0308") }},
	{"full width", fullWidth},
	{"entities", func(s string) string {
		return strings.NewReplacer("'", "&#8217;", " - ", "&nbsp;&mdash;&#32;",
			`"`, "&quot;").Replace(s)
	}},
	{"double entities", func(s string) string {
		return strings.NewReplacer("'", "&amp;rsquo;",
			`"`, "&amp;#34;", "ö", "&amp;ouml;").Replace(s)
	}},
	{"mojibake", func(s string) string {
		return strings.NewReplacer("'", "â€™", " - ", "â€”", "...", "â€¦", "ö", "Ã¶").Replace(s)
	}},
}

// curlyQuotes replaces straight double quotes by opening and closing ones in
// turn.
func curlyQuotes(s, opening, closing string) string {
	for strings.Contains(s, `"`) {
		s = strings.Replace(s, `"`, opening, 1)
		s = strings.Replace(s, `"`, closing, 1)
	}
	return s
}

// fullWidth widens the ASCII letters, digits and marks of a text.
func fullWidth(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '\u3000'
		case r > ' ' && r <= '~':
			return r - '!' + '！'
		}
		return r
	}, s)
}

// TestTypography demands that a text gives the same document in any typography.
func TestTypography(t *testing.T) {
	plain := strings.Join(proseParagraphs, "\n\n")
	title := "The mayor's \"yes\" - a well-known fix..."
	want := Parse(datasets.Article{Title: title, Text: plain}, 0)
	for _, typo := range typographies {
		got := Parse(datasets.Article{Title: typo.rewrite(title), Text: typo.rewrite(plain)}, 0)
		if got.Text != want.Text {
			t.Errorf("%s:\ngot  %q\nwant %q", typo.name, got.Text, want.Text)
		}
		if typo.rewrite(plain) == plain {
			t.Errorf("%s changes nothing", typo.name)
		}
	}
}

// TestNormalizeTwice demands that normalised text stays as it is.
func TestNormalizeTwice(t *testing.T) {
	for _, typo := range typographies {
		once := Normalize(typo.rewrite(strings.Join(proseParagraphs, "\n")))
		if twice := Normalize(once); twice != once {
			t.Errorf("%s:\nonce  %q\ntwice %q", typo.name, once, twice)
		}
	}
}

// TestWrapping demands that a text wrapped at any width gives the same
// document.
func TestWrapping(t *testing.T) {
	want := Parse(datasets.Article{Text: strings.Join(proseParagraphs, "\n\n")}, 0)
	for width := 30; width <= 100; width++ {
		for _, hyphens := range []bool{false, true} {
			var wrapped []string
			for _, p := range proseParagraphs {
				wrapped = append(wrapped, wrap(p, width, hyphens))
			}
			text := strings.Join(wrapped, "\n\n")
			if got := Parse(datasets.Article{Text: text}, 0); got.Text != want.Text {
				t.Errorf("width %d, breaks at hyphens %v:\n%s\ngot  %q\nwant %q", width, hyphens,
					text, got.Text, want.Text)
			}
		}
	}
}

// wrap breaks a paragraph into lines of at most width characters, at blanks
// and, where hyphens is set, behind hyphens between letters.
func wrap(p string, width int, hyphens bool) string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(p) {
		parts := []string{word}
		if i := strings.IndexByte(word, '-'); hyphens && i > 0 {
			parts = []string{word[:i+1], word[i+1:]}
		}
		for k, part := range parts {
			blank := " "
			if k > 0 || line == "" {
				blank = ""
			}
			if len([]rune(line+blank+part)) > width {
				lines = append(lines, line)
				line, blank = "", ""
			}
			line += blank + part
		}
	}
	return strings.Join(append(lines, line), "\n")
}

// TestTokensFollowAnnex29 compares the tokens of texts with those of the
// segmenter alone, which the fast way for ASCII stands in for.
func TestTokensFollowAnnex29(t *testing.T) {
	for _, s := range append([]string{
		"a b,c;d-e (f) \"g\" h!i?j  k\u0301 l-\u0301 m\u200dn , \u0301x U.S. it's 3.5 x1 1x a_b a:b a.b .", " ", "a ", "-",
		"mixed Größe, naïve-é \U0001F1FA\U0001F1E6 \U0001F1FA",
	}, proseParagraphs...) {
		if got, want := fmt.Sprint(AppendTokens(nil, s, 7)), fmt.Sprint(segmentTokens(s,
			7)); got != want {
			t.Errorf("%q\ngot  %s\nwant %s", s, got, want)
		}
	}
}

// segmentTokens is AppendTokens without the fast way.
func segmentTokens(s string, base int) (tokens []Token) {
	it := words.FromString(s)
	for it.Next() {
		tokens = appendSegment(tokens, s, base, it.Start(), it.End())
	}
	return tokens
}

// TestSentencesOfOneCase demands that text in small letters or capitals has the
// sentences that it has as it was written.
func TestSentencesOfOneCase(t *testing.T) {
	const prose = "Norway voted on Monday. Mr. Berg of the U.S. embassy left at 3 p.m. with two aides. Why? Nobody said. " +
		"\"We wait,\" he said."
	want := len(Parse(datasets.Article{Text: prose}, 0).Sentences)
	for _, s := range []string{strings.ToLower(prose), strings.ToUpper(prose)} {
		if got := Parse(datasets.Article{Text: s}, 0).Sentences; len(got) != want || want != 5 {
			t.Errorf("%q has %d sentences, want %d", s, len(got), want)
		}
	}
}
