package batch

import (
	"path/filepath"
	"testing"
)

// BenchmarkRun is a whole night of 2,000 articles with a reader that costs next to nothing: what is left is reading,
// signing, encoding, syncing and publishing.
func BenchmarkRun(b *testing.B) {
	things := articles(2000, 20)
	var bytes int64
	for _, t := range things {
		bytes += item{article: asArticle(t)}.size()
	}
	b.SetBytes(bytes)
	for i := 0; b.Loop(); i++ {
		c := Config{Inputs: []Input{input("in", things...)}, Out: filepath.Join(b.TempDir(), "out"), Date: testDate,
			Reader:  wordReader{},
			ModelID: "m", ConfigSHA256: "c", Workers: 2, MaxQuarantineRatio: 1}
		if _, err := Run(b.Context(), c); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPart writes rows of stance/v1.
func BenchmarkPart(b *testing.B) {
	m := maker{countryName: func(c string) string { return c }, maxPairs: 1000}
	var rows []Row
	for _, t := range articles(2000, 0) {
		r := &record{article: asArticle(t)}
		reading, err := wordReader{}.Predict(r.article)
		if err != nil {
			b.Fatal(err)
		}
		for _, p := range reading.Predictions {
			rows = append(rows, m.rowOf(r, reading, p))
		}
	}
	b.ReportMetric(float64(len(rows)), "rows/op")
	for b.Loop() {
		p, err := CreatePart[Row](filepath.Join(b.TempDir(), "part"))
		if err != nil {
			b.Fatal(err)
		}
		if err := p.Append(rows...); err != nil {
			b.Fatal(err)
		}
		if _, err := p.Commit(Recipe{}); err != nil {
			b.Fatal(err)
		}
	}
}
