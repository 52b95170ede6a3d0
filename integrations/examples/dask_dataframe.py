"""Dask: one filter a partition.

Needs dask[dataframe], pyarrow and the wheel stance.

    python dask_dataframe.py articles.parquet rows.parquet
"""

import sys

import dask
import dask.dataframe as dd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from stance import run


@dask.delayed
def answer(part: pd.DataFrame) -> pa.Table:
    articles = pa.Table.from_pandas(part, preserve_index=False)
    return pa.Table.from_batches(
        run("articles", articles.schema, iter(articles.to_batches()), ["--date", "2026-03-29"])
    )


if __name__ == "__main__":
    parts = dask.compute(*map(answer, dd.read_parquet(sys.argv[1]).to_delayed()))
    pq.write_table(pa.concat_tables(parts), sys.argv[2])
