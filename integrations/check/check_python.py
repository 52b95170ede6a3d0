"""Holds what the package stance gives against what one machine publishes, and runs each example."""

from __future__ import annotations

import glob
import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import stance
from inputs import ROOT, hostile, sample, write
from plain import BINARY, DATASETS, DATE, Plain
from report import Report
from rows import differences, same, words

EXAMPLES = ROOT / "integrations" / "examples"
COLUMNS = ["article_id", "country", "topic", "stance", "p_supportive", "content_sha256"]
#: Script, what it needs, and where it writes its rows.
ENGINES = [
    ("ray_data.py", "ray", "rows"),
    ("dask_dataframe.py", "dask", "rows.parquet"),
    ("duckdb_query.py", "duckdb", None),
    ("files.sh", "pyarrow", "streams"),
]


def publish(made: stance.Tables, lake: Path) -> None:
    for name in DATASETS:
        folder = lake / name / "v1" / f"dt={DATE}"
        folder.mkdir(parents=True, exist_ok=True)
        pq.write_table(getattr(made, name), folder / "part.parquet")


def placed(folder: Path) -> pa.Table:
    """The articles of a folder, with the places that the program gives them."""
    parts = []
    for path in sorted(folder.glob("*.parquet")):
        part = pq.read_table(path)
        part = part.append_column("_stance_file", pa.repeat(str(path), part.num_rows))
        parts.append(
            part.append_column("_stance_line", pa.array(range(1, part.num_rows + 1), pa.int64()))
        )
    return pa.concat_tables(parts)


def check_tables(report: Report, name: str, plain: Plain, lake: Path, **options) -> None:
    begun = time.monotonic()
    publish(stance.tables(placed(plain.folder), date=DATE, run_id=plain.run_id, **options), lake)
    found = differences(lake, plain)
    report.line(name, same(found), words(found), begun)


def check_calls(report: Report) -> None:
    """What else a caller may give, and what must be refused."""
    begun = time.monotonic()
    table = pa.Table.from_pylist(sample())
    want = stance.read(table, date=DATE)
    reader = pa.RecordBatchReader.from_batches(table.schema, table.to_batches(max_chunksize=7))
    frame = table.to_pandas()
    got = [
        stance.read(reader, date=DATE),
        stance.read(frame, date=DATE),
        stance.read(table.rename_columns({"text": "main"}), date=DATE, map={"text": "main"}),
    ]
    columns = [c for c in want.column_names if c not in ("run_id", "config_sha256")]
    ok = all(g.select(columns).equals(want.select(columns)) for g in got) and want.num_rows > 0
    report.line(
        "a reader, a DataFrame of pandas, a mapped column", ok, f"{want.num_rows} rows each", begun
    )
    empty = stance.tables(table.slice(0, 0), date=DATE)
    nothing = all(getattr(empty, n).num_rows == 0 for n in DATASETS)
    schemas = empty.stance.schema.equals(stance.tables(table, date=DATE).stance.schema)
    report.line("no articles", nothing and schemas, "four tables without rows", begun)
    try:
        stance.read(table.select(["id"]), date=DATE)
        report.line("a table without a text", False, "no error", begun)
    except stance.ChildError as error:
        report.line(
            "a table without a text",
            "ended with 12" in str(error),
            str(error).splitlines()[0][:80],
            begun,
        )


def stance_rows(rows: pa.Table) -> Counter:
    kept = [r for r in rows.select(["dataset", *COLUMNS]).to_pylist() if r["dataset"] == "stance"]
    return Counter(tuple(r[c] for c in COLUMNS) for r in kept)


def read_rows(path: Path) -> pa.Table:
    if path.name != "streams":
        return pq.read_table(path)
    parts = [pa.ipc.open_stream(p.read_bytes()).read_all() for p in sorted(path.glob("*.arrows"))]
    if not all(p.column("end")[-1].is_valid for p in parts):
        raise SystemExit("a stream without its end mark")
    return pa.concat_tables(parts)


def check_example(
    report: Report, script: str, out: str | None, table: pa.Table, folder: Path
) -> None:
    """Runs an example as its head says, and holds its rows against those of one filter."""
    begun = time.monotonic()
    want = stance_rows(stance.read(table, date=DATE))
    source, target = folder / "articles.parquet", folder / (out or "none")
    pq.write_table(table, source)
    command = [sys.executable, str(EXAMPLES / script), str(source), str(target)]
    if script.endswith(".sh"):
        command = [str(EXAMPLES / script), str(target), str(source)]
    path = ":".join([os.path.dirname(BINARY), os.path.dirname(sys.executable), os.environ["PATH"]])
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=folder, env={**os.environ, "PATH": path}
    )
    if out is None:
        counted = Counter((c, t, s) for _, c, t, s, _, _ in want.elements() if s is not None)
        ok = done.stdout.strip() == str([(*k, n) for k, n in sorted(counted.items())])
    else:
        ok = done.returncode == 0 and stance_rows(read_rows(target)) == want
    ok = ok and done.returncode == 0
    report.line(script, ok, f"{sum(want.values())} rows" if ok else done.stderr[-3000:], begun)


def main() -> int:
    report, begun = Report(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="python-check-") as folder:
        work = Path(folder)
        for name, rows in (("sample", sample()), ("hostile", hostile())):
            check_tables(
                report, f"tables, {name}", Plain(write(work / name, rows), work), work / "lake"
            )
        again = Plain(work / "hostile", work, after="2026-03-27")
        history = pa.concat_tables(
            map(
                pq.ParquetFile.read,
                map(pq.ParquetFile, glob.glob(again.path("articles", "2026-03-27") + "/*")),
            )
        )
        check_tables(
            report,
            "tables, hostile, told by an earlier date",
            again,
            work / "lake",
            history=history,
        )
        check_calls(report)
        table = pa.Table.from_pylist(
            [{k: a[k] for k in ("id", "title", "text", "published_at")} for a in sample()]
        )
        for script, engine, out in ENGINES:
            if importlib.util.find_spec(engine) is None:
                report.skip(script, f"{engine} is not installed")
                continue
            own = work / script
            own.mkdir()
            check_example(report, script, out, table, own)
    print(f"{report.closing()} in {time.monotonic() - begun:.0f} s")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
