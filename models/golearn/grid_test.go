package golearn

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/sjwhitworth/golearn/base"
	"github.com/sjwhitworth/golearn/evaluation"
	"github.com/sjwhitworth/golearn/naive"
	"github.com/sjwhitworth/golearn/trees"

	"stance/features/vector"
)

// randomMatrix has values k/4, so that sums of squares are exact, and a class
// per row that the first columns hint at.
func randomMatrix(seed uint64, rows, cols, classes int) (*vector.Matrix, []int) {
	rng := rand.New(rand.NewPCG(seed, 1))
	x, y := vector.NewMatrix(cols), make([]int, rows)
	for i := range y {
		y[i] = rng.IntN(classes)
		var v vector.Vector
		for j := range cols {
			if rng.IntN(4) == 0 || j == y[i] && rng.IntN(3) > 0 {
				v.Index = append(v.Index, int32(j))
				v.Value = append(v.Value, float64(1+rng.IntN(16))/4)
			}
		}
		x.Append(v)
	}
	return x, y
}

// denseOf builds golearn's own table cell by cell, without any method of Grid.
func denseOf(x *vector.Matrix, y []int, classes []string, f Flavor,
	numeric bool) *base.DenseInstances {
	d := base.NewDenseInstances()
	var class base.Attribute = base.NewCategoricalAttribute()
	if numeric {
		class = base.NewFloatAttribute(className)
	}
	class.SetName(className)
	classSpec := d.AddAttribute(class)
	if err := d.AddClassAttribute(class); err != nil {
		panic(err)
	}
	s := newSchema(x.Cols, classes, f)
	var specs []base.AttributeSpec
	for j := range x.Cols {
		specs = append(specs, d.AddAttribute(s.attribute(j)))
	}
	if c, ok := class.(*base.CategoricalAttribute); ok {
		for _, name := range classes {
			c.GetSysValFromString(name)
		}
	}
	if err := d.Extend(x.Rows()); err != nil {
		panic(err)
	}
	for i, c := range y {
		if numeric {
			d.Set(classSpec, i, base.PackFloatToBytes(float64(c)))
		} else {
			d.Set(classSpec, i, class.GetSysValFromString(classes[c]))
		}
		v := x.Row(i)
		for k, j := range v.Index {
			if f == Presence {
				d.Set(specs[j], i, []byte{1})
			} else {
				d.Set(specs[j], i, base.PackFloatToBytes(v.Value[k]))
			}
		}
	}
	return d
}

// cells are the strings of all cells, row by row, by way of MapOverRows and,
// once more, of Get.
func cells(t *testing.T, g base.FixedDataGrid) (mapped, got [][]string) {
	t.Helper()
	specs := base.ResolveAllAttributes(g)
	err := g.MapOverRows(specs, func(row [][]byte, i int) (bool, error) {
		var a, b []string
		for n, s := range specs {
			a = append(a, s.GetAttribute().GetStringFromSysVal(row[n]))
			b = append(b, s.GetAttribute().GetStringFromSysVal(g.Get(s, i)))
		}
		mapped, got = append(mapped, a), append(got, b)
		return true, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return mapped, got
}

var abc = []string{"for", "none", "against"}

func TestGridShowsTheCellsOfADenseTable(t *testing.T) {
	x, y := randomMatrix(1, 20, 300, 3)
	for _, f := range []Flavor{Weights, Presence} {
		for _, numeric := range []bool{false, true} {
			g := NewGrid(x, y, abc, f)
			if numeric {
				g = g.NumericClass()
			}
			dense, _ := cells(t, denseOf(x, y, abc, f, numeric))
			mapped, got := cells(t, g)
			if !reflect.DeepEqual(mapped, dense) || !reflect.DeepEqual(got, dense) {
				t.Errorf("flavor %d: mapped %v\ngot %v\nwant %v", f, mapped, got, dense)
			}
			copied, _ := cells(t, base.NewDenseCopy(g))
			if !reflect.DeepEqual(copied, dense) {
				t.Errorf("flavor %d: the dense copy is %v\nwant %v", f, copied, dense)
			}
		}
	}
}

func TestGridSubset(t *testing.T) {
	x, y := randomMatrix(2, 9, 6, 3)
	g := NewGrid(x, y, abc, Weights)
	sub := g.Subset([]int{7, 2, 2, 5}).Subset([]int{3, 0, 1})
	rows := []int{5, 7, 2}
	if want := x.Select(rows); !reflect.DeepEqual(sub.Matrix(), want) {
		t.Errorf("matrix %v, want %v", sub.Matrix(), want)
	}
	if got, want := sub.ClassIndices(), []int{y[5], y[7], y[2]}; !reflect.DeepEqual(got, want) {
		t.Errorf("classes %v, want %v", got, want)
	}
	if attributes, n := sub.Size(); attributes != 7 || n != 3 {
		t.Errorf("size %d x %d, want 7 x 3", attributes, n)
	}
	got, _ := cells(t, sub)
	all, _ := cells(t, g)
	if want := [][]string{all[5], all[7], all[2]}; !reflect.DeepEqual(got, want) {
		t.Errorf("cells %v, want %v", got, want)
	}
	if got, want := sub.RowString(1), g.RowString(7); got != want {
		t.Errorf("row %q, want %q", got, want)
	}
}

func TestGridMakesAttributesLate(t *testing.T) {
	x := vector.NewMatrix(1 << 30) // more columns than there is room for attributes
	x.Append(vector.Vector{Index: []int32{1 << 29}, Value: []float64{2}})
	g := NewGrid(x, []int{2}, abc, Presence)
	if got := base.GetClass(g, 0); got != "against" {
		t.Errorf("class %q", got)
	}
	if got, want := g.RowString(0), "against 536870912:2"; got != want {
		t.Errorf("row %q, want %q", got, want)
	}
	if got, want := g.String(), "Grid(1 rows, 1073741824 columns, 3 classes)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestGridRefusesForeignAttributes(t *testing.T) {
	g := NewGrid(vector.NewMatrix(2), nil, abc, Weights)
	for _, a := range []base.Attribute{nil, base.NewFloatAttribute("2"), base.NewFloatAttribute("-1"),
		base.NewFloatAttribute("01"), base.NewBinaryAttribute("1"),
		base.NewFloatAttribute("class")} {
		if _, err := g.GetAttribute(a); err == nil {
			t.Errorf("finds %v", a)
		}
	}
	class := g.AllClassAttributes()[0]
	if g.AddClassAttribute(class) != nil ||
		g.AddClassAttribute(base.NewFloatAttribute("1")) == nil {
		t.Error("the class attribute, and no other, may be added as class")
	}
	if g.RemoveClassAttribute(class) == nil {
		t.Error("gives its class away")
	}
}

func TestNewGridPanics(t *testing.T) {
	x := vector.NewMatrix(1)
	x.Append(vector.Vector{})
	for name, f := range map[string]func(){
		"short y":     func() { NewGrid(x, []int{}, abc, Weights) },
		"no classes":  func() { NewGrid(x, nil, nil, Weights) },
		"class 3":     func() { NewGrid(x, []int{3}, abc, Weights) },
		"same names":  func() { NewGrid(x, nil, []string{"a", "a"}, Weights) },
		"far row":     func() { base.GetClass(NewGrid(x, nil, abc, Weights), 1) },
		"foreign row": func() { NewGrid(x, nil, abc, Weights).Subset([]int{1}).Matrix() },
	} {
		if recovered(func() error { f(); return nil }) == nil {
			t.Errorf("%s: no panic", name)
		}
	}
}

func TestBernoulliFitsAlikeOnGridAndDense(t *testing.T) {
	x, y := randomMatrix(3, 80, 40, 3)
	sparse, dense := naive.NewBernoulliNBClassifier(), naive.NewBernoulliNBClassifier()
	g, d := NewGrid(x, y, numbered(3), Presence), denseOf(x, y, numbered(3), Presence, false)
	if err := sparse.Fit(g); err != nil {
		t.Fatal(err)
	}
	if err := dense.Fit(d); err != nil {
		t.Fatal(err)
	}
	want, err := condProbs(dense, 3)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := condProbs(sparse, 3); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("on the grid P(f|c) is %v, %v\nwant %v", got, err, want)
	}
	if got, want := answers(t, sparse, g), answers(t, dense, d); !reflect.DeepEqual(got, want) {
		t.Errorf("on the grid the answers are %v\nwant %v", got, want)
	}
}

// answers are what a golearn classifier says to each row.
func answers(t *testing.T, c interface {
	Predict(base.FixedDataGrid) (base.FixedDataGrid, error)
}, x base.FixedDataGrid) []string {
	t.Helper()
	p, err := c.Predict(x)
	if err != nil {
		t.Fatal(err)
	}
	_, rows := p.Size()
	out := make([]string, rows)
	for i := range out {
		out[i] = base.GetClass(p, i)
	}
	return out
}

func TestCARTFitsAlikeOnGridAndDense(t *testing.T) {
	x, y := randomMatrix(4, 60, 12, 3)
	sparse, dense := trees.NewDecisionTreeClassifier(trees.GINI, 9, labels(3)),
		trees.NewDecisionTreeClassifier(trees.GINI, 9, labels(3))
	g, d := NewGrid(x, y, numbered(3), Weights).NumericClass(),
		denseOf(x, y, numbered(3), Weights, true)
	if err := sparse.Fit(g); err != nil {
		t.Fatal(err)
	}
	if err := dense.Fit(d); err != nil {
		t.Fatal(err)
	}
	if got, want := sparse.String(), dense.String(); got != want {
		t.Errorf("on the grid the tree is\n%s\nwant\n%s", got, want)
	}
	if got, want := sparse.Predict(g), dense.Predict(d); !reflect.DeepEqual(got, want) {
		t.Errorf("on the grid the answers are %v\nwant %v", got, want)
	}
}

func TestConfusionAlikeOnGridAndDense(t *testing.T) {
	x, y := randomMatrix(5, 50, 4, 3)
	_, z := randomMatrix(6, 50, 4, 3)
	want, err := evaluation.GetConfusionMatrix(denseOf(x, y, abc, Weights, false),
		denseOf(x, z, abc, Weights, false))
	if err != nil {
		t.Fatal(err)
	}
	got, err := evaluation.GetConfusionMatrix(NewGrid(x, y, abc, Presence),
		NewGrid(x, z, abc, Weights))
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("on the grid the confusion is %v, %v\nwant %v", got, err, want)
	}
	for _, class := range abc {
		if g, w := evaluation.GetF1Score(class, got), evaluation.GetF1Score(class, want); g != w {
			t.Errorf("F1 of %s is %v on the grid, want %v", class, g, w)
		}
	}
}

// TestNumberedPlaces takes the attributes that are columns by name and type, in
// the order of columns.
func TestNumberedPlaces(t *testing.T) {
	x := base.NewDenseInstances()
	for _, a := range []base.Attribute{
		base.NewFloatAttribute("2"), base.NewBinaryAttribute("0"), base.NewFloatAttribute("-1"),
		base.NewFloatAttribute("4"),
		base.NewFloatAttribute("x"), base.NewCategoricalAttribute(), base.NewFloatAttribute("3"),
	} {
		if a.GetName() == "" {
			a.SetName("1")
		}
		x.AddAttribute(a)
	}
	places, err := table{cols: 4}.numberedPlaces(x)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range places {
		got = append(got, fmt.Sprint(p.col, " ", p.binary))
	}
	if want := []string{"0 true", "2 false", "3 false"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
