package batch

import (
	"os"
	"path/filepath"
	"testing"

	"stance/datasets/format"
	"stance/internal/output"
)

// FuzzRun runs a night over one file of any bytes beside a good one. Whatever
// they are, the good article is answered, every other record is an article or a
// row of quarantine, and what is published is whole.
func FuzzRun(f *testing.F) {
	for name, content := range map[string]string{
		"a.jsonl":   `{"id":"b","title":"One","text":"FRA and #taiwan"}` + "\n{broken\n{}\n" + `{"id":"b","text":"COSTLY"}` + "\n",
		"a.json":    `{"articles":[{"id":"b","text":"FRA #taiwan"},{"id":"b","text":"PANIC"}]}`,
		"a.csv":     "id,text\nb,\"FRA and #taiwan\"\nc,FAIL\n",
		"a.txt":     "FRA\n\nIt met DEU over #ukraine.",
		"a.html":    "<html><title>FRA</title><body><p>It met DEU over #ukraine.</body></html>",
		"a.rss":     "<rss><channel><item><title>FRA</title><description>DEU #taiwan</description></item></channel></rss>",
		"a.warc":    "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 30\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<p>FRA</p>\r\n\r\n",
		"a.parquet": "PAR1PAR1",
		"a.gz":      "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff",
		"a\xff.tsv": "id\ttext\r1\tFRA \xff\r",
	} {
		f.Add(name, []byte(content))
	}
	f.Fuzz(func(t *testing.T, name string, content []byte) {
		dir := t.TempDir()
		good, any := filepath.Join(dir, "good.jsonl"),
			filepath.Join(dir, filepath.Base("x"+filepath.Base(name)))
		if err := os.WriteFile(good, []byte(`{"id":"good","text":"FRA and #taiwan"}`),
			0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(any, content, 0o644); err != nil {
			t.Skip("no name of a file")
		}
		options := format.Options{}
		if format.Detect(any, options) != nil {
			options.Format = "jsonl"
		}
		c := config(t,
			Inputs([]format.Input{{Path: good}, {Path: any, Size: int64(len(content))}}, nil,
				options)...)
		c.MaxQuarantineRatio = 1
		s, err := Run(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		if s.Records != s.Articles+s.Quarantined || s.Articles < 1 {
			t.Fatalf("%d records, %d articles, %d quarantined", s.Records, s.Articles,
				s.Quarantined)
		}
		reports, err := output.Verify(c.Out)
		if err != nil || len(reports) != 1 || len(reports[0].Faults) > 0 {
			t.Fatalf("%+v, %v", reports, err)
		}
	})
}
