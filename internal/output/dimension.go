package output

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"stance/internal/atomicfile"
)

// Dimensions are the tables that BI programs join the datasets with: one row
// for each key. They are made from the settings and from what is published, and
// can be made again at any time.
type Dimensions struct {
	Countries []CountryRow
	Topics    []TopicRow
	Outlets   []OutletRow
}

// CountryRow is one line of countries: a key of stance and aggregates.
type CountryRow struct {
	// As in stance/v1.
	Country string `parquet:"country,plain"`
	// English short name.
	CountryName string `parquet:"country_name,plain"`
	// country, or bloc for EU, NATO, UN and G7.
	Kind string `parquet:"country_kind,dict"`
}

// TopicRow is one line of topics: a key of stance and aggregates.
type TopicRow struct {
	// As in stance/v1.
	Topic string `parquet:"topic,plain"`
	// The sentence that a country is for or against; null when the settings no
	// longer have the topic.
	Proposition *string `parquet:"proposition,optional,plain"`
	// Codes of the countries that are for it by definition, joined by a space.
	ForCountries *string `parquet:"for_countries,optional,plain"`
	// Codes of the countries that it is aimed at, joined by a space.
	AgainstCountries *string `parquet:"against_countries,optional,plain"`
}

// OutletRow is one line of outlets: a key of stance and articles.
type OutletRow struct {
	// As in stance/v1; articles without one are not counted here.
	Source string `parquet:"source,plain"`
	// Articles of all dates.
	Articles int64 `parquet:"n_articles"`
	// The first run date with one.
	FirstRun int32 `parquet:"first_run_date,date"`
	// The last run date with one.
	LastRun int32 `parquet:"last_run_date,date"`
}

// DimensionsFolder is the folder of the dimension tables under an output root.
const DimensionsFolder = "dimensions"

// ReadOutlets counts the articles of each outlet, by name.
func ReadOutlets(root string, s Selection) ([]OutletRow, error) {
	dates, err := selectedDates(root, s)
	if err != nil {
		return nil, err
	}
	found := map[string]OutletRow{}
	for _, d := range dates {
		err := eachPublished(Layout{root, d}, ArticlesData, func(r *struct {
			Source  *string `parquet:"source,optional,dict"`
			RunDate int32   `parquet:"run_date,date"`
		}) error {
			if r.Source == nil {
				return nil
			}
			o, known := found[*r.Source]
			if !known {
				o = OutletRow{Source: strings.Clone(*r.Source), FirstRun: r.RunDate}
			}
			o.Articles++
			o.LastRun = r.RunDate
			found[o.Source] = o
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return slices.SortedFunc(maps.Values(found), func(a, b OutletRow) int {
		return cmp.Compare(a.Source, b.Source)
	}), nil
}

// ReadTopics lists the ids of the topics that aggregates have, sorted.
func ReadTopics(root string, s Selection) ([]string, error) {
	dates, err := selectedDates(root, s)
	if err != nil {
		return nil, err
	}
	found := map[string]bool{}
	for _, d := range dates {
		err := eachPublished(Layout{root, d}, AggregatesData, func(r *struct {
			Topic string `parquet:"topic,dict"`
		}) error {
			if !found[r.Topic] {
				found[strings.Clone(r.Topic)] = true
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return slices.Sorted(maps.Keys(found)), nil
}

// Listings are the dimension tables for export.
func (d Dimensions) Listings() []Listing {
	return []Listing{listRows("countries", d.Countries), listRows("topics", d.Topics), listRows("outlets", d.Outlets)}
}

// Write writes each table as a Parquet file under root and returns their paths.
func (d Dimensions) Write(root string) ([]string, error) {
	dir := filepath.Join(root, DimensionsFolder, fmt.Sprintf("v%d", SchemaVersion))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("output: cannot write to %s: %w; check the folder's rights", root,
			err)
	}
	var paths []string
	for _, t := range []struct {
		name  string
		write func(path string) error
	}{
		{"countries", func(path string) error { return writeDimension(path, d.Countries) }},
		{"topics", func(path string) error { return writeDimension(path, d.Topics) }},
		{"outlets", func(path string) error { return writeDimension(path, d.Outlets) }},
	} {
		path := filepath.Join(dir, t.name+".parquet")
		if err := t.write(path); err != nil {
			return paths, fmt.Errorf("output: writing %s: %w", path, err)
		}
		paths = append(paths, path)
	}
	return paths, nil
}

// writeDimension writes a Parquet file whole or not at all.
func writeDimension[T any](path string, rows []T) error {
	f, err := atomicfile.Create(path)
	if err != nil {
		return err
	}
	defer f.Abort()
	w := parquet.NewGenericWriter[T](f, parquet.Compression(&zstd.Codec{}), parquet.CreatedBy("stance", fmt.Sprint(SchemaVersion), ""))
	if _, err := w.Write(rows); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return f.Commit()
}
