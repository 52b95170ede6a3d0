package pipe

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"github.com/apache/arrow-go/v18/arrow"

	"stance/datasets"
	"stance/datasets/format"
	"stance/internal/batch"
	"stance/internal/output"
)

// placeRow says where an article stood in the input, and what [Stories] must
// know of its words. The columns of the same names in quarantine say it there.
type placeRow struct {
	File       string `parquet:"file"`
	Line       int32  `parquet:"line"`
	ByteOffset int64  `parquet:"byte_offset"`
	WordsID    string `parquet:"words_id"` // 12 hex digits
}

// Config says how [Articles] reads and answers.
type Config struct {
	Options format.Options // names of fields, limits and the order of dates
	Name    string         // file of records whose stream does not say it
	Reader  batch.Reader
	Filler  output.Filler
}

// answerer is a run of Articles.
type answerer struct {
	Config
	source   *rows
	out      *writer
	stance   part[output.Row]
	articles part[output.ArticleRow]
	rejects  part[output.QuarantineRow]
	places   part[placeRow]
}

// Articles answers for the articles of a stream, in their order. Each article
// is for itself: is_dup_primary is true and dup_group_id a hash of its content
// until [Stories] has seen all of its date. Rows that are no article become
// rows of quarantine. Memory is bounded by the largest batch of the input.
func Articles(ctx context.Context, c Config, r io.Reader, w io.Writer) error {
	a := &answerer{Config: c}
	begin := func(s *arrow.Schema) (err error) {
		if a.source, err = newRows(s, c.Options, c.Name); err != nil {
			return err
		}
		a.out, err = newWriter(w, a.source.used(), func(s *shape) {
			a.stance, a.articles = add[output.Row](s, output.StanceData),
				add[output.ArticleRow](s, output.ArticlesData)
			a.rejects, a.places = add[output.QuarantineRow](s, output.QuarantineData),
				add[placeRow](s, "")
		})
		return err
	}
	err := eachBatch(ctx, r, begin, func(b arrow.RecordBatch) error {
		return a.source.each(b,
			func(_ int, article datasets.Article, bad *datasets.RecordError) error {
				if err := ctx.Err(); err != nil {
					return err
				}
				if bad != nil {
					return putReject(a.out, a.rejects, bad, a.Filler.Stamp)
				}
				if bad := batch.TooCostly(a.Reader, &article); bad != nil {
					return putReject(a.out, a.rejects, bad, a.Filler.Stamp)
				}
				return a.answer(ctx, article)
			})
	})
	if err != nil {
		return err
	}
	a.out.mark.Input = int64(a.source.seen)
	return a.out.close()
}

// answer writes the rows of an article: its own, then those of its pairs.
func (a *answerer) answer(ctx context.Context, article datasets.Article) error {
	sum := datasets.ContentHash(article)
	src := &output.Source{Article: article,
		Story: output.Story{Group: aloneGroup(sum), Primary: true}}
	stance, row, err := batch.Answer(ctx, a.Reader, a.Filler, src)
	if err != nil {
		return err
	}
	place := placeRow{article.Origin.File, int32(article.Origin.Line), article.Origin.Offset,
		batch.WordsID(&article)}
	err = a.out.put(output.ArticlesData, func() {
		a.articles.set(a.out, &row)
		a.places.set(a.out, &place)
	})
	for i := range stance {
		if err == nil {
			err = a.out.put(output.StanceData, func() {
				a.stance.set(a.out, &stance[i])
				a.places.set(a.out, &place)
			})
		}
	}
	return err
}

// aloneGroup is the group of an article without copies: the beginning of its
// content hash, as [datasets.Deduper] names it.
func aloneGroup(contentSHA256 string) string {
	return contentSHA256[:hex.EncodedLen(len(datasets.Signature{}.Content))]
}

func putReject(w *writer, p part[output.QuarantineRow], bad *datasets.RecordError,
	s output.Stamp) error {
	row := output.QuarantineOf(bad)
	row.Stamp = s
	return w.put(output.QuarantineData, func() { p.set(w, &row) })
}

// Repeats writes the quarantine rows of articles whose ids [Stories] found
// taken. [IDColumn] holds the ids. It asks nothing of c.Reader.
func Repeats(ctx context.Context, c Config, r io.Reader, w io.Writer) error {
	var source *rows
	var out *writer
	var rejects part[output.QuarantineRow]
	begin := func(s *arrow.Schema) (err error) {
		if source, err = newRows(s, c.Options, c.Name); err != nil {
			return err
		}
		out, err = newWriter(w, source.used(), func(s *shape) {
			rejects = add[output.QuarantineRow](s, output.QuarantineData)
		})
		return err
	}
	err := eachBatch(ctx, r, begin, func(b arrow.RecordBatch) error {
		return source.each(b, func(row int, a datasets.Article, bad *datasets.RecordError) error {
			if bad == nil {
				if id := source.id.orEmpty(b, row); id != "" {
					a.ID = id
				}
				bad = batch.DuplicateID(&a)
			}
			return putReject(out, rejects, bad, c.Filler.Stamp)
		})
	})
	if err != nil {
		return err
	}
	out.mark.Input = int64(source.seen)
	return out.close()
}

// rows reads the rows of batches as articles.
type rows struct {
	table          *format.Table
	leaves         []leaf // of table.Columns
	file, line, id *leaf
	schema         *arrow.Schema
	name           string
	values         []string
	seen           int
}

func newRows(s *arrow.Schema, o format.Options, name string) (*rows, error) {
	in := &rows{schema: s, name: name}
	var names []string
	var leaves []leaf
	for _, l := range leavesOf(s.Fields(), "", nil) {
		switch l.name {
		case FileColumn:
			in.file = &l
		case LineColumn:
			in.line = &l
		case IDColumn:
			in.id = &l
		default:
			names, leaves = append(names, l.name), append(leaves, l)
		}
	}
	if (in.file == nil) != (in.line == nil) {
		return nil, &InputError{fmt.Errorf("columns %s and %s belong together; give both or none",
			FileColumn, LineColumn)}
	}
	table, err := format.NewTable(names, o)
	if err != nil {
		return nil, &InputError{err}
	}
	in.table = table
	for _, i := range table.Columns() {
		in.leaves = append(in.leaves, leaves[i])
	}
	in.values = make([]string, len(in.leaves))
	return in, nil
}

// each calls do for the rows of a batch in order: with an article, or with why
// the row is none.
func (in *rows) each(b arrow.RecordBatch,
	do func(row int, a datasets.Article, bad *datasets.RecordError) error) error {
	for row := range int(b.NumRows()) {
		in.seen++
		at := datasets.Origin{File: in.name, Line: in.seen, Offset: int64(in.seen - 1)}
		if in.file != nil {
			line, err := strconv.ParseInt(in.line.text(b, row), 10, 32)
			if err != nil {
				return &InputError{fmt.Errorf("column %s: %w; give a row number from 1", LineColumn,
					err)}
			}
			at = datasets.Origin{File: in.file.text(b, row), Line: int(line),
				Offset: max(0, line-1)}
		}
		for i, l := range in.leaves {
			in.values[i] = l.text(b, row)
		}
		a, err := in.table.Read(at, in.values)
		var bad *datasets.RecordError
		if err != nil && !errors.As(err, &bad) {
			return err
		}
		if err := do(row, a, bad); err != nil {
			return err
		}
	}
	return nil
}

// used are the columns that are read.
func (in *rows) used() (names []string) {
	leaves := slices.Clone(in.leaves)
	for _, l := range []*leaf{in.file, in.line, in.id} {
		if l != nil {
			leaves = append(leaves, *l)
		}
	}
	for _, l := range leaves {
		names = append(names, in.schema.Field(l.path[0]).Name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// orEmpty is the text of a column that may not be there.
func (l *leaf) orEmpty(b arrow.RecordBatch, row int) string {
	if l == nil {
		return ""
	}
	return l.text(b, row)
}

// StampOf is what rows say of a run without a plan: its id is made of date,
// model and settings unless it is given.
func StampOf(modelID, configSHA256, runID string, date time.Time) output.Stamp {
	if runID == "" {
		sum := sha256.Sum256(fmt.Appendf(nil, "%d %s %s %s", output.SchemaVersion, modelID,
			configSHA256,
			date.UTC().Format(time.DateOnly)))
		runID = hex.EncodeToString(sum[:8])
	}
	return output.Stamp{ModelID: modelID, ConfigSHA256: configSHA256, RunID: runID,
		RunDate:       output.DaysOf(date),
		SchemaVersion: output.SchemaVersion}
}
