#!/usr/bin/env python3
"""One peer as a whole process: it reads articles as JSONL and writes one answer a line.

    peer.py learn NAME MODEL           learns from the labelled sample
    peer.py NAME MODEL IN.jsonl OUT    answers
"""
import json
import pickle
import sys
import tempfile

BLOCK = 2000  # articles that are answered at once


def learn_fasttext(examples, model):
    import fasttext
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as f:
        f.writelines(f"__label__{answer} {text}\n" for text, answer in examples)
        f.flush()
        fasttext.train_supervised(f.name, wordNgrams=2, epoch=5, thread=1, verbose=0).save_model(model)


def load_fasttext(model):
    import fasttext
    fasttext.FastText.eprint = lambda _: None
    f = fasttext.load_model(model).f  # what model.predict calls before it builds an array that newer numpy refuses
    return lambda texts: [f.predict(text + "\n", 1, 0.0, "strict")[0][1] for text in texts]


def learn_scikit(vectorizer, examples, model):
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    fitted = make_pipeline(vectorizer, LogisticRegression(max_iter=200))
    fitted.fit([text for text, _ in examples], [answer for _, answer in examples])
    with open(model, "wb") as f:
        pickle.dump(fitted, f)


def learn_tfidf(examples, model):
    from sklearn.feature_extraction.text import TfidfVectorizer
    learn_scikit(TfidfVectorizer(ngram_range=(1, 2), min_df=2), examples, model)


def learn_hashing(examples, model):
    from sklearn.feature_extraction.text import HashingVectorizer
    learn_scikit(HashingVectorizer(ngram_range=(1, 2), n_features=1 << 18), examples, model)


def load_scikit(model):
    with open(model, "rb") as f:
        return pickle.load(f).predict


def load_vader(_):
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
    score = SentimentIntensityAnalyzer().polarity_scores
    return lambda texts: [score(text)["compound"] for text in texts]


PEERS = {  # name: (learn, load)
    "fasttext": (learn_fasttext, load_fasttext),
    "tfidf": (learn_tfidf, load_scikit),
    "hashing": (learn_hashing, load_scikit),
    "vader": (None, load_vader),
}


def answer(name, model, source, target):
    predict = PEERS[name][1](model)
    texts = []
    with open(source) as lines, open(target, "w") as out:
        def flush():
            out.writelines(f"{a}\n" for a in predict(texts))
            texts.clear()
        for line in lines:
            article = json.loads(line)
            texts.append(" ".join((article["title"] + " " + article["text"]).split()))
            if len(texts) == BLOCK:
                flush()
        if texts:
            flush()


def main(*args):
    if args[0] != "learn":
        return answer(*args)
    import inputs
    learn = PEERS[args[1]][0]
    if learn:
        learn(inputs.examples(inputs.sample(inputs.root())), args[2])


if __name__ == "__main__":
    main(*sys.argv[1:])
