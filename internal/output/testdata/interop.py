"""Opens the four tables under an output root in pandas/pyarrow, polars, DuckDB and Spark and compares what they see.

    python internal/output/testdata/interop.py OUT [OUT...]

Needs: pip install pandas pyarrow polars duckdb; Spark is asked where pyspark and Java are. What is right stands in docs/columns.md: its tables are the expected
columns, types and nullability. Prints one line per table; exits 1 with every fault found.
"""

import importlib.util
import pathlib
import re
import shutil
import sys

import duckdb
import pandas as pd
import polars as pl
import pyarrow.dataset as ds

COLUMNS = pathlib.Path(__file__).parents[3] / "docs" / "columns.md"

# The names each reader gives to a type of docs/columns.md.
ARROW = {"string": {"string", "large_string"}, "double": {"double"}, "int32": {"int32"}, "int64": {"int64"},
         "bool": {"bool"}, "date": {"date32[day]"}, "timestamp (UTC)": {"timestamp[us, tz=UTC]"}}
POLARS = {"string": {"String"}, "double": {"Float64"}, "int32": {"Int32"}, "int64": {"Int64"}, "bool": {"Boolean"},
          "date": {"Date"}, "timestamp (UTC)": {"Datetime(time_unit='us', time_zone='UTC')"}}
DUCKDB = {"string": {"VARCHAR"}, "double": {"DOUBLE"}, "int32": {"INTEGER"}, "int64": {"BIGINT"}, "bool": {"BOOLEAN"},
          "date": {"DATE"}, "timestamp (UTC)": {"TIMESTAMP WITH TIME ZONE"}}
SPARK = {"string": {"string"}, "double": {"double"}, "int32": {"int"}, "int64": {"bigint"}, "bool": {"boolean"},
         "date": {"date"}, "timestamp (UTC)": {"timestamp"}}


def start_spark():
    """A Spark session on this machine, or None with a word on why."""
    if not importlib.util.find_spec("pyspark") or not shutil.which("java"):
        print("spark: not asked; it needs pip install pyspark and Java")
        return None
    from pyspark.sql import SparkSession
    return (SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false").config("spark.log.level", "ERROR").getOrCreate())


def expected():
    """Columns by table: {"stance": [(name, type, nullable), ...], ...}, in order."""
    tables, rows = {}, None
    for line in COLUMNS.read_text(encoding="utf-8").splitlines():
        if head := re.match(r"## (\w+)/v1$", line):
            rows = tables.setdefault(head[1], [])
        elif row := re.match(r"\| `(\w+)` \| ([^|]+) \| (yes)? *\|", line):
            rows.append((row[1], row[2], row[3] == "yes"))
    return tables


class Checker:
    """Collects faults of one table."""

    def __init__(self, table):
        self.table, self.faults = table, []

    def same(self, what, got, want):
        if got != want:
            self.faults.append(f"{self.table}: {what}: got {got!r}, want {want!r}")

    def types(self, reader, got, columns, names):
        """got maps column to type name; the partition key comes last in every reader."""
        self.same(f"{reader} columns", list(got), [c for c, _, _ in columns] + ["dt"])
        for column, kind, _ in columns:
            if column in got and got[column] not in names[kind]:
                self.faults.append(f"{self.table}.{column}: {reader} reads {got[column]}, want {kind}")


def check_spark(spark, c, path, columns, rows):
    frame = spark.read.parquet(path)
    c.types("spark", dict(frame.dtypes), columns, SPARK)
    c.same("rows in spark", frame.count(), rows)
    c.same("rows in spark whose dt is not run_date", frame.where("dt <> run_date").count(), 0)


def check(root, table, columns, spark):
    c, path = Checker(f"{root}/{table}"), f"{root}/{table}/v1"
    arrow = ds.dataset(path, partitioning="hive")
    c.types("pyarrow", {f.name: str(f.type) for f in arrow.schema}, columns, ARROW)
    frame = pd.read_parquet(path)
    lazy = pl.scan_parquet(path, hive_partitioning=True)
    c.types("polars", {k: str(v) for k, v in lazy.collect_schema().items()}, columns, POLARS)
    polars = lazy.collect()
    relation = f"read_parquet('{path}/**/*.parquet', hive_partitioning = true)"
    described = duckdb.sql(f"describe select * from {relation}").fetchall()
    c.types("duckdb", {r[0]: r[1] for r in described}, columns, DUCKDB)

    rows = arrow.count_rows()
    c.same("rows in pandas", len(frame), rows)
    c.same("rows in polars", polars.height, rows)
    c.same("rows in duckdb", duckdb.sql(f"select count(*) from {relation}").fetchall()[0][0], rows)
    c.same("rows whose dt is not run_date",
           duckdb.sql(f"select count(*) from {relation} where dt <> run_date").fetchall()[0][0], 0)
    nulls = {k: v for k, v in polars.null_count().row(0, named=True).items()} if rows else {}
    for column, kind, nullable in columns:
        if rows and not nullable:
            c.same(f"nulls in {column}", nulls[column], 0)
        c.same(f"nulls in {column}, pandas", int(frame[column].isna().sum()), nulls.get(column, 0))
        if rows and kind in ("double", "int32", "int64"):
            total = duckdb.sql(f"select coalesce(sum({column}), 0) from {relation}").fetchall()[0][0]
            c.same(f"sum of {column} in polars and duckdb", round(polars[column].sum() or 0, 6), round(total, 6))
    if spark:
        check_spark(spark, c, path, columns, rows)
    print(f"{root} {table}: {rows} rows, {len(columns)} columns, {len(c.faults)} faults")
    return c.faults, rows


def main(roots):
    faults, spark = [], start_spark()
    for root in roots:
        counts = {}
        for table, columns in expected().items():
            found, counts[table] = check(root, table, columns, spark)
            faults += found
        strays = [p for t in counts for p in pathlib.Path(root, t).rglob("*")
                  if p.is_file() and not re.fullmatch(r"v1/dt=\d{4}-\d\d-\d\d/part-\d{5}-of-\d{5}\.parquet",
                                                      p.relative_to(pathlib.Path(root, t)).as_posix())]
        faults += [f"{p}: not a part" for p in strays]
    print(*faults, sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
