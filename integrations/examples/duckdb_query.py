"""DuckDB: answers for what a query gives and queries the rows.

Needs duckdb, pyarrow and the wheel stance.

    python duckdb_query.py articles.parquet
"""

import sys

import duckdb
import pyarrow as pa
from stance import run

if __name__ == "__main__":
    articles = duckdb.sql(f"SELECT * FROM read_parquet('{sys.argv[1]}')").to_arrow_reader(2048)
    rows = pa.Table.from_batches(
        run("articles", articles.schema, articles, ["--date", "2026-03-29"])
    )
    print(
        duckdb.sql(
            "SELECT country, topic, stance, count(*) AS articles FROM rows "
            "WHERE dataset = 'stance' AND stance IS NOT NULL "
            "GROUP BY ALL ORDER BY ALL"
        ).fetchall()
    )
