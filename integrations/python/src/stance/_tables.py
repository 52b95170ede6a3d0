"""The three functions that give Arrow tables."""

from __future__ import annotations

import datetime
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping, Optional, Union

import pyarrow as pa
import pyarrow.compute as pc

from ._child import Child

FILE, LINE, ID = "_stance_file", "_stance_line", "_stance_id"
#: What pipe stories reads of an article, and what it decides.
TOLD = [
    "run_date",
    "file",
    "line",
    "article_id",
    "words_id",
    "dup_signature",
    "published_at",
    "dup_group_id",
]
SETTLED = ["article_id", "dup_group_id", "is_dup_primary"]
Date = Union[str, datetime.date]


@dataclass(frozen=True)
class Tables:
    """The four datasets of one date, with the columns of docs/columns.md."""

    stance: pa.Table
    articles: pa.Table
    aggregates: pa.Table
    quarantine: pa.Table


def read(
    articles: Any,
    *,
    date: Date,
    config: Optional[str] = None,
    model: Optional[str] = None,
    map: Optional[Mapping[str, str]] = None,
    run_id: Optional[str] = None,
) -> pa.Table:
    """Answers for articles: rows of stance, articles and quarantine, told by the column
    ``dataset``.

    ``articles`` is a table of pyarrow or what can be read as an Arrow stream: a DataFrame of polars
    or pandas, a result of DuckDB, a reader of record batches. Fields are found by the names of
    columns, as in files; ``map`` names those that are not, such as ``{"text": "main"}``. ``config``
    is a config.yaml and ``model`` a bundle; without them the built-in ones answer. Each article is
    for itself: ``stories`` and ``tables`` settle what crosses articles.
    """
    return _filter(
        "articles", _stream(articles), _arguments(date, map, model, run_id), _text(config)
    )


def stories(rows: pa.Table, *, date: Date, history: Optional[pa.Table] = None) -> pa.Table:
    """Settles ids and stories of one date: a row for each row of dataset articles in ``rows``.

    ``file`` and ``line`` tell which. ``history`` is the dataset articles of earlier dates whose
    stories may be repeated, such as the last seven.
    """
    told = _of(rows, "articles").select(TOLD)
    if history is not None:
        earlier = history.filter(pc.less(history["run_date"], pa.scalar(_day(date))))
        kept = [
            c for c in TOLD if c in earlier.column_names and c not in ("file", "line", "words_id")
        ]
        told = pa.concat_tables([told, earlier.select(kept)], promote_options="permissive")
    return _filter("stories", told, ["--date", str(date)]).drop_columns("dataset")


def tables(
    articles: Any,
    *,
    date: Date,
    config: Optional[str] = None,
    model: Optional[str] = None,
    map: Optional[Mapping[str, str]] = None,
    history: Optional[pa.Table] = None,
    run_id: Optional[str] = None,
) -> Tables:
    """Makes the four datasets of one date, with the rows that the program publishes.

    The articles are held in memory: for more than fit there use the program itself or Spark.
    """
    source = _placed(
        pa.table(articles) if not hasattr(articles, "read_all") else articles.read_all()
    )
    rows = read(source, date=date, config=config, model=model, map=map, run_id=run_id)
    settled = stories(rows, date=date, history=history)
    quarantine = _dataset(rows, "quarantine")
    repeated = settled.filter(settled["repeated"])
    if repeated.num_rows:
        texts = _rows_at(source, repeated)
        arguments = _arguments(date, map, model, run_id)
        rejected = _filter("repeats", texts, arguments, _text(config))
        quarantine = pa.concat_tables([quarantine, rejected.select(quarantine.column_names)])
    stance = _settle(_dataset(rows, "stance", "file", "line"), settled)
    described = _settle(_dataset(rows, "articles", "file", "line"), settled)
    aggregates = _filter("aggregates", stance, []).drop_columns("dataset")
    names = {n: _columns(rows, n) for n in ("stance", "articles")}
    return Tables(
        stance.select(names["stance"]), described.select(names["articles"]), aggregates, quarantine
    )


def _filter(name: str, rows: Any, arguments: list, config: Optional[str] = None) -> pa.Table:
    """What a filter writes for rows; the metadata of the schema tells the columns of datasets."""
    batches = iter(rows.to_batches()) if isinstance(rows, pa.Table) else iter(rows)
    with Child(name, arguments, config) as child:
        out = list(child.run(rows.schema, batches))
        written = child.written
    return pa.Table.from_batches(out, pa.schema(list(written)[:-1], metadata=written.metadata))


def _arguments(
    date: Date, map: Optional[Mapping[str, str]], model: Optional[str], run_id: Optional[str]
) -> list:
    arguments = ["--date", str(date)]
    for field, column in (map or {}).items():
        arguments += ["--map", f"{field}={column}"]
    if model is not None:
        arguments += ["--model", os.path.abspath(model)]
    if run_id is not None:
        arguments += ["--run-id", run_id]
    return arguments


def _text(config: Optional[str]) -> Optional[str]:
    return None if config is None else Path(config).read_text(encoding="utf-8")


def _day(date: Date) -> datetime.date:
    return date if isinstance(date, datetime.date) else datetime.date.fromisoformat(date)


def _stream(articles: Any) -> Any:
    """A table, or a reader of what can be read as an Arrow stream."""
    if isinstance(articles, (pa.Table, pa.RecordBatchReader)):
        return articles
    if hasattr(articles, "__arrow_c_stream__"):
        return pa.RecordBatchReader.from_stream(articles)
    return pa.table(articles)


def _placed(articles: pa.Table) -> pa.Table:
    """``articles`` with the columns that tell where each record stands, unless it has them."""
    if FILE in articles.column_names and LINE in articles.column_names:
        return articles
    n = articles.num_rows
    placed = articles.append_column(FILE, pa.repeat("-", n))
    return placed.append_column(LINE, pa.array(range(1, n + 1), pa.int64()))


def _of(rows: pa.Table, dataset: str) -> pa.Table:
    return rows.filter(pc.equal(rows["dataset"], dataset))


def _columns(rows: pa.Table, dataset: str) -> list:
    return rows.schema.metadata[b"stance.columns." + dataset.encode()].decode().split(",")


def _dataset(rows: pa.Table, dataset: str, *more: str) -> pa.Table:
    names = _columns(rows, dataset)
    return _of(rows, dataset).select([*names, *(m for m in more if m not in names)])


def _places(rows: pa.Table, file: str, line: str) -> list:
    return list(zip(rows[file].to_pylist(), rows[line].to_pylist()))


def _settle(rows: pa.Table, settled: pa.Table) -> pa.Table:
    """The rows of articles that stay, with what was decided in the place of what each said
    alone."""
    kept = settled.filter(pc.invert(settled["repeated"]))
    at = {place: i for i, place in enumerate(_places(kept, "file", "line"))}
    found = pa.array([at.get(place) for place in _places(rows, "file", "line")], pa.int64())
    rows, found = rows.filter(pc.is_valid(found)), found.drop_null()
    for name in SETTLED:
        if name in rows.column_names:
            column = rows.schema.get_field_index(name)
            rows = rows.set_column(column, rows.schema.field(column), kept[name].take(found))
    return rows


def _rows_at(source: pa.Table, repeated: pa.Table) -> pa.Table:
    """The articles whose ids are taken, with those ids."""
    at = {place: i for i, place in enumerate(_places(source, FILE, LINE))}
    places = _places(repeated, "file", "line")
    texts = source.take(pa.array([at[place] for place in places], pa.int64()))
    return texts.append_column(ID, repeated["article_id"].combine_chunks())
