package learn

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"testing"

	"stance/features/vector"
)

// fitted is what scikit-learn learned with one setting: weights by class, then
// column.
type fitted struct {
	C, Alpha float64
	Weights  [][]float64
	Bias     []float64
}

// fixture is testdata/reference/weights.json, made by weights.py beside it.
type fixture struct {
	Cols             int
	Rows             []vector.Vector
	Answers          []int
	Weight           []float64
	Logistic         []fitted
	Balanced, Binary fitted
	SVM, Bayes       []fitted
}

func loadFixture(t *testing.T) (fixture, Problem) {
	t.Helper()
	var f fixture
	b, err := os.ReadFile("testdata/reference/weights.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &f); err != nil {
		t.Fatal(err)
	}
	p := Problem{X: vector.NewMatrix(f.Cols), Y: f.Answers, Classes: []string{"a", "b", "c"},
		Weight: f.Weight}
	for _, row := range f.Rows {
		p.X.Append(row)
	}
	return f, p
}

// strict are the default settings with training to the last digits.
func strict() Settings {
	s := DefaultSettings()
	s.Tolerance, s.MaxIter = 1e-9, 10000
	return s
}

func train(t *testing.T, build func(Settings) (Trainer, error), s Settings, p Problem) *Linear {
	t.Helper()
	trainer, err := build(s)
	if err != nil {
		t.Fatal(err)
	}
	c, err := trainer.Train(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	return c.(*Linear)
}

func compare(t *testing.T, name string, l *Linear, want fitted, tolerance float64) {
	t.Helper()
	for c := range want.Weights {
		if math.Abs(l.Bias(c)-want.Bias[c]) > tolerance {
			t.Errorf("%s: bias of %d is %v, want %v", name, c, l.Bias(c), want.Bias[c])
		}
		for j, w := range want.Weights[c] {
			if math.Abs(l.Weight(j, c)-w) > tolerance {
				t.Errorf("%s: weight of column %d class %d is %v, want %v", name, j, c,
					l.Weight(j, c), w)
			}
		}
	}
}

func TestLogisticMatchesScikitLearn(t *testing.T) {
	f, p := loadFixture(t)
	for _, want := range f.Logistic {
		s := strict()
		s.C = want.C
		compare(t, "logistic", train(t, NewLogistic, s, p), want, 1e-5)
	}
	s := strict()
	s.Balanced = true
	compare(t, "balanced", train(t, NewLogistic, s, p), f.Balanced, 1e-5)
}

// The default tolerance leaves the objective within 1e-4 of its minimum.
func TestDefaultToleranceSuffices(t *testing.T) {
	_, p := loadFixture(t)
	objective := func(l *Linear) float64 {
		f := 0.0
		for j := range p.X.Cols {
			for c := range p.Classes {
				f += l.Weight(j, c) * l.Weight(j, c) / 2
			}
		}
		for i, y := range p.Y {
			scores := l.Scores(nil, p.X.Row(i))
			f += p.Weight[i] * (logSumExp(scores) - scores[y])
		}
		return f
	}
	got := objective(train(t, NewLogistic, DefaultSettings(), p))
	least := objective(train(t, NewLogistic, strict(), p))
	if got < least-1e-6 || got > least*(1+1e-4) {
		t.Errorf("objective %v, least %v", got, least)
	}
}

// With two classes our weights are opposite, half of scikit-learn's one vector
// at twice the C.
func TestLogisticOfTwoClassesMatchesScikitLearn(t *testing.T) {
	f, p := loadFixture(t)
	p.Classes = []string{"rest", "first"}
	p.Y = make([]int, len(f.Answers))
	for i, y := range f.Answers {
		if y == 0 {
			p.Y[i] = 1
		}
	}
	half := fitted{Weights: [][]float64{nil, nil},
		Bias: []float64{-f.Binary.Bias[0] / 2, f.Binary.Bias[0] / 2}}
	for _, w := range f.Binary.Weights[0] {
		half.Weights[0] = append(half.Weights[0], -w/2)
		half.Weights[1] = append(half.Weights[1], w/2)
	}
	compare(t, "binary", train(t, NewLogistic, strict(), p), half, 1e-5)
}

func TestSVMMatchesScikitLearn(t *testing.T) {
	f, p := loadFixture(t)
	for _, want := range f.SVM {
		s := strict()
		s.C = want.C
		compare(t, "svm", train(t, NewSVM, s, p), want, 1e-5)
	}
}

func TestBayesMatchesScikitLearn(t *testing.T) {
	f, p := loadFixture(t)
	for _, want := range f.Bayes {
		for j := range f.Cols { // ours stand around the mean of the classes
			mean := 0.0
			for c := range want.Weights {
				mean += want.Weights[c][j] / 3
			}
			for c := range want.Weights {
				want.Weights[c][j] -= mean
			}
		}
		s := DefaultSettings()
		s.Alpha = want.Alpha
		compare(t, "bayes", train(t, NewBayes, s, p), want, 1e-6)
	}
}

// A row of weight 3 is three rows, a row of weight 0 none.
func TestWeightsCountRows(t *testing.T) {
	_, p := loadFixture(t)
	repeated := Problem{X: vector.NewMatrix(p.X.Cols), Classes: p.Classes}
	weighted := p
	weighted.Weight = make([]float64, p.X.Rows())
	for i := range p.X.Rows() {
		weighted.Weight[i] = float64(i * 7 % 4)
		for range i * 7 % 4 {
			repeated.X.Append(p.X.Row(i))
			repeated.Y = append(repeated.Y, p.Y[i])
		}
	}
	for _, kind := range kinds() {
		for _, balanced := range []bool{false, true} {
			s := strict()
			s.Balanced = balanced
			got, want := train(t, kind.New, s, weighted), train(t, kind.New, s, repeated)
			for c := range p.Classes {
				for j := range p.X.Cols {
					if math.Abs(got.Weight(j, c)-want.Weight(j, c)) > 1e-5 ||
						math.Abs(got.Bias(c)-want.Bias(c)) > 1e-5 {
						t.Fatalf("%s, balanced %v: column %d class %d: %v with weights, %v with copies", kind.Name,
							balanced, j, c, got.Weight(j, c), want.Weight(j, c))
					}
				}
			}
		}
	}
}
