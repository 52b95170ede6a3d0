// Package batch runs a night: it reads articles, asks a model about each, and publishes four Parquet datasets for one
// date.
//
//	OUT/stance/v1/dt=2026-03-29/part-00000-of-00001.parquet   one row per article x country x topic   [Row]
//	OUT/articles/v1/dt=…/                                     one row per article                      [ArticleRow]
//	OUT/aggregates/v1/dt=…/                                   one row per day x country x topic        [AggregateRow]
//	OUT/quarantine/v1/dt=…/                                   one row per rejected record              [QuarantineRow]
//	OUT/_staging/                                             everything that is not yet, or never, data
//
// [Run] reads its input twice. The first pass ([scan]) checks ids, collects rejected records, finds duplicate stories
// and cuts the articles into parts of a fixed number; the second predicts and writes the parts that are not there yet.
// Two passes are needed because a part must say which of its articles repeat a story, and that is known only when all
// have been read. The price is to decode twice and to keep a signature of each article. In exchange the plan of a
// run is known before its first row is written, every part can carry the hash of all that went into it, and an input
// that changes between the passes is noticed before anything is published.
//
// What a run writes depends on its input, model, config and date, and on the dates before it that it looks for
// copies in, never on workers, shards, kills or earlier attempts.
// Package batch is the only importer of parquet-go on the way out.
package batch
