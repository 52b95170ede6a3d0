#!/usr/bin/env python3
"""Answers the questions of `train benchmark --questions` with two usual systems, and writes their macro-F1 as JSON.

    baselines.py QUESTIONS_FOLDER OUT.json

Systems: scikit-learn's TF-IDF over words and bigrams with logistic regression, and fastText with bigrams. Each reads the
text as it is ("plain") and with the source and target spans replaced by a marker ("marked").
"""
import json
import pathlib
import sys
import tempfile

import fasttext
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.pipeline import make_pipeline


def marked(question):
    """The text with its spans, which count bytes, replaced by markers."""
    raw = question["text"].encode()
    spans = [(question["source"], b" SRCSPAN "), (question["target"], b" TGTSPAN ")]
    spans = [(s["Start"], s["End"], name) for s, name in spans if s["End"] > s["Start"]]
    last = len(raw)
    for start, end, name in sorted(spans, reverse=True):
        raw = raw[:start] + name + raw[min(end, last):]
        last = start
    return raw.decode()


def plain(question):
    return question["text"]


def logistic(texts, answers, test):
    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2, lowercase=True),
        LogisticRegression(max_iter=300, class_weight="balanced"),
    )
    return list(model.fit(texts, answers).predict(test))


def fast_text(texts, answers, test):
    """One thread, so that the same input gives the same answers."""
    clean = [" ".join(t.lower().split()) for t in texts]
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        for text, answer in zip(clean, answers):
            file.write(f"__label__{answer} {text}\n")
        file.flush()
        model = fasttext.train_supervised(file.name, wordNgrams=2, epoch=25, lr=0.5, dim=50, bucket=200000, thread=1, verbose=0)
    # model.f.predict is what model.predict calls before it builds an array that newer numpy refuses
    return [model.f.predict(" ".join(t.lower().split()) + "\n", 1, 0.0, "strict")[0][1].removeprefix("__label__") for t in test]


SYSTEMS = [
    ("tfidf-logistic, plain", plain, logistic),
    ("tfidf-logistic, marked", marked, logistic),
    ("fasttext, plain", plain, fast_text),
    ("fasttext, marked", marked, fast_text),
]


def main(folder, out):
    results = {}
    for path in sorted(pathlib.Path(folder).glob("*.json")):
        bench = json.loads(path.read_text())
        questions = bench["questions"]
        results[bench["name"]] = {}
        for name, text_of, system in SYSTEMS:
            texts = [text_of(q) for q in questions]
            want, got = [], []
            for d in bench["divisions"]:
                got += system([texts[i] for i in d["train"]], [questions[i]["answer"] for i in d["train"]],
                              [texts[i] for i in d["test"]])
                want += [questions[i]["answer"] for i in d["test"]]
            results[bench["name"]][name] = round(f1_score(want, got, average="macro"), 4)
            print(f"{bench['name']:16} {name:24} macro-F1 {results[bench['name']][name]:.3f}", flush=True)
    pathlib.Path(out).write_text(json.dumps(results, indent=2) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
