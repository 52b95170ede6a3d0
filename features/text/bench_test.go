package text

import (
	"strings"
	"testing"

	"stance/datasets"
)

// benchArticle is an article of the length and make-up that feeds have: plain
// ASCII, paragraphs apart, a dateline, quotes, numbers, nothing to repair.
var benchArticle = datasets.Article{
	Title: "Harbour town votes on new ferry line",
	Text: "BERGEN, May 3 (AP) - The town council voted on Monday to open a second ferry line.\n\n" +
		strings.Repeat("Councillors said the line would carry 1,200 passengers a day, twice what the "+
			"old one does. \"We have waited for nine years,\" said Mr. Berg, who keeps a shop near the "+
			"quay. Others doubted that the money would last; the county's share, they said, had been cut "+
			"twice since 2019.\n\nThe ministry of transport will publish its own study in June. It has "+
			"read the plans, a spokeswoman said, and sees no reason to object. Work at the well-known "+
			"pier could begin in autumn if the weather holds and the contract is signed in time.\n\n", 5),
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	b.SetBytes(int64(len(benchArticle.Text)))
	for b.Loop() {
		Parse(benchArticle, 0)
	}
}

// BenchmarkParseTypeset parses the same article with typographic marks.
func BenchmarkParseTypeset(b *testing.B) {
	a := benchArticle
	a.Text = strings.NewReplacer("'", "’", " \"", " “", "\"", "”", " - ", " – ").Replace(a.Text)
	b.ReportAllocs()
	b.SetBytes(int64(len(a.Text)))
	for b.Loop() {
		Parse(a, 0)
	}
}

func BenchmarkCleanBody(b *testing.B) {
	b.ReportAllocs()
	b.SetBytes(int64(len(benchArticle.Text)))
	for b.Loop() {
		cleanBody(paragraphs(Normalize(plainText(repair(benchArticle.Text)))))
	}
}

func BenchmarkTokens(b *testing.B) {
	b.ReportAllocs()
	b.SetBytes(int64(len(benchArticle.Text)))
	var tokens []Token
	for b.Loop() {
		tokens = AppendTokens(tokens[:0], benchArticle.Text, 0)
	}
}
