package export

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"stance/internal/atomicfile"
	"stance/internal/output"
)

// writeCSV writes a file for each table into a folder, as RFC 4180 with lines
// ended by a line feed. Null is an empty field, as the empty string is.
func writeCSV(path string, tables []output.Listing) error {
	if err := os.MkdirAll(path, 0o755); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	for _, t := range tables {
		if err := writeCSVTable(filepath.Join(path, t.Name+".csv"), t); err != nil {
			return tableError(path, t, err)
		}
	}
	return nil
}

func writeCSVTable(path string, t output.Listing) error {
	f, err := atomicfile.Create(path)
	if err != nil {
		return err
	}
	defer f.Abort()
	b := bufio.NewWriter(f)
	if err := errors.Join(csvRows(b, t), b.Flush()); err != nil {
		return err
	}
	return f.Commit()
}

func csvRows(w io.Writer, t output.Listing) error {
	out := csv.NewWriter(w)
	fields := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		fields[i] = c.Name
	}
	if err := out.Write(fields); err != nil {
		return err
	}
	err := t.Each(func(values []any) error {
		for i, v := range values {
			fields[i] = ""
			if v != nil {
				fields[i] = fmt.Sprint(text(v, t.Columns[i].Type))
			}
		}
		return out.Write(fields)
	})
	out.Flush()
	return errors.Join(err, out.Error())
}
