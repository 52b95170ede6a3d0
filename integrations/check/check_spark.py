"""Holds what Spark publishes against what one machine does, also when workers are killed.

`make spark-check` runs it. Each check prints a line; one that fails ends the program with 1.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable

import pyspark
from cluster import Cluster, Killer, running, session
from faults import check_faults
from inputs import hostile, night, sample, write
from lake import PACKAGES, check_parquet, check_table_formats
from plain import BINARY, Plain, measured, slow
from report import Report
from shapes import compare, reordered, skewed

SPARK = Path(__file__).resolve().parents[1] / "spark"
#: What filters may cost above the plain binary, and hold.
OVERHEAD, MEMORY_MIB = 0.10, 200


def check_local(report: Report, plains: dict, work: Path) -> None:
    """One machine: the shapes that a DataFrame can have."""
    hostiles, lake = plains["hostile"], work / "lake"
    spark = session("local[2]")
    compare(report, spark, "local[2], sample", plains["sample"], lake)
    compare(report, spark, "local[2], hostile", hostiles, lake)
    for n in (1, 64):
        compare(
            report,
            spark,
            f"local[2], hostile in {n} partitions",
            hostiles,
            lake,
            lambda df, n=n: df.repartition(n),
        )
    compare(report, spark, "local[2], hostile, skewed and empty partitions", hostiles, lake, skewed)
    compare(report, spark, "local[2], hostile, other columns", hostiles, lake, reordered)
    again = Plain(hostiles.folder, work, after="2026-03-27")
    history = spark.read.parquet(again.path("articles", "2026-03-27"))
    compare(
        report, spark, "local[2], hostile, told by an earlier date", again, lake, history=history
    )
    if "night" in plains:
        begun = time.monotonic()
        compare(report, spark, "local[2], night", plains["night"], lake, binary=measured(work))
        check_overhead(report, work, plains["night"], time.monotonic() - begun)
    check_faults(report, spark, hostiles.folder, work)
    check_parquet(report, spark, hostiles, work)
    check_notebook(report, spark)
    spark.stop()


def check_overhead(report: Report, work: Path, plain: Plain, wall: float) -> None:
    """The CPU of all filters against that of the plain binary over the same articles."""
    begun = time.monotonic()
    usage = [line.split() for line in (work / "usage").read_text().splitlines()]
    cpu = sum(float(c) for _, c, _ in usage)
    peak = max(int(m) for f, _, m in usage if f == "articles") / 1024
    extra = cpu / plain.cpu - 1
    words = (
        f"CPU of one machine {plain.cpu:.1f} s, of {len(usage)} filters "
        f"{cpu:.1f} s ({extra:+.0%}); "
        f"wall {plain.seconds:.1f} s and {wall:.1f} s; a filter takes {peak:.0f} MiB at most"
    )
    report.line("overhead", extra <= OVERHEAD and peak <= MEMORY_MIB, words, begun)


def check_notebook(report: Report, spark) -> None:
    """The cells of the example notebook run as they stand."""
    begun, folder = time.monotonic(), os.getcwd()
    cells = json.loads((SPARK / "stance_spark.ipynb").read_text(encoding="utf-8"))["cells"]
    code = ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]
    scope: dict = {"display": lambda *_: None}
    os.chdir(SPARK)
    try:
        for text in code:
            exec(compile(text, "stance_spark.ipynb", "exec"), scope)  # noqa: S102
        report.line("the example notebook", True, f"{len(code)} cells", begun)
    except Exception as error:  # noqa: BLE001: a cell may raise anything
        report.line("the example notebook", False, repr(error)[:400], begun)
    finally:
        os.chdir(folder)


def check_cluster(report: Report, plains: dict, work: Path) -> None:
    """Two workers, with kills in mid-task."""
    with Cluster() as cluster:
        spark = session(
            cluster.url,
            **{
                "spark.cores.max": "2",
                "spark.executor.cores": "1",
                "spark.executor.memory": "800m",
            },
        )
        compare(report, spark, "two workers, sample", plains["sample"], work / "lake")
        compare(
            report,
            spark,
            "two workers, hostile in 6 partitions",
            plains["hostile"],
            work / "lake",
            lambda df: df.repartition(6),
        )
        if "night" in plains:
            compare(report, spark, "two workers, night", plains["night"], work / "lake")
        parts, killer = 12, Killer(cluster)
        killer.start()
        compare(
            report,
            spark,
            "two workers, part of a night, with kills",
            plains["part"],
            work / "lake",
            lambda df: df.repartition(parts),
            binary=slow(work),
        )
        killer.stop.set()
        now = time.monotonic()
        # The driver starts one for the schema and each partition one: the rest are second tries.
        starts = (work / "starts").read_text().split().count("articles")
        retried = starts - 1 - parts
        ok = killer.killed == list(killer.victims) and retried > 0
        report.line(
            "killed in mid-task",
            ok,
            f"{', '.join(killer.killed)}; {retried} filters started again",
            now,
        )
        left = running(str(work), BINARY)
        report.line("no filter outlives its task", not left, f"{len(left)} left {left or ''}", now)
        spark.stop()


def check_lake(report: Report, folder: Path) -> None:
    """Iceberg and Delta, in a process of their own: Spark fetches packages before its JVM runs."""
    packages = PACKAGES.get(".".join(pyspark.__version__.split(".")[:2]))
    if packages is None:
        report.skip("Iceberg and Delta", "none for this Spark; pyspark 3.5 checks them")
        return
    command = [sys.executable, __file__, "--tables", str(folder), packages]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    print(done.stdout, end="", flush=True)
    report.passed += sum(line.startswith("ok ") for line in done.stdout.splitlines())
    report.failed += done.returncode != 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--articles", type=int, default=50_000, help="articles of the night; 0 leaves it out"
    )
    parser.add_argument(
        "--tables",
        nargs=2,
        metavar=("FOLDER", "PACKAGES"),
        help="check only Iceberg and Delta, with these packages",
    )
    parser.add_argument("--only", choices=("local", "cluster", "lake"), help="leave out the rest")
    options = parser.parse_args()
    work, report, begun = Path(tempfile.mkdtemp(prefix="spark-check-")), Report(), time.monotonic()
    try:
        if options.tables:
            check_table_formats(report, Path(options.tables[0]), work, options.tables[1])
            return 1 if report.failed else 0
        print(f"pyspark {pyspark.__version__}, a night of {options.articles} articles")
        rows = {"sample": sample(), "hostile": hostile(), "part": night(4000)}
        if options.articles:
            rows["night"] = night(options.articles)
        plains = {name: Plain(write(work / name, r), work) for name, r in rows.items()}
        if options.only in (None, "local"):
            check_local(report, plains, work)
        if options.only in (None, "cluster"):
            check_cluster(report, plains, work)
        if options.only in (None, "lake"):
            check_lake(report, plains["sample"].folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print(f"{report.closing()} in {time.monotonic() - begun:.0f} s")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
