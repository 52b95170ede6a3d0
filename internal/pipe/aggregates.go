package pipe

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"

	"stance/internal/output"
)

// Aggregates counts rows of stance, in any order, into rows of aggregates. All
// rows of a day, country and topic must come in one stream: those with the same
// published_date (run_date where that is null), country and topic. Their story
// columns must be final (see [Stories]), and they must be of one run.
func Aggregates(ctx context.Context, r io.Reader, w io.Writer) error {
	c := &counter{tally: output.NewTally()}
	if err := eachBatch(ctx, r, c.begin, c.add); err != nil {
		return err
	}
	var rows part[output.AggregateRow]
	out, err := newWriter(w, aggregateColumns(), func(s *shape) {
		rows = add[output.AggregateRow](s, output.AggregatesData)
	})
	if err != nil {
		return err
	}
	for _, row := range c.tally.Rows(c.stamp) {
		if err := out.put(output.AggregatesData, func() { rows.set(out, &row) }); err != nil {
			return err
		}
	}
	out.mark.Input = c.seen
	return out.close()
}

// counter is a run of Aggregates.
type counter struct {
	at    map[string]int
	tally *output.Tally
	stamp output.Stamp
	seen  int64
}

func (c *counter) begin(s *arrow.Schema) (err error) {
	c.at, err = columnsOf(s, aggregateColumns()...)
	return err
}

// aggregateColumns are the columns that [Aggregates] reads.
func aggregateColumns() []string {
	return []string{"country", "country_name", "topic", "stance_status", "stance", "stance_score", "published_date", "published_at",
		"dup_group_id", "article_id", "content_sha256", "model_id", "config_sha256", "run_id", "run_date", "schema_version"}
}

func (c *counter) add(b arrow.RecordBatch) error {
	for row := range int(b.NumRows()) {
		stamp := output.Stamp{ModelID: c.text(b, "model_id", row), ConfigSHA256: c.text(b, "config_sha256", row),
			RunID: c.text(b, "run_id", row), RunDate: int32(c.number(b, "run_date", row)),
			SchemaVersion: int32(c.number(b, "schema_version", row))}
		if c.seen == 0 {
			c.stamp = stamp
		}
		if stamp != c.stamp {
			return &InputError{fmt.Errorf("rows of two runs: %+v and %+v; count each date by itself", c.stamp, stamp)}
		}
		if err := c.tally.Add(c.view(b, row)); err != nil {
			return &InputError{err}
		}
		c.seen++
	}
	return nil
}

func (c *counter) view(b arrow.RecordBatch, row int) *output.StanceView {
	v := &output.StanceView{Country: c.text(b, "country", row), CountryName: c.text(b, "country_name", row),
		Topic: c.text(b, "topic", row), Status: c.text(b, "stance_status", row),
		DupGroupID: c.text(b, "dup_group_id", row),
		RunDate:    int32(c.number(b, "run_date", row)), ArticleID: c.text(b, "article_id", row),
		ContentSHA256: c.text(b, "content_sha256", row)}
	if stance := c.text(b, "stance", row); stance != "" {
		v.Stance = &stance
	}
	if score, ok := cellFloat(b.Column(c.at["stance_score"]), row); ok {
		v.StanceScore = &score
	}
	if day, ok := cellInt(b.Column(c.at["published_date"]), row); ok {
		d := int32(day)
		v.PublishedDate = &d
	}
	if at, ok := cellInt(b.Column(c.at["published_at"]), row); ok {
		v.PublishedAt = &at
	}
	return v
}

func (c *counter) text(b arrow.RecordBatch, name string, row int) string {
	return strings.Clone(cellText(b.Column(c.at[name]), row))
}

func (c *counter) number(b arrow.RecordBatch, name string, row int) int64 {
	n, _ := cellInt(b.Column(c.at[name]), row)
	return n
}
