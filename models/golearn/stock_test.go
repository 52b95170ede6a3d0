package golearn

import (
	"context"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/sjwhitworth/golearn/base"
	"github.com/sjwhitworth/golearn/naive"
	"github.com/sjwhitworth/golearn/trees"

	"stance/features/vector"
	"stance/models/learn"
)

// trained fits a kind on rows without weights.
func trained(t *testing.T, newTrainer func(learn.Settings) (learn.Trainer, error), s learn.Settings,
	p learn.Problem) learn.Classifier {
	t.Helper()
	trainer, err := newTrainer(s)
	if err != nil {
		t.Fatal(err)
	}
	c, err := trainer.Train(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// best is the class with the highest score of each row.
func best(c learn.Classifier, x *vector.Matrix) []int {
	out := make([]int, x.Rows())
	for i := range out {
		out[i] = vector.Argmax(c.Scores(nil, x.Row(i)))
	}
	return out
}

func TestBernoulliAnswersAsGolearn(t *testing.T) {
	for seed := range uint64(5) {
		x, y := randomMatrix(10+seed, 90, 30, 3)
		test, _ := randomMatrix(20+seed, 90, 30, 3)
		nb := naive.NewBernoulliNBClassifier()
		if err := nb.Fit(NewGrid(x, y, numbered(3), Presence)); err != nil {
			t.Fatal(err)
		}
		var want []int
		for _, name := range answers(t, nb, NewGrid(test, nil, numbered(3), Presence)) {
			want = append(want, int(name[0]-'0'))
		}
		c := trained(t, NewBernoulli, learn.DefaultSettings(),
			learn.Problem{X: x, Y: y, Classes: abc})
		if got := best(c, test); !reflect.DeepEqual(got, want) {
			t.Errorf("seed %d: answers %v\nwant %v", seed, got, want)
		}
	}
}

// By hand: 3 rows of class 0 (2 have the column), 1 row of class 1 (it has it).
// P(f|0) = 3/4, P(f|1) = 2/2.
func TestBernoulliScoresByHand(t *testing.T) {
	x := vector.NewMatrix(1)
	one := vector.Vector{Index: []int32{0}, Value: []float64{-3}}
	for _, v := range []vector.Vector{one, one, {}, one} {
		x.Append(v)
	}
	c := trained(t, NewBernoulli, learn.DefaultSettings(),
		learn.Problem{X: x, Y: []int{0, 0, 0, 1}, Classes: []string{"a", "b"}})
	// ln(3/4 3/4), ln(1/4)
	near(t, "with the column", c.Scores(nil, one),
		[]float64{-0.575364144903562, -1.386294361119891})
	near(t, "without", c.Scores(nil, vector.Vector{}),
		[]float64{-1.673976433571672, -2.079441541679836})
}

func near(t *testing.T, what string, got, want []float64) {
	t.Helper()
	for c := range want {
		if d := got[c] - want[c]; len(got) != len(want) || d > 1e-12 || d < -1e-12 {
			t.Errorf("%s: scores %v, want %v", what, got, want)
			return
		}
	}
}

// golearn's own Save writes P(f|c) as COND_MAP: what is read by reflection must
// be that.
func TestCondProbsAreWhatGolearnSaves(t *testing.T) {
	x, y := randomMatrix(7, 40, 5, 3)
	nb := naive.NewBernoulliNBClassifier()
	if err := nb.Fit(NewGrid(x, y, numbered(3), Presence)); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "nb")
	if err := nb.Save(path); err != nil {
		t.Fatal(err)
	}
	r, err := base.ReadSerializedClassifierStub(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var saved map[string][]float64
	if err := r.GetJSONForKey("COND_MAP", &saved); err != nil {
		t.Fatal(err)
	}
	got, err := condProbs(nb, 4)
	if want := [][]float64{saved["0"], saved["1"], saved["2"], nil}; err != nil ||
		!reflect.DeepEqual(got, want) {
		t.Errorf("read %v, %v\nsaved %v", got, err, want)
	}
}

func TestCARTAnswersAsGolearn(t *testing.T) {
	for seed := range uint64(5) {
		for _, depth := range []int{1, 3, 20} {
			x, y := randomMatrix(30+seed, 90, 25, 3)
			test, _ := randomMatrix(40+seed, 90, 25, 3)
			tree := trees.NewDecisionTreeClassifier(trees.GINI, int64(depth), labels(3))
			if err := tree.Fit(NewGrid(presence(x, false), y, numbered(3),
				Weights).NumericClass()); err != nil {
				t.Fatal(err)
			}
			var want []int
			for _, label := range tree.Predict(NewGrid(presence(test, false), nil, numbered(3),
				Weights).NumericClass()) {
				want = append(want, int(label))
			}
			s := learn.DefaultSettings()
			s.MaxDepth = depth
			c := trained(t, NewCART, s, learn.Problem{X: x, Y: y, Classes: abc})
			if got := best(c, test); !reflect.DeepEqual(got, want) {
				t.Errorf("seed %d depth %d: answers %v\nwant %v", seed, depth, got, want)
			}
		}
	}
}

// golearn answers class 0 for all rows when the root finds no split, whatever
// the rows were.
func TestCARTWithoutSplitSaysWhatItSaw(t *testing.T) {
	x := vector.NewMatrix(1)
	for range 5 {
		x.Append(vector.Vector{Index: []int32{0}, Value: []float64{1}})
	}
	c := trained(t, NewCART, learn.DefaultSettings(),
		learn.Problem{X: x, Y: []int{2, 2, 1, 2, 2}, Classes: abc})
	near(t, "leaf", c.Scores(nil, vector.Vector{}), // ln of 0.5, 1.5, 4.5 of 6.5
		[]float64{-2.564949357461537, -1.466337068793427, -0.367724780125317})
}

func TestRowsOfWeightZeroAreLeftOut(t *testing.T) {
	x, y := randomMatrix(8, 60, 20, 3)
	var kept, keptY []int
	weight := make([]float64, len(y))
	for i := range y {
		if i%3 > 0 {
			weight[i] = float64(i)
			kept, keptY = append(kept, i), append(keptY, y[i])
		}
	}
	for _, kind := range Kinds() {
		got := trained(t, kind.New, learn.DefaultSettings(),
			learn.Problem{X: x, Y: y, Classes: abc, Weight: weight})
		want := trained(t, kind.New, learn.DefaultSettings(),
			learn.Problem{X: x.Select(kept), Y: keptY, Classes: abc})
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: rows of weight 0 count", kind.Name)
		}
	}
}

// Whatever the limit, only the best columns may matter to the scores.
func TestOnlyTheBestColumnsMatter(t *testing.T) {
	x, y := randomMatrix(9, 80, 30, 3)
	columns := bestColumns(x, y, 3, 4)
	s := learn.DefaultSettings()
	s.MaxCols = len(columns)
	for _, kind := range Kinds() {
		c := trained(t, kind.New, s, learn.Problem{X: x, Y: y, Classes: abc})
		for i := range x.Rows() {
			var best vector.Vector
			row := x.Row(i)
			for k, j := range row.Index {
				if slices.Contains(columns, j) {
					best.Index, best.Value = append(best.Index, j), append(best.Value, row.Value[k])
				}
			}
			if got, want := c.Scores(nil, row), c.Scores(nil, best); !reflect.DeepEqual(got, want) {
				t.Errorf("%s: row %d has scores %v, its best columns %v", kind.Name, i, got, want)
			}
		}
	}
}

func TestSettingsAreChecked(t *testing.T) {
	for _, kind := range Kinds() {
		s := learn.DefaultSettings()
		s.MaxCols = 0
		if _, err := kind.New(s); err == nil {
			t.Errorf("%s takes max_cols 0", kind.Name)
		}
	}
	s := learn.DefaultSettings()
	s.MaxDepth = 0
	if _, err := NewCART(s); err == nil {
		t.Error("golearn-cart takes max_depth 0")
	}
}

func TestPanicBecomesError(t *testing.T) {
	nb := naive.NewBernoulliNBClassifier()
	x := vector.NewMatrix(1)
	x.Append(vector.Vector{})
	err := fenced(context.Background(), func() error {
		return nb.Fit(NewGrid(x, nil, abc, Presence))
	})
	if err == nil {
		t.Error("golearn's panic for a class without features has gone: presence needs no constant column any more")
	}
}

func TestEndedContextLeavesTheFit(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	release := make(chan struct{})
	defer close(release)
	err := fenced(ctx, func() error {
		cancel()
		<-release
		return nil
	})
	if err != context.Canceled {
		t.Errorf("got %v, want context.Canceled", err)
	}
}
