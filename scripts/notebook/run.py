"""Executes notebooks/stance.ipynb over the labelled samples.

    python run.py CLASSIFY WORK [--write]

publishes the samples as eleven runs under WORK, and some of them again as
reprints, runs every cell from a clean kernel, and every query of docs/sql.md.
A cell or query that fails ends with its words. --write keeps the outputs in the
notebook; without it they must only come about.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "datasets" / "sample"
NOTEBOOK = ROOT / "notebooks" / "stance.ipynb"


def reprints(path):
    """Some articles as up to four other outlets print them."""
    with path.open("w", encoding="utf-8") as f:
        for i, line in enumerate((SAMPLE / "labelled-5.jsonl").read_text(encoding="utf-8").splitlines()[:40]):
            a = json.loads(line)
            for n in range(i % 5):
                f.write(json.dumps(a | {"id": f"{a['id']}-{n}", "source": f"Reprint {n}"}) + "\n")


def publish(classify, work):
    """Publishes each file as a run, and the dimension tables."""
    reprints(work / "reprints.jsonl")
    files = [SAMPLE / f"labelled-{i}.jsonl" for i in range(1, 12)] + [work / "reprints.jsonl"]
    for day, file in enumerate(files, 19):
        subprocess.run([classify, str(file), "--out", str(work / "out"), "--date", f"2026-03-{day}", "-q"],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    subprocess.run([classify, "dimensions", str(work / "out")], check=True, stdout=subprocess.DEVNULL)


def queries(classify, work):
    """Runs the queries of docs/sql.md over the views that classify export makes."""
    import duckdb
    text = (ROOT / "docs" / "sql.md").read_text(encoding="utf-8")
    views = subprocess.run([classify, "export", str(work / "out"), "--format", "duckdb"], check=True, capture_output=True, text=True).stdout
    db = duckdb.connect()
    db.execute(views)
    blocks = re.findall(r"^```sql\n(.*?)^```", text, re.M | re.S)
    for sql in blocks:
        rows = db.execute(sql).fetchall()
        if not rows and not sql.startswith(("-- may be empty", "create")):
            sys.exit(f"docs/sql.md: no row of\n{sql}")
    return len(blocks)


def main():
    classify, work = os.path.abspath(sys.argv[1]), Path(sys.argv[2]).resolve()
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    publish(classify, work)
    os.environ["STANCE_OUT"] = str(work / "out")
    book = nbformat.read(NOTEBOOK, as_version=4)
    NotebookClient(book, timeout=300, kernel_name="python3", record_timing=False,
                   resources={"metadata": {"path": str(NOTEBOOK.parent)}}).execute()
    if "--write" in sys.argv:
        book.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"}}
        nbformat.write(book, NOTEBOOK)
    print(f"notebook: {sum(c.cell_type == 'code' for c in book.cells)} cells and {queries(classify, work)} queries of docs/sql.md run")


main()
