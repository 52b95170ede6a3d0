package batch

import (
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"stance/internal/output"
)

func TestRunPublishesFourDatasets(t *testing.T) {
	c := config(t, input("in.jsonl", articles(120, 6)...))
	s := mustRun(t, c)
	if s.Records != 126 || s.Articles != 120 || s.Quarantined != 6 || s.PartsWritten != 3 ||
		s.Repeats != 3 {
		t.Errorf("summary %+v", s)
	}
	want := []string{
		"_staging/lock",
		"aggregates/v1/dt=2026-03-29/part-00000-of-00001.parquet",
		"articles/v1/dt=2026-03-29/part-00000-of-00003.parquet",
		"articles/v1/dt=2026-03-29/part-00001-of-00003.parquet",
		"articles/v1/dt=2026-03-29/part-00002-of-00003.parquet",
		"quarantine/v1/dt=2026-03-29/part-00000-of-00001.parquet",
		"stance/v1/dt=2026-03-29/part-00000-of-00003.parquet",
		"stance/v1/dt=2026-03-29/part-00001-of-00003.parquet",
		"stance/v1/dt=2026-03-29/part-00002-of-00003.parquet",
	}
	if got := slices.Sorted(maps.Keys(tree(t, c.Out))); !slices.Equal(got, want) {
		t.Errorf("files\n%q\nwant\n%q", got, want)
	}
	rows := 0
	for _, p := range []string{"part-00000-of-00003.parquet", "part-00001-of-00003.parquet",
		"part-00002-of-00003.parquet"} {
		if err := output.EachRow(filepath.Join(c.Out, "stance/v1/dt=2026-03-29", p),
			func(*output.Row) error { rows++; return nil }); err != nil {
			t.Error(err)
		}
	}
	if rows != s.Rows || rows == 0 {
		t.Errorf("%d rows in the files, %d in the summary", rows, s.Rows)
	}
}

func TestSameBytesWhateverTheWorkers(t *testing.T) {
	var want map[string]string
	for _, workers := range []int{1, 2, 7} {
		c := config(t, input("in.jsonl", articles(120, 6)...))
		c.Workers, c.QueueBytes = workers, 100
		mustRun(t, c)
		got := tree(t, c.Out)
		delete(got, "_staging/lock")
		if want == nil {
			want = got
		}
		if !maps.Equal(got, want) {
			t.Errorf("%d workers: files differ from those of 1", workers)
		}
	}
}
