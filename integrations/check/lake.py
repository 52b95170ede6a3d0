"""Publication: a date that is published twice is there once, and no reader sees half of it."""

from __future__ import annotations

import glob
import os
import threading
import time
from pathlib import Path
from typing import Callable

import stance_spark as st
from cluster import session
from plain import DATASETS, DATE, Plain
from pyspark.sql import DataFrame
from report import Report

#: What Spark fetches for the table formats; none of Spark 4.3 has been published yet.
PACKAGES = {
    "3.5": "org.apache.iceberg:iceberg-spark-runtime-3.5_2.12:1.9.2,"
    "io.delta:delta-spark_2.12:3.3.2",
}


def check_parquet(report: Report, spark, plain: Plain, work: Path) -> None:
    begun = time.monotonic()
    made = st.tables(spark.read.parquet(str(plain.folder)), date=DATE, run_id=plain.run_id)
    for _ in range(2):
        st.publish(made, str(work / "twice"))
    found = glob.glob(f"{work}/twice/**", recursive=True)
    rest = [p for p in found if os.path.isfile(p) and not p.endswith(".parquet")]
    counts = {n: spark.read.parquet(f"{work}/twice/{n}/v1").count() for n in DATASETS}
    want = {n: spark.read.parquet(plain.path(n)).count() for n in DATASETS}
    ok = counts == want and not rest
    report.line(
        "Parquet: a date published twice is there once", ok, f"{counts} {rest or ''}", begun
    )
    made.unpersist()


def check_table_formats(report: Report, folder: Path, work: Path, packages: str) -> None:
    """Iceberg and Delta: two runs of a date are one, and a reader sees the old one or the new."""
    extensions = [
        "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
        "io.delta.sql.DeltaSparkSessionExtension",
    ]
    spark = session(
        "local[2]",
        **{
            "spark.jars.packages": packages,
            "spark.sql.extensions": ",".join(extensions),
            "spark.sql.catalog.lake": "org.apache.iceberg.spark.SparkCatalog",
            "spark.sql.catalog.lake.type": "hadoop",
            "spark.sql.catalog.lake.warehouse": str(work / "iceberg"),
            "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
            "spark.databricks.delta.snapshotPartitions": "2",  # 50 is for large tables
        },
    )

    def iceberg() -> DataFrame:
        spark.catalog.refreshTable("lake.news.stance")
        return spark.table("lake.news.stance")

    def delta() -> DataFrame:
        return spark.read.format("delta").load(f"{work}/delta/stance")

    df = spark.read.parquet(str(folder))
    check_readers(report, df, "iceberg", "lake.news", iceberg)
    check_readers(report, df, "delta", str(work / "delta"), delta)
    spark.stop()


def check_readers(
    report: Report, df: DataFrame, format: str, target: str, table: Callable[[], DataFrame]
) -> None:
    """Publishes a date three times, the last two while a reader looks all the time."""
    begun, seen, stop = time.monotonic(), set(), threading.Event()

    def look() -> None:
        while not stop.is_set():
            seen.add(
                tuple(sorted((r[0], r[1]) for r in table().groupBy("run_id").count().collect()))
            )

    n, reader = 0, threading.Thread(target=look)
    for run_id in ("one", "two", "two"):
        made = st.tables(df, date=DATE, run_id=run_id)
        st.publish(made, target, format=format)
        if run_id == "one":
            n = made.stance.count()
            reader.start()
        made.unpersist()
    stop.set()
    reader.join()
    ok = seen <= {(("one", n),), (("two", n),)} and n > 0 and table().count() == n
    report.line(
        f"{format}: a reader sees the old date or the new",
        ok,
        f"{n} rows, seen {sorted(seen)}",
        begun,
    )
