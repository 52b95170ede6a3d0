// Package conformance is what every kind of classifier must pass: the rules of
// learn.Trainer and learn.Classifier as tests. A package with kinds of its own
// calls Run for each of them.
package conformance

import (
	"bytes"
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
	"sync"
	"testing"

	"stance/features/vector"
	"stance/models"
	"stance/models/learn"
)

// Run tests one kind with the default settings. It sets GOMAXPROCS for a while,
// so it must not run in parallel.
func Run(t *testing.T, kind models.Kind) {
	for _, check := range []struct {
		name string
		run  func(*testing.T, subject)
	}{
		{"same bits whatever the processors", sameBits},
		{"save and load", saveLoad},
		{"learns", learns},
		{"empty row and unseen columns", emptyAndUnseen},
		{"scratch of any size", scratch},
		{"single class", singleClass},
		{"class without rows", classWithoutRows},
		{"class without features", classWithoutFeatures},
		{"no features at all", noFeatures},
		{"faults are errors", faults},
		{"200,000 columns", wide},
		{"cancelled", cancelled},
		{"many goroutines", concurrent},
		{"damaged bytes", damaged},
		{"contributions", contributions},
		{"used columns", usedColumns},
	} {
		t.Run(check.name, func(t *testing.T) { check.run(t, subject{kind}) })
	}
}

// subject is the kind under test.
type subject struct{ kind models.Kind }

func (s subject) trainer(t *testing.T) learn.Trainer {
	t.Helper()
	trainer, err := s.kind.New(learn.DefaultSettings())
	if err != nil {
		t.Fatal(err)
	}
	return trainer
}

func (s subject) train(t *testing.T, p learn.Problem) learn.Classifier {
	t.Helper()
	c, err := s.trainer(t).Train(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(c.Classes(), p.Classes) {
		t.Fatalf("classes %q, want %q", c.Classes(), p.Classes)
	}
	return c
}

// sample is a small problem with a mark for each class, noise and weights;
// values are counts.
func sample(cols, classes int) learn.Problem {
	rng := rand.New(rand.NewPCG(11, uint64(cols)))
	p := learn.Problem{X: vector.NewMatrix(cols), Seed: 5}
	for c := range classes {
		p.Classes = append(p.Classes, string(rune('a'+c)))
	}
	for i := range 90 {
		y := i % classes
		row := vector.Vector{Index: []int32{int32(y)}, Value: []float64{2}}
		for j := int32(classes); len(row.Index) < 8; {
			if j += 1 + rng.Int32N(int32(cols/8)); int(j) >= cols {
				break
			}
			row.Index = append(row.Index, j)
			row.Value = append(row.Value, float64(1+rng.IntN(3)))
		}
		p.X.Append(row)
		p.Y = append(p.Y, y)
		p.Weight = append(p.Weight, 0.5+rng.Float64())
	}
	return p
}

// scores are those of all rows of x, each checked to be finite.
func scores(t *testing.T, c learn.Classifier, x *vector.Matrix) [][]float64 {
	t.Helper()
	out := make([][]float64, x.Rows())
	for i := range out {
		out[i] = finite(t, c, x.Row(i))
	}
	return out
}

func finite(t *testing.T, c learn.Classifier, x vector.Vector) []float64 {
	t.Helper()
	got := c.Scores(nil, x)
	if len(got) != len(c.Classes()) {
		t.Fatalf("%d scores for %d classes", len(got), len(c.Classes()))
	}
	for _, v := range got {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			t.Fatalf("scores %v of %v", got, x)
		}
	}
	return got
}

func encode(t *testing.T, c learn.Classifier) []byte {
	t.Helper()
	b, err := c.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func sameBits(t *testing.T, s subject) {
	p := sample(5000, 3)
	before := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(before)
	var first []byte
	var want [][]float64
	for _, processors := range []int{1, 1, 2, 2, 5} {
		runtime.GOMAXPROCS(processors)
		c := s.train(t, p)
		b, got := encode(t, c), scores(t, c, p.X)
		if first == nil {
			first, want = b, got
		}
		if !bytes.Equal(b, first) || !reflect.DeepEqual(got, want) {
			t.Errorf("other bytes or scores with %d processors", processors)
		}
	}
}

func saveLoad(t *testing.T, s subject) {
	p := sample(60, 4)
	c := s.train(t, p)
	b := encode(t, c)
	loaded, err := s.kind.Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(loaded.Classes(), c.Classes()) {
		t.Errorf("classes %q, want %q", loaded.Classes(), c.Classes())
	}
	if got, want := scores(t, loaded, p.X), scores(t, c, p.X); !reflect.DeepEqual(got, want) {
		t.Errorf("loaded scores %v\nwant %v", got, want)
	}
	if again := encode(t, loaded); !bytes.Equal(again, b) {
		t.Errorf("saved again it has other bytes (%d, were %d)", len(again), len(b))
	}
}

func learns(t *testing.T, s subject) {
	p := sample(60, 3)
	right := 0
	for i, row := range scores(t, s.train(t, p), p.X) {
		if vector.Argmax(row) == p.Y[i] {
			right++
		}
	}
	if right < 81 {
		t.Errorf("%d of its 90 own rows right, want at least 81", right)
	}
}

func emptyAndUnseen(t *testing.T, s subject) {
	p := sample(60, 3)
	unseen := vector.NewMatrix(80) // columns 60 to 79 have no entry in training
	for i := range p.X.Rows() {
		unseen.Append(p.X.Row(i))
	}
	p.X = unseen
	c := s.train(t, p)
	empty := finite(t, c, vector.Vector{})
	for _, x := range []vector.Vector{
		{Index: []int32{70}, Value: []float64{3}},
		{Index: []int32{80, 1 << 20, math.MaxInt32}, Value: []float64{3, 1, 1}},
	} {
		if got := finite(t, c, x); !reflect.DeepEqual(got, empty) {
			t.Errorf("unknown columns %v have scores %v, the empty row %v", x.Index, got, empty)
		}
	}
	known := p.X.Row(0)
	longer := vector.Vector{Index: append(append([]int32{}, known.Index...), 90),
		Value: append(append([]float64{}, known.Value...), 4)}
	if got, want := finite(t, c, longer), finite(t, c, known); !reflect.DeepEqual(got, want) {
		t.Errorf("scores %v with an unknown column, %v without", got, want)
	}
}

func scratch(t *testing.T, s subject) {
	p := sample(60, 3)
	c := s.train(t, p)
	want := c.Scores(nil, p.X.Row(1))
	for _, dst := range [][]float64{{}, {9}, {9, 9, 9}, {9, 9, 9, 9, 9}, make([]float64, 0, 1)} {
		if got := c.Scores(dst, p.X.Row(1)); !reflect.DeepEqual(got, want) {
			t.Errorf("with %v as scratch: %v, want %v", dst, got, want)
		}
	}
}

func singleClass(t *testing.T, s subject) {
	p := sample(60, 1)
	scores(t, s.train(t, p), p.X)
}

func classWithoutRows(t *testing.T, s subject) {
	p := sample(60, 3)
	p.Classes = append([]string{"nobody"}, p.Classes...)
	for i := range p.Y {
		p.Y[i]++
	}
	for i, row := range scores(t, s.train(t, p), p.X) {
		if vector.Argmax(row) == 0 {
			t.Errorf("row %d gets the class that has no rows: %v", i, row)
		}
	}
}

func classWithoutFeatures(t *testing.T, s subject) {
	p := sample(60, 3)
	x := vector.NewMatrix(60)
	for i, y := range p.Y {
		if y == 2 {
			x.Append(vector.Vector{})
		} else {
			x.Append(p.X.Row(i))
		}
	}
	p.X = x
	scores(t, s.train(t, p), p.X)
}

func noFeatures(t *testing.T, s subject) {
	p := sample(60, 3)
	for _, cols := range []int{0, 7} {
		p.X = vector.NewMatrix(cols)
		for range p.Y {
			p.X.Append(vector.Vector{})
		}
		scores(t, s.train(t, p), p.X)
	}
}

func faults(t *testing.T, s subject) {
	for name, spoil := range map[string]func(*learn.Problem){
		"no matrix":  func(p *learn.Problem) { p.X = nil },
		"no classes": func(p *learn.Problem) { p.Classes = nil },
		"no rows": func(p *learn.Problem) {
			*p = learn.Problem{X: vector.NewMatrix(3), Classes: p.Classes}
		},
		"NaN value":          func(p *learn.Problem) { p.X.Value[7] = math.NaN() },
		"infinite value":     func(p *learn.Problem) { p.X.Value[7] = math.Inf(1) },
		"too few answers":    func(p *learn.Problem) { p.Y = p.Y[1:] },
		"class too high":     func(p *learn.Problem) { p.Y[3] = 3 },
		"class below 0":      func(p *learn.Problem) { p.Y[3] = -1 },
		"too few weights":    func(p *learn.Problem) { p.Weight = p.Weight[1:] },
		"NaN weight":         func(p *learn.Problem) { p.Weight[2] = math.NaN() },
		"infinite weight":    func(p *learn.Problem) { p.Weight[2] = math.Inf(1) },
		"negative weight":    func(p *learn.Problem) { p.Weight[2] = -1 },
		"weights all 0":      func(p *learn.Problem) { clear(p.Weight) },
		"column too high":    func(p *learn.Problem) { p.X.Index[2] = 60 },
		"column below 0":     func(p *learn.Problem) { p.X.Index[0] = -1 },
		"columns disordered": func(p *learn.Problem) { p.X.Index[1] = p.X.Index[0] },
		"values missing":     func(p *learn.Problem) { p.X.Value = p.X.Value[1:] },
		"row ends too late":  func(p *learn.Problem) { p.X.Indptr[1] = 1 << 40 },
		"row ends too early": func(p *learn.Problem) { p.X.Indptr[5] = 0 },
	} {
		p := sample(60, 3)
		spoil(&p)
		if c, err := s.trainer(t).Train(context.Background(), p); err == nil || c != nil {
			t.Errorf("%s: classifier %v, error %v; want an error alone", name, c, err)
		}
	}
}

func wide(t *testing.T, s subject) {
	p := sample(200_000, 3)
	c := s.train(t, p)
	scores(t, c, p.X)
	if _, err := s.kind.Decode(encode(t, c)); err != nil {
		t.Error(err)
	}
}

func cancelled(t *testing.T, s subject) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if c, err := s.trainer(t).Train(ctx, sample(60, 3)); !errors.Is(err, context.Canceled) ||
		c != nil {
		t.Errorf("classifier %v, error %v; want context.Canceled alone", c, err)
	}
}

func concurrent(t *testing.T, s subject) {
	p := sample(60, 3)
	trainer := s.trainer(t)
	c := s.train(t, p)
	want, wantBytes := scores(t, c, p.X), encode(t, c)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			var dst []float64
			for i := range p.X.Rows() {
				if dst = c.Scores(dst, p.X.Row(i)); !reflect.DeepEqual(dst, want[i]) {
					t.Errorf("row %d: %v, want %v", i, dst, want[i])
				}
			}
			if other, err := trainer.Train(context.Background(), p); err != nil {
				t.Error(err)
			} else if b, err := other.MarshalBinary(); err != nil || !bytes.Equal(b, wantBytes) {
				t.Errorf("trained at the same time: other bytes, error %v", err)
			}
		})
	}
	group.Wait()
}

// damaged decodes every truncation and, at every byte, a few flips of a small
// classifier. The answer is an error or a classifier that scores without panic,
// and no count in the bytes makes room for more than they could hold.
func damaged(t *testing.T, s subject) {
	p := sample(60, 3)
	b := encode(t, s.train(t, p))
	stride := 1 + len(b)/1500
	for n := 0; n < len(b); n += stride {
		if _, err := s.decode(t, b[:n]); err == nil {
			t.Errorf("accepts the first %d of %d bytes", n, len(b))
		}
	}
	for at := 0; at < len(b); at += stride {
		for _, flip := range []byte{0x01, 0x80, 0xff} {
			spoilt := bytes.Clone(b)
			spoilt[at] ^= flip
			c, err := s.decode(t, spoilt)
			if err != nil {
				continue
			}
			for _, x := range []vector.Vector{{}, p.X.Row(0),
				{Index: []int32{2, 1 << 30}, Value: []float64{1, 1}}} {
				if got := c.Scores(nil, x); len(got) != len(c.Classes()) {
					t.Fatalf("byte %d ^ %#x: %d scores for %d classes", at, flip, len(got),
						len(c.Classes()))
				}
			}
		}
	}
	if _, err := s.decode(t, append(bytes.Clone(b), 0)); err == nil {
		t.Error("accepts a byte too many")
	}
}

// decode decodes and counts what was allocated on the way.
func (s subject) decode(t *testing.T, b []byte) (learn.Classifier, error) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	c, err := s.kind.Decode(b)
	runtime.ReadMemStats(&after)
	if used, limit := after.TotalAlloc-before.TotalAlloc, uint64(1<<20+64*len(b)); used > limit {
		t.Fatalf("decoding %d bytes allocated %d, limit %d", len(b), used, limit)
	}
	if err != nil && c != nil {
		t.Fatalf("classifier %v beside the error %v", c, err)
	}
	return c, err
}

// contributions of an Explainer sum, with the bias, to the score.
func contributions(t *testing.T, s subject) {
	p := sample(60, 3)
	c, ok := s.train(t, p).(learn.Explainer)
	if !ok {
		t.Skip("no Explainer")
	}
	var shares []float64
	for i, want := range scores(t, c, p.X) {
		x := p.X.Row(i)
		x = vector.Vector{Index: append(append([]int32{}, x.Index...), 1<<20),
			Value: append(append([]float64{}, x.Value...), 4)}
		shares = c.Contributions(shares, x)
		if len(shares) != len(x.Index)*len(want) {
			t.Fatalf("%d shares of %d entries and %d classes", len(shares), len(x.Index), len(want))
		}
		for class := range want {
			if last := shares[len(shares)-len(want)+class]; last != 0 {
				t.Fatalf("share %v of an unknown column", last)
			}
			sum := c.Bias(class)
			for n := range x.Index {
				sum += shares[n*len(want)+class]
			}
			if math.Abs(sum-want[class]) > 1e-9*math.Max(1, math.Abs(sum)) {
				t.Errorf("row %d class %d: shares and bias sum to %v, score %v", i, class, sum,
					want[class])
			}
		}
	}
}

// usedColumns of a Selector are increasing, and all that its scores depend on.
func usedColumns(t *testing.T, s subject) {
	p := sample(200, 3)
	c, ok := s.train(t, p).(learn.Selector)
	if !ok {
		t.Skip("no Selector")
	}
	used := c.UsedColumns()
	if len(used) == 0 || !slices.IsSorted(used) ||
		len(slices.Compact(slices.Clone(used))) < len(used) {
		t.Fatalf("used columns are %v; they must be increasing", used)
	}
	for i := range p.X.Rows() {
		var x vector.Vector
		for n, j := range p.X.Row(i).Index {
			if _, ok := slices.BinarySearch(used, j); ok {
				x.Index, x.Value = append(x.Index, j), append(x.Value, p.X.Row(i).Value[n])
			}
		}
		if got, want := c.Scores(nil, x), c.Scores(nil, p.X.Row(i)); !reflect.DeepEqual(got, want) {
			t.Errorf("row %d: scores %v over the used columns, %v over all", i, got, want)
		}
	}
}
