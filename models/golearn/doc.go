// Package golearn connects this module to github.com/sjwhitworth/golearn. No
// other package imports golearn.
//
// [Grid] presents our sparse matrices to golearn as a base.FixedDataGrid.
// [Classifier] makes every kind of package models a base.Classifier, so that
// golearn's evaluation and filters work on it. [Kinds] lists those of golearn's
// own classifiers that work, as kinds for training, bundles and comparison.
//
// Some parts of golearn are not used, because of faults in the pinned version
// (2022-12-28):
//
//   - linear_models, and ensemble.MultiLinearSVC and meta.OneVsAll above it,
//     use
//     a liblinear binding that panics on current Go: "cgo argument has Go
//     pointer to unpinned Go pointer". Our logistic and svm replace them.
//   - base.Shuffle, InstancesTrainTestSplit, SampleWithReplacement and the
//     cross-fold evaluation draw from the global, unseeded generator.
//     LazyShuffle does not return a permutation. This rules out bagging and
//     random forests.
//   - base.InstancesAreEqual compares its first argument with itself.
//     base.ResolveAttributes takes quadratic time in the columns of
//     DenseInstances; a Grid answers in constant time.
//   - trees.ID3 and knn print while they save, and knn while it predicts.
//     knn.Predict and naive.BernoulliNB break ties in map order, and knn panics
//     with fewer rows than neighbors. See [Bernoulli], [CART] and golearn-knn.
//   - Save and Load: naive.BernoulliNB files say "KNN" and need a disk sync for
//     each attribute, CART has neither, and base.DeserializeInstances allocates
//     whatever size a file claims. So our kinds have their own file format.
package golearn
