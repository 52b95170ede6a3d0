// Package export writes published tables in formats that other programs open:
// a folder of CSV files, an SQLite database, an Excel workbook, or the SQL that
// makes a DuckDB database of views over the Parquet.
//
// A format is one file here and one line in the table [Formats]. What is
// written is whole or absent.
package export

import (
	"fmt"
	"time"

	"stance/internal/output"
)

// Format is a format of exports.
type Format struct {
	Name string
	What string // in words
	Path string // what it is called when no path is given

	// Write writes the tables to path.
	Write func(path string, tables []output.Listing) error
}

// Formats is the table of formats. DuckDB is not in it: it reads the Parquet as
// it lies, so [DuckDB] writes views.
func Formats() []Format {
	return []Format{
		{"csv", "a folder with one CSV file for each table", "stance-csv", writeCSV},
		{"sqlite", "an SQLite database with one table for each", "stance.sqlite", writeSQLite},
		{"xlsx", "an Excel workbook with one sheet for each table", "stance.xlsx", writeXLSX},
	}
}

// text writes a date or a time as text, in ISO 8601; any other value stays.
func text(v any, kind output.ColumnType) any {
	t, is := v.(time.Time)
	switch {
	case !is:
		return v
	case kind == output.Date:
		return t.Format(time.DateOnly)
	}
	return t.Format(time.RFC3339Nano)
}

// tableError names the table in an error.
func tableError(path string, t output.Listing, err error) error {
	return fmt.Errorf("export: %s to %s: %w", t.Name, path, err)
}
