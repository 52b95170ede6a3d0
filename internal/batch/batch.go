// Package batch runs a night: it reads articles, asks a model about each, and
// publishes the four datasets of internal/output for one date.
//
// [Run] reads its input twice. The first pass (scan.go) checks ids, collects
// rejected records, finds copies of stories and cuts the articles into parts of
// a fixed number. The second pass (predict.go) predicts and writes the parts
// that are not there yet. A part must say which of its articles repeat a story,
// and that is known only when all articles have been read.
//
// The price is to decode twice and to keep a signature of each article. In
// exchange the plan of a run is known before its first row is written, every
// part carries the hash of all that went into it, and an input that changes
// between the passes is noticed before anything is published.
//
// What a run writes depends on its input, model, config and date, and on the
// earlier dates that it compares stories with. It never depends on workers,
// shards, kills or earlier attempts.
package batch
