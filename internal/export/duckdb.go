package export

import (
	"fmt"
	"path/filepath"
	"strings"

	"stance/internal/output"
)

// DuckDB is the SQL that makes views over the Parquet under root, and over the
// dimension tables when they are there. A DuckDB database is written by DuckDB
// alone, and needs no copy of the data.
func DuckDB(root string, tables, dimensions []output.Listing) (string, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return "", fmt.Errorf("export: %w", err)
	}
	quote := func(path ...string) string {
		return "'" +
			strings.ReplaceAll(filepath.ToSlash(filepath.Join(append([]string{root}, path...)...)),
				"'", "''") + "'"
	}
	var b strings.Builder
	version := fmt.Sprintf("v%d", output.SchemaVersion)
	for _, t := range tables {
		fmt.Fprintf(&b, "create or replace view %s as select * from read_parquet(%s, union_by_name = true);\n",
			t.Name, quote(t.Name, version, "*", "*.parquet"))
	}
	for _, t := range dimensions {
		fmt.Fprintf(&b, "create or replace view %s as select * from read_parquet(%s);\n", t.Name,
			quote(output.DimensionsFolder, version, t.Name+".parquet"))
	}
	return b.String(), nil
}
