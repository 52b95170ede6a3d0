package batch

import (
	"fmt"
	"path/filepath"
	"time"
)

// Aggregates reads the aggregates of a date that is published under out, sorted by day, country and topic.
func Aggregates(out string, date time.Time) ([]AggregateRow, error) {
	l, err := newLayout(out, date)
	if err != nil {
		return nil, err
	}
	var rows []AggregateRow
	paths, err := filepath.Glob(filepath.Join(escapeGlob(l.published(AggregatesData)), "part-*.parquet"))
	if err != nil || len(paths) == 0 {
		return nil, fmt.Errorf("batch: no aggregates of %s under %s; has the date been run?", l.date, out)
	}
	for _, path := range paths {
		err := eachRow(path, func(r *AggregateRow) error {
			rows = append(rows, *r)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return rows, nil
}
