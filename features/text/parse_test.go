package text

import (
	"strings"
	"testing"

	"stance/datasets"
)

// TestLimits cuts a long body at a sentence and a long title at a word, and
// says so.
func TestLimits(t *testing.T) {
	d := Parse(datasets.Article{Title: "Ferry", Text: "Bergen voted. Oslo waits for more."}, 20)
	if want := "Ferry\n\nBergen voted."; d.Text != want || !d.Truncated || d.TitleTruncated {
		t.Errorf("got %q, truncated %v, title %v; want %q, true, false", d.Text, d.Truncated,
			d.TitleTruncated, want)
	}
	for _, words := range []int{600, 1 << 20} {
		d = Parse(datasets.Article{Title: strings.Repeat("word ", words)}, 0)
		if d.TitleEnd > titleLimit || d.TitleEnd < titleLimit-8 || !d.TitleTruncated ||
			!strings.HasSuffix(d.Text, "word") {
			t.Errorf("%d words: title of %d bytes, marked %v", words, d.TitleEnd, d.TitleTruncated)
		}
	}
}

// A text of marks has a token for each byte, each of which takes some hundred
// bytes later on.
func TestTextOfMarksIsCut(t *testing.T) {
	text := "Bergen voted. Oslo waits. " + strings.Repeat(", ", DefaultLimit/2-20)
	d := Parse(datasets.Article{Text: text}, 0)
	if n := len(d.Tokens); n > DefaultLimit/leastToken || n < DefaultLimit/leastToken-maxSentence ||
		!d.Truncated {
		t.Errorf("%d tokens, marked %v; want at most %d and the mark", n, d.Truncated,
			DefaultLimit/leastToken)
	}
	if last := d.Sentences[len(d.Sentences)-1]; last.Last != len(d.Tokens) {
		t.Errorf("the last sentence ends at token %d of %d", last.Last, len(d.Tokens))
	}
	prose := strings.Repeat("The cat sat on the mat and the dog ran off to sea. ", DefaultLimit/51)
	if d := Parse(datasets.Article{Text: prose}, 0); d.Truncated {
		t.Errorf("prose of short words is cut at %d tokens", len(d.Tokens))
	}
}

// TestScanAllocatesNothing cleans a paragraph that no rule applies to.
func TestScanAllocatesNothing(t *testing.T) {
	p := `The ministry will publish its study in June. "It is well-known," Mr. Berg said; 1,200 people wait.`
	if n := testing.AllocsPerRun(100, func() { cleanParagraph(p) }); n != 0 {
		t.Errorf("%v allocations, want 0", n)
	}
}
