"""Spark's tables of a folder, in the shapes that a DataFrame can have, beside those of one
machine."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Callable, Optional

import stance_spark as st
from plain import DATE, Plain
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from report import Report
from rows import differences, same, words

Shape = Callable[[DataFrame], DataFrame]


def compare(
    report: Report,
    spark: SparkSession,
    name: str,
    plain: Plain,
    lake: Path,
    shape: Optional[Shape] = None,
    **options,
) -> None:
    """Publishes the tables of a folder and reports how they differ from those of one machine."""
    begun = time.monotonic()
    df = st.with_places(spark.read.parquet(str(plain.folder)))
    made = st.tables(shape(df) if shape else df, date=DATE, run_id=plain.run_id, **options)
    st.publish(made, str(lake))
    made.unpersist()
    found = differences(lake, plain)
    report.line(name, same(found), words(found), begun)


def skewed(df: DataFrame) -> DataFrame:
    """Nine of ten rows in one partition, most of sixteen partitions empty."""
    line = F.col("_stance_line")
    key = F.when(line % 10 != 0, 0).otherwise(line % 3)
    return df.withColumn("_key", key).repartition(16, "_key").drop("_key")


def reordered(df: DataFrame) -> DataFrame:
    """The columns in another order, title and text within a struct."""
    article = F.struct("title", "text").alias("article")
    return df.select("_stance_line", article, "url", "source", "published_at", "id", "_stance_file")
