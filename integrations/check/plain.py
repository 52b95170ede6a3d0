"""The plain binary, and programs that stand in its place to measure it, slow it down or break
it."""

from __future__ import annotations

import resource
import stat
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
from inputs import ROOT

DATE = "2026-03-29"
DATASETS = ("stance", "articles", "aggregates", "quarantine")
#: The binary that make wheels put into the wheel of this processor.
BINARY = str(ROOT / "integrations/python/src/stance/bin/classify")


class Plain:
    """What one machine publishes for a folder."""

    def __init__(self, folder: Path, work: Path, after: str = "") -> None:
        """``after`` is a date that is published before, from the same articles."""
        self.folder, self.out = folder, work / f"plain-{folder.name}{after}"
        if after:
            self._run(after)
        before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        code = self._run(DATE)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if code not in (0, 3):
            sys.exit(f"the plain binary ended with {code}")
        self.seconds = time.monotonic() - begun
        self.cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        first = pq.read_table(self.path("articles"), columns=["run_id"]).column(0)
        self.run_id = first[0].as_py()

    def _run(self, date: str) -> int:
        """Runs away from any config.yaml: the filters do not read one either."""
        files = sorted(map(str, self.folder.glob("*.parquet")))
        command = [BINARY, *files, "--out", str(self.out), "--date", date, "--quiet"]
        done = subprocess.run(command, cwd=self.folder, stdout=subprocess.DEVNULL)
        return done.returncode

    def path(self, dataset: str, date: str = DATE) -> str:
        return str(self.out / dataset / "v1" / f"dt={date}")


def measured(work: Path) -> str:
    """A binary that runs the real one and notes its CPU and memory, by filter."""
    path = work / "measured"
    path.write_text(f"""#!{sys.executable}
import os, resource, subprocess, sys
code = subprocess.call([{BINARY!r}, *sys.argv[1:]])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open({str(work / "usage")!r}, "a") as log:
    log.write(f"{{sys.argv[2]}} {{used.ru_utime + used.ru_stime}} {{used.ru_maxrss}}\\n")
sys.exit(code)
""")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def script(work: Path, name: str, text: str) -> str:
    path = work / name
    path.write_text(f"#!/bin/bash\n{text.replace('CLASSIFY', BINARY)}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def slow(work: Path) -> str:
    """A binary that is fed slowly, so that there is a middle of a task to kill it in.

    It notes each start.
    """
    path = work / "slow"
    path.write_text(f"""#!{sys.executable}
import os, subprocess, sys, time
with open({str(work / "starts")!r}, "a") as log:
    log.write(sys.argv[2] + "\\n")
filter = subprocess.Popen([{BINARY!r}, *sys.argv[1:]], stdin=subprocess.PIPE)
try:
    for piece in iter(lambda: os.read(0, 1 << 16), b""):
        filter.stdin.write(piece)
        filter.stdin.flush()
        time.sleep(0.4)
    filter.stdin.close()
except BrokenPipeError:
    pass
sys.exit(1 if filter.wait() else 0)
""")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)
