#!/usr/bin/env python3
"""Makes features/lexicon/clusters.tsv: words of unlabelled news, grouped by the company they keep.

  python3 scripts/clusters.py ../shared/corpora/unlabelled-news/rss-2023-01-09.jsonl.gz > features/lexicon/clusters.tsv

Words are counted with their neighbours up to 4 places away (weight 1/distance); the counts become positive pointwise
mutual information with context distribution smoothing of 0.75, the matrix is reduced to 50 dimensions by a truncated
singular value decomposition weighted by the root of the singular values (Levy, Goldberg & Dagan 2015, sections 2.2, 3.2
and 3.3), and the 20,000 most frequent words are grouped by k-means on unit vectors. Needs numpy, scipy, scikit-learn.
"""
import collections, gzip, json, re, sys
import numpy as np, scipy.sparse as sp
from scipy.sparse.linalg import svds
from sklearn.cluster import KMeans

WINDOW, DIMENSIONS, WORDS, CONTEXTS, CLUSTERS, MIN_COUNT = 4, 50, 20_000, 30_000, 600, 5
TOKEN = re.compile(r"[^\W\d_]+(?:\.[^\W\d_])*|\d+|[^\w\s]")


def sentences(path):
    with gzip.open(path, "rt", encoding="utf-8") as f:
        for line in f:
            item = json.loads(line)
            for text in (item["title"], item.get("text") or ""):
                yield ["NUM" if w[0].isdigit() else w.lower() for w in TOKEN.findall(text)]


def cooccurrence(texts, index):
    """Counts of word pairs at most WINDOW apart, both ways, weighted by 1/distance."""
    gap = [-1] * WINDOW
    ids = np.array([i for t in texts for i in [index.get(w, -1) for w in t] + gap])
    n = len(index)
    counts = sp.csr_matrix((n, n))
    for d in range(1, WINDOW + 1):
        a, b = ids[:-d], ids[d:]
        keep = (a >= 0) & (b >= 0)
        counts = counts + sp.csr_matrix((np.full(keep.sum(), 1 / d), (a[keep], b[keep])), shape=(n, n))
    return counts + counts.T


def vectors(counts):
    rows = np.asarray(counts.sum(1)).ravel()
    contexts = rows ** 0.75
    contexts /= contexts.sum()
    c = counts.tocoo()
    pmi = np.log(c.data / (rows[c.row] * contexts[c.col]))
    keep = pmi > 0
    ppmi = sp.csr_matrix((pmi[keep], (c.row[keep], c.col[keep])), shape=counts.shape)
    u, s, _ = svds(ppmi, k=DIMENSIONS, v0=np.ones(counts.shape[0]))
    e = u * np.sqrt(s)
    e -= e.mean(0)
    return e / (np.linalg.norm(e, axis=1, keepdims=True) + 1e-9)


def main():
    texts = list(sentences(sys.argv[1]))
    freq = collections.Counter(w for t in texts for w in t)
    words = [w for w, n in sorted(freq.items(), key=lambda p: (-p[1], p[0])) if n >= MIN_COUNT][:CONTEXTS]
    e = vectors(cooccurrence(texts, {w: i for i, w in enumerate(words)}))[:WORDS]
    label = KMeans(CLUSTERS, random_state=1, n_init=1, max_iter=40).fit(e).labels_
    number = {}
    for i in range(WORDS):  # clusters are numbered by their most frequent word
        number.setdefault(label[i], len(number))
    print("# Words of news by cluster, made by scripts/clusters.py: word <TAB> cluster. Sorted by word.")
    for w, i in sorted((w, i) for i, w in enumerate(words[:WORDS])):
        if w[0].isalpha() and w != "NUM":
            print(f"{w}\t{number[label[i]]}")


if __name__ == "__main__":
    main()
