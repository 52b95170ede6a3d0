"""One process of the binary: a filter with its pipes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import threading
import zlib
from pathlib import Path
from typing import Iterator, Optional, Sequence

import pyarrow as pa

#: Rows and bytes that one batch to the child holds at most, so that its memory stays small.
BATCH_ROWS = 256
BATCH_BYTES = 4 << 20
#: What is kept of the child's words.
WORDS = 64 << 10


class ChildError(RuntimeError):
    """The filter failed, was killed, or did not write all of its stream.

    The message ends with the filter's own words.
    """


def binary(path: Optional[str] = None) -> str:
    """The binary to run: ``path``, else $STANCE_CLASSIFY, else the one in this package, else
    ``classify`` on the PATH."""
    for found in (
        path,
        os.environ.get("STANCE_CLASSIFY"),
        str(Path(__file__).parent / "bin" / "classify"),
        shutil.which("classify"),
    ):
        if found and os.path.isfile(found):
            return _executable(found)
    raise ChildError(
        "no classify binary; install the wheel of your platform, "
        "or set STANCE_CLASSIFY to its path on every worker"
    )


def _executable(path: str) -> str:
    """``path``, or a copy of it that may be executed: archives that Spark ships lose the
    permission."""
    if os.access(path, os.X_OK):
        return path
    try:
        os.chmod(path, 0o755)
        return path
    except OSError as error:
        raise ChildError(
            f"{path} may not be executed: {error}; run chmod +x on every worker"
        ) from error


class Child:
    """One process of the binary with its pipes.

    A thread of its own writes to the child while the caller reads, since either side may fill its
    pipe; another drains stderr. Leaving the ``with`` block kills the child if it still runs, so a
    task that is killed leaves none behind.
    """

    def __init__(
        self,
        filter: str,
        arguments: Sequence[str],
        config: Optional[str] = None,
        path: Optional[str] = None,
    ) -> None:
        self._binary, self._filter, self._arguments, self._config = (
            binary(path),
            filter,
            arguments,
            config,
        )
        self._fault: Optional[BaseException] = None
        self._words = bytearray()

    def __enter__(self) -> "Child":
        # A task has one core. Settings come from the caller alone, never from a
        # worker's folder or environment.
        environment = {
            "GOMAXPROCS": "1",
            **{k: v for k, v in os.environ.items() if not k.startswith("STANCE_")},
        }
        self._folder = tempfile.TemporaryDirectory(prefix="stance-")
        if self._config is not None:
            Path(self._folder.name, "config.yaml").write_text(
                self._config, encoding="utf-8"
            )  # read as ./config.yaml
        self._process = subprocess.Popen(
            [self._binary, "pipe", self._filter, *self._arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            cwd=self._folder.name,
        )
        self._drain = threading.Thread(target=self._keep_words, daemon=True)
        self._drain.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._drain.join(timeout=5)
        self._folder.cleanup()

    def _keep_words(self) -> None:
        for chunk in iter(lambda: self._process.stderr.read1(8192), b""):
            self._words += chunk
            del self._words[:-WORDS]

    def words(self) -> str:
        """The last of what the child said on stderr."""
        self._drain.join(timeout=5)
        return self._words.decode("utf-8", "replace").strip()

    def schema(self, columns: pa.Schema) -> pa.Schema:
        """The schema of what the filter writes for rows of these columns; its metadata tells
        datasets and used columns."""
        for _ in self.run(columns, iter(())):
            pass
        return self.written

    def run(self, schema: pa.Schema, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Gives the child all batches and yields what it writes, without the end mark, which is
        checked."""
        writer = threading.Thread(target=self._write, args=(schema, batches), daemon=True)
        writer.start()
        reading = _Summed(self._process.stdout)
        mark: Optional[dict] = None
        counts: dict = {}
        try:
            stream = pa.ipc.open_stream(pa.PythonFile(reading, "r"))
            self.written = stream.schema
            while mark is None:
                before = reading.sum
                batch = stream.read_next_batch()
                mark, batch = _split(batch)
                _count(counts, batch)
                if mark is not None and (
                    mark["crc32"] != f"{before:08x}" or mark["rows"] != counts
                ):
                    raise ChildError(
                        f"the stream does not fit its end mark {mark}: "
                        f"read {counts} with sum {before:08x}"
                    )
                if batch.num_rows:
                    yield batch.select(batch.schema.names[:-1])  # without the column of the mark
        except (pa.ArrowInvalid, OSError, StopIteration) as error:
            self._fail(error)
        writer.join(timeout=60)
        code = self._process.wait(timeout=60)
        if code != 0 or self._fault is not None or mark is None:
            self._fail(None)

    def _fail(self, error: Optional[BaseException]) -> None:
        """Raises the most telling of what is known to be wrong."""
        if self._fault is not None and not isinstance(
            self._fault, (BrokenPipeError, ConnectionError)
        ):
            raise self._fault  # the input itself failed: Spark must see that error
        try:
            code = self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            code = None
        ended = (
            f"was killed by signal {-code}"
            if code is not None and code < 0
            else f"ended with {code}"
        )
        said = self.words() or "it said nothing"
        raise ChildError(
            f"classify pipe {self._filter} {ended} before its end mark: {said}"
        ) from error

    def _write(self, schema: pa.Schema, batches: Iterator[pa.RecordBatch]) -> None:
        try:
            with self._process.stdin as pipe:
                with pa.ipc.new_stream(pipe, schema) as stream:
                    for batch in batches:
                        for piece in _pieces(batch):
                            stream.write_batch(piece)
        except BaseException as error:  # noqa: B902: it must reach the task, whatever it is
            self._fault = error
            if not isinstance(error, (BrokenPipeError, ConnectionError)):
                self._process.kill()  # it would take the cut stream for an error of its own


def _pieces(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """The rows of a batch in pieces that the child can hold."""
    bytes_a_row = max(1, batch.nbytes // max(1, batch.num_rows))
    rows = max(1, min(BATCH_ROWS, BATCH_BYTES // bytes_a_row))
    for start in range(0, batch.num_rows, rows):
        yield batch.slice(start, rows)


def _split(batch: pa.RecordBatch) -> tuple[Optional[dict], pa.RecordBatch]:
    """The end mark, if the batch ends with it, and the rows before it."""
    end = batch.column(batch.schema.get_field_index("end"))
    if batch.num_rows == 0 or not end[-1].is_valid:
        return None, batch
    return json.loads(end[-1].as_py()), batch.slice(0, batch.num_rows - 1)


def _count(counts: dict, batch: pa.RecordBatch) -> None:
    for entry in batch.column(0).value_counts():
        name = entry["values"].as_py()
        counts[name] = counts.get(name, 0) + entry["counts"].as_py()


class _Summed:
    """A pipe that sums what is read from it."""

    closed = False

    def __init__(self, pipe) -> None:
        self._pipe = pipe
        self.sum = 0

    def read(self, size: int = -1) -> bytes:
        data = self._pipe.read(size)
        self.sum = zlib.crc32(data, self.sum)
        return data

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        pass


def run(
    filter: str,
    schema: pa.Schema,
    batches: Iterator[pa.RecordBatch],
    arguments: Sequence[str] = (),
    config: Optional[str] = None,
    path: Optional[str] = None,
) -> Iterator[pa.RecordBatch]:
    """Runs a filter over batches: the one call that engines need.

    ``config`` is the text of a config.yaml and ``path`` another binary.

    >>> batches = iter(table.to_batches())
    >>> made = run("articles", table.schema, batches, ["--date", "2026-03-29"])
    >>> rows = pa.Table.from_batches(made)
    """
    with Child(filter, arguments, config, path) as child:
        yield from child.run(schema, batches)
