package lexicon

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"stance/features/vector"
)

// Clusters group words that keep the same company in unlabelled news, so that a
// word that no training text has shares weight with words that are used like it
// (Brown et al. 1992, "Class-based n-gram models of natural language"; here by
// k-means over reduced co-occurrence counts, see scripts/clusters.py).

// maxCluster bounds the numbers of clusters.
const maxCluster = 1 << 16

// readClusters reads lines of word, tab, cluster number; "# " begins a comment.
func (l *Lexicon) readClusters(text string) (sum string, err error) {
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "# ") {
			continue
		}
		word, digits, ok := strings.Cut(line, "\t")
		number, err := strconv.ParseUint(digits, 10, 64)
		if !ok || err != nil || word == "" || number >= maxCluster {
			return "", fmt.Errorf("lexicon: clusters.tsv:%d: %q is not a word, a tab and a number below %d", n, line, maxCluster)
		}
		e := l.entry(word)
		if e.Cluster.Text != "" {
			return "", fmt.Errorf("lexicon: clusters.tsv:%d: %q is in two clusters; keep one line",
				n, word)
		}
		e.Cluster = l.cluster(int(number))
	}
	hash := sha256.Sum256([]byte(text))
	return hex.EncodeToString(hash[:]), nil
}

// cluster is the symbol of a cluster, made when it is new.
func (l *Lexicon) cluster(number int) vector.Symbol {
	for len(l.clusters) <= number {
		l.clusters = append(l.clusters, vector.Symbol{})
	}
	if l.clusters[number].Text == "" {
		l.clusters[number] = vector.NewSymbol("#" + strconv.Itoa(number))
	}
	return l.clusters[number]
}
