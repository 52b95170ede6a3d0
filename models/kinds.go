// Package models trains classifiers on labelled articles, packs them into a
// bundle and answers with it.
package models

import (
	"fmt"
	"strings"

	"stance/internal/suggest"
	"stance/models/learn"
)

// Kind is an entry of the table of classifiers. Users choose one by name.
type Kind struct {
	Name   string
	Doc    string // one line for --help and docs/kinds.md
	New    func(learn.Settings) (learn.Trainer, error)
	Decode func([]byte) (learn.Classifier, error)
	// C is the inverse regularisation strength that suits rows of length 1; 0
	// for kinds without.
	C float64
	// Tunes are the keys of config.yaml that a search varies for the kind; see
	// dimensions in models/search.
	Tunes []string
}

// Kinds is the table of our own kinds. The first is the default. The slice is
// new: a program may append the kinds of other packages.
func Kinds() []Kind {
	return []Kind{
		{
			Name:   "logistic",
			Doc:    "multinomial logistic regression, L2 (default)",
			New:    learn.NewLogistic,
			Decode: decodeLinear,
			C:      30,
			Tunes:  []string{"c", "balanced", "min_df", "max_weights"},
		},
		{
			Name:   "svm",
			Doc:    "linear support vector machine, one against the rest, squared hinge loss",
			New:    learn.NewSVM,
			Decode: decodeLinear,
			C:      0.3,
			Tunes:  []string{"c", "balanced", "min_df", "max_weights"},
		},
		{
			Name:   "multinomial-nb",
			Doc:    "complement naive Bayes over counts or weights >= 0",
			New:    learn.NewBayes,
			Decode: decodeLinear,
			Tunes:  []string{"alpha", "balanced", "min_df", "max_weights"},
		},
	}
}

// FindKind finds a kind by name. Its error lists the names.
func FindKind(kinds []Kind, name string) (Kind, error) {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		if k.Name == name {
			return k, nil
		}
		names[i] = k.Name
	}
	return Kind{}, fmt.Errorf("models: no kind %q; there are %s%s", name, strings.Join(names, ", "),
		suggest.Hint(name, names))
}

// decodeLinear is learn.DecodeLinear for the table: with an error it returns a
// nil Classifier, not a nil *Linear in one.
func decodeLinear(b []byte) (learn.Classifier, error) {
	l, err := learn.DecodeLinear(b)
	if err != nil {
		return nil, err
	}
	return l, nil
}
