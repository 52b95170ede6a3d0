package batch

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"stance/datasets"
	"stance/internal/output"
)

// item is one thing an input gave: an article, or a record that was rejected.
type item struct {
	index   int // among all items of the run
	article datasets.Article
	bad     *datasets.RecordError // nil for an article
}

// items reads inputs one after the other. An error that is no
// [*datasets.RecordError] ends it.
func items(ctx context.Context, inputs []Input) iter.Seq2[item, error] {
	return func(yield func(item, error) bool) {
		n := 0
		for _, in := range inputs {
			for e, err := range in.Read(ctx) {
				it := item{index: n, article: e.Article}
				if err != nil && !errors.As(err, &it.bad) {
					yield(item{}, fmt.Errorf("batch: reading %s: %w", in.Name, err))
					return
				}
				// an end without an error would look like an input that has
				// shrunk
				if err := ctx.Err(); err != nil {
					yield(item{}, err)
					return
				}
				if !yield(it, nil) {
					return
				}
				n++
			}
		}
	}
}

// size is what an item costs in memory while it waits.
func (it item) size() int64 {
	if it.bad != nil {
		return int64(len(it.bad.Excerpt) + len(it.bad.Detail))
	}
	return int64(len(it.article.Title) + len(it.article.Text))
}

// record is an accepted article with what the first pass learned about it.
type record struct {
	output.Source
	index int // among the accepted articles of the run
}

// sumOf hashes every field of an article that can reach a row.
func sumOf(a *datasets.Article) [sha256.Size]byte {
	h := sha256.New()
	for _, s := range []string{a.ID, a.Source, a.URL, a.Title, a.Text, a.Lang, a.Notes} {
		writeString(h, s)
	}
	published := ""
	if !a.Published.IsZero() {
		published = a.Published.UTC().Format(time.RFC3339Nano)
	}
	writeString(h, published)
	return [sha256.Size]byte(h.Sum(nil))
}

// writeString adds s with its length, so that ("ab", "c") and ("a", "bc")
// differ.
func writeString(h hash.Hash, s string) {
	var n [8]byte
	binary.LittleEndian.PutUint64(n[:], uint64(len(s)))
	h.Write(n[:])
	h.Write([]byte(s))
}

// scan is what the first pass over the input finds out. Its memory grows with
// the number of articles, not with their length.
type scan struct {
	records  int // items read
	articles int // of these, accepted
	rejected map[datasets.Reason]int
	rejects  [sha256.Size]byte // over the quarantine rows
	content  [sha256.Size]byte // over what all records say, whatever file they came from
	broken   [sha256.Size]byte // over the records that are no article
	fates    fates
	sums     [][]byte       // by part: over the sums of its articles
	sizes    []int64        // by part: bytes of their titles and texts
	stories  []output.Story // by article
}

// scanner runs the first pass.
type scanner struct {
	cfg     Config
	out     *rejectFile // nil when another shard keeps the rejected records
	ids     idBook
	finder  *storyFinder
	part    hash.Hash // over the open part
	bytes   int64     // of its articles
	rejects hash.Hash // over the quarantine rows
	broken  hash.Hash // over those of records that are no article
	content hash.Hash
	noText  *datasets.RecordError // the first record without a known field for its text
	scan    scan
}

// sketched is an item with what can be computed of it alone.
type sketched struct {
	item
	key       [16]byte // hash of the id
	words     string
	first     sighting
	sum       [sha256.Size]byte
	signature datasets.Signature
	costly    bool // bad, and yet an article
}

// run reads all inputs and writes the rejected records to s.out.
func (s *scanner) run(ctx context.Context) (*scan, error) {
	s.ids, s.part, s.rejects = idBook{}, sha256.New(), sha256.New()
	s.content, s.broken = sha256.New(), sha256.New()
	s.scan.rejected = map[datasets.Reason]int{}
	width := pipeline{s.cfg.Workers, 4 * s.cfg.Workers, s.cfg.QueueBytes}
	if err := inOrder(ctx, width, items(ctx, s.cfg.Inputs), item.size, s.sketch,
		s.add); err != nil {
		return nil, err
	}
	if n := s.scan.articles; n == 0 || n%s.cfg.ArticlesPerPart != 0 {
		s.closePart()
	}
	s.scan.stories = s.finder.stories()
	s.scan.rejects = [sha256.Size]byte(s.rejects.Sum(nil))
	s.scan.broken = [sha256.Size]byte(s.broken.Sum(nil))
	s.scan.content = [sha256.Size]byte(s.content.Sum(nil))
	return &s.scan, s.check()
}

// sketch also finds the articles that cost too much: it must be known before
// the plan is made how many there will be.
func (s *scanner) sketch(_ context.Context, it item) (sketched, error) {
	if it.bad != nil {
		return sketched{item: it}, nil
	}
	if bad := TooCostly(s.cfg.Reader, &it.article); bad != nil {
		return sketched{item: item{index: it.index, bad: bad}, costly: true}, nil
	}
	words := WordsID(&it.article)
	return sketched{item: it, key: hashID(it.article.ID), words: words,
		first: sightingOf(it.article.Origin.File, words),
		sum:   sumOf(&it.article), signature: datasets.Sign(it.article)}, nil
}

// add takes the next item.
func (s *scanner) add(it sketched) error {
	s.scan.records++
	switch {
	case it.costly:
		s.scan.fates.add(costly)
		return s.reject(it.bad)
	case it.bad != nil:
		writeReject(s.broken, output.QuarantineOf(it.bad))
		return s.reject(it.bad)
	}
	id, became := s.ids.enter(it.article.ID, it.key, it.first, it.words)
	if became == renamed || became == repeated && id != it.article.ID {
		it.article.ID = id
		it.sum = sumOf(&it.article)
	}
	s.scan.fates.add(became)
	if became == repeated {
		return s.reject(DuplicateID(&it.article))
	}
	signature := it.signature // what is kept must not hold on to the article
	s.finder.add(&signature, strings.Clone(it.article.ID), it.article.Published)
	s.part.Write(it.sum[:])
	s.content.Write(it.sum[:])
	s.bytes += it.size()
	if s.scan.articles++; s.scan.articles%s.cfg.ArticlesPerPart == 0 {
		s.closePart()
	}
	return nil
}

func (s *scanner) closePart() {
	s.scan.sums, s.scan.sizes = append(s.scan.sums, s.part.Sum(nil)), append(s.scan.sizes, s.bytes)
	s.part.Reset()
	s.bytes = 0
}

// reject counts and keeps a rejected record. A lone input that cannot be opened
// is no night's work but a mistake in the command, so it ends the run.
func (s *scanner) reject(bad *datasets.RecordError) error {
	if bad.Reason == datasets.ReasonUnread && len(s.cfg.Inputs) == 1 && s.scan.records == 1 {
		return fmt.Errorf("batch: the only input cannot be read: %w", bad)
	}
	s.scan.rejected[bad.Reason]++
	if bad.Reason == datasets.ReasonFields && s.noText == nil {
		s.noText = bad
	}
	row := output.QuarantineOf(bad)
	writeReject(s.rejects, row)
	writeString(s.content, row.Reason)
	writeString(s.content, excerptIn(row))
	if s.out == nil {
		return nil
	}
	return s.out.add(row)
}

// writeReject adds all that a rejected record says.
func writeReject(h hash.Hash, row output.QuarantineRow) {
	for _, v := range []string{row.Reason, row.Message, row.File,
		fmt.Sprint(row.Line, row.ByteOffset), excerptIn(row)} {
		writeString(h, v)
	}
}

// excerptIn is the excerpt of a row, "" for none.
func excerptIn(row output.QuarantineRow) string {
	if row.Excerpt == nil {
		return ""
	}
	return *row.Excerpt
}

// check fails the run that loses a record or rejects too many.
func (s *scanner) check() error {
	n := s.scan.nRejected()
	if s.scan.records != s.scan.articles+n {
		return fmt.Errorf("batch: %d records in, %d articles and %d rejected: some are lost",
			s.scan.records, s.scan.articles, n)
	}
	if s.noText != nil && s.scan.articles == 0 {
		return &FieldsError{First: s.noText, Records: s.scan.records}
	}
	if float64(n) > s.cfg.MaxQuarantineRatio*float64(s.scan.records) {
		return &QuarantineError{Rejected: n, Records: s.scan.records,
			Limit: s.cfg.MaxQuarantineRatio,
			By:    s.scan.rejected}
	}
	return nil
}

// countsOf lists counts of rejected records by reason, sorted.
func countsOf(reasons map[datasets.Reason]int) []output.ReasonCount {
	counts := []output.ReasonCount{}
	for _, r := range slices.Sorted(maps.Keys(reasons)) {
		counts = append(counts, output.ReasonCount{Reason: r, Count: reasons[r]})
	}
	return counts
}

func (s *scan) nRejected() (n int) {
	for _, c := range s.rejected {
		n += c
	}
	return n
}
