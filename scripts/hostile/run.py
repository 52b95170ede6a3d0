#!/usr/bin/env python3
"""Classifies good articles alone and beside the hostile files of make.py, and
compares: every good article must have the same answers, every hostile file what
its table promises, within bounds of memory and time.

  python3 scripts/hostile/run.py CLASSIFY DIR [--timed]

Time is processor time, so that other work on the machine counts little. It is
held with --timed alone.
"""
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as parquet

HERE = Path(__file__).resolve().parent
spec = importlib.util.spec_from_file_location("make", HERE / "make.py")
make = importlib.util.module_from_spec(spec)
spec.loader.exec_module(make)

MEMORY_MIB = 512  # at its peak
GO_MEMORY = "440MiB"  # as docs/reliability.md advises where memory is scarce: the collector works harder near it
TIME_RATIO = 1.2  # of the good articles alone
BUSY_SECONDS = 1.5  # of processor time, after which the run is inside the record
STOP_SECONDS = 2  # from SIGTERM to the end of the process
DATE = "2026-03-29"
RUN_COLUMNS = {"run_id"}  # covers the whole input, so it differs


def classify(program, inputs, out):
    """Runs to the end; returns exit code, processor seconds and peak MiB."""
    command = [program, *inputs, "--out", out, "--date", DATE, "--quiet", "--workers", "2", "--summary-json", f"{out}.json"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               env={**os.environ, "GOMEMLIMIT": GO_MEMORY})
    _, status, usage = os.wait4(process.pid, 0)
    return os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def rows(out, dataset):
    return parquet.read_table(f"{out}/{dataset}/v1/dt={DATE}").drop_columns(list(RUN_COLUMNS)).to_pylist()


class Faults(list):
    def __init__(self, timed):
        super().__init__()
        self.timed = timed

    def check(self, ok, words):
        print(("ok     " if ok else "FAULT  ") + words)
        if not ok:
            self.append(words)

    def check_time(self, ok, words):
        """Times are told; with --timed they are held too, on a machine that does nothing else."""
        if self.timed:
            self.check(ok, words)
        else:
            print(("ok     " if ok else "SLOW   ") + words)


def compare(faults, alone, beside):
    """Every good article has the answers it has alone."""
    for dataset in ("articles", "stance"):
        def good(out):
            return [r for r in rows(out, dataset) if r["article_id"].startswith("good-")]
        want, got = good(alone), good(beside)
        faults.check(want == got, f"{dataset}: {len(got)} of {len(want)} rows of good articles, all the same")


def account(faults, beside):
    """Every hostile file has the articles and the rejected records of its table,
    each with a reason and a place."""
    rejected = rows(beside, "quarantine")
    summary = json.loads(Path(f"{beside}.json").read_text())
    faults.check(len(rejected) == summary["quarantined"] and all(r["reason"] and r["message"] and r["file"] for r in rejected),
                 f"{len(rejected)} rejected records, each with a reason and a file: " +
                 ", ".join(f"{r['reason']} {r['count']}" for r in summary["reasons"]))
    for name, _, _, at_least in make.HOSTILE:
        plain = "/" + (name if isinstance(name, str) else name.decode("utf-8", "replace"))
        n = sum(r["file"].endswith(plain) or plain + "/" in r["file"] for r in rejected)
        if n < at_least:
            faults.check(False, f"{plain}: {n} records rejected, at least {at_least} must be")
    answered = [r["article_id"] for r in rows(beside, "articles")]
    want = {a for _, _, ids, _ in make.HOSTILE for a in ids}
    missing = sorted(want - set(answered))
    faults.check(not missing, f"{len(want)} sound articles inside hostile files are answered {missing or ''}")
    faults.check(sum(a.startswith("name-") for a in answered) == 2, "so are those of two files whose names are no text")
    faults.check(len(answered) == len(set(answered)), f"{len(answered)} articles, each with an id of its own")


def stop(faults, program, root, out):
    """SIGTERM in the midst of one costly record."""
    env = {"STANCE_LIMITS_WORK": str(1 << 50)}
    process = subprocess.Popen([program, str(root / "hostile" / "cost-names.jsonl"), "--out", out, "--date", DATE, "--quiet"],
                               stderr=subprocess.DEVNULL, env={**os.environ, **env})
    while process.poll() is None and process_seconds(process.pid) < BUSY_SECONDS:
        time.sleep(0.01)
    process.terminate()
    begun = time.monotonic()
    code = process.wait()
    took = time.monotonic() - begun
    published = list(Path(out).glob("*/v1/dt=*"))
    faults.check(code in (130, 143) and not published,
                 f"SIGTERM inside one costly record: exit code {code}, {len(published)} tables published")
    faults.check_time(took < STOP_SECONDS, f"it ended after {took:.2f} s, at most {STOP_SECONDS}")


def process_seconds(pid):
    """Processor seconds of a running process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main():
    arguments = [a for a in sys.argv[1:] if a != "--timed"]
    program, root = os.path.abspath(arguments[0]), Path(arguments[1]).resolve()
    for old in ("out-good", "out-both", "out-stop"):
        shutil.rmtree(root / old, ignore_errors=True)
    faults = Faults("--timed" in sys.argv)
    alone, beside = str(root / "out-good"), str(root / "out-both")
    good, hostile = str(root / "good"), str(root / "hostile")
    code, seconds, memory = classify(program, [good], alone)
    faults.check(code == 0, f"good articles alone: exit code {code}, {seconds:.1f} s, {memory:.0f} MiB")
    code, both, memory = classify(program, [good, hostile], beside)
    faults.check(code == 3, f"beside {len(make.HOSTILE)} hostile files: exit code {code}, {both:.1f} s, {memory:.0f} MiB")
    faults.check(memory <= MEMORY_MIB, f"memory: {memory:.0f} MiB, at most {MEMORY_MIB}")
    faults.check_time(both <= TIME_RATIO * seconds, f"processor time: {both / seconds:.2f} times that of the good alone, at most {TIME_RATIO}")
    compare(faults, alone, beside)
    account(faults, beside)
    stop(faults, program, root, str(root / "out-stop"))
    print(f"{len(faults)} faults")
    sys.exit(min(len(faults), 1))


if __name__ == "__main__":
    main()
