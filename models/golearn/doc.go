// Package golearn is where this module meets github.com/sjwhitworth/golearn, and the only importer of it.
//
// [Grid] shows our sparse matrices to golearn as a base.FixedDataGrid; [Classifier] makes every kind of package models a
// base.Classifier, so that golearn's evaluation and filters work on it; [Kinds] are golearn's own sound classifiers as
// kinds of ours, beside the others in training, bundles and comparison.
//
// Parts of golearn not used, and what was found in the pinned version (2022-12-28):
//
//   - linear_models (and ensemble.MultiLinearSVC, meta.OneVsAll over them): its liblinear binding panics on current Go,
//     "cgo argument has Go pointer to unpinned Go pointer". Our logistic and svm stand in for them.
//   - base.Shuffle, InstancesTrainTestSplit, SampleWithReplacement and evaluation's cross-fold draw from the global,
//     unseeded generator; LazyShuffle does not give a permutation. So bagging and random forests are out as well.
//   - base.InstancesAreEqual compares its first argument with itself. base.ResolveAttributes is quadratic in the columns
//     of DenseInstances; a Grid answers in constant time.
//   - trees.ID3 and knn print while they save, knn while it predicts; knn.Predict, like naive.BernoulliNB, leaves ties to
//     the order of a map, and panics with fewer rows than neighbors. See [Bernoulli], [CART] and the kind golearn-knn.
//   - Save and Load of golearn's own classifiers: naive.BernoulliNB files say "KNN" and take a disk sync per attribute,
//     CART has none, and base.DeserializeInstances allocates whatever size a file claims. Kinds have bytes of their own.
package golearn
