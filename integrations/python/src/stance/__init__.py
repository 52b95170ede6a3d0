"""Countries' stances in news articles, as Arrow tables.

``read`` answers for a table of articles, ``stories`` settles what crosses articles, and ``tables``
makes the four datasets of one date, as the program ``classify`` publishes them:

>>> import pyarrow as pa, stance
>>> articles = pa.table({"id": ["a"], "text": ["France said that it would back Ukraine."]})
>>> made = stance.tables(articles, date="2026-03-29")
>>> made.stance.select(["country", "topic", "stance"]).to_pylist()

``run`` gives batches to one filter and yields batches, for engines that call Python on each
partition. The ``classify`` binary in this package does the work; pyarrow is all that it needs.
"""

from ._child import Child, ChildError, binary, run
from ._tables import Tables, read, stories, tables

__all__ = ["Child", "ChildError", "Tables", "binary", "read", "run", "stories", "tables"]
