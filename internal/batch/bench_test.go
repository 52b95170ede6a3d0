package batch

import (
	"path/filepath"
	"testing"

	"stance/internal/output"
)

// BenchmarkRun is a whole night of 2,000 articles with a reader that costs next
// to nothing: what is left is reading, signing, encoding, syncing and
// publishing.
func BenchmarkRun(b *testing.B) {
	things := articles(2000, 20)
	var bytes int64
	for _, t := range things {
		bytes += item{article: asArticle(t)}.size()
	}
	b.SetBytes(bytes)
	for i := 0; b.Loop(); i++ {
		c := Config{Inputs: []Input{input("in", things...)}, Out: filepath.Join(b.TempDir(), "out"),
			Date:    testDate,
			Reader:  wordReader{},
			ModelID: "m", ConfigSHA256: "c", Workers: 2, MaxQuarantineRatio: 1}
		if _, err := Run(b.Context(), c); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPart writes rows of stance/v1.
func BenchmarkPart(b *testing.B) {
	m := output.Filler{CountryName: func(c string) string { return c }, MaxPairs: 1000}
	var rows []output.Row
	for _, t := range articles(2000, 0) {
		r := &record{Source: output.Source{Article: asArticle(t)}}
		reading, err := wordReader{}.Predict(b.Context(), r.Article)
		if err != nil {
			b.Fatal(err)
		}
		for _, p := range reading.Predictions {
			rows = append(rows, m.Row(&r.Source, reading, p))
		}
	}
	b.ReportMetric(float64(len(rows)), "rows/op")
	for b.Loop() {
		p, err := output.CreatePart[output.Row](filepath.Join(b.TempDir(), "part"))
		if err != nil {
			b.Fatal(err)
		}
		if err := p.Append(rows...); err != nil {
			b.Fatal(err)
		}
		if _, err := p.Commit(output.Recipe{}); err != nil {
			b.Fatal(err)
		}
	}
}
