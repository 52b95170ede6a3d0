package features

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
)

// Clusters group words that keep the same company in unlabelled news, so that a word no training text has shares weight
// with those it is used like (P. Brown et al., "Class-based n-gram models of natural language", 1992; here by k-means over
// reduced co-occurrence counts, see scripts/clusters.py). The zero value knows no word. It is immutable.
type Clusters struct {
	symbol map[string]string // word in lower case -> "#" and the number of its cluster
}

//go:embed clusters/en.tsv
var clustersEN string

var defaultClusters = sync.OnceValues(func() (*Clusters, error) { return LoadClusters(strings.NewReader(clustersEN)) })

// DefaultClusters are the built-in clusters of English news words.
func DefaultClusters() (*Clusters, error) { return defaultClusters() }

// LoadClusters reads lines of word, tab, cluster number; lines that begin with "# " are comments.
func LoadClusters(r io.Reader) (*Clusters, error) {
	c := &Clusters{symbol: map[string]string{}}
	symbols := map[string]string{} // one string for each cluster
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		if strings.HasPrefix(lines.Text(), "# ") {
			continue
		}
		word, number, ok := strings.Cut(lines.Text(), "\t")
		if _, err := strconv.ParseUint(number, 10, 16); !ok || err != nil || word == "" {
			return nil, fmt.Errorf("features: clusters line %d: %q is not a word, a tab and a number", n, lines.Text())
		}
		if _, twice := c.symbol[word]; twice {
			return nil, fmt.Errorf("features: clusters line %d: %q is in two clusters", n, word)
		}
		if symbols[number] == "" {
			symbols[number] = "#" + number
		}
		c.symbol[word] = symbols[number]
	}
	return c, lines.Err()
}

// Symbol is the name of the cluster of a word in lower case; "" when it is in none.
func (c *Clusters) Symbol(word string) string { return c.symbol[word] }
