"""Spark sessions, a standalone cluster on this machine, and what kills parts of it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import pyspark
from pyspark.sql import SparkSession

#: Options of Java for short jobs.
JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


def session(master: str, **conf: str) -> SparkSession:
    builder = SparkSession.builder.master(master).appName("spark-check")
    for key, value in {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "4",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.session.timeZone": "America/New_York",
        "spark.ui.showConsoleProgress": "false",
        "spark.executor.memory": "1g",
        "spark.driver.memory": "2g",
        # Jobs are short: compiling them well costs more than it saves.
        "spark.driver.extraJavaOptions": JAVA,
        "spark.executor.extraJavaOptions": JAVA,
        "spark.sql.codegen.wholeStage": "false",
        **conf,
    }.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    return spark


class Cluster:
    """A standalone master with two workers of one core each."""

    def __enter__(self) -> "Cluster":
        self.port = free_port()
        self.url = f"spark://127.0.0.1:{self.port}"
        self.logs = tempfile.TemporaryDirectory()
        master = f"--host 127.0.0.1 --port {self.port} --webui-port 0"
        worker = "--host 127.0.0.1 --cores 1 --memory 1500m --webui-port 0 --work-dir"
        self.processes = [self._start("master.Master", *master.split())]
        self._wait_for_master()
        for i in range(2):
            folder = f"{self.logs.name}/work{i}"
            self.processes.append(self._start("worker.Worker", *worker.split(), folder, self.url))
        return self

    def _wait_for_master(self) -> None:
        """Returns when the master takes connections: workers and drivers give up waiting."""
        for _ in range(600):
            with socket.socket() as s:
                if s.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.2)
        raise TimeoutError(f"no Spark master at {self.url} after two minutes")

    def _start(self, what: str, *arguments: str) -> subprocess.Popen:
        home = Path(pyspark.__file__).parent
        return subprocess.Popen(
            [str(home / "bin/spark-class"), f"org.apache.spark.deploy.{what}", *arguments],
            env={**os.environ, "SPARK_HOME": str(home)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def __exit__(self, *_: object) -> None:
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
        self.logs.cleanup()


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def descendants(roots: list) -> dict:
    """The command lines of all processes below roots, by id."""
    parents, commands = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int(
                    (entry / "stat").read_text().rsplit(")", 1)[1].split()[1]
                )
                commands[int(entry.name)] = (
                    (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
                )
            except (OSError, IndexError):
                continue
    found = {}
    for pid in parents:
        above = pid
        while above in parents and above not in roots:
            above = parents[above]
        if above in roots and pid not in roots:
            found[pid] = commands[pid]
    return found


class Killer(threading.Thread):
    """Kills a filter, the Python worker of another, an executor and a worker, each in mid-task."""

    victims = {
        "filter": "pipe articles",
        "Python worker": "pyspark.daemon",
        "executor": "CoarseGrainedExecutorBackend",
        "worker": None,
    }

    def __init__(self, cluster: Cluster) -> None:
        super().__init__(daemon=True)
        self.cluster, self.killed, self.stop = cluster, [], threading.Event()

    def run(self) -> None:
        for name, command in self.victims.items():
            while not self.stop.wait(0.05):
                below = descendants([p.pid for p in self.cluster.processes])
                if not any("pipe articles" in c for c in below.values()):
                    continue
                self.stop.wait(0.3)  # let it get into the task
                if command is None:
                    target = self.cluster.processes[-1].pid
                else:
                    target = max((p for p, c in below.items() if command in c), default=None)
                if target is not None and kill(target):
                    self.killed.append(name)
                    self.stop.wait(2)
                    break


def kill(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def running(*words: str) -> list:
    """The command lines of all processes of this machine that hold one of the words."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                line = (
                    (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
                )
            except OSError:
                continue
            if "pipe" in line and any(word in line for word in words):
                found.append(line)
    return found
