package models

import (
	"context"
	"testing"

	"stance/features/vector"
	"stance/models/learn"
)

// Three words, each the mark of one class, beside a word of all.
func TestKindsLearnMarks(t *testing.T) {
	p := learn.Problem{X: vector.NewMatrix(6), Classes: []string{"a", "b", "c"}}
	for i := range 30 {
		p.X.Append(vector.Vector{Index: []int32{int32(i % 3), 4}, Value: []float64{1, 1}})
		p.Y = append(p.Y, i%3)
	}
	for _, kind := range Kinds() {
		trainer, err := kind.New(learn.DefaultSettings())
		if err != nil {
			t.Fatal(kind.Name, err)
		}
		c, err := trainer.Train(context.Background(), p)
		if err != nil {
			t.Fatal(kind.Name, err)
		}
		for want := range 3 {
			scores := c.Scores(nil,
				vector.Vector{Index: []int32{int32(want), 4, 5, 9}, Value: []float64{1, 1, 3, 1}})
			for other := range 3 {
				if other != want && scores[other] >= scores[want] {
					t.Errorf("%s: mark of %d has scores %v", kind.Name, want, scores)
				}
			}
		}
	}
}

func TestFindKind(t *testing.T) {
	if k, err := FindKind(Kinds(), "svm"); err != nil || k.Name != "svm" {
		t.Errorf("svm: %v, %v", k.Name, err)
	}
	_, err := FindKind(Kinds(), "forest")
	if want := `models: no kind "forest"; there are logistic, svm, multinomial-nb`; err == nil ||
		err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
