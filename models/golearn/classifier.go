package golearn

import (
	"context"
	"fmt"

	"github.com/sjwhitworth/golearn/base"

	"stance/features/vector"
	"stance/models"
	"stance/models/learn"
)

// Classifier is a kind of package models as a golearn base.Classifier. It reads
// a [Grid] without making it dense. It also reads any other base.FixedDataGrid
// with one categorical class attribute and float or binary columns, where zeros
// cost nothing.
//
// golearn's interface wants a mutable object. Fit and Load replace the fitted
// model and must not run at the same time as other calls. Many goroutines may
// call Predict at once. Predict before Fit or Load is an error. If a foreign
// grid panics while it is read, the panic becomes an error.
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

// Fit learns from the rows of x, each with weight 1. The values of the class
// attribute are the classes, in order.
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
		fitted, err := c.trainer.Train(context.Background(),
			learn.Problem{X: matrix, Y: y, Classes: classes})
		if err != nil {
			return err
		}
		c.fitted, c.table = fitted, t
		return nil
	})
}

// Predict returns a table with as many rows as x and one attribute, the class,
// as golearn's evaluation wants it. It neither reads nor changes the class
// attribute of x, which x need not have. Of equal scores, the first class wins.
// Predict ignores attributes that the classifier does not know. An attribute
// that x lacks is an error, unless the classifier was fitted on a Grid: there
// columns are numbers, and a missing one counts as 0.
func (c *Classifier) Predict(x base.FixedDataGrid) (base.FixedDataGrid, error) {
	if c.fitted == nil {
		return nil, fmt.Errorf("golearn: %s has nothing to predict with; call Fit or Load first",
			c.kind.Name)
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

// Fitted is the classifier that Fit or Load made, with scores and bytes; nil
// before.
func (c *Classifier) Fitted() learn.Classifier { return c.fitted }

// String names the kind.
func (c *Classifier) String() string {
	if c.fitted == nil {
		return fmt.Sprintf("Classifier(%s, not fitted)", c.kind.Name)
	}
	return fmt.Sprintf("Classifier(%s, %d classes)", c.kind.Name, len(c.fitted.Classes()))
}
