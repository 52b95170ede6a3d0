package batch

import (
	"os/exec"
	"path/filepath"
	"testing"
)

// What we write opens in pandas, polars and DuckDB with the types of docs/columns.md, also when a night is empty or a
// second date lies beside the first. `make interop` installs the readers; without them there is nothing to compare.
func TestReaders(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil || exec.Command(python, "-c", "import duckdb, pandas, polars, pyarrow").Run() != nil {
		t.Skip("python3 with duckdb, pandas, polars and pyarrow is not here; see make interop")
	}
	full := config(t, input("in.jsonl", articles(120, 6)...))
	mustRun(t, full)
	full.Date = full.Date.AddDate(0, 0, 1)
	mustRun(t, full)
	empty := config(t)
	mustRun(t, empty)
	out, err := exec.Command(python, filepath.Join("testdata", "interop.py"), full.Out, empty.Out).CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
}
