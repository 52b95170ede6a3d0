"""Times scikit-learn's solvers on the problem of BenchmarkLogistic (synthetic in logistic_test.go), one thread.

Run: OMP_NUM_THREADS=1 python3 timing.py, beside go test -run - -bench Logistic -cpu 1 stance/models/learn
Tolerances mean different things to different solvers, so the objective each has reached is printed; its minimum is
12502.59, and ours stops at 12502.70.
"""

import statistics
import time
import warnings

import numpy as np
from scipy import sparse, special
from sklearn.linear_model import LogisticRegression

ROWS, COLS, PER, CLASSES = 12000, 300000, 300, 4
warnings.simplefilter("ignore")


def splitmix(n):
    with np.errstate(over="ignore"):
        z = (n.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def unit(n):
    return (splitmix(n) >> np.uint64(11)).astype(float) / 2**53


u = unit(np.arange(ROWS * PER)).reshape(ROWS, PER)
columns = [np.unique(row) for row in (COLS * (u * u * u * u)).astype(int)]
x = sparse.csr_matrix(
    (
        np.concatenate([np.full(len(c), 1 / np.sqrt(len(c))) for c in columns]),
        np.concatenate(columns),
        np.concatenate([[0], np.cumsum([len(c) for c in columns])]),
    ),
    shape=(ROWS, COLS),
)
mark = splitmix(np.arange(COLS) + 2**40) % np.uint64(8)
votes = np.stack([[(mark[c] == k).sum() for k in range(CLASSES)] for c in columns]).astype(float)
votes += 8 * unit(np.arange(ROWS * CLASSES) + 2**41).reshape(ROWS, CLASSES)
y = votes.argmax(axis=1)


def objective(m):
    z = x @ m.coef_.T + m.intercept_
    return 0.5 * (m.coef_**2).sum() + (special.logsumexp(z, axis=1) - z[np.arange(ROWS), y]).sum()


print("entries", x.nnz, "rows by class", np.bincount(y))
for solver, tol in [("lbfgs", 1e-4), ("newton-cg", 1e-4), ("saga", 1e-3)]:
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        m = LogisticRegression(C=1.0, solver=solver, tol=tol, max_iter=1000).fit(x, y)
        seconds.append(time.perf_counter() - start)
    print(f"{solver:10} {statistics.median(seconds):6.2f} s  {m.n_iter_} iterations, objective {objective(m):.4f}")
