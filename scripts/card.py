#!/usr/bin/env python3
"""Fills README.md and docs/model.md with what their commands print, between <!-- begin NAME --> and <!-- end NAME -->.

  make card        (python3 scripts/card.py stance:../shared/corpora/stance-news/dev.jsonl)

Python, SQL, YAML and text blocks of the README are run as they stand there. Without the corpus the card is left as it is.
Needs pandas, polars and duckdb.
"""
import contextlib, io, os, re, subprocess, sys, tempfile
import duckdb, pandas, polars

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def run(*args):
    return subprocess.run(args, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def blocks(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.M | re.S)


def fill(text, name, content):
    begin, end = f"<!-- begin {name} -->\n", f"<!-- end {name} -->"
    if text.count(begin) != 1 or text.count(end) != 1:
        sys.exit(f"card.py: the document needs one block {name}")
    head, rest = text.split(begin)
    return head + begin + "\n" + content + "\n" + end + rest.split(end)[1]


def fenced(text):
    return "```\n" + "\n".join(line.rstrip() for line in text.strip("\n").split("\n")) + "\n```\n"


def printed(code):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(code, {})
    return out.getvalue()


def topic_table(readme, folder):
    """The answers to the README's invented report with the README's topic."""
    config, article, out = (os.path.join(folder, n) for n in ("topic.yaml", "article.txt", "topic"))
    for path, language in (config, "yaml"), (article, "text"):
        with open(path, "w", encoding="utf-8") as f:
            f.write(blocks(readme, language)[0])
    run("go", "run", "./cmd/classify", article, "--config", config, "--out", out, "--date", "2026-02-11", "--quiet")
    rows = ["| country | role | stance | score | evidence |", "|---|---|---|---|---|"]
    for r in pandas.read_parquet(os.path.join(out, "stance", "v1")).itertuples():
        judged = not pandas.isna(r.stance)
        stance, score, evidence = (r.stance, f"{r.stance_score:+.2f}", r.evidence_text) if judged else ("null", "", "")
        rows.append(f"| {r.country_name} | {r.country_role} | {stance} | {score} | {evidence} |")
    return "\n".join(rows) + "\n"


def refresh_readme():
    path = os.path.join(ROOT, "README.md")
    with open(path, encoding="utf-8") as f:
        text = f.read()
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out")
        screen = run("go", "run", "./cmd/classify", "--out", out, "--date", "2026-03-29")
        os.chdir(folder)
        text = fill(text, "screen", fenced(screen.replace(out, "out")))
        python = blocks(text, "python")
        text = fill(text, "pandas", fenced(printed(python[0])))
        printed(python[1])
        text = fill(text, "duckdb", fenced(str(duckdb.sql(blocks(text, "sql")[0].rstrip("; \n")))))
        text = fill(text, "topic", topic_table(text, folder))
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def refresh_model(corpus):
    path = os.path.join(ROOT, "docs", "model.md")
    with open(path, encoding="utf-8") as f:
        text = f.read()
    card = run("go", "run", "./cmd/train", "inspect") + "\n" + run(
        "go", "run", "./cmd/train", "evaluate", "--quiet", "--swap", "--corpus", corpus)
    with open(path, "w", encoding="utf-8") as f:
        f.write(fill(text, "card", fenced(card)))


refresh_readme()
if os.path.exists(os.path.join(ROOT, sys.argv[1].partition(":")[2])):
    refresh_model(sys.argv[1])
else:
    print("card.py: docs/model.md left as it is: no corpus", sys.argv[1], file=sys.stderr)
