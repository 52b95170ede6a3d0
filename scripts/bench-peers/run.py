#!/usr/bin/env python3
"""Measures classify beside its peers and writes docs/performance.md.

    run.py CLASSIFY docs/performance.md [--megabytes 20] [--runs 5] [--baseline OLD_CLASSIFY]

Each run is a whole process on one core: JSONL in, answers out. The systems take turns, so that what else the machine does
meets all of them. CPU seconds (user and system) are compared; wall time is told. A ratio is made of the two runs of one turn.
"""
import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import peer

HERE = pathlib.Path(__file__).resolve().parent
MIXES = ("night", "on-topic", "long", "start")  # start is one article: what a process costs before its first answer
TARGETS = {  # CPU ratio to the peer, at most
    ("night", "fasttext"): 1.0, ("night", "tfidf"): 0.5, ("long", "fasttext"): 1.0,
    ("on-topic", "fasttext"): 4.0, ("on-topic", "tfidf"): 1.5,
}


def spend(command, folder):
    """CPU seconds, wall seconds and peak megabytes of a command, in a folder without a config.yaml."""
    env = {**os.environ, "GOMAXPROCS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    begun = time.perf_counter()
    p = subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(p.pid, 0)
    p.returncode = os.waitstatus_to_exitcode(status)
    if p.returncode:
        sys.exit(f"{' '.join(map(str, command))} ended with {p.returncode}")
    return used.ru_utime + used.ru_stime, time.perf_counter() - begun, used.ru_maxrss / 1024


def systems(args, folder):
    """The command of each system for an input; ours comes first."""
    def classify(program):
        def command(source):
            shutil.rmtree(folder / "out", ignore_errors=True)
            return [program, source, "--out", folder / "out", "--date", "2026-01-01", "--workers", "1", "--quiet"]
        return command

    def of(name):
        return lambda source: [sys.executable, HERE / "peer.py", name, folder / f"{name}.model", source, folder / "answers"]

    found = {"classify": classify(pathlib.Path(args.classify).resolve())}
    if args.baseline:
        found["classify before"] = classify(pathlib.Path(args.baseline).resolve())
    found |= {name: of(name) for name in peer.PEERS}
    found["wc -w"] = lambda source: ["wc", "-w", source]
    if shutil.which("jq"):
        found["jq length"] = lambda source: ["jq", "length", source]
    return found


def spread(values, digits=2):
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f}-{max(values):.{digits}f})"


def table(header, rows):
    return "\n".join(f"| {' | '.join(row)} |" for row in [header, ["---"] * len(header), *rows]) + "\n"


def section(name, runs, megabytes):
    rows, megabytes = [], 0 if name == "start" else megabytes
    for system, seen in runs.items():
        ratios = [ours[0] / max(other[0], 0.01) for ours, other in zip(runs["classify"], seen)]
        target = TARGETS.get((name, system))
        rows.append([system, spread([r[0] for r in seen]), f"{megabytes / max(statistics.median(r[0] for r in seen), 0.01):.1f}" if megabytes else "-",
                     f"{statistics.median(r[1] for r in seen):.1f}", f"{max(r[2] for r in seen):.0f}",
                     "" if system == "classify" else spread(ratios), "" if target is None else f"<= {target}"])
    head = ["system", "CPU s", "MB per CPU s", "wall s", "peak MB", "ours / it", "target"]
    return f"## {name}\n\n" + table(head, rows) + "\n"


def page(measured, args):
    text = f"""# Performance

`make bench-peers` writes this page from {args.megabytes:g} MB of articles in each mix, {args.runs} turns, one core. A figure is the
median; the least and the most stand in brackets. A ratio divides our CPU seconds by those of the other system in the same
turn. `classify` finds countries, topics, sides, evidence and copies of stories and writes four Parquet tables. fastText,
scikit-learn and VADER give one label to each text. `wc -w` and `jq length` are floors. *start* is one article: what each
costs before its first answer. scripts/bench-peers/inputs.py makes the mixes.

Peers answer once for each text, `classify` once for each country beside each topic. An article of the mix *on-topic*
gets about three answers, each from about 1,200 features. Its ratio is therefore far above that of *night*, where most
articles name no topic.

"""
    return text + "".join(section(name, runs, args.megabytes) for name, runs in measured.items()).rstrip() + "\n"


def main():
    p = argparse.ArgumentParser()
    p.add_argument("classify")
    p.add_argument("page", type=pathlib.Path)
    p.add_argument("--megabytes", type=float, default=20)
    p.add_argument("--runs", type=int, default=5)
    p.add_argument("--baseline", help="another classify to measure beside this one")
    args = p.parse_args()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        # In a process of their own: a child's peak memory is never below its parent's.
        subprocess.run([sys.executable, HERE / "inputs.py", folder, str(int(args.megabytes * 1e6))], check=True)
        found = {mix: folder / f"{mix}.jsonl" for mix in MIXES}
        for name in peer.PEERS:
            subprocess.run([sys.executable, HERE / "peer.py", "learn", name, folder / f"{name}.model"], check=True)
        measured = {mix: {system: [] for system in systems(args, folder)} for mix in found}
        for _ in range(args.runs):
            for mix, source in found.items():
                for system, command in systems(args, folder).items():
                    measured[mix][system].append(spend(command(source), folder))
                    print(mix, system, "%.2f CPU s" % measured[mix][system][-1][0], flush=True)
    args.page.write_text(page(measured, args))


if __name__ == "__main__":
    main()
