package batch

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"

	"stance/datasets"
	"stance/internal/atomicfile"
	"stance/internal/output"
)

// DuplicateID rejects an article whose id was seen before, in the same file or
// with the same words. The first article with an id stays: which that is
// depends on the order of the inputs alone.
func DuplicateID(a *datasets.Article) *datasets.RecordError {
	return &datasets.RecordError{
		Origin: a.Origin, Reason: datasets.ReasonDuplicate,
		Detail: fmt.Sprintf("an earlier record of this run has the id %.200q; give each article its own, or drop the repeat",
			a.ID),
		Excerpt: excerptOf(a),
	}
}

// excerptOf is how an article begins; the quarantine cuts it.
func excerptOf(a *datasets.Article) string { return a.Title + "\n\n" + a.Text }

// rejectFile keeps the rows of rejected records on disk while the input is
// read: there may be any number of them. It is compressed, since many are
// alike.
type rejectFile struct {
	file   *atomicfile.File
	packed *gzip.Writer
	out    *json.Encoder
}

func newRejectFile(dir string) (*rejectFile, error) {
	f, err := nameless(dir)
	if err != nil {
		return nil, err
	}
	w, _ := gzip.NewWriterLevel(f, gzip.BestSpeed) // cannot fail: there is such a level
	return &rejectFile{f, w, json.NewEncoder(w)}, nil
}

func (r *rejectFile) add(row output.QuarantineRow) error {
	if err := r.out.Encode(row); err != nil {
		return fmt.Errorf("batch: cannot keep a rejected record: %w", err)
	}
	return nil
}

// each gives the rows in order, after the last add.
func (r *rejectFile) each(do func(output.QuarantineRow) error) error {
	if err := r.packed.Close(); err != nil {
		return fmt.Errorf("batch: cannot keep the rejected records: %w", err)
	}
	unpacked, err := gzip.NewReader(io.NewSectionReader(r.file, 0, math.MaxInt64))
	if err != nil {
		return fmt.Errorf("batch: reading the rejected records: %w", err)
	}
	in := json.NewDecoder(unpacked)
	for {
		var row output.QuarantineRow
		err := in.Decode(&row)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("batch: reading the rejected records: %w", err)
		}
		if err := do(row); err != nil {
			return err
		}
	}
}

func (r *rejectFile) close() { r.file.Abort() }

// QuarantineError is a run that rejected more than it may. Nothing was
// published.
type QuarantineError struct {
	Rejected, Records int
	Limit             float64
	By                map[datasets.Reason]int
}

func (e *QuarantineError) Error() string {
	var by []string
	for _, r := range slices.Sorted(maps.Keys(e.By)) {
		by = append(by, fmt.Sprintf("%s %d", r, e.By[r]))
	}
	return fmt.Sprintf("batch: %d of %d records rejected (%s), more than the share %v allowed; "+
		"look at the input or raise --max-quarantine-ratio", e.Rejected, e.Records,
		strings.Join(by, ", "), e.Limit)
}

// FieldsError is a run over inputs in which no field is known to hold a title
// or a text, so that no article came. Nothing was published.
type FieldsError struct {
	First   *datasets.RecordError
	Records int
}

func (e *FieldsError) Error() string {
	return fmt.Sprintf("batch: none of %d records is an article: %v; classify check shows how an input is read", e.Records, e.First)
}

// EmptyError is a run without a single article for a date that is published
// with some. Nothing was published: an empty feed is far more often a fault on
// the way than a night without news.
type EmptyError struct {
	Date      string
	Records   int // that came; all were rejected
	Published int // articles that the date has
}

func (e *EmptyError) Error() string {
	came := "the input is empty"
	if e.Records > 0 {
		came = fmt.Sprintf("all %d records were rejected (run classify check on the input)",
			e.Records)
	}
	return fmt.Sprintf("batch: no article for %s: %s, and the %d published articles stay; "+
		"give --allow-empty to replace them by nothing", e.Date, came, e.Published)
}

// refuseEmpty fails the run that would replace articles by nothing.
func refuseEmpty(c *Config, o output.Contents) error {
	if o.Articles > 0 || c.AllowEmpty {
		return nil
	}
	there := 0
	for _, path := range o.Layout.Parts(output.ArticlesData) {
		info, err := output.ReadInfo(path)
		if err != nil {
			return fmt.Errorf("batch: no article for %s, and what is published cannot be read: %w; "+
				"give --allow-empty to replace it by nothing", o.Layout.Date, err)
		}
		there += int(info.Rows)
	}
	if there == 0 {
		return nil
	}
	return &EmptyError{o.Layout.Date, o.Records, there}
}
