package batch

import (
	"errors"
	"math"
	"os"
	"strings"
	"testing"
	"time"

	"stance/internal/output"
)

// An id is data: whatever it says, files lie where dates and numbers put them.
func TestIDsNeverBecomePaths(t *testing.T) {
	var things []any
	for i, id := range []string{"../../../evil", "/etc/evil", "a\x00b", strings.Repeat("x", 5000),
		"dt=2020-01-01/part"} {
		a := telling(id, i, 9, "")
		things = append(things, a)
	}
	c := config(t, input("in", things...))
	mustRun(t, c)
	if got := len(tree(t, c.Out)); got != 5 {
		t.Errorf("%d files, want four parts and the lock", got)
	}
	if got := len(readAll[output.ArticleRow](t, c, output.ArticlesData)); got != 5 {
		t.Errorf("%d articles, want 5", got)
	}
}

// A date that is no partition is refused before anything is made.
func TestBadConfig(t *testing.T) {
	for _, test := range []struct {
		name  string
		spoil func(*Config)
		from  string // the package that finds the fault
	}{
		{"no date", func(c *Config) { c.Date = time.Time{} }, "output: "},
		{"year 12345", func(c *Config) { c.Date = c.Date.AddDate(10319, 0, 0) }, "output: "},
		{"no output", func(c *Config) { c.Out = "" }, "output: "},
		{"no reader", func(c *Config) { c.Reader = nil }, "batch: "},
		{"ratio", func(c *Config) { c.MaxQuarantineRatio = math.NaN() }, "batch: "},
		{"shard", func(c *Config) { c.Shard, c.Shards = 3, 3 }, "batch: "},
		{"workers", func(c *Config) { c.Workers = -1 }, "batch: "},
	} {
		c := config(t, input("in", articles(3, 0)...))
		out := c.Out
		test.spoil(&c)
		if _, err := Run(t.Context(), c); err == nil || !strings.HasPrefix(err.Error(), test.from) {
			t.Errorf("%s: error %v", test.name, err)
		}
		if _, err := os.Stat(out); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: the output folder was made", test.name)
		}
	}
}
