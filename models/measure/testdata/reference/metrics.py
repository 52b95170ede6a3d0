"""Writes metrics.json: answers and probabilities with their measures by scikit-learn 1.9.1, scipy 1.17.1 and numpy.

Run in this folder: python3 metrics.py
"""

import json

import numpy as np
from scipy import stats
from sklearn import metrics

rng = np.random.default_rng(7)
CLASSES = 4
ROWS = 200


def case(name, answers, probs):
    predicted = probs.argmax(axis=1)
    f1 = dict(zero_division=0)
    precision, recall, score, _ = metrics.precision_recall_fscore_support(answers, predicted, labels=range(CLASSES), **f1)
    confidence = probs.max(axis=1)
    bins = np.digitize(confidence, np.linspace(0, 1, 16), right=True) - 1
    ece = sum(
        (bins == b).sum() * abs(confidence[bins == b].mean() - (predicted == answers)[bins == b].mean())
        for b in range(15)
        if (bins == b).any()
    ) / len(answers)
    return {
        "name": name,
        "answers": answers.tolist(),
        "probs": probs.tolist(),
        "accuracy": metrics.accuracy_score(answers, predicted),
        "precision": precision.tolist(),
        "recall": recall.tolist(),
        "f1": score.tolist(),
        "macro_f1": metrics.f1_score(answers, predicted, average="macro", **f1),
        "ece": float(ece),
    }


def noisy(answers, columns):
    logits = rng.normal(size=(len(answers), CLASSES)) + 1.5 * np.eye(CLASSES)[answers]
    logits[:, columns:] -= 50
    probs = np.exp(logits)
    return probs / probs.sum(axis=1, keepdims=True)


def spearman(x, y):
    rho, p = stats.spearmanr(x, y)
    return {"x": list(map(float, x)), "y": list(map(float, y)), "rho": rho, "p": p}


full = rng.integers(0, CLASSES, ROWS)
narrow = rng.integers(0, 3, 60)
grades = rng.integers(0, 4, 40)
json.dump(
    {
        "cases": [
            case("four classes", full, noisy(full, 4)),
            case("class 3 in the answers, never predicted", full, noisy(full, 3)),
            case("class 3 nowhere", narrow, noisy(narrow, 3)),
        ],
        "spearman": [
            spearman(grades, grades + rng.normal(size=40)),
            spearman(grades[:12], rng.integers(0, 3, 12)),
            spearman([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]),
            spearman(np.arange(900), np.arange(900) + 2000 * rng.normal(size=900)),
        ],
    },
    open("metrics.json", "w"),
)
