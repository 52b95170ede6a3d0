"""Builds the wheels of stance and stance-spark for each processor: python wheels.py FOLDER.

Needs Go and pip.
"""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
BINARY = HERE / "python" / "src" / "stance" / "bin" / "classify"
#: By Go's name of the processor: the name in the wheel, and the machine in the head of an ELF file.
PROCESSORS = {"arm64": ("aarch64", 183), "amd64": ("x86_64", 62)}
#: By folder: the wheel, and where the binary lies in it.
PROJECTS = {
    "python": ("stance", "stance/bin/classify"),
    "spark": ("stance_spark", "stance_spark/_stance/bin/classify"),
}


def compile_binary(processor: str) -> None:
    """Builds the static binary into the Python package."""
    BINARY.parent.mkdir(exist_ok=True)
    go = ["go", "build", "-trimpath", "-ldflags=-s -w", "-o", str(BINARY), "./cmd/classify"]
    target = {"CGO_ENABLED": "0", "GOOS": "linux", "GOARCH": processor}
    subprocess.run(go, check=True, cwd=HERE.parent, env={**os.environ, **target})


def build(project: str, processor: str, folder: Path) -> Path:
    """Makes one wheel, and checks that the binary in it is of that processor."""
    (wheel, inside), (name, machine) = PROJECTS[project], PROCESSORS[processor]
    shutil.rmtree(HERE / project / "build", ignore_errors=True)
    for old in folder.glob(f"{wheel}-*_{name}.whl"):
        old.unlink()
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--quiet",
            "--no-deps",
            "--wheel-dir",
            str(folder),
            f"--config-settings=--build-option=--plat-name=manylinux2014_{name}",
            str(HERE / project),
        ],
        check=True,
    )
    (made,) = folder.glob(f"{wheel}-*-py3-none-manylinux2014_{name}.whl")
    with zipfile.ZipFile(made) as z:
        head = z.read(inside)[:20]
    if head[:4] != b"\x7fELF" or struct.unpack("<H", head[18:20])[0] != machine:
        sys.exit(f"{made} carries a binary of another processor; remove {BINARY} and run again")
    return made


if __name__ == "__main__":
    for each in PROCESSORS:  # the last one's binary stays in the source tree
        compile_binary(each)
        for p in PROJECTS:
            print(build(p, each, Path(sys.argv[1])))
