package output

import (
	"os/exec"
	"path/filepath"
	"testing"
)

// What we write opens in pandas, polars and DuckDB with the types of
// docs/columns.md, also when a night is empty or a second date lies beside the
// first. `make interop` installs the readers; without them there is nothing to
// compare.
func TestReaders(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil ||
		exec.Command(python, "-c", "import duckdb, pandas, polars, pyarrow").Run() != nil {
		t.Skip("python3 with duckdb, pandas, polars and pyarrow is not here; see make interop")
	}
	full := night{filepath.Join(t.TempDir(), "full"), testDate, 120, 6, "m", ""}
	full.publish(t)
	full.date = full.date.AddDate(0, 0, 1)
	full.publish(t)
	empty := night{filepath.Join(t.TempDir(), "empty"), testDate, 0, 0, "m", ""}
	empty.publish(t)
	out, err := exec.Command(python, filepath.Join("testdata", "interop.py"), full.root,
		empty.root).CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
}
