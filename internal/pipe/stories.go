package pipe

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"

	"stance/internal/batch"
)

// storyRow is one row of dataset stories: what one article turns out to be
// beside all others of its date.
type storyRow struct {
	File string `parquet:"file"` // place of the article in the input
	Line int32  `parquet:"line"`
	// differs from the article's own when another file had taken that
	ArticleID string `parquet:"article_id"`
	// its id is taken: the article belongs to the quarantine, see [Repeats]
	Repeated     bool   `parquet:"repeated"`
	DupGroupID   string `parquet:"dup_group_id"`
	IsDupPrimary bool   `parquet:"is_dup_primary"`
}

// columnsOf finds columns by name; it reports all that are missing.
func columnsOf(s *arrow.Schema, names ...string) (map[string]int, error) {
	found := map[string]int{}
	var missing []string
	for _, name := range names {
		at := s.FieldIndices(name)
		if len(at) != 1 {
			missing = append(missing, name)
			continue
		}
		found[name] = at[0]
	}
	if len(missing) > 0 {
		return nil, &InputError{fmt.Errorf("no column %s; give the rows as the filter before wrote them", strings.Join(missing, ", "))}
	}
	return found, nil
}

// storyColumns are the columns that [Stories] reads.
func storyColumns() []string {
	return []string{"run_date", "file", "line", "article_id", "words_id", "dup_signature", "published_at", "dup_group_id"}
}

// Stories reads rows of articles, all those of the run date and any of earlier
// ones (whose column dup_group_id holds what earlier runs decided), and writes
// what each article of the date turns out to be, sorted by place. It needs the
// columns run_date, file, line, article_id, words_id, dup_signature,
// published_at and dup_group_id. Memory grows by less than 1 kB an article.
func Stories(ctx context.Context, runDate int32, r io.Reader, w io.Writer) error {
	var at map[string]int
	settler := batch.NewSettler()
	files, seen := map[string]string{}, int64(0)
	begin := func(s *arrow.Schema) (err error) {
		at, err = columnsOf(s, storyColumns()...)
		return err
	}
	err := eachBatch(ctx, r, begin, func(b arrow.RecordBatch) error {
		for row := range int(b.NumRows()) {
			seen++
			text := func(name string) string {
				return strings.Clone(cellText(b.Column(at[name]), row))
			}
			number := func(name string) int64 {
				n, _ := cellInt(b.Column(at[name]), row)
				return n
			}
			switch day := int32(number("run_date")); {
			case day < runDate:
				settler.AddEarlier(text("dup_group_id"), text("dup_signature"))
			case day > runDate:
				return &InputError{fmt.Errorf("article %q is of a later date than the run; give rows of one date and earlier ones", text("article_id"))}
			default:
				told := batch.Told{File: interned(files, text("file")), Line: int(number("line")),
					ArticleID: text("article_id"),
					Words:     text("words_id"), Published: number("published_at")}
				if err := settler.Add(told, text("dup_signature")); err != nil {
					return &InputError{err}
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return writeStories(w, seen, settler.Settle())
}

// interned is s, the same bytes for each s: many rows stand in one file.
func interned(known map[string]string, s string) string {
	if first, ok := known[s]; ok {
		return first
	}
	known[s] = s
	return s
}

func writeStories(w io.Writer, seen int64, settled []batch.Settled) error {
	var rows part[storyRow]
	out, err := newWriter(w, storyColumns(), func(s *shape) {
		rows = add[storyRow](s, StoriesData)
	})
	if err != nil {
		return err
	}
	for _, s := range settled {
		row := storyRow{File: s.File, Line: int32(s.Line), ArticleID: s.ArticleID,
			Repeated:   s.Repeated,
			DupGroupID: s.Story.Group, IsDupPrimary: s.Story.Primary}
		if err := out.put(StoriesData, func() { rows.set(out, &row) }); err != nil {
			return err
		}
	}
	out.mark.Input = seen
	return out.close()
}
