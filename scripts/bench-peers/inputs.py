#!/usr/bin/env python3
"""Makes the inputs of the comparison: three mixes of articles, as JSONL, and what the peers learn from.

    inputs.py FOLDER BYTES

    night     unlabelled news as it comes; without it, one article in 33 on a topic
    on-topic  articles that name a topic
    long      the night's articles joined to 8 KB
"""
import gzip
import itertools
import json
import pathlib
import random
import re
import sys

ON_TOPIC = re.compile(r"ukrain|taiwan", re.IGNORECASE)  # two terms of config.yaml; peers do not need them
LONG = 8000  # bytes of a long article


def load(lines):
    return [{"id": a.get("id"), "title": a.get("title") or "", "text": a.get("text") or "", "labels": a.get("labels") or []}
            for a in map(json.loads, lines)]


def sample(root):
    """The labelled articles of the repository."""
    return [a for path in sorted((root / "datasets/sample").glob("labelled-*.jsonl")) for a in load(path.open())]


def examples(articles):
    """Texts and stances that the peers learn from."""
    return [(text_of(a), label["stance"]) for a in articles for label in a["labels"] if "stance" in label]


def text_of(article):
    return " ".join((article["title"] + " " + article["text"]).split())


def unlabelled(root):
    found = sorted((root / "../shared/corpora/unlabelled-news").glob("*.jsonl.gz"))
    if not found:
        return []
    with gzip.open(found[0], "rt") as lines:
        articles = load(lines)
    random.Random(1).shuffle(articles)
    return articles


def without_names(article):
    """The article with a plain word for each capitalised one: it names no topic and no country."""
    return {**article, **{k: re.sub(r"\b[A-Z]\w*", "harbour", article[k]) for k in ("title", "text")}}


def joined(articles):
    """Articles of LONG bytes made of those that follow each other."""
    title, texts, size = None, [], 0
    for a in articles:
        title = title or a["title"]
        texts.append(a["title"] + ". " + a["text"])
        size += len(texts[-1].encode())
        if size >= LONG:
            yield {"title": title, "text": "\n\n".join(texts)}
            title, texts, size = None, [], 0


def mixes(root):
    labelled, news = sample(root), unlabelled(root)
    on_topic = [a for a in news + labelled if ON_TOPIC.search(text_of(a))]
    if not news:
        news = [a if i % 33 == 0 else without_names(a) for i, a in enumerate(labelled)]
    return {"night": news, "on-topic": on_topic, "long": list(joined(news))}


def write(path, articles, size):
    """Writes articles, again and again under new ids and titles, until the file has size bytes."""
    written = 0
    with path.open("w") as out:
        for n, a in enumerate(itertools.cycle(articles)):
            again = n // len(articles)
            title = f"{a['title']} {again}" if again else a["title"]
            line = json.dumps({"id": str(n), "title": title, "text": a["text"]}, ensure_ascii=False) + "\n"
            out.write(line)
            written += len(line.encode())
            if written >= size:
                return


def root():
    return pathlib.Path(__file__).resolve().parents[2]


def main(folder, size):
    for name, articles in mixes(root()).items():
        write(pathlib.Path(folder) / f"{name}.jsonl", articles, int(size))
    write(pathlib.Path(folder) / "start.jsonl", [{"title": "Ferry", "text": "The ferry to Ukraine left on time."}], 1)


if __name__ == "__main__":
    main(*sys.argv[1:])
