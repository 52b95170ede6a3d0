"""The table that a check prints."""

from __future__ import annotations

import time


class Report:
    """Prints a line for each check and counts those that passed and failed."""

    def __init__(self) -> None:
        self.passed = self.failed = self.skipped = 0

    def line(self, name: str, ok: bool, words: str, begun: float) -> None:
        self.passed += ok
        self.failed += not ok
        print(
            f"{'ok  ' if ok else 'FAIL'} {name:<52} {time.monotonic() - begun:6.1f} s  {words}",
            flush=True,
        )

    def skip(self, name: str, why: str) -> None:
        self.skipped += 1
        print(f"--   {name:<52}           {why}", flush=True)

    def closing(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"
