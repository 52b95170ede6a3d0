package export

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	_ "modernc.org/sqlite" // the driver

	"stance/internal/atomicfile"
	"stance/internal/output"
)

// sqliteTypes are the affinities of SQLite by kind of column. Dates and times
// are text in ISO 8601, which SQLite's own functions read.
var sqliteTypes = [...]string{output.Text: "TEXT", output.Int32: "INTEGER", output.Int64: "INTEGER", output.Double: "REAL", output.Bool: "INTEGER",
	output.Date: "TEXT", output.Micros: "TEXT"}

// sqliteKeys are the columns that get an index where a table has them.
var sqliteKeys = []string{"article_id", "country", "topic", "dup_group_id", "run_date"}

// writeSQLite writes a database with a table for each.
func writeSQLite(path string, tables []output.Listing) error {
	f, err := atomicfile.Create(path)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	defer f.Abort()
	db, err := sql.Open("sqlite", f.Name())
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	db.SetMaxOpenConns(1) // pragmas and the transaction belong to one connection
	_, err = db.Exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096")
	for _, t := range tables {
		if err == nil {
			if err = sqliteTable(db, t); err != nil {
				err = tableError(path, t, err)
			}
		}
	}
	if err = errors.Join(err, db.Close()); err != nil {
		return err
	}
	return f.Commit()
}

// sqliteTable creates and fills one table in one transaction.
func sqliteTable(db *sql.DB, t output.Listing) error {
	var columns, marks, indexes []string
	for _, c := range t.Columns {
		columns = append(columns, fmt.Sprintf("%q %s", c.Name, sqliteTypes[c.Type]))
		marks = append(marks, "?")
		if slices.Contains(sqliteKeys, c.Name) {
			indexes = append(indexes,
				fmt.Sprintf("CREATE INDEX %q ON %q (%q)", t.Name+"_"+c.Name, t.Name, c.Name))
		}
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after Commit
	if _, err := tx.Exec(fmt.Sprintf("CREATE TABLE %q (%s)", t.Name,
		strings.Join(columns, ", "))); err != nil {
		return err
	}
	insert, err := tx.Prepare(fmt.Sprintf("INSERT INTO %q VALUES (%s)", t.Name,
		strings.Join(marks, ", ")))
	if err != nil {
		return err
	}
	err = t.Each(func(values []any) error {
		for i, v := range values {
			values[i] = text(v, t.Columns[i].Type)
		}
		_, err := insert.Exec(values...)
		return err
	})
	if err != nil {
		return err
	}
	for _, index := range indexes {
		if _, err := tx.Exec(index); err != nil {
			return err
		}
	}
	return tx.Commit()
}
