"""From a DataFrame of articles to the four datasets of one date."""

from __future__ import annotations

import datetime
import inspect
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, Mapping, Optional, Union

import pyarrow as pa
from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema
from pyspark.sql.types import StructType
from pyspark.storagelevel import StorageLevel

from . import _stance
from ._publish import publish_parquet, publish_tables

FILE, LINE, ID = "_stance_file", "_stance_line", "_stance_id"
DATASETS = ("stance", "articles", "aggregates", "quarantine")
#: What the filter stories reads of an article.
TOLD = (
    *("run_date", "file", "line", "article_id", "words_id"),
    *("dup_signature", "published_at", "dup_group_id"),
)
Date = Union[str, datetime.date]


@dataclass(frozen=True)
class Tables:
    """The four datasets of one date, with the columns of docs/columns.md."""

    date: str
    stance: DataFrame
    articles: DataFrame
    aggregates: DataFrame
    quarantine: DataFrame
    _kept: tuple = ()

    def unpersist(self) -> None:
        """Frees what ``tables`` keeps on the disks of the cluster."""
        for df in self._kept:
            df.unpersist()


@dataclass(frozen=True)
class _Filter:
    """One filter of the binary with its settings; it travels to the workers."""

    name: str
    arguments: tuple
    config: Optional[str] = None
    model: Optional[str] = None  # name of a file that Spark has distributed
    path: Optional[str] = None

    def _all_arguments(self) -> list:
        if self.model is None:
            return list(self.arguments)
        from pyspark import SparkFiles

        return [*self.arguments, "--model", SparkFiles.get(self.model)]

    def schema(self, columns: pa.Schema) -> pa.Schema:
        with _stance.Child(self.name, self._all_arguments(), self.config, self.path) as child:
            return child.schema(columns)

    def over(self, df: DataFrame) -> tuple:
        """The rows the filter writes for those of ``df``, and the metadata of their schema."""
        found = self.schema(_arrow(df.schema))
        metadata = {k.decode(): v.decode().split(",") for k, v in (found.metadata or {}).items()}
        used = df.select(*[F.col(f"`{name}`") for name in metadata["stance.used"]])
        out = from_arrow_schema(pa.schema([f for f in found if f.name != "end"]))

        def rows(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            first = next(batches, None)  # an empty partition costs no process
            if first is None:
                return

            def all_batches() -> Iterator[pa.RecordBatch]:
                yield first
                yield from batches

            yield from _stance.run(
                self.name,
                first.schema,
                all_batches(),
                self._all_arguments(),
                self.config,
                self.path,
            )

        return used.mapInArrow(rows, StructType([_nullable(f) for f in out])), metadata


def _arrow(schema: StructType) -> pa.Schema:
    """Spark's own mapping of types; since Spark 4 it asks for the time zone that 3.5 takes for
    granted."""
    zone = (
        {"timezone": "UTC"} if "timezone" in inspect.signature(to_arrow_schema).parameters else {}
    )
    return to_arrow_schema(schema, **zone)


def _nullable(field):
    field.nullable = True
    return field


def _answering(df: DataFrame, name: str, date: Date, config, model, map, run_id, binary) -> _Filter:
    """The filter ``name`` with all settings that answers depend on."""
    arguments = ["--date", _text(date)]
    if run_id is not None:
        arguments += ["--run-id", run_id]
    for field, column in (map or {}).items():
        arguments += ["--map", f"{field}={column}"]
    text = Path(config).read_text(encoding="utf-8") if config is not None else None
    if model is not None:
        df.sparkSession.sparkContext.addFile(os.fspath(model))
        model = os.path.basename(os.fspath(model))
    return _Filter(name, tuple(arguments), text, model, binary)


def _text(date: Date) -> str:
    return date if isinstance(date, str) else date.isoformat()


def with_places(df: DataFrame) -> DataFrame:
    """``df`` with the columns that tell where each record stands, unless it has them.

    Rows that Spark reads from Parquet files stand in that file, at their row. Other rows stand in
    their partition: then the place is unique, but another partitioning gives other places, and with
    them other ids to articles without one.
    """
    if FILE in df.columns and LINE in df.columns:
        return df
    if _has_row_numbers(df):
        return df.select(
            "*",
            F.regexp_replace("_metadata.file_path", "^file:/+", "/").alias(FILE),
            (F.col("_metadata.row_index") + 1).alias(LINE),
        )
    return df.select(
        "*",
        F.concat(F.lit("partition-"), F.spark_partition_id().cast("string")).alias(FILE),
        (F.monotonically_increasing_id() % (1 << 33) + 1).alias(LINE),
    )


def _has_row_numbers(df: DataFrame) -> bool:
    """Whether the rows come straight from files whose rows Spark numbers, as it does for
    Parquet."""
    if not df.inputFiles():
        return False
    try:
        return "row_index" in df.select("_metadata").schema["_metadata"].dataType.names
    except AnalysisException:  # the rows are joined or counted, and stand in no file
        return False


def read(
    df: DataFrame,
    *,
    date: Date,
    config: Optional[str] = None,
    model: Optional[str] = None,
    map: Optional[Mapping[str, str]] = None,
    run_id: Optional[str] = None,
    binary: Optional[str] = None,
) -> DataFrame:
    """Answers for the articles of ``df``: rows of the datasets stance, articles and quarantine,
    told by the column ``dataset``.

    Fields are found by the names of columns, as in files; ``map`` names those that are not, such
    as ``{"text": "main"}``. ``config`` is a config.yaml and ``model`` a bundle, both on the driver;
    without them the built-in ones answer. Each article is for itself: ``stories`` and ``tables``
    settle what crosses articles.
    """
    rows, _ = _answering(df, "articles", date, config, model, map, run_id, binary).over(
        with_places(df)
    )
    return rows


def stories(
    rows: DataFrame,
    *,
    date: Date,
    history: Optional[DataFrame] = None,
    binary: Optional[str] = None,
) -> DataFrame:
    """Settles ids and stories of one date: a row for each row of dataset articles in ``rows``, told
    by ``file`` and ``line``.

    ``history`` is the dataset articles of earlier dates whose stories may be repeated, such as the
    last seven. All of it passes through one task, at 480 bytes an article on the wire and at most
    1.2 kB in memory.
    """
    told = rows.filter("dataset = 'articles'").select(*TOLD)
    if history is not None:
        earlier = history.filter(F.col("run_date") < F.lit(_text(date)).cast("date"))
        told = told.unionByName(
            earlier.select(
                "run_date", "article_id", "dup_signature", "published_at", "dup_group_id"
            ),
            allowMissingColumns=True,
        )
    settled, _ = _Filter("stories", ("--date", _text(date)), path=binary).over(told.repartition(1))
    return settled.drop("dataset")


def tables(
    df: DataFrame,
    *,
    date: Date,
    config: Optional[str] = None,
    model: Optional[str] = None,
    map: Optional[Mapping[str, str]] = None,
    history: Optional[DataFrame] = None,
    run_id: Optional[str] = None,
    partitions: Optional[int] = None,
    binary: Optional[str] = None,
) -> Tables:
    """Makes the four datasets of one date from the articles of ``df``, as one machine makes them.

    It answers for all articles at once and keeps the rows on the disks of the cluster until
    ``Tables.unpersist``. ``partitions`` is how many tasks count aggregates; by default as many as
    Spark shuffles into.
    """
    placed = with_places(df)
    answering = _answering(df, "articles", date, config, model, map, run_id, binary)
    rows, metadata = answering.over(placed)
    rows = rows.persist(StorageLevel.DISK_ONLY)
    settled = stories(rows, date=date, history=history, binary=binary).persist(
        StorageLevel.DISK_ONLY
    )
    settling = ["article_id", "dup_group_id", "is_dup_primary"]
    final = rows.drop(*settling).join(
        settled.filter("not repeated").drop("repeated"), ["file", "line"]
    )
    stance = final.filter("dataset = 'stance'").select(*metadata["stance.columns.stance"])
    articles = final.filter("dataset = 'articles'").select(*metadata["stance.columns.articles"])
    quarantine = rows.filter("dataset = 'quarantine'").select(
        *metadata["stance.columns.quarantine"]
    )
    repeated = settled.filter("repeated").select(
        F.col("file").alias(FILE),
        F.col("line").cast("long").alias(LINE),
        F.col("article_id").alias(ID),
    )
    if repeated.head(1):
        texts = placed.withColumn(LINE, F.col(LINE).cast("long")).join(
            F.broadcast(repeated), [FILE, LINE]
        )
        rejected, _ = _answering(df, "repeats", date, config, model, map, run_id, binary).over(
            texts
        )
        quarantine = quarantine.unionByName(rejected.select(*quarantine.columns))
    day = F.coalesce("published_date", "run_date")
    by = [day, F.col("country"), F.col("topic")]
    counted = stance.repartition(partitions, *by) if partitions else stance.repartition(*by)
    aggregates, _ = _Filter("aggregates", (), path=binary).over(counted)
    return Tables(
        _text(date), stance, articles, aggregates.drop("dataset"), quarantine, (rows, settled)
    )


def publish(made: Tables, target: str, *, format: str = "parquet") -> None:
    """Replaces one date in a lake by the datasets of ``made``.

    Publishing twice leaves one date.     ``format`` is "parquet" (``target`` is a folder:
    TARGET/stance/v1/dt=2026-03-29/…, the layout of the binary), "iceberg"     (``target`` is a
    namespace: TARGET.stance and so on) or "delta" (``target`` is a folder of tables). With Iceberg
    and     Delta a reader of a table sees the old date or the new one. With Parquet a date is moved
    into place dataset by dataset,     and between two renames a reader may see none.
    """
    parts = {name: getattr(made, name) for name in DATASETS}
    if format == "parquet":
        publish_parquet(parts, target, made.date)
    elif format in ("iceberg", "delta"):
        publish_tables(parts, target, made.date, format)
    else:
        raise ValueError(f"format {format!r}; choose parquet, iceberg or delta")
