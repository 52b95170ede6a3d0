package learn

import (
	"context"
	"errors"
	"reflect"
	"testing"
)

func TestCrossScoresHideTheRow(t *testing.T) {
	p := synthetic(120, 400, 20, 3)
	trainer, err := NewLogistic(DefaultSettings())
	if err != nil {
		t.Fatal(err)
	}
	folds := make([]int, 120)
	var outside []int
	for i := range folds {
		folds[i] = i % 4
		if i%4 != 2 {
			outside = append(outside, i)
		}
	}
	got, err := CrossScores(context.Background(), trainer, p, folds)
	if err != nil {
		t.Fatal(err)
	}
	c, err := trainer.Train(context.Background(), p.Select(outside))
	if err != nil {
		t.Fatal(err)
	}
	for i := 2; i < 120; i += 4 {
		if want := c.Scores(nil, p.X.Row(i)); !reflect.DeepEqual(got[i], want) {
			t.Errorf("row %d: %v, want those of a model without its fold, %v", i, got[i], want)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := CrossScores(ctx, trainer, p, folds); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	want := "learn: training without fold 0: learn: no rows to learn from; check the corpus and its filters"
	if _, err := CrossScores(context.Background(), trainer, p, make([]int, 120)); err == nil ||
		err.Error() != want {
		t.Errorf("one fold: %v, want %s", err, want)
	}
}
