"""A filter that is cut short or fails must fail the job, in its own words."""

from __future__ import annotations

import time
from pathlib import Path

import stance_spark as st
from plain import DATE, script
from pyspark.sql import SparkSession
from report import Report

#: Name, a program in the place of the binary, and what the exception must say. The programs do
#: as the binary does until a file "break" exists: the driver asks them for the schema before.
CASES = [
    (
        "cut short with exit code 0",
        "before its end mark",
        'if [ -e BREAK ]; then CLASSIFY "$@" | head -c 60000; exit 0; fi; exec CLASSIFY "$@"',
    ),
    (
        "whole with exit code 1",
        "the disk is on fire",
        'CLASSIFY "$@"; code=$?; [ -e BREAK ] || exit $code; echo the disk is on fire >&2; exit 1',
    ),
    (
        "killed in mid-stream",
        "killed by signal 9",
        'if [ -e BREAK ]; then head -c 1000 >/dev/null; kill -9 $$; fi; exec CLASSIFY "$@"',
    ),
]


def check_faults(report: Report, spark: SparkSession, folder: Path, work: Path) -> None:
    trigger = work / "break"
    for i, (name, words, program) in enumerate(CASES):
        begun = time.monotonic()
        trigger.unlink(missing_ok=True)
        path = script(work, f"fault{i}", program.replace("BREAK", str(trigger)))
        rows = st.read(spark.read.parquet(str(folder)), date=DATE, binary=path)
        trigger.touch()
        try:
            rows.count()
            report.line(name, False, "the job passed", begun)
        except Exception as error:  # noqa: BLE001: whatever Spark makes of it
            said = words in str(error)
            told = f"the exception says: {words}" if said else str(error)[:400]
            report.line(name, said, told, begun)
    begun = time.monotonic()
    try:
        st.read(spark.read.parquet(str(folder)), date=DATE, map={"text": "nowhere"})
        report.line("a column that is not there", False, "no error", begun)
    except st.ChildError as error:
        words = str(error)[-70:].replace("\n", " ")
        report.line("a column that is not there", "nowhere" in str(error), words, begun)
