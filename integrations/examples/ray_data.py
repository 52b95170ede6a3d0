"""Ray Data: one filter a block.

Needs ray[data], pyarrow and the wheel stance.

    python ray_data.py articles.parquet rows
"""

import sys

import pyarrow as pa
import ray
from stance import run


def answer(block: pa.Table) -> pa.Table:
    return pa.Table.from_batches(
        run("articles", block.schema, iter(block.to_batches()), ["--date", "2026-03-29"])
    )


if __name__ == "__main__":
    articles = ray.data.read_parquet(sys.argv[1])
    articles.map_batches(answer, batch_format="pyarrow", batch_size=10_000).write_parquet(
        sys.argv[2]
    )
