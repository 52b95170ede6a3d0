"""Runs each example whose engine is installed and holds its rows against those of one filter over all articles."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from stance_filter import binary, run

HERE = Path(__file__).resolve().parent
COLUMNS = ["article_id", "country", "topic", "stance", "p_supportive", "content_sha256"]
EXAMPLES = [("ray_data.py", "ray", "rows"), ("dask_dataframe.py", "dask", "rows.parquet"), ("duckdb_query.py", "duckdb", None),
            ("files.sh", "pyarrow", "streams")]


def stance(rows: pa.Table) -> Counter:
    kept = [r for r in rows.select(["dataset", *COLUMNS]).to_pylist() if r["dataset"] == "stance"]
    return Counter(tuple(r[c] for c in COLUMNS) for r in kept)


def read_rows(path: Path) -> pa.Table:
    if path.name == "streams":
        parts = [pa.ipc.open_stream(p.read_bytes()).read_all() for p in sorted(path.glob("*.arrows"))]
        if any(not json.loads(p.column("end")[-1].as_py())["crc32"] for p in parts):
            raise SystemExit("a stream without its end mark")
        return pa.concat_tables(parts)
    return pq.read_table(path)


def main() -> int:
    articles = [json.loads(line) for p in sorted((HERE / "../../datasets/sample").glob("articles-*.jsonl")) for line in open(p, encoding="utf-8")]
    table = pa.Table.from_pylist([{"id": a["id"], "title": a.get("title"), "text": a["text"], "published_at": a.get("published_at")}
                                  for a in articles])
    want = stance(pa.Table.from_batches(run("articles", table.schema, iter(table.to_batches()), ["--date", "2026-03-29"])))
    by_stance = Counter((c, t, s) for _, c, t, s, _, _ in want.elements() if s is not None)
    passed = failed = skipped = 0
    for script, engine, out in EXAMPLES:
        if importlib.util.find_spec(engine) is None:
            print(f"--   {script}: {engine} is not installed")
            skipped += 1
            continue
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, "articles.parquet")
            pq.write_table(table, source)
            target = Path(folder, out or "none")
            command = [str(HERE / script), str(target), str(source)] if script.endswith(".sh") else \
                [sys.executable, str(HERE / script), str(source), str(target)]
            paths = [os.path.dirname(binary()), os.path.dirname(sys.executable), os.environ["PATH"]]
            done = subprocess.run(command, capture_output=True, text=True, cwd=folder, env={**os.environ, "PATH": ":".join(paths)})
            if out is None:
                same = done.returncode == 0 and done.stdout.strip() == str([(*k, n) for k, n in sorted(by_stance.items())])
            else:
                same = done.returncode == 0 and stance(read_rows(target)) == want
            print(f"{'ok  ' if same else 'FAIL'} {script}: {sum(want.values())} rows" + ("" if same else f"\n{done.stdout}\n{done.stderr[-3000:]}"))
            passed, failed = passed + same, failed + (not same)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
