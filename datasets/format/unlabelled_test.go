//go:build long

package format

import "testing"

// TestUnlabelledCorpus reads 100 MB of text without labels.
func TestUnlabelledCorpus(t *testing.T) {
	holdCounts(t, "jsonl", "unlabelled-news/rss-2023-01-09.jsonl.gz", 128731, 0)
}
