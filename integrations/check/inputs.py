"""The articles that Spark and one machine both answer for."""

from __future__ import annotations

import glob
import gzip
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parents[2]
NIGHT = ROOT.parent / "shared" / "corpora" / "unlabelled-news"


def sample() -> list:
    lines = []
    for path in sorted(glob.glob(str(ROOT / "datasets/sample/articles-*.jsonl"))):
        lines += [json.loads(line) for line in open(path, encoding="utf-8")]
    return [
        {
            "id": a["id"],
            "title": a.get("title"),
            "text": a.get("text"),
            "published_at": a.get("published_at"),
            "source": a.get("source"),
            "url": a.get("url"),
        }
        for a in lines
    ]


def hostile() -> list:
    """Rows that are none, ids that repeat, and stories that cross files, partitions and days."""
    story = (
        "The foreign minister of Poland said on Sunday that Warsaw would send more air "
        "defence systems to Ukraine before "
        "the winter comes, and urged Germany and France to follow."
    )
    rows = [
        {"id": "a", "title": "Aid", "text": story, "published_at": "2026-03-29T10:00:00Z"},
        {
            "id": "b",
            "title": "Aid again",
            "text": story + " Aides agreed.",
            "published_at": "2026-03-28T10:00:00+02:00",
        },
        {
            "id": "a",
            "title": "Aid",
            "text": "The same id in the same file: Hungary blocked the sanctions on Russia.",
        },
        {"id": None, "title": "No id", "text": "China warned Taiwan against independence."},
        {"id": "c", "title": None, "text": None},
        {"id": "d", "title": "  ", "text": "\u200b"},
        {"id": "e"},
        {"id": "f", "title": "nan", "text": "None", "published_at": "soon"},
        {
            "id": "g",
            "title": "Zero \x00 byte",
            "text": "\ufeffJapan \u202e criticised \x07 Russia over Ukraine.\x1b[31m",
        },
        {"id": "h", "title": "Long id", "text": "Short.", "source": "s" * 9000},
        {
            "id": "i" * 5000,
            "title": "Huge",
            "text": (story + " ") * 6000,
            "published_at": "03/04/2026",
        },
        {"id": "j", "title": "Too huge", "text": "x" * (17 << 20)},
        {
            "id": "k",
            "title": "\U0001f1fa\U0001f1e6" * 50,
            "text": "乌克兰 🇺🇦 " * 300,
            "published_at": "0000-00-00",
        },
        {
            "id": "l'\"; --",
            "title": "<script>",
            "text": "<p>Turkey &amp; Iran condemned Israel\u2019s strikes on Gaza</p>",
            "url": "http://x/?a=1,2;3\n",
        },
    ]
    for i in range(300):  # copies that disagree, published on three days
        rows.append(
            {
                "id": f"n{i}",
                "title": "Copy",
                "published_at": f"2026-03-{27 + i % 3}T0{i % 10}:00:00Z",
                "text": story
                + f" Story {i % 30} stands in number {i % 30} of the list."
                + (" France refused." if i % 4 == 0 else ""),
            }
        )
    return [
        {k: r.get(k) for k in ("id", "title", "text", "published_at", "source", "url")}
        for r in rows
    ]


def night(n: int) -> list:
    """Real items where there are some, else the sample with other names."""
    rows = []
    for path in sorted(NIGHT.glob("*.jsonl.gz")) if NIGHT.is_dir() else []:
        for line in gzip.open(path, "rt", encoding="utf-8"):
            a = json.loads(line)
            rows.append(
                {k: a.get(k) for k in ("id", "title", "text", "published_at", "source", "url")}
            )
            if len(rows) == n:
                return rows
    seed = sample()
    while len(rows) < n:
        a = dict(seed[len(rows) % len(seed)])
        a["id"], a["text"] = (
            f"{a['id']}-{len(rows)}",
            f"{a['text']} Edition {len(rows) % 97} of {len(rows) % 89} went out.",
        )
        rows.append(a)
    return rows


def write(folder: Path, rows: list, files: int = 2) -> Path:
    folder.mkdir(parents=True)
    schema = pa.schema(
        [(c, pa.string()) for c in ("id", "title", "text", "published_at", "source", "url")]
    )
    per = -(-len(rows) // files)
    for i in range(files):
        table = pa.Table.from_pylist(rows[i * per : (i + 1) * per], schema=schema)
        pq.write_table(table, folder / f"part-{i}.parquet", row_group_size=2000)
    return folder
