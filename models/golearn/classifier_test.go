package golearn

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/sjwhitworth/golearn/base"
	"github.com/sjwhitworth/golearn/evaluation"

	"stance/features/vector"
	"stance/models"
	"stance/models/learn"
)

// allKinds is our kinds and golearn's.
func allKinds() []models.Kind { return append(models.Kinds(), Kinds()...) }

func newClassifier(t *testing.T, kind models.Kind) *Classifier {
	t.Helper()
	c, err := NewClassifier(kind, learn.DefaultSettings())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// fittedBytes is what a classifier knows after a fit on x.
func fittedBytes(t *testing.T, c *Classifier, x base.FixedDataGrid) []byte {
	t.Helper()
	if err := c.Fit(x); err != nil {
		t.Fatal(err)
	}
	b, err := c.Fitted().MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestEveryKindFitsAlikeOnGridDenseAndView(t *testing.T) {
	x, y := randomMatrix(60, 70, 20, 3)
	for _, kind := range allKinds() {
		for _, f := range []Flavor{Weights, Presence} {
			grid, dense := NewGrid(x, y, abc, f), denseOf(x, y, abc, f, false)
			onGrid, onDense := newClassifier(t, kind), newClassifier(t, kind)
			want := fittedBytes(t, onGrid, grid)
			if got := fittedBytes(t, onDense, dense); !bytes.Equal(got, want) {
				t.Errorf("%s, flavor %d: other bytes on dense instances than on the grid",
					kind.Name, f)
			}
			said := answers(t, onGrid, grid)
			for name, again := range map[string][]string{
				"fitted on dense, asked dense": answers(t, onDense, dense),
				"fitted on dense, asked grid":  answers(t, onDense, grid),
				"fitted on grid, asked dense":  answers(t, onGrid, dense),
			} {
				if !reflect.DeepEqual(again, said) {
					t.Errorf("%s, flavor %d, %s: answers %v\nwant %v", kind.Name, f, name, again,
						said)
				}
			}
			rows := []int{40, 3, 3, 66}
			view := base.NewInstancesViewFromVisible(dense, rows, dense.AllAttributes())
			part := []string{said[40], said[3], said[3], said[66]}
			if got := answers(t, onGrid, view); !reflect.DeepEqual(got, part) {
				t.Errorf("%s, flavor %d, on a view: answers %v, want %v", kind.Name, f, got, part)
			}
			if got := answers(t, onGrid, grid.Subset(rows)); !reflect.DeepEqual(got, part) {
				t.Errorf("%s, flavor %d, on a subset: answers %v, want %v", kind.Name, f, got, part)
			}
		}
	}
}

func TestSaveAndLoad(t *testing.T) {
	x, y := randomMatrix(61, 40, 10, 3)
	for _, kind := range allKinds() {
		for name, data := range map[string]base.FixedDataGrid{
			"grid": NewGrid(x, y, abc, Presence), "dense": denseOf(x, y, abc, Weights, false),
		} {
			c, path := newClassifier(t, kind), filepath.Join(t.TempDir(), "saved")
			if err := c.Fit(data); err != nil {
				t.Fatal(err)
			}
			if err := c.Save(path); err != nil {
				t.Fatal(err)
			}
			loaded := newClassifier(t, kind)
			if err := loaded.Load(path); err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(loaded.Fitted(), c.Fitted()) ||
				!reflect.DeepEqual(loaded.table, c.table) {
				t.Errorf("%s on %s: loaded %+v\nsaved %+v", kind.Name, name, loaded, c)
			}
			if got, want := answers(t, loaded, data),
				answers(t, c, data); !reflect.DeepEqual(got, want) {
				t.Errorf("%s on %s: loaded answers %v\nwant %v", kind.Name, name, got, want)
			}
		}
	}
}

func TestSaveWithPrefixBesideAnother(t *testing.T) {
	x, y := randomMatrix(62, 40, 10, 3)
	path := filepath.Join(t.TempDir(), "both")
	w, err := base.CreateSerializedClassifierStub(path, base.ClassifierMetadataV1{FormatVersion: 1})
	if err != nil {
		t.Fatal(err)
	}
	var fitted []learn.Classifier
	for _, kind := range models.Kinds() {
		c := newClassifier(t, kind)
		if err := c.Fit(NewGrid(x, y, abc, Weights)); err != nil {
			t.Fatal(err)
		}
		if err := c.SaveWithPrefix(w, "part/"+kind.Name); err != nil {
			t.Fatal(err)
		}
		fitted = append(fitted, c.Fitted())
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := base.ReadSerializedClassifierStub(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for n, kind := range models.Kinds() {
		c := newClassifier(t, kind)
		if err := c.LoadWithPrefix(r, "part/"+kind.Name); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(c.Fitted(), fitted[n]) {
			t.Errorf("%s came back another", kind.Name)
		}
	}
}

func TestLoadRefusesDamage(t *testing.T) {
	x, y := randomMatrix(63, 30, 6, 3)
	kinds := models.Kinds()
	c, path := newClassifier(t, kinds[0]), filepath.Join(t.TempDir(), "saved")
	if err := c.Fit(denseOf(x, y, abc, Weights, false)); err != nil {
		t.Fatal(err)
	}
	if err := c.Save(path); err != nil {
		t.Fatal(err)
	}
	if err := newClassifier(t, kinds[1]).Load(path); err == nil || !strings.Contains(err.Error(), "kind logistic, not svm") {
		t.Errorf("another kind: %v", err)
	}
	if err := c.Load(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("loads a file that is not there")
	}
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := c.Fitted()
	for at := 0; at < len(good); at += 7 {
		bad := bytes.Clone(good)
		bad[at] ^= 0x55
		for what, b := range map[string][]byte{"flipped": bad, "cut": good[:at]} {
			if err := os.WriteFile(path, b, 0o600); err != nil {
				t.Fatal(err)
			}
			other := newClassifier(t, kinds[0])
			if err := other.Load(path); err == nil && !reflect.DeepEqual(other.Fitted(), want) {
				t.Errorf("%s at byte %d of %d: loads another classifier", what, at, len(good))
			}
		}
	}
	inner := c.bytes([]byte("not a classifier"))
	if err := c.setBytes(inner); err == nil || !reflect.DeepEqual(c.Fitted(), want) {
		t.Errorf("a foreign classifier inside: %v", err)
	}
}

func TestClassifierErrors(t *testing.T) {
	x, y := randomMatrix(64, 10, 3, 3)
	c := newClassifier(t, models.Kinds()[0])
	dense := denseOf(x, y, abc, Weights, false)
	if _, err := c.Predict(dense); err == nil {
		t.Error("predicts before it is fitted")
	}
	if err := c.Save(filepath.Join(t.TempDir(), "x")); err == nil {
		t.Error("saves before it is fitted")
	}
	if got := fmt.Sprint(c); got != "Classifier(logistic, not fitted)" {
		t.Error(got)
	}
	classless := denseOf(x, y, abc, Weights, false)
	if err := classless.RemoveClassAttribute(classless.AllClassAttributes()[0]); err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string]base.FixedDataGrid{
		"no class":      classless,
		"numeric class": denseOf(x, y, abc, Weights, true),
		"no rows":       NewGrid(vector.NewMatrix(3), nil, abc, Weights),
		"panics":        panicking{dense},
	} {
		if err := c.Fit(bad); err == nil {
			t.Errorf("%s: fits", name)
		}
	}
	if err := c.Fit(dense); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(c); got != "Classifier(logistic, 3 classes)" {
		t.Error(got)
	}
	narrow := denseOf(vector.NewMatrix(2), nil, abc, Weights, false)
	if _, err := c.Predict(narrow); err == nil || !strings.Contains(err.Error(), `no attribute "2"`) {
		t.Errorf("a column short: %v", err)
	}
	if got := answers(t, c, classless); !reflect.DeepEqual(got, answers(t, c, dense)) {
		t.Errorf("without a class attribute: %v", got)
	}
}

// panicking is a grid that does what golearn's own do on bad input.
type panicking struct{ base.FixedDataGrid }

func (panicking) Get(base.AttributeSpec, int) []byte { panic("out of range") }

// golearn's cross-validation draws folds from an unseeded generator; here it
// only shows that our classifiers run in it.
func TestGolearnCrossValidationRuns(t *testing.T) {
	x, y := randomMatrix(65, 60, 8, 3)
	c := newClassifier(t, models.Kinds()[0])
	folds, err := evaluation.GenerateCrossFoldValidationConfusionMatrices(NewGrid(x, y, abc,
		Weights), c, 3)
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for _, fold := range folds {
		for _, row := range fold {
			for _, n := range row {
				rows += n
			}
		}
	}
	if rows != 60 {
		t.Errorf("%d rows in %d folds, want 60", rows, len(folds))
	}
}
