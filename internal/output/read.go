package output

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
)

// EachRow calls do for the rows of a part in order. The part must be one that
// [CheckPart] accepts. T may have fewer columns than the part.
func EachRow[T any](path string, do func(*T) error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("output: %s cannot be decoded: %v", path, r)
		}
	}()
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("output: %w", err)
	}
	defer f.Close()
	in := parquet.NewGenericReader[T](f)
	defer in.Close()
	rows := make([]T, 512)
	for {
		n, err := in.Read(rows)
		for i := range rows[:n] {
			if err := do(&rows[i]); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("output: reading %s: %w", path, err)
		}
		clear(rows)
	}
}

// eachPublished calls do for the rows of a published dataset, part by part.
func eachPublished[T any](l Layout, dataset string, do func(*T) error) error {
	entries, err := os.ReadDir(l.Published(dataset))
	if err != nil {
		return fmt.Errorf("output: %w; run classify verify", err)
	}
	for _, e := range entries { // sorted by name
		if err := EachRow(filepath.Join(l.Published(dataset), e.Name()), do); err != nil {
			return err
		}
	}
	return nil
}

// Aggregates reads the aggregates of a date that is published under out, sorted
// by day, country and topic.
func Aggregates(out string, date time.Time) ([]AggregateRow, error) {
	l, err := NewLayout(out, date)
	if err != nil {
		return nil, err
	}
	var rows []AggregateRow
	paths := l.Parts(AggregatesData)
	if len(paths) == 0 {
		return nil, fmt.Errorf("output: no aggregates of %s under %s; has the date been run?",
			l.Date, out)
	}
	for _, path := range paths {
		err := EachRow(path, func(r *AggregateRow) error {
			rows = append(rows, *r)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// publishedDates lists the dates that any of the tables has, and what lies in a
// table and is no date.
func publishedDates(root string) (dates, strays []string, err error) {
	found := map[string]bool{}
	for _, dataset := range datasetNames {
		table := Layout{Root: root}.Table(dataset)
		entries, err := os.ReadDir(table)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, nil, fmt.Errorf("output: %w", err)
		}
		for _, e := range entries {
			date, isKey := strings.CutPrefix(e.Name(), "dt=")
			if _, err := time.Parse(time.DateOnly, date); !isKey || err != nil || !e.IsDir() {
				strays = append(strays, filepath.Join(table,
					e.Name())+": readers expect only dt=YYYY-MM-DD here; remove it")
				continue
			}
			found[date] = true
		}
	}
	return slices.Sorted(maps.Keys(found)), strays, nil
}
