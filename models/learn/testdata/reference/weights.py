"""Writes weights.json: a small sparse problem and what scikit-learn 1.9.1 learns from it.

Run in this folder: python3 weights.py
"""

import json

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

ROWS, COLS, CLASSES = 150, 40, 3
rng = np.random.default_rng(3)
x = sparse.random(ROWS, COLS, density=0.15, random_state=3, format="csr", data_rvs=lambda n: rng.integers(1, 4, n))
x.data /= 2  # exact in binary
truth = rng.normal(size=(COLS, CLASSES))
y = (x @ truth + rng.gumbel(size=(ROWS, CLASSES)) * 0.7 + [0.5, 0, -0.5]).argmax(axis=1)
weight = rng.integers(1, 9, ROWS) / 4
assert x.has_sorted_indices and (x.getnnz(axis=0) > 0).all()


def logistic(answers, c, **more):
    m = LogisticRegression(C=c, tol=1e-12, max_iter=100000, solver="newton-cg", **more)
    m.fit(x, answers, sample_weight=weight)
    return {"c": c, "weights": m.coef_.tolist(), "bias": m.intercept_.tolist()}


def svm(c):
    m = LinearSVC(C=c, tol=1e-10, max_iter=1000000, random_state=0)
    m.fit(x, y, sample_weight=weight)
    return {"c": c, "weights": m.coef_.tolist(), "bias": m.intercept_.tolist()}


def bayes(alpha):
    m = ComplementNB(alpha=alpha)
    m.fit(x, y, sample_weight=weight)
    prior = np.bincount(y, weights=weight) / weight.sum()
    return {"alpha": alpha, "weights": m.feature_log_prob_.tolist(), "bias": np.log(prior).tolist()}


rows = [{"Index": x[i].indices.tolist(), "Value": x[i].data.tolist()} for i in range(ROWS)]
json.dump(
    {
        "cols": COLS,
        "rows": rows,
        "answers": y.tolist(),
        "weight": weight.tolist(),
        "logistic": [logistic(y, 0.1), logistic(y, 1.0), logistic(y, 10.0)],
        "balanced": logistic(y, 1.0, class_weight="balanced"),
        # Two classes: scikit-learn has one weight vector, and the softmax objective is its with C doubled.
        "binary": logistic((y == 0).astype(int), 2.0),
        "svm": [svm(0.1), svm(1.0)],
        "bayes": [bayes(1.0), bayes(0.25)],
    },
    open("weights.json", "w"),
)
