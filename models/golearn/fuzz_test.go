package golearn

import (
	"context"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"stance/features/vector"
	"stance/models/learn"
)

// problemFrom makes a small problem out of any bytes: the first two are the
// numbers of columns and classes; then rows, each a byte for its class, a byte
// for its weight, and entries, a byte each, until one that is 0.
func problemFrom(b []byte) (learn.Problem, bool) {
	if len(b) < 3 {
		return learn.Problem{}, false
	}
	cols, classes := int(b[0]%24), 1+int(b[1]%4)
	p := learn.Problem{X: vector.NewMatrix(cols)}
	for c := range classes {
		p.Classes = append(p.Classes, string(rune('a'+c)))
	}
	values := []float64{1, 1, 0, 2.5, -1, 1e-300, 1e30, 0.25}
	for b = b[2:]; len(b) >= 2 && len(p.Y) < 40; {
		p.Y = append(p.Y, int(b[0])%classes)
		p.Weight = append(p.Weight, float64(b[1]%3))
		b = b[2:]
		var v vector.Vector
		next := int32(0)
		for len(b) > 0 {
			e := b[0]
			b = b[1:]
			if e == 0 {
				break
			}
			if next += int32(e >> 3); int(next) >= cols {
				break
			}
			v.Index, v.Value = append(v.Index, next), append(v.Value, values[e&7])
			next++
		}
		p.X.Append(v)
	}
	return p, p.Check() == nil
}

// FuzzKinds trains every kind on small problems of any layout: no panic, finite
// scores, and the same after loading.
func FuzzKinds(f *testing.F) {
	f.Add([]byte("\x05\x02\x00\x01\x01\x09\x00\x01\x01\x09\x09\x00\x02\x02\x00"))
	// no columns, one class
	f.Add([]byte("\x00\x00\x00\x01\x00\x00\x01\x00"))
	// equal columns
	f.Add([]byte("\x02\x01\x00\x01\x01\x01\x00\x01\x01\x01\x01\x00\x00\x01\x01\x01"))
	// huge, tiny, 0, weight 0
	f.Add([]byte("\x08\x03\x02\x01\x06\x06\x06\x00\x02\x01\x05\x02\x00\x01\x00\x07"))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, ok := problemFrom(b)
		if !ok {
			return
		}
		for _, kind := range Kinds() {
			c := trained(t, kind.New, learn.DefaultSettings(), p)
			saved, err := c.MarshalBinary()
			if err != nil {
				t.Fatal(err)
			}
			loaded, err := kind.Decode(saved)
			if err != nil {
				t.Fatalf("%s: %v", kind.Name, err)
			}
			for i := range p.X.Rows() {
				scores := c.Scores(nil, p.X.Row(i))
				for _, s := range scores {
					if math.IsNaN(s) || math.IsInf(s, 0) {
						t.Fatalf("%s: row %d of %+v has scores %v", kind.Name, i, p, scores)
					}
				}
				if again := loaded.Scores(nil, p.X.Row(i)); !reflect.DeepEqual(again, scores) {
					t.Fatalf("%s: row %d has scores %v, loaded %v", kind.Name, i, scores, again)
				}
			}
		}
	})
}

// FuzzDecode gives every decoder any bytes under a right checksum: an error, or
// a classifier that scores without panic.
func FuzzDecode(f *testing.F) {
	p, _ := problemFrom([]byte("\x05\x02\x00\x01\x01\x09\x00\x01\x01\x09\x09\x00\x02\x02\x00"))
	for _, kind := range Kinds() {
		trainer, err := kind.New(learn.DefaultSettings())
		if err != nil {
			f.Fatal(err)
		}
		c, err := trainer.Train(context.Background(), p)
		if err != nil {
			f.Fatal(err)
		}
		b, err := c.MarshalBinary()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b[:len(b)-4])
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		b = (&writer{b}).sealed()
		for _, kind := range Kinds() {
			c, err := kind.Decode(b)
			if err != nil {
				continue
			}
			for _, x := range []vector.Vector{{},
				{Index: []int32{0, 1, 4}, Value: []float64{1, 0, -2}}} {
				if got := c.Scores(nil, x); len(got) != len(c.Classes()) {
					t.Fatalf("%s: %d scores for %d classes", kind.Name, len(got), len(c.Classes()))
				}
			}
		}
	})
}

// stdout is data: golearn's prints must not reach it.
func TestNothingIsPrinted(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	before := os.Stdout
	os.Stdout = w
	defer func() { os.Stdout = before }()
	x, y := randomMatrix(70, 40, 10, 3)
	for _, kind := range Kinds() {
		c := trained(t, kind.New, learn.DefaultSettings(), learn.Problem{X: x, Y: y, Classes: abc})
		best(c, x)
		wrapped := newClassifier(t, kind)
		fittedBytes(t, wrapped, NewGrid(x, y, abc, Weights))
		if err := wrapped.Save(filepath.Join(t.TempDir(), "saved")); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Evaluate(abc, y, y); err != nil {
		t.Fatal(err)
	}
	w.Close()
	if printed, err := io.ReadAll(r); err != nil || len(printed) > 0 {
		t.Errorf("printed %q, error %v", printed, err)
	}
}
