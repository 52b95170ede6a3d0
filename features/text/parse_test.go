package text

import (
	"strings"
	"testing"

	"stance/datasets"
)

// TestLimits cuts a long body at a sentence and a long title at a word, and says
// so.
func TestLimits(t *testing.T) {
	d := Parse(datasets.Article{Title: "Ferry", Text: "Bergen voted. Oslo waits for more."}, 20)
	if want := "Ferry\n\nBergen voted."; d.Text != want || !d.Truncated || d.TitleTruncated {
		t.Errorf("got %q, truncated %v, title %v; want %q, true, false", d.Text, d.Truncated, d.TitleTruncated, want)
	}
	for _, words := range []int{600, 1 << 20} {
		d = Parse(datasets.Article{Title: strings.Repeat("word ", words)}, 0)
		if d.TitleEnd > titleLimit || d.TitleEnd < titleLimit-8 || !d.TitleTruncated || !strings.HasSuffix(d.Text, "word") {
			t.Errorf("%d words: title of %d bytes, marked %v", words, d.TitleEnd, d.TitleTruncated)
		}
	}
}

// TestScanAllocatesNothing cleans a paragraph that no rule applies to.
func TestScanAllocatesNothing(t *testing.T) {
	p := `The ministry will publish its study in June. "It is well-known," Mr. Berg said; 1,200 people wait.`
	if n := testing.AllocsPerRun(100, func() { cleanParagraph(p) }); n != 0 {
		t.Errorf("%v allocations, want 0", n)
	}
}
