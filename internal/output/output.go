// Package output is the form in which answers are published: four Parquet
// datasets that hold one date each.
//
//	OUT/stance/v1/dt=2026-03-29/part-00000-of-00001.parquet   one row per article x country x topic   [Row]
//	OUT/articles/v1/dt=…/                                     one row per article                      [ArticleRow]
//	OUT/aggregates/v1/dt=…/                                   one row per day x country x topic        [AggregateRow]
//	OUT/quarantine/v1/dt=…/                                   one row per rejected record              [QuarantineRow]
//	OUT/_staging/                                             everything that is not yet, or never, data
//
// [Layout] says where each file lies. A [Part] is one Parquet file, whole or
// absent. [Contents] says what a date must consist of; [Layout.Publish] makes
// the parts of a date visible together. [Verify], [ReadFindings] and
// [Aggregates] read what is published.
//
// The package knows nothing of how a run works: which articles are read, in
// what order and by how many workers is the business of internal/batch. It is
// the only importer of parquet-go on the way out.
package output
