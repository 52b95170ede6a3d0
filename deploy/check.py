"""Checks every file of this folder: its syntax, and that the commands in it publish what a plain run publishes.

    python3 deploy/check.py BIN    # BIN is the folder of the built programs; make deploy-check does it all

Nothing is installed or started: commands run in a temporary folder that stands for /var/lib/stance. What this machine lacks
(systemd-analyze, PyYAML, kubernetes-validate) is said and passed over.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import types

HERE = pathlib.Path(__file__).parent
SAMPLE = HERE.parent / "datasets" / "sample"
ROOT = "/var/lib/stance"
DATE = "2026-03-29"


def systemd():
    """Verifies the units and returns the service's command."""
    text = (HERE / "systemd/stance.service").read_text()
    if not shutil.which("systemd-analyze"):
        print("systemd: not verified, systemd-analyze is not here")
    else:
        with tempfile.TemporaryDirectory() as folder:
            units = pathlib.Path(folder)
            # The program need not be installed here.
            (units / "stance.service").write_text(text.replace("/usr/local/bin/classify", "/bin/true"))
            shutil.copy(HERE / "systemd/stance.timer", units)
            names = [str(units / name) for name in ("stance.service", "stance.timer")]
            done = subprocess.run(["systemd-analyze", "verify", "--man=no", *names], capture_output=True, text=True)
            ours = [line for line in done.stderr.splitlines() if "stance." in line]
            if done.returncode or ours:
                sys.exit("systemd: " + done.stderr)
            subprocess.run(["systemd-analyze", "calendar", "*-*-* 02:00:00 UTC"], check=True, stdout=subprocess.DEVNULL)
    command = re.search(r"^ExecStart=(.*)$", text, re.M).group(1)
    return [command.replace("/usr/local/bin/", "")]


def cron():
    """Checks the crontab's form (crontab(5), with a user) and returns its commands."""
    field = r"(\*|\d+(-\d+)?)(/\d+)?(,(\*|\d+(-\d+)?)(/\d+)?)*"
    commands = []
    for line in (HERE / "cron/stance").read_text().splitlines():
        if not line or line.startswith("#") or re.fullmatch(r"[A-Z]+=\S*", line):
            continue
        match = re.fullmatch(rf"((?:{field}\s+){{5}})([a-z]+)\s+(.+)", line)
        if not match or "%" in line:
            sys.exit("cron: not a line of a crontab: " + line)
        for text, top in zip(match.group(1).split(), (59, 23, 31, 12, 7)):
            if any(int(number) > top for number in re.findall(r"\d+", text)):
                sys.exit("cron: out of range: " + line)
        commands.append(match.groups()[-1])
    return commands


def manifests():
    """Checks the manifests against Kubernetes' own schemas and returns the script of each container, by Job."""
    try:
        import yaml
    except ImportError:
        print("kubernetes: not checked, PyYAML is not here")
        return {}
    try:
        import kubernetes_validate
    except ImportError:
        kubernetes_validate = None
        print("kubernetes: parsed only, kubernetes-validate is not here")
    scripts = {}
    for path in sorted((HERE / "kubernetes").glob("*.yaml")):
        for manifest in yaml.safe_load_all(path.read_text()):
            if kubernetes_validate:
                kubernetes_validate.validate(manifest, "1.30", strict=True)
            spec = manifest["spec"]
            if manifest["kind"] == "CronJob":
                spec = spec["jobTemplate"]["spec"]
            container = spec["template"]["spec"]["containers"][0]
            assert container["command"] == ["/bin/sh", "-c"], path
            runs = range(spec.get("completions", 1))
            scripts[manifest["metadata"]["name"]] = [
                f"export JOB_COMPLETION_INDEX={i}\n" + container["args"][0] for i in runs
            ]
    return scripts


def airflow():
    """Runs the DAG file against a stand-in for Airflow and returns the tasks' commands in an order that it allows."""
    tasks, edges = [], []

    class DAG:
        def __init__(self, dag_id, **settings):
            assert settings["schedule"] and not settings["catchup"]

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

    class BashOperator:
        def __init__(self, task_id, bash_command):
            self.task_id, self.bash_command = task_id, bash_command
            tasks.append(self)

        def __rrshift__(self, before):
            edges.extend((task.task_id, self.task_id) for task in before)

    bash = types.ModuleType("airflow.providers.standard.operators.bash")
    bash.BashOperator = BashOperator
    names = ["airflow", "airflow.providers", "airflow.providers.standard", "airflow.providers.standard.operators"]
    modules = {name: types.ModuleType(name) for name in names}
    modules["airflow"].DAG = DAG
    sys.modules.update(modules | {bash.__name__: bash})
    path = HERE / "airflow/stance.py"
    exec(compile(path.read_text(), str(path), "exec"), {})
    ids = [task.task_id for task in tasks]
    assert len(set(ids)) == len(ids) and edges == [(i, "commit") for i in ids if i != "commit"], (ids, edges)
    commands = [re.sub(r"{{.*?}}", DATE, task.bash_command) for task in tasks]
    assert ids[-1] == "commit" and "{{" not in "".join(commands)
    return commands


def published(name, commands, bin, folder):
    """Runs commands over the sample as if folder were ROOT and returns the bytes of what is published.

    The folder is the same each time and removed afterwards: paths of rejected records are published.
    """
    root = pathlib.Path(folder)
    (root / "inbox").mkdir(parents=True)
    try:
        for path in SAMPLE.glob("articles-*.jsonl"):
            shutil.copy(path, root / "inbox")
        (root / "inbox/broken.jsonl").write_text("{broken\n")  # so that the exit code is 3
        env = {"PATH": f"{bin}:{os.environ['PATH']}", "STANCE_ARTICLES_PER_PART": "8", "STANCE_WORKERS": "1"}
        for command in commands:
            if "--date" not in command:
                command = command.replace("--out ", f"--date {DATE} --out ")
            done = subprocess.run(["/bin/sh", "-c", command.replace(ROOT, folder)], env=env, cwd=folder, capture_output=True, text=True)
            wants = 0 if "code=$?" in command else 3
            if done.returncode != wants:
                sys.exit(f"{name}: exit code {done.returncode}, want {wants}\n{command}\n{done.stderr}")
        for told in ("summary.json", "stance.prom"):
            assert (root / told).stat().st_size > 0, (name, told)
        files = sorted((root / "out").rglob("*.parquet"))
        return {str(path.relative_to(root)): path.read_bytes() for path in files}
    finally:
        shutil.rmtree(root)


def main():
    bin = pathlib.Path(sys.argv[1]).resolve()
    scripts = manifests()
    ways = {"systemd": systemd(), "cron": cron(), "airflow": airflow()}
    if scripts:
        ways["cronjob"] = scripts["stance"]
        ways["indexed job"] = scripts[f"stance-{DATE}"] + scripts[f"stance-commit-{DATE}"]
    first = None
    with tempfile.TemporaryDirectory() as folder:
        for name, commands in ways.items():
            files = published(name, commands, bin, folder + "/stance")
            first = first or files
            if len(files) < 10 or files != first:
                sys.exit(f"{name} publishes other bytes than the others do: {sorted(files)}")
            print(f"{name}: {len(commands)} commands, {len(files)} files as the others publish them")


main()
