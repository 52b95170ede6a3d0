package learn

import (
	"context"
	"math"
	"reflect"
	"testing"
	"time"

	"stance/features/vector"
)

func small(t testing.TB) *Linear {
	t.Helper()
	l, err := NewLinear([]string{"no", "yes"}, []int32{1, 4, 6}, []float64{0.5, -0.25, 0, 0, 0.001, 2}, []float64{1, -1})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestLinearScores(t *testing.T) {
	l := small(t)
	x := vector.Vector{Index: []int32{0, 1, 4, 6, 7}, Value: []float64{9, 2, 9, 1, 9}}
	w := float64(float32(0.001))
	if got, want := l.Scores(nil, x), []float64{1 + 1 + w, -1 - 0.5 + 2}; !reflect.DeepEqual(got, want) {
		t.Errorf("scores %v, want %v", got, want)
	}
	if got, want := l.Contributions(nil, x, 1), []float64{0, -0.5, 0, 2, 0}; !reflect.DeepEqual(got, want) {
		t.Errorf("contributions %v, want %v", got, want)
	}
	if l.Cols() != 7 || len(l.weight) != 4 {
		t.Errorf("%d columns and %d weights, want 7 and 4: zeros are not kept", l.Cols(), len(l.weight))
	}
}

func TestNewLinearRefuses(t *testing.T) {
	classes := make([]string, 256)
	for want, build := range map[string]func() (*Linear, error){
		"learn: 256 classes; a linear classifier takes 1 to 255": func() (*Linear, error) {
			return NewLinear(classes, nil, nil, make([]float64, 256))
		},
		`learn: weight of column 3, class "a" is 1e+39; scale the values of the rows`: func() (*Linear, error) {
			return NewLinear([]string{"a"}, []int32{3}, []float64{1e39}, []float64{0})
		},
		`learn: bias of class "a" is NaN; scale the values of the rows`: func() (*Linear, error) {
			return NewLinear([]string{"a"}, nil, nil, []float64{math.NaN()})
		},
	} {
		if l, err := build(); l != nil || err == nil || err.Error() != want {
			t.Errorf("got %v, %v; want %s", l, err, want)
		}
	}
}

// FuzzDecodeLinear: bytes that decode are the bytes the classifier is saved as.
func FuzzDecodeLinear(f *testing.F) {
	b, _ := small(f).MarshalBinary()
	f.Add(b)
	f.Add([]byte("lin1\xff\xff\xff\xff"))
	f.Add([]byte("lin1\x01\x00\x00\x00\xff\xff\xff\x7f"))
	f.Fuzz(func(t *testing.T, b []byte) {
		l, err := DecodeLinear(b)
		if err != nil {
			return
		}
		l.Scores(nil, vector.Vector{Index: []int32{0, 1, 5, 1 << 30}, Value: []float64{1, -1, 2, 3}})
		if again, _ := l.MarshalBinary(); string(again) != string(b) {
			t.Errorf("decoded %x, saved %x", b, again)
		}
	})
}

func TestSettingsAreChecked(t *testing.T) {
	bad := Settings{C: -1, Tolerance: 2, MaxIter: 0, Alpha: math.NaN()}
	solver := "learn: c is -1; it must be above 0\n" +
		"learn: tolerance is 2; it must be between 0 and 1\n" +
		"learn: max_iter is 0; it must be at least 1"
	wants := []string{solver, solver, "learn: alpha is NaN; it must be above 0"}
	for n, kind := range kinds() {
		if _, err := kind.New(bad); err == nil || err.Error() != wants[n] {
			t.Errorf("%s: %v, want %s", kind.Name, err, wants[n])
		}
	}
}

func TestBayesRefusesNegativeValues(t *testing.T) {
	p := synthetic(20, 50, 5, 2)
	p.X.Value[3] = -0.5
	trainer, err := NewBayes(DefaultSettings())
	if err != nil {
		t.Fatal(err)
	}
	_, err = trainer.Train(context.Background(), p)
	want := "learn: entry 3 of the matrix is -0.5; naive Bayes wants counts or weights >= 0"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// Values far out of scale give an error or a classifier with finite scores, and
// end.
func TestValuesOutOfScale(t *testing.T) {
	for _, scale := range []float64{1e-300, 1e-30, 1e15, 1e38, 1e60, 1e308} {
		p := synthetic(40, 60, 6, 3)
		for n := range p.X.Value {
			p.X.Value[n] *= scale
		}
		for _, kind := range kinds() {
			trainer, err := kind.New(DefaultSettings())
			if err != nil {
				t.Fatal(err)
			}
			c, err := trainer.Train(context.Background(), p)
			if err != nil {
				continue
			}
			for _, s := range c.Scores(nil, vector.Vector{Index: []int32{1, 2}, Value: []float64{1, 1}}) {
				if math.IsNaN(s) || math.IsInf(s, 0) {
					t.Errorf("%s at scale %g: score %v", kind.Name, scale, s)
				}
			}
		}
	}
}

// A training that would take seconds ends soon after its context.
func TestTrainingEndsWithItsContext(t *testing.T) {
	p := synthetic(3000, 50000, 200, 4)
	s := DefaultSettings()
	s.C, s.Tolerance, s.MaxIter = 1e6, 1e-15, 100000
	for _, kind := range kinds()[:2] {
		trainer, err := kind.New(s)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Millisecond)
		if _, err := trainer.Train(ctx, p); err != context.DeadlineExceeded {
			t.Errorf("%s: %v, want the context's error", kind.Name, err)
		}
		cancel()
	}
}

// kinds are the learners of this package.
func kinds() []kind {
	return []kind{{"logistic", NewLogistic}, {"svm", NewSVM}, {"bayes", NewBayes}}
}

type kind struct {
	Name string
	New  func(Settings) (Trainer, error)
}
