"""Countries' stances in news articles, on Apache Spark.

``read`` answers for the articles of a DataFrame, ``stories`` settles what crosses articles,
``tables`` makes the four datasets of one date, and ``publish`` replaces that date in a lake. Each
runs the ``classify`` binary beside the data, one process a task; one machine and a cluster give the
same rows.
"""

from ._stance import ChildError
from .datasets import Tables, publish, read, stories, tables, with_places

__all__ = ["ChildError", "Tables", "publish", "read", "stories", "tables", "with_places"]
