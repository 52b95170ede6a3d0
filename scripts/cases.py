#!/usr/bin/env python3
"""Tries the programs on the cases of a folder, and fails when a case does.

    cases.py CASES CLASSIFY TRAIN [NAME…]

CASES holds check.py, which runs cases and prints what does not hold, and for each case NAME.expect with its files. A case
that names a file which is not there cannot be tried: it is listed, and counts as neither passed nor failed.
"""
import os
import pathlib
import re
import subprocess
import sys


def missing(expect):
    """The files that a case names and the folder lacks."""
    named = re.search(r"^files:(.*)$", expect.read_text(encoding="utf-8"), re.MULTILINE)
    return [name for name in named[1].split() if not (expect.parent / name).exists()] if named else []


def main(cases, classify, train, *names):
    cases = pathlib.Path(cases).resolve()
    complete, lacking = [], {}
    for expect in sorted(cases.glob("*.expect")):
        if names and expect.stem not in names:
            continue
        lacks = missing(expect)
        if lacks:
            lacking[expect.stem] = lacks
        else:
            complete.append(expect.stem)
    if not complete:
        sys.exit(f"cases: {cases} has no case to try")
    programs = {"CLASSIFY": os.path.abspath(classify), "TRAIN": os.path.abspath(train)}
    run = subprocess.run([sys.executable, "check.py", *complete], cwd=cases, env={**os.environ, **programs},
                         capture_output=True, text=True)
    print(run.stdout, end="")
    print(run.stderr, end="", file=sys.stderr)
    for name, files in lacking.items():
        print(f"not tried: {name} lacks {', '.join(files)}")
    passed = len(re.findall(r"^pass ", run.stdout, re.MULTILINE))
    if run.returncode or passed != len(complete):
        sys.exit(f"cases: {len(complete) - passed} of {len(complete)} fail")


if __name__ == "__main__":
    main(*sys.argv[1:])
