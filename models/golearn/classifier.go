package golearn

import (
	"context"
	"fmt"

	"github.com/sjwhitworth/golearn/base"

	"stance/features/vector"
	"stance/models"
	"stance/models/learn"
)

// Classifier is a kind of package models as a golearn base.Classifier. It reads a [Grid] without making it dense, and
// any other base.FixedDataGrid with one categorical class attribute and float or binary columns; zeros cost nothing.
//
// golearn's interface wants an object that changes: Fit and Load replace what it knows and must not run beside other
// calls; Predict may be called by many goroutines at once. Predict before Fit or Load is an error. Panics of a foreign
// grid while it is read become errors.
type Classifier struct {
	kind    models.Kind
	trainer learn.Trainer
	fitted  learn.Classifier // nil before Fit or Load
	table   table            // what it was fitted on
}

var _ base.Classifier = (*Classifier)(nil)

// NewClassifier checks the settings of the kind.
func NewClassifier(kind models.Kind, s learn.Settings) (*Classifier, error) {
	trainer, err := kind.New(s)
	if err != nil {
		return nil, err
	}
	return &Classifier{kind: kind, trainer: trainer}, nil
}

// Fit learns from the rows of x, each with weight 1. The values of the class attribute are the classes, in order.
func (c *Classifier) Fit(x base.FixedDataGrid) error {
	return recovered(func() error {
		t, classes, err := tableOf(x)
		if err != nil {
			return err
		}
		matrix, err := t.matrix(x)
		if err != nil {
			return err
		}
		y, err := classesOf(x)
		if err != nil {
			return err
		}
		fitted, err := c.trainer.Train(context.Background(), learn.Problem{X: matrix, Y: y, Classes: classes})
		if err != nil {
			return err
		}
		c.fitted, c.table = fitted, t
		return nil
	})
}

// Predict gives a table of as many rows as x with one attribute, the class, as golearn's evaluation wants it. The class
// attribute of x, if it has one, is neither read nor changed. Equal scores go to the first class. Attributes that the
// classifier does not know are ignored; one that x lacks is an error, unless the classifier was fitted on a Grid, whose
// columns are numbers: then it counts as 0.
func (c *Classifier) Predict(x base.FixedDataGrid) (base.FixedDataGrid, error) {
	if c.fitted == nil {
		return nil, fmt.Errorf("golearn: %s has nothing to predict with; call Fit or Load first", c.kind.Name)
	}
	var out base.FixedDataGrid
	err := recovered(func() error {
		matrix, err := c.table.matrix(x)
		if err != nil {
			return err
		}
		out, err = c.answers(matrix)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// answers is the table of the best class of each row.
func (c *Classifier) answers(x *vector.Matrix) (base.FixedDataGrid, error) {
	class := base.NewCategoricalAttribute()
	class.SetName(c.table.class)
	for _, name := range c.fitted.Classes() {
		class.GetSysValFromString(name)
	}
	out := base.NewDenseInstances()
	spec := out.AddAttribute(class)
	if err := out.AddClassAttribute(class); err != nil {
		return nil, err
	}
	if err := out.Extend(x.Rows()); err != nil {
		return nil, err
	}
	var scores []float64
	for i := range x.Rows() {
		scores = c.fitted.Scores(scores, x.Row(i))
		out.Set(spec, i, base.PackU64ToBytes(uint64(vector.Argmax(scores))))
	}
	return out, nil
}

// Fitted is the classifier that Fit or Load made, with scores and bytes; nil before.
func (c *Classifier) Fitted() learn.Classifier { return c.fitted }

// String names the kind.
func (c *Classifier) String() string {
	if c.fitted == nil {
		return fmt.Sprintf("Classifier(%s, not fitted)", c.kind.Name)
	}
	return fmt.Sprintf("Classifier(%s, %d classes)", c.kind.Name, len(c.fitted.Classes()))
}
