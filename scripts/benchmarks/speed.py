#!/usr/bin/env python3
"""Measures how fast articles are classified, beside scikit-learn and fastText on the same texts, one core each, in turns.

    speed.py CLASSIFY CORPORA OUT.json [ARTICLES]

The articles are the first ones of unlabelled-news, a real mix of which most name no topic. `classify` does its whole work on
them: it reads JSON, cleans, looks for topics and countries, answers each pair, and writes four Parquet tables. The peers give one
answer to the bare text of each article, held in memory, with models learned from stance-news train.
"""
import gzip
import itertools
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import fasttext
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

ROUNDS = 5


def text_of(article):
    return " ".join((article["title"] + " " + article["text"]).split())


def training(corpora):
    texts, answers = [], []
    for line in (corpora / "stance-news" / "train.jsonl").open():
        article = json.loads(line)
        for label in article["labels"]:
            texts.append(text_of(article))
            answers.append(label["stance"])
    return texts, answers


def scikit_learn(texts, answers):
    model = make_pipeline(TfidfVectorizer(ngram_range=(1, 2), min_df=2), LogisticRegression(max_iter=200))
    model.fit(texts, answers)
    return lambda articles: model.predict(articles)


def fast_text(texts, answers, folder):
    path = folder / "train.txt"
    path.write_text("".join(f"__label__{a} {t}\n" for t, a in zip(texts, answers)))
    model = fasttext.train_supervised(str(path), wordNgrams=2, epoch=5, thread=1, verbose=0)
    return lambda articles: model.predict(articles)


def ours(classify, folder, lines):
    path = folder / "in.jsonl"
    path.write_text("".join(lines))
    number = itertools.count()
    env = {**os.environ, "GOMAXPROCS": "1"}
    return lambda _: subprocess.run([classify, path, "--out", folder / f"out{next(number)}", "--date", "2026-01-01", "--workers", "1",
                                     "--quiet"], check=True, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main(classify, corpora, out, articles="20000"):
    corpora = pathlib.Path(corpora)
    with gzip.open(next((corpora / "unlabelled-news").glob("*.jsonl.gz")), "rt") as f:
        lines = list(itertools.islice(f, int(articles)))
    texts = [text_of(json.loads(line)) for line in lines]
    size = sum(len(t.encode()) for t in texts) / 1e6
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        train = training(corpora)
        systems = {"classify, whole run": ours(classify, folder, lines), "scikit-learn, predict": scikit_learn(*train),
                   "fastText, predict": fast_text(*train, folder)}
        seconds = {system: [] for system in systems}
        for _ in range(ROUNDS):
            for system, run in systems.items():
                begun = time.perf_counter()
                run(texts)
                seconds[system].append(time.perf_counter() - begun)
    result = {"articles": len(texts), "megabytes": size, "rounds": ROUNDS,
              "seconds": {system: statistics.median(s) for system, s in seconds.items()}}
    pathlib.Path(out).write_text(json.dumps(result, indent=1) + "\n")
    for system, s in result["seconds"].items():
        print(f"{system:24} {s:6.2f} s  {size / s:6.2f} MB/s  {len(texts) / s:8.0f} articles/s")


if __name__ == "__main__":
    main(*sys.argv[1:])
