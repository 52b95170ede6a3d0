package batch

import (
	"context"
	"errors"
	"fmt"

	"stance/datasets"
	"stance/features"
	"stance/internal/output"
	"stance/models"
)

// Answer asks r about an article and fills its rows. It sets what a run knows
// of the article by its content alone; the story is the caller's. A model that
// fails or panics on one article costs that article: its row says so. The error
// is that of ctx, and then there are no rows.
func Answer(ctx context.Context, r Reader, f output.Filler,
	src *output.Source) ([]output.Row, output.ArticleRow, error) {
	hash, signature := datasets.HashAndSign(src.Article)
	src.ContentSHA256, src.Signature = hash, formatSignature(&signature)
	reading, err := ask(ctx, r, src.Article)
	if ended := ctx.Err(); ended != nil { // a row that says the article failed would be published
		return nil, output.ArticleRow{}, ended
	}
	article := f.Article(src, reading, err)
	if err != nil {
		return nil, article, nil
	}
	var rows []output.Row
	for _, p := range reading.Predictions[:article.Pairs] {
		rows = append(rows, f.Row(src, reading, p))
	}
	return rows, article, nil
}

func ask(ctx context.Context, r Reader, a datasets.Article) (reading models.Reading, err error) {
	defer func() {
		if v := recover(); v != nil {
			reading, err = models.Reading{}, fmt.Errorf("the model panicked: %v", v)
		}
	}()
	return r.Predict(ctx, a)
}

// TooCostly rejects an article that r would refuse for its cost; nil for every
// other.
func TooCostly(r Reader, a *datasets.Article) (bad *datasets.RecordError) {
	defer func() {
		if recover() != nil {
			bad = nil // Answer will meet the same panic, and say so in the article's row
		}
	}()
	var costly *features.CostError
	if err := r.CheckCost(*a); !errors.As(err, &costly) {
		return nil
	}
	return &datasets.RecordError{Origin: a.Origin, Reason: datasets.ReasonTooCostly,
		Detail: costly.Error(), Excerpt: excerptOf(a),
		Err: costly}
}
