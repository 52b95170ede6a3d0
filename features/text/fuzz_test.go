package text

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"stance/datasets"
)

// FuzzParse parses any article: the text is UTF-8 and bounded, sentences and
// tokens lie in it in order, and the tokens are those of the segmenter.
func FuzzParse(f *testing.F) {
	f.Add("Bergen votes - BBC News",
		"OSLO (AP) — Mr. Berg's ferry.Malmö waits.\n\nREAD | More\n\nThe U.S. did.", 300)
	f.Add("", strings.Repeat("word ", 500), 0)
	f.Add("K\u200byiv\x00",
		"\xff\xfe Mal\u0308mo \u2028 “Côte d’Or” \U0001F1FA\U0001F1E6 <b>x</b>", 40)
	f.Add("READ ALSO |", "Also read: By Reuters: - — –\r\n\r\n(Photo: x) @a #b $CDE (NYSE: F)", 9)
	f.Add("| | |",
		"<p><script>&amp;amp;lt;p&gt;â€™Ã¢â‚¬â„¢ gov-\nernment `` '' . . . « » U. S. \"", 1000)
	f.Fuzz(func(t *testing.T, title, body string, limit int) {
		limit = max(1, limit%4096)
		d := Parse(datasets.Article{Title: title, Text: body}, limit)
		if !utf8.ValidString(d.Text) {
			t.Fatalf("text is not UTF-8: %q", d.Text)
		}
		if bound := 4*(min(len(title), 4*titleLimit)+min(len(body),
			limit)) + 64; len(d.Text) > bound {
			t.Fatalf("%d bytes of text out of %d and %d", len(d.Text), len(title), len(body))
		}
		if d.TitleEnd > len(d.Text) || d.TitleEnd > titleLimit ||
			d.Truncated != (len(body) > limit) {
			t.Fatalf("title ends at %d of %d; truncated %v", d.TitleEnd, len(d.Text), d.Truncated)
		}
		checkTokens(t, d)
		if got, want := AppendTokens(nil, body, 0), segmentTokens(body,
			0); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("tokens of %q\ngot  %v\nwant %v", body, got, want)
		}
	})
}

func checkTokens(t *testing.T, d *Document) {
	t.Helper()
	last := 0
	for _, tok := range d.Tokens {
		if tok.Start < last || tok.End <= tok.Start || tok.End > len(d.Text) {
			t.Fatalf("token at %d to %d after %d in %d bytes", tok.Start, tok.End, last,
				len(d.Text))
		}
		last = tok.End
	}
	next, paragraph := 0, 0
	for _, s := range d.Sentences {
		if s.First != next || s.Last <= s.First || s.Last-s.First > maxSentence ||
			s.Paragraph < paragraph ||
			s.Start != d.Tokens[s.First].Start || s.End != d.Tokens[s.Last-1].End {
			t.Fatalf("sentence %+v, want tokens from %d", s, next)
		}
		next, paragraph = s.Last, s.Paragraph
	}
	if next != len(d.Tokens) {
		t.Fatalf("sentences hold %d of %d tokens", next, len(d.Tokens))
	}
}

// TestRepeatedInput parses long texts made of one piece, which show where work
// grows with the square of the length: the test then runs into its time limit.
func TestRepeatedInput(t *testing.T) {
	for _, piece := range []string{
		"a", "A",
		"<a =\"", "<p", "<script>", "<!--", "&amp;amp;", "Ã¢â‚¬â„¢", "READ | ", "(NYSE: A) ", "(Photo: ", "#a ",
		"gov-\nb", "x\n", "By A ", "— ", "-", "\"", ". ", "U. S. ", "a.B", "A.b.", "ab.\"Bc",
		"«", "\u200b", "e\u0301",
		"Posted on: 1 ", "Updated on: ", "Sign up for ", "Get our ", " | ", "KYIV, ", "Aa ",
		"abcThe", "\xff", "<td>",
	} {
		s := strings.Repeat(piece, (1<<16)/len(piece))
		checkTokens(t, Parse(datasets.Article{Title: s, Text: s}, 0))
	}
}
