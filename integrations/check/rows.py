"""EXCEPT ALL between what another way publishes and what one machine publishes."""

from __future__ import annotations

import glob
from pathlib import Path

import duckdb
from plain import DATASETS, DATE, Plain


def parquet(folder: str) -> str:
    """The files of one date, as DuckDB names them."""
    return f"read_parquet({sorted(glob.glob(f'{folder}/*.parquet'))!r}, hive_partitioning = false)"


def differences(lake: Path, plain: Plain) -> dict:
    """By dataset: our rows, and the rows that only one side has.

    -1 is another schema.
    """
    found = {}
    for name in DATASETS:
        ours, theirs = parquet(f"{lake}/{name}/v1/dt={DATE}"), parquet(plain.path(name))
        schemas = [duckdb.sql(f"DESCRIBE SELECT * FROM {t}").fetchall() for t in (ours, theirs)]
        rows = duckdb.sql(f"SELECT count(*) FROM {ours}").fetchall()[0][0]
        if schemas[0] != schemas[1]:
            found[name] = (rows, -1)
            continue
        only = f"(SELECT * FROM {ours} EXCEPT ALL SELECT * FROM {theirs})"
        missing = f"(SELECT * FROM {theirs} EXCEPT ALL SELECT * FROM {ours})"
        differing = f"SELECT count(*) FROM ({only} UNION ALL {missing})"
        found[name] = (rows, duckdb.sql(differing).fetchall()[0][0])
    return found


def same(found: dict) -> bool:
    return all(differing == 0 for _, differing in found.values()) and found["articles"][0] > 0


def words(found: dict) -> str:
    return ", ".join(
        f"{n} {rows}" + (f" ({d} differ)" if d else "") for n, (rows, d) in found.items()
    )
