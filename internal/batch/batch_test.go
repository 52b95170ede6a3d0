package batch

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"stance/datasets"
	"stance/features"
	"stance/features/gazetteer"
	parsed "stance/features/text"
	"stance/models"
)

var _ Reader = (*models.Predictor)(nil)

// wordReader is a deterministic stand-in for a model: each upper-case word of
// three letters is a country, each word with a # a topic, and the stance is
// decided by the words around. It fails on "FAIL" and panics on "PANIC".
type wordReader struct{}

func (wordReader) CountryName(code string) string { return "Land of " + code }

// CheckCost finds "COSTLY" too costly, and panics on "PANIC" as Predict does.
func (wordReader) CheckCost(a datasets.Article) error {
	if strings.Contains(a.Text, "PANIC") {
		panic("no such word")
	}
	if strings.Contains(a.Text, "COSTLY") {
		return &features.CostError{Work: 2, Limit: 1}
	}
	return nil
}

func (wordReader) Predict(_ context.Context, a datasets.Article) (models.Reading, error) {
	if strings.Contains(a.Text, "PANIC") {
		panic("no such word")
	}
	if strings.Contains(a.Text, "FAIL") {
		return models.Reading{}, errors.New("cannot read this")
	}
	d := &parsed.Document{Text: a.Title + "\n\n" + a.Text, TitleEnd: len(a.Title), Lang: a.Lang}
	r := models.Reading{Document: d, SentimentScore: 0.125}
	seen := map[string]int{}
	for _, w := range strings.Fields(d.Text) {
		if len(w) == 3 && strings.Trim(w, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
			r.Mentions = append(r.Mentions, gazetteer.Mention{Country: w})
			seen[w]++
		}
		if strings.HasPrefix(w, "#") {
			r.Topics = append(r.Topics, w[1:])
		}
	}
	slices.Sort(r.Topics)
	r.Topics = slices.Compact(r.Topics)
	for _, c := range slices.Sorted(maps.Keys(seen)) {
		for _, t := range r.Topics {
			r.Predictions = append(r.Predictions, wordPrediction(d, c, t, seen[c]))
		}
	}
	return r, nil
}

// wordPrediction is as good as random and always the same.
func wordPrediction(d *parsed.Document, country, topic string, n int) models.Prediction {
	h := sha256.Sum256([]byte(d.Text + country + topic))
	p := models.Prediction{Country: country, Topic: topic, Role: models.RoleActor,
		Status: models.StatusOK, Mentions: n,
		EvidenceSentences: 1, OOVRatio: float64(h[4]) / 255, Sentiment: "neutral",
		SentimentScore: 0.5, PActor: 0.9,
		Evidence: datasets.Span{Start: 0, End: d.TitleEnd}, TopFeatures: []string{"aid:+0.42", "threat:-0.11"}}
	if h[0] < 64 {
		p.Role, p.Status, p.PActor, p.Sentiment = models.RoleMention, models.StatusMentionOnly, 0.1,
			""
		return p
	}
	p.PSupportive, p.PNeutral = float64(h[1])/1024, float64(h[2])/1024
	p.PCritical = 1 - p.PSupportive - p.PNeutral
	p.Score, p.Margin, p.Stance = p.PSupportive-p.PCritical, 0.2, "critical"
	return p
}

// articles makes n articles, a few of them alike, and as many broken records as
// bad says, spread among them.
func articles(n, bad int) []any {
	countries, topics := []string{"FRA", "DEU", "CHN", "USA", "IND"}, []string{"#ukraine", "#taiwan", ""}
	var out []any
	for i := range n {
		a := datasets.Article{
			ID: fmt.Sprintf("a-%05d",
				i), Source: "Daily " + string(rune('A'+i%7)), URL: fmt.Sprintf("https://news.example/%d", i),
			// each fortieth is a copy of the one before
			Title:     fmt.Sprintf("Story number %d", i-i%40/39),
			Lang:      "en",
			Published: time.Date(2026, 3, 28+i%2, 12, 0, i-i%40/39, 0, time.UTC),
			Origin:    datasets.Origin{File: "in.jsonl", Line: i + 1, Offset: int64(100 * i)},
		}
		j := i - i%40/39
		a.Text = fmt.Sprintf("In item %d %s met %s over %s and later %s .", j, countries[j%5],
			countries[j/5%5],
			topics[j%3], countries[j/3%5])
		for w := range 40 { // words of its own, or it would count as a copy of its neighbours
			a.Text += fmt.Sprintf(" word%d", (j*41+w)*7919%100_003)
		}
		out = append(out, a)
		if bad > 0 && i%(max(n/bad, 1)) == 0 {
			out = append(out, &datasets.RecordError{Origin: a.Origin, Reason: datasets.ReasonSyntax,
				Detail: "not JSON", Excerpt: "{" + a.Title})
		}
	}
	return out
}

var testDate = time.Date(2026, 3, 29, 0, 0, 0, 0, time.UTC)

// asArticle is thing as an article; the empty one for an error.
func asArticle(thing any) datasets.Article {
	a, _ := thing.(datasets.Article)
	return a
}

// input makes an Input of articles and errors.
func input(name string, things ...any) Input {
	return Input{Name: name, Read: func(context.Context) iter.Seq2[datasets.Example, error] {
		return func(yield func(datasets.Example, error) bool) {
			for _, t := range things {
				ok := false
				switch t := t.(type) {
				case datasets.Article:
					ok = yield(datasets.Example{Article: t}, nil)
				case error:
					ok = yield(datasets.Example{}, t)
				}
				if !ok {
					return
				}
			}
		}
	}}
}

// config is a run over the inputs into a new folder.
func config(t *testing.T, inputs ...Input) Config {
	t.Helper()
	return Config{
		Inputs: inputs, Out: filepath.Join(t.TempDir(), "out"), Date: testDate,
		Reader:  wordReader{},
		ModelID: strings.Repeat("ab", 32), ConfigSHA256: strings.Repeat("cd",
			32), Workers: 2, ArticlesPerPart: 50, MaxQuarantineRatio: 0.5,
	}
}

// mustRun runs c and fails the test on error.
func mustRun(t *testing.T, c Config) Summary {
	t.Helper()
	s, err := Run(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// tree maps every file under dir, by relative path, to a hash of its bytes.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		files[filepath.ToSlash(rel)] = fmt.Sprintf("%x", sha256.Sum256(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
