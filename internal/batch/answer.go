package batch

import (
	"fmt"

	"stance/datasets"
	"stance/internal/output"
	"stance/models"
)

// Answer asks r about an article and fills its rows. It sets what a run knows
// of the article by its content alone; the story is the caller's. A model that
// fails or panics on one article costs that article: its row says so.
func Answer(r Reader, f output.Filler, src *output.Source) ([]output.Row, output.ArticleRow) {
	hash, signature := datasets.HashAndSign(src.Article)
	src.ContentSHA256, src.Signature = hash, formatSignature(&signature)
	reading, err := ask(r, src.Article)
	article := f.Article(src, reading, err)
	if err != nil {
		return nil, article
	}
	var rows []output.Row
	for _, p := range reading.Predictions[:article.Pairs] {
		rows = append(rows, f.Row(src, reading, p))
	}
	return rows, article
}

func ask(r Reader, a datasets.Article) (reading models.Reading, err error) {
	defer func() {
		if v := recover(); v != nil {
			reading, err = models.Reading{}, fmt.Errorf("the model panicked: %v", v)
		}
	}()
	return r.Predict(a)
}
