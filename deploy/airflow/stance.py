"""The nightly batch as an Airflow DAG: shards in parallel, then the commit that publishes their date.

Every task may be tried again: a shard keeps the parts that are there, and a commit replaces the date. The workers share the
folder ROOT, which needs file locks and renames (a local disk, or NFS 4).
"""

from datetime import datetime, timedelta, timezone

from airflow import DAG

try:  # Airflow 3
    from airflow.providers.standard.operators.bash import BashOperator
except ImportError:  # Airflow 2
    from airflow.operators.bash import BashOperator

ROOT = "/var/lib/stance"
SHARDS = 4

# The day the run is for, the same for all tries of all tasks.
WHERE = "--out " + ROOT + "/out --date {{ data_interval_end | ds }} --log-format json"

# 3 is done with some records rejected: the metrics tell, and the task has succeeded.
DONE = "; code=$?; [ $code -eq 3 ] || exit $code"

with DAG(
    dag_id="stance",
    description="Stance of countries in the news",
    schedule="0 2 * * *",
    start_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
    catchup=False,
    max_active_runs=1,
    default_args={
        "retries": 3,
        "retry_delay": timedelta(minutes=10),
        "execution_timeout": timedelta(hours=5),
    },
) as dag:
    shards = [
        BashOperator(
            task_id=f"shard_{i}",
            bash_command=f"classify {ROOT}/inbox {WHERE} --shard {i}/{SHARDS}{DONE}",
        )
        for i in range(SHARDS)
    ]
    commit = BashOperator(
        task_id="commit",
        bash_command=f"classify commit {WHERE} --shards {SHARDS}"
        f" --summary-json {ROOT}/summary.json --metrics-file {ROOT}/stance.prom{DONE}",
    )
    shards >> commit
