"""The columns of the datasets, asked of the binary so that they stand in one place."""

from __future__ import annotations

from functools import lru_cache
from typing import Optional

import pyarrow as pa

from ._child import Child

#: The columns that only a filter's stream has; no dataset has them.
PLACE = ("file", "line", "byte_offset", "words_id")


@lru_cache(maxsize=None)
def stream_schema(filter: str, arguments: tuple[str, ...], columns: tuple[str, ...], path: Optional[str] = None) -> pa.Schema:
    """The schema of what a filter writes, without the column ``end``. It runs the filter over no rows."""
    empty = pa.schema([(name, pa.string()) for name in columns])
    with Child(filter, arguments, path) as child:
        child_schema = child.schema(empty)
    return child_schema
