package models

import (
	"context"
	"errors"
	"reflect"
	"strconv"
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
	want := "models: training without fold 0: models: no rows to learn from; check the corpus and its filters"
	if _, err := CrossScores(context.Background(), trainer, p, make([]int, 120)); err == nil || err.Error() != want {
		t.Errorf("one fold: %v, want %s", err, want)
	}
}

func TestGroupFoldsKeepGroupsAndSizes(t *testing.T) {
	var groups []string
	for i := range 100 {
		groups = append(groups, strconv.Itoa(i*i/250)) // 40 groups of 1 to 16 rows
	}
	folds := GroupFolds(groups, 5, 9)
	size, of := make([]int, 5), map[string]int{}
	for i, g := range groups {
		size[folds[i]]++
		if f, ok := of[g]; ok && f != folds[i] {
			t.Errorf("group %s lies in folds %d and %d", g, f, folds[i])
		}
		of[g] = folds[i]
	}
	if want := []int{20, 20, 20, 20, 20}; !reflect.DeepEqual(size, want) {
		t.Errorf("sizes %v, want %v", size, want)
	}
	if again := GroupFolds(groups, 5, 9); !reflect.DeepEqual(again, folds) {
		t.Error("same seed, other folds")
	}
}
