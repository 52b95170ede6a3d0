package learn

import (
	"context"
	"errors"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"stance/features/vector"
)

func small(t testing.TB) *Linear {
	t.Helper()
	l, err := NewLinear([]string{"no", "yes"}, []int32{1, 4, 6},
		[]float64{0.5, -0.25, 0, 0, 0.001, 2}, []float64{1, -1})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestLinearScores(t *testing.T) {
	l := small(t)
	x := vector.Vector{Index: []int32{0, 1, 4, 6, 7}, Value: []float64{9, 2, 9, 1, 9}}
	w := float64(float32(0.001))
	if got, want := l.Scores(nil, x),
		[]float64{1 + 1 + w, -1 - 0.5 + 2}; !reflect.DeepEqual(got, want) {
		t.Errorf("scores %v, want %v", got, want)
	}
	if got, want := l.Contributions(nil, x),
		[]float64{0, 0, 1, -0.5, 0, 0, w, 2, 0, 0}; !reflect.DeepEqual(got, want) {
		t.Errorf("contributions %v, want %v", got, want)
	}
	if l.Cols() != 7 || len(l.weight) != 4 {
		t.Errorf("%d columns and %d weights, want 7 and 4: zeros are not kept", l.Cols(),
			len(l.weight))
	}
}

// TestLinearTable has the weights in a table; small has them without zeros.
func TestLinearTable(t *testing.T) {
	l, err := NewLinear([]string{"no", "yes"}, []int32{0, 2}, []float64{0.5, -0.25, 0, 2},
		[]float64{1, -1})
	if err != nil {
		t.Fatal(err)
	}
	if l.table == nil || l.Cols() != 3 {
		t.Fatalf("table %v of %d columns, want one of 3: half of the weights are not 0", l.table,
			l.Cols())
	}
	x := vector.Vector{Index: []int32{0, 1, 2, 3}, Value: []float64{2, 9, 1, 9}}
	if got, want := l.Scores(nil, x),
		[]float64{1 + 1, -1 - 0.5 + 2}; !reflect.DeepEqual(got, want) {
		t.Errorf("scores %v, want %v", got, want)
	}
	if got, want := l.Contributions(nil, x),
		[]float64{1, -0.5, 0, 0, 0, 2, 0, 0}; !reflect.DeepEqual(got, want) {
		t.Errorf("contributions %v, want %v", got, want)
	}
	data, err := l.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	if back, err := DecodeLinear(data); err != nil || !reflect.DeepEqual(back, l) {
		t.Errorf("back from bytes: %+v, %v; want %+v", back, err, l)
	}
	var scores, shares []float64
	scores, shares = l.Scores(scores, x), l.Contributions(shares, x)
	if n := testing.AllocsPerRun(100, func() {
		scores, shares = l.Scores(scores, x), l.Contributions(shares, x)
	}); n != 0 {
		t.Errorf("%v allocations for a row, want 0", n)
	}
}

func TestNewLinearRefuses(t *testing.T) {
	classes := make([]string, 256)
	for want, build := range map[string]func() (*Linear, error){
		"learn: 256 classes; a linear classifier takes 1 to 255": func() (*Linear, error) {
			return NewLinear(classes, nil, nil, make([]float64, 256))
		},
		`learn: weight of column 3, class "a" is 1e+39; scale the values of ` +
			`the rows`: func() (*Linear, error) {
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
		l.Scores(nil,
			vector.Vector{Index: []int32{0, 1, 5, 1 << 30}, Value: []float64{1, -1, 2, 3}})
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
			for _, s := range c.Scores(nil,
				vector.Vector{Index: []int32{1, 2}, Value: []float64{1, 1}}) {
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

// A training does not begin after the end of its context.
func TestTrainingNeedsALiveContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, kind := range kinds() {
		trainer, err := kind.New(DefaultSettings())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := trainer.Train(ctx, synthetic(40, 60, 6, 3)); !errors.Is(err,
			context.Canceled) {
			t.Errorf("%s: %v, want the context's error", kind.Name, err)
		}
	}
}

// Every trainer refuses a problem that does not fit together, and says where.
func TestProblemsAreChecked(t *testing.T) {
	tests := []struct {
		want  string
		spoil func(*Problem)
	}{
		{"without matrix", func(p *Problem) { p.X = nil }},
		{"without matrix or classes", func(p *Problem) { p.Classes = nil }},
		{"39 answers for 40 rows", func(p *Problem) { p.Y = p.Y[1:] }},
		{"no rows", func(p *Problem) { p.X, p.Y = vector.NewMatrix(3), nil }},
		{"39 weights for 40 rows", func(p *Problem) { p.Weight = make([]float64, 39) }},
		{"row 7 has class 3 of 3", func(p *Problem) { p.Y[7] = 3 }},
		{"row 7 has class -1 of 3", func(p *Problem) { p.Y[7] = -1 }},
		{"weight of row 0 is NaN", func(p *Problem) { p.Weight = weights(40, math.NaN()) }},
		{"weight of row 0 is -1", func(p *Problem) { p.Weight = weights(40, -1) }},
		{"weight of row 0 is +Inf", func(p *Problem) { p.Weight = weights(40, math.Inf(1)) }},
		{"sum to 0", func(p *Problem) { p.Weight = weights(40, 0) }},
		{"sum to +Inf", func(p *Problem) { p.Weight = weights(40, 1e308) }},
		{"does not fit together", func(p *Problem) { p.X.Value = p.X.Value[1:] }},
		{"does not fit together", func(p *Problem) { p.X.Indptr[0] = 1 }},
		{"does not fit together", func(p *Problem) { p.X.Indptr[40]-- }},
		{"row 1 of the matrix ends at entry 0", func(p *Problem) { p.X.Indptr[2] = 0 }},
		{"row 0 of the matrix ends at entry", func(p *Problem) {
			p.X.Indptr[1] = len(p.X.Index) + 1
		}},
		{"in a matrix of", func(p *Problem) { p.X.Index[1] = p.X.Index[0] }},
		{"has column -1 after -1", func(p *Problem) { p.X.Index[0] = -1 }},
		{"in a matrix of", func(p *Problem) { p.X.Cols = int(slices.Max(p.X.Index)) }},
		{"NaN", func(p *Problem) { p.X.Value[3] = math.NaN() }},
		{"+Inf", func(p *Problem) { p.X.Value[3] = math.Inf(1) }},
		{"1e+39", func(p *Problem) { p.X.Value[3] = 1e39 }},
	}
	for _, tt := range tests {
		p := synthetic(40, 60, 6, 3)
		tt.spoil(&p)
		for _, kind := range kinds() {
			trainer, err := kind.New(DefaultSettings())
			if err != nil {
				t.Fatal(err)
			}
			if _, err := trainer.Train(t.Context(), p); err == nil ||
				!strings.Contains(err.Error(), tt.want) {
				t.Errorf("%s: got %v, want … %s …", kind.Name, err, tt.want)
			}
		}
	}
}

// weights are n equal weights.
func weights(n int, w float64) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = w
	}
	return out
}

// kinds are the learners of this package.
func kinds() []kind {
	return []kind{{"logistic", NewLogistic}, {"svm", NewSVM}, {"bayes", NewBayes}}
}

type kind struct {
	Name string
	New  func(Settings) (Trainer, error)
}
