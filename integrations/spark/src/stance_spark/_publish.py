"""Replaces one date of the datasets in a lake."""

from __future__ import annotations

from typing import Mapping

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

#: Aggregates come last: who sees them sees the rest.
ORDER = ("stance", "articles", "quarantine", "aggregates")


def publish_parquet(parts: Mapping[str, DataFrame], root: str, date: str) -> None:
    """Writes all datasets beside their places, then moves each into its place."""
    spark = parts["stance"].sparkSession
    files = _Files(spark, root)
    staging = f"{root}/_staging/{date}"
    files.remove(staging)
    before = spark.conf.get("spark.sql.parquet.outputTimestampType")
    spark.conf.set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
    try:
        for name in ORDER:
            (
                parts[name]
                .write.option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
                .option("compression", "zstd")
                .parquet(f"{staging}/new/{name}")
            )
    finally:
        spark.conf.set("spark.sql.parquet.outputTimestampType", before)
    for name in ORDER:
        files.replace(
            f"{staging}/new/{name}", f"{root}/{name}/v1/dt={date}", f"{staging}/old/{name}"
        )
    files.remove(staging)


class _Files:
    """The file system of a path, through Hadoop: local, HDFS or an object store."""

    def __init__(self, spark: SparkSession, root: str) -> None:
        self._path = spark._jvm.org.apache.hadoop.fs.Path
        self._system = self._path(root).getFileSystem(spark._jsc.hadoopConfiguration())

    def remove(self, path: str) -> None:
        self._system.delete(self._path(path), True)

    def replace(self, new: str, place: str, old: str) -> None:
        """Moves a folder to its place.

        What was there comes back when that fails.
        """
        for path in (place, old):
            self._system.mkdirs(self._path(path).getParent())
        there = self._system.exists(self._path(place))
        if there:
            self._move(place, old)
        try:
            self._move(new, place)
        except Exception:
            if there:
                self._move(old, place)
            raise

    def _move(self, source: str, target: str) -> None:
        if not self._system.rename(self._path(source), self._path(target)):
            raise OSError(f"cannot move {source} to {target}; check permissions and run again")


def publish_tables(parts: Mapping[str, DataFrame], target: str, date: str, format: str) -> None:
    """Replaces the rows of a date in each table, by one commit a table."""
    day = f"run_date = DATE '{date}'"
    for name in ORDER:
        if format == "delta":
            (
                parts[name]
                .write.format("delta")
                .mode("overwrite")
                .option("replaceWhere", day)
                .partitionBy("run_date")
                .save(f"{target}/{name}")
            )
            continue
        table = f"{target}.{name}"
        if parts[name].sparkSession.catalog.tableExists(table):
            parts[name].sortWithinPartitions("run_date").writeTo(table).overwrite(F.expr(day))
        else:
            parts[name].writeTo(table).using("iceberg").partitionedBy("run_date").create()
