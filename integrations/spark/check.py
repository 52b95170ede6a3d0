"""Holds Spark's rows against those of the plain binary, also when workers are killed. `make spark-check` runs it.

Each check prints a line of a table. Anything that differs ends the program with 1.
"""

from __future__ import annotations

import argparse
import glob
import gzip
import json
import os
import resource
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable

import pyarrow as pa
import pyarrow.parquet as pq
import pyspark
from pyspark.sql import DataFrame, SparkSession, functions as F

import stance_spark as st
from stance_filter import binary

ROOT = Path(__file__).resolve().parents[2]
DATE = "2026-03-29"
NIGHT = ROOT.parent / "shared" / "corpora" / "unlabelled-news"
TABLE_FORMATS = {
    "3.5": "org.apache.iceberg:iceberg-spark-runtime-3.5_2.12:1.9.2,io.delta:delta-spark_2.12:3.3.2",
}
DATASETS = ("stance", "articles", "aggregates", "quarantine")
results: list = []


def report(name: str, ok: bool, words: str, begun: float) -> None:
    results.append(ok)
    print(f"{'ok  ' if ok else 'FAIL'} {name:<52} {time.monotonic() - begun:6.1f} s  {words}", flush=True)


# Inputs


def sample() -> list:
    lines = []
    for path in sorted(glob.glob(str(ROOT / "datasets/sample/articles-*.jsonl"))):
        lines += [json.loads(line) for line in open(path, encoding="utf-8")]
    return [{"id": a["id"], "title": a.get("title"), "text": a.get("text"), "published_at": a.get("published_at"),
             "source": a.get("source"), "url": a.get("url")} for a in lines]


def hostile() -> list:
    """Rows that are none, ids that repeat, and stories that cross files, partitions and days."""
    story = ("The foreign minister of Poland said on Sunday that Warsaw would send more air defence systems to Ukraine before "
             "the winter comes, and urged Germany and France to follow.")
    rows = [
        {"id": "a", "title": "Aid", "text": story, "published_at": "2026-03-29T10:00:00Z"},
        {"id": "b", "title": "Aid again", "text": story + " Aides agreed.", "published_at": "2026-03-28T10:00:00+02:00"},
        {"id": "a", "title": "Aid", "text": "The same id in the same file: Hungary blocked the sanctions on Russia."},
        {"id": None, "title": "No id", "text": "China warned Taiwan against independence."},
        {"id": "c", "title": None, "text": None}, {"id": "d", "title": "  ", "text": "\u200b"}, {"id": "e"},
        {"id": "f", "title": "nan", "text": "None", "published_at": "soon"},
        {"id": "g", "title": "Zero \x00 byte", "text": "\ufeffJapan \u202e criticised \x07 Russia over Ukraine.\x1b[31m"},
        {"id": "h", "title": "Long id", "text": "Short.", "source": "s" * 9000},
        {"id": "i" * 5000, "title": "Huge", "text": (story + " ") * 6000, "published_at": "03/04/2026"},
        {"id": "j", "title": "Too huge", "text": "x" * (17 << 20)},
        {"id": "k", "title": "\U0001f1fa\U0001f1e6" * 50, "text": "乌克兰 🇺🇦 " * 300, "published_at": "0000-00-00"},
        {"id": "l'\"; --", "title": "<script>", "text": "<p>Turkey &amp; Iran condemned Israel\u2019s strikes on Gaza</p>",
         "url": "http://x/?a=1,2;3\n"},
    ]
    for i in range(300):  # copies that disagree, published on three days
        rows.append({"id": f"n{i}", "title": "Copy", "published_at": f"2026-03-{27 + i % 3}T0{i % 10}:00:00Z",
                     "text": story + f" Story {i % 30} stands in number {i % 30} of the list." + (" France refused." if i % 4 == 0 else "")})
    return [{k: r.get(k) for k in ("id", "title", "text", "published_at", "source", "url")} for r in rows]


def night(n: int) -> list:
    """Real items where there are some, else the sample with other names."""
    rows = []
    for path in sorted(NIGHT.glob("*.jsonl.gz")) if NIGHT.is_dir() else []:
        for line in gzip.open(path, "rt", encoding="utf-8"):
            a = json.loads(line)
            rows.append({k: a.get(k) for k in ("id", "title", "text", "published_at", "source", "url")})
            if len(rows) == n:
                return rows
    seed = sample()
    while len(rows) < n:
        a = dict(seed[len(rows) % len(seed)])
        a["id"], a["text"] = f"{a['id']}-{len(rows)}", f"{a['text']} Edition {len(rows) % 97} of {len(rows) % 89} went out."
        rows.append(a)
    return rows


def write(folder: Path, rows: list, files: int = 2) -> Path:
    folder.mkdir(parents=True)
    schema = pa.schema([(c, pa.string()) for c in ("id", "title", "text", "published_at", "source", "url")])
    per = -(-len(rows) // files)
    for i in range(files):
        table = pa.Table.from_pylist(rows[i * per:(i + 1) * per], schema=schema)
        pq.write_table(table, folder / f"part-{i}.parquet", row_group_size=2000)
    return folder


# The plain binary and what stands in for it


class Plain:
    """What one machine publishes for a folder."""

    def __init__(self, folder: Path, work: Path, after: str = "") -> None:
        """``after`` is a date that is published before, from the same articles."""
        self.folder, self.out = folder, work / f"plain-{folder.name}{after}"
        if after:
            subprocess.run([binary(), *sorted(map(str, folder.glob("*.parquet"))), "--out", str(self.out), "--date", after, "--quiet"],
                           stdout=subprocess.DEVNULL)
        before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        code = subprocess.run([binary(), *sorted(map(str, folder.glob("*.parquet"))), "--out", str(self.out), "--date", DATE, "--quiet"],
                              stdout=subprocess.DEVNULL).returncode
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if code not in (0, 3):
            sys.exit(f"the plain binary ended with {code}")
        self.seconds = time.monotonic() - begun
        self.cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        first = pq.read_table(self.path("articles"), columns=["run_id"]).column(0)
        self.run_id = first[0].as_py()

    def path(self, dataset: str, date: str = DATE) -> str:
        return str(self.out / dataset / "v1" / f"dt={date}")


def wrapper(work: Path) -> str:
    """A binary that runs the real one and notes its CPU and memory, by filter."""
    path = work / "measured"
    path.write_text(f"""#!{sys.executable}
import os, resource, subprocess, sys
code = subprocess.call([{binary()!r}, *sys.argv[1:]])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open({str(work / 'usage')!r}, "a") as log:
    log.write(f"{{sys.argv[2]}} {{used.ru_utime + used.ru_stime}} {{used.ru_maxrss}}\\n")
sys.exit(code)
""")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def script(work: Path, name: str, text: str) -> str:
    path = work / name
    path.write_text(f"#!/bin/bash\n{text.replace('CLASSIFY', binary())}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


# Spark


def session(master: str, **conf: str) -> SparkSession:
    builder = SparkSession.builder.master(master).appName("spark-check")
    for key, value in {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "4", "spark.driver.host": "127.0.0.1",
                       "spark.driver.bindAddress": "127.0.0.1", "spark.sql.session.timeZone": "America/New_York",
                       "spark.ui.showConsoleProgress": "false", "spark.executor.memory": "1g", "spark.driver.memory": "2g",
                       **conf}.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    return spark


class Cluster:
    """A standalone master with two workers of one core each."""

    def __enter__(self) -> "Cluster":
        self.port = free_port()
        self.url = f"spark://127.0.0.1:{self.port}"
        self.logs = tempfile.TemporaryDirectory()
        self.processes = [self._start("master.Master", "--host", "127.0.0.1", "--port", str(self.port), "--webui-port", "0")]
        time.sleep(4)
        for i in range(2):
            self.processes.append(self._start("worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "1500m", "--webui-port", "0",
                                              "--work-dir", f"{self.logs.name}/work{i}", self.url))
        return self

    def _start(self, what: str, *arguments: str) -> subprocess.Popen:
        home = Path(pyspark.__file__).parent
        return subprocess.Popen([str(home / "bin/spark-class"), f"org.apache.spark.deploy.{what}", *arguments],
                                env={**os.environ, "SPARK_HOME": str(home)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def __exit__(self, *_: object) -> None:
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
        self.logs.cleanup()


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def descendants(roots: list) -> dict:
    """The command lines of all processes below roots, by id."""
    parents, commands = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
                commands[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
            except (OSError, IndexError):
                continue
    found = {}
    for pid in parents:
        above = pid
        while above in parents and above not in roots:
            above = parents[above]
        if above in roots and pid not in roots:
            found[pid] = commands[pid]
    return found


def slow(work: Path) -> str:
    """A binary that is fed slowly, so that there is a middle of a task to kill it in."""
    path = work / "slow"
    path.write_text(f"""#!{sys.executable}
import os, subprocess, sys, time
filter = subprocess.Popen([{binary()!r}, *sys.argv[1:]], stdin=subprocess.PIPE)
try:
    for piece in iter(lambda: os.read(0, 1 << 16), b""):
        filter.stdin.write(piece)
        filter.stdin.flush()
        time.sleep(0.1)
    filter.stdin.close()
except BrokenPipeError:
    pass
sys.exit(1 if filter.wait() else 0)
""")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


class Killer(threading.Thread):
    """Kills, each as soon as one is at work: a filter, the Python worker of another, an executor."""

    def __init__(self, roots: list) -> None:
        super().__init__(daemon=True)
        self.roots, self.killed, self.stop = roots, [], threading.Event()

    def run(self) -> None:
        for what in ("classify pipe articles", "pyspark.daemon", "CoarseGrainedExecutorBackend"):
            while not self.stop.wait(0.05):
                below = descendants(self.roots)
                filters = [p for p, c in below.items() if "pipe articles" in c and "classify" in c]
                if not filters:
                    continue
                targets = {p: c for p, c in below.items() if what in c or what == "classify pipe articles" and p in filters}
                if targets:
                    time.sleep(0.3)  # in mid-task
                    pid = max(targets)
                    try:
                        os.kill(pid, signal.SIGKILL)
                    except ProcessLookupError:
                        continue
                    self.killed.append(what.split()[0].split(".")[0])
                    self.stop.wait(2)
                    break


def differences(spark: SparkSession, made, plain: Plain) -> dict:
    """Rows, and rows that only one side has (EXCEPT ALL both ways), by dataset."""
    found = {}
    for name in DATASETS:
        theirs = spark.read.parquet(plain.path(name)).coalesce(1)
        ours = getattr(made, name).select(*theirs.columns).persist()
        found[name] = (ours.count(), ours.exceptAll(theirs).unionAll(theirs.exceptAll(ours)).count())
        ours.unpersist()
    return found


def compare(spark: SparkSession, name: str, plain: Plain, shape=None, before=None, **options) -> None:
    """Makes the tables of a folder and reports how they differ from those of one machine."""
    begun = time.monotonic()
    df = st.with_places(spark.read.parquet(str(plain.folder)))
    made = st.tables(shape(df) if shape else df, date=DATE, run_id=plain.run_id, **options)
    found = differences(spark, made, plain)
    made.unpersist()
    ok = all(differing == 0 for _, differing in found.values()) and found["articles"][0] > 0
    words = ", ".join(f"{n} {rows}" + (f" ({d} differ)" if d else "") for n, (rows, d) in found.items())
    report(name, ok, words, begun)


def skewed(df: DataFrame) -> DataFrame:
    """Nine of ten rows in one partition, most of sixteen partitions empty."""
    key = F.when(F.col("_stance_line") % 10 != 0, 0).otherwise(F.col("_stance_line") % 3)
    return df.withColumn("_key", key).repartition(16, "_key").drop("_key")


def check_failures(spark: SparkSession, folder: Path, work: Path) -> None:
    """A filter that is cut short or fails must fail the job, in its own words."""
    cases = [
        ("cut short with exit code 0", 'if [ -z "$CUT" ] && [ -e %s/cut ]; then CLASSIFY "$@" | head -c 60000; exit 0; fi; exec CLASSIFY "$@"',
         "before its end mark"),
        ("whole with exit code 1", 'CLASSIFY "$@"; code=$?; if [ -e %s/cut ]; then echo "the disk is on fire" >&2; exit 1; fi; exit $code',
         "the disk is on fire"),
    ]
    for i, (name, text, words) in enumerate(cases):
        begun = time.monotonic()
        (work / "cut").unlink(missing_ok=True)
        rows = st.read(spark.read.parquet(str(folder)), date=DATE, binary=script(work, f"fail{i}", text % work))
        (work / "cut").touch()
        try:
            rows.count()
            report(name, False, "the job passed", begun)
        except Exception as error:  # noqa: B902: whatever Spark makes of it
            report(name, words in str(error), f"the exception says: {words}" if words in str(error) else str(error)[:400], begun)
    begun = time.monotonic()
    try:
        st.read(spark.read.parquet(str(folder)), date=DATE, map={"text": "nowhere"})
        report("a column that is not there", False, "no error", begun)
    except st.ChildError as error:
        report("a column that is not there", "nowhere" in str(error), str(error)[-70:].replace("\n", " "), begun)


def check_publication(spark: SparkSession, plain: Plain, work: Path) -> None:
    begun = time.monotonic()
    made = st.tables(spark.read.parquet(str(plain.folder)), date=DATE, run_id=plain.run_id)
    for _ in range(2):
        st.publish(made, str(work / "lake"))
    rest = [p for p in glob.glob(f"{work}/lake/**", recursive=True) if os.path.isfile(p) and not p.endswith(".parquet")]
    counts = {n: spark.read.parquet(f"{work}/lake/{n}/v1").count() for n in DATASETS}
    want = {n: spark.read.parquet(plain.path(n)).count() for n in DATASETS}
    report("Parquet: a date published twice is there once", counts == want and not rest, f"{counts} {rest or ''}", begun)
    made.unpersist()


def check_table_formats(folder: Path, work: Path, packages: str) -> None:
    """Iceberg and Delta: two runs of a date are one date, and a reader sees the old one or the new."""
    spark = session("local[2]", **{
        "spark.jars.packages": packages,
        "spark.sql.extensions": "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions,io.delta.sql.DeltaSparkSessionExtension",
        "spark.sql.catalog.lake": "org.apache.iceberg.spark.SparkCatalog", "spark.sql.catalog.lake.type": "hadoop",
        "spark.sql.catalog.lake.warehouse": str(work / "iceberg"),
        "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog"})
    df = spark.read.parquet(str(folder))
    n = st.read(df, date=DATE).filter("dataset = 'stance'").count()
    for format, target, table in (("iceberg", "lake.news", lambda: spark.table("lake.news.stance")),
                                  ("delta", str(work / "delta"), lambda: spark.read.format("delta").load(f"{work}/delta/stance"))):
        begun, seen, stop = time.monotonic(), set(), threading.Event()

        def look() -> None:
            while not stop.is_set():
                rows = (spark.catalog.refreshTable("lake.news.stance") if format == "iceberg" else None, table())[1]
                seen.add(tuple(sorted((r[0], r[1]) for r in rows.groupBy("run_id").count().collect())))

        for run_id in ("one", "two", "two"):
            made = st.tables(df, date=DATE, run_id=run_id)
            st.publish(made, target, format=format)
            if run_id == "one":
                reader = threading.Thread(target=look)
                reader.start()
            made.unpersist()
        stop.set()
        reader.join()
        ok = seen <= {(("one", n),), (("two", n),)} and table().count() == n
        report(f"{format}: a reader sees the old date or the new", ok, f"{n} rows, seen {sorted(seen)}", begun)
    spark.stop()


def overhead(work: Path, plain: Plain, wall: float) -> None:
    begun = time.monotonic()
    usage = [line.split() for line in (work / "usage").read_text().splitlines()]
    cpu = sum(float(c) for f, c, _ in usage)
    peak = max(int(m) for f, _, m in usage if f == "articles") / 1024
    extra = cpu / plain.cpu - 1
    report("overhead", peak <= 200, f"CPU of one machine {plain.cpu:.1f} s, of all filters {cpu:.1f} s ({extra:+.0%}); "
           f"wall {plain.seconds:.1f} s and {wall:.1f} s; a filter takes {peak:.0f} MiB at most", begun)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000, help="articles of the night")
    parser.add_argument("--tables", nargs=2, metavar=("FOLDER", "PACKAGES"), help="check only Iceberg and Delta, with these packages")
    options = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="spark-check-"))
    if options.tables:
        check_table_formats(Path(options.tables[0]), work, options.tables[1])
        shutil.rmtree(work, ignore_errors=True)
        return 0 if all(results) else 1
    begun = time.monotonic()
    print(f"pyspark {pyspark.__version__}, {options.articles} articles")
    try:
        plains = {name: Plain(write(work / name, rows), work)
                  for name, rows in (("sample", sample()), ("hostile", hostile()), ("night", night(options.articles)))}
        spark = session("local[2]")
        for name in ("sample", "hostile"):
            compare(spark, f"local[2], {name}", plains[name])
        for n in (1, 64):
            compare(spark, f"local[2], hostile in {n} partitions", plains["hostile"], lambda df: df.repartition(n))
        again = Plain(plains["hostile"].folder, work, after="2026-03-27")
        compare(spark, "local[2], hostile, told by an earlier date", again, history=spark.read.parquet(again.path("articles", "2026-03-27")))
        compare(spark, "local[2], hostile, skewed and empty partitions", plains["hostile"], skewed)
        compare(spark, "local[2], hostile, columns of another order and type", plains["hostile"],
                lambda df: df.select("_stance_line", F.struct("title", "text").alias("article"), "url", "source",
                                     F.col("published_at"), "id", "_stance_file"))
        measured, start = wrapper(work), time.monotonic()
        compare(spark, "local[2], night", plains["night"], binary=measured)
        overhead(work, plains["night"], time.monotonic() - start)
        check_failures(spark, plains["hostile"].folder, work)
        check_publication(spark, plains["hostile"], work)
        spark.stop()
        with Cluster() as cluster:
            spark = session(cluster.url, **{"spark.cores.max": "2", "spark.executor.cores": "1", "spark.executor.memory": "800m"})
            compare(spark, "two workers, hostile in 6 partitions", plains["hostile"], lambda df: df.repartition(6))
            killer = Killer([p.pid for p in cluster.processes])
            killer.start()
            compare(spark, "two workers, night, with kills", plains["night"], lambda df: df.repartition(12),
                    binary=slow(work))
            killer.stop.set()
            report("kills in mid-task", len(killer.killed) == 3, ", ".join(killer.killed), time.monotonic())
            left = [c for c in descendants([p.pid for p in cluster.processes]).values() if "classify pipe" in c]
            report("no filter outlives its task", not left, f"{len(left)} left", time.monotonic())
            spark.stop()
        packages = TABLE_FORMATS.get(".".join(pyspark.__version__.split(".")[:2]))
        if packages:  # in a process of its own: Spark fetches packages only before its JVM runs
            results.append(subprocess.run([sys.executable, __file__, "--tables", str(plains["sample"].folder), packages]).returncode == 0)
        else:
            print("--   Iceberg and Delta: not checked with this Spark; run make spark-check SPARK=3.5.9")
    finally:
        shutil.rmtree(work, ignore_errors=True)
    failed = results.count(False)
    print(f"{len(results) - failed} passed, {failed} failed in {time.monotonic() - begun:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
