package golearn

import (
	"stance/models"
)

// Kinds is the table of golearn's own classifiers, to be appended to that of
// package models. golearn-knn is in it when built with cgo and the tag cgo_knn,
// because golearn's package knn needs a C compiler.
func Kinds() []models.Kind {
	return append([]models.Kind{
		{
			Name:   "golearn-bernoulli-nb",
			Doc:    "golearn's Bernoulli naive Bayes over the presence of the best max_cols columns",
			New:    NewBernoulli,
			Decode: decodeBernoulli,
			Tunes:  []string{"max_cols", "min_df"},
		},
		{
			Name:   "golearn-cart",
			Doc:    "golearn's decision tree over the presence of the best max_cols columns, at most max_depth deep",
			New:    NewCART,
			Decode: decodeCART,
			Tunes:  []string{"max_cols", "max_depth", "min_df"},
		},
	}, knnKinds()...)
}
