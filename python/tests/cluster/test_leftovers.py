# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""When a job has ended, nothing of it is left on the cluster."""

from __future__ import annotations

import time
from pathlib import Path

import psutil

PATIENCE_SECONDS = 30


def processes(cluster) -> list[psutil.Process]:
    """What runs below the task managers."""
    return [
        child
        for keeper in cluster.task_managers
        for manager in psutil.Process(keeper.pid).children()
        for child in manager.children(recursive=True)
    ]


def ports(cluster) -> set[str]:
    """Where the task managers listen: ports, and the paths of sockets."""
    found = set()
    for keeper in cluster.task_managers:
        for manager in psutil.Process(keeper.pid).children():
            for connection in manager.net_connections("all"):
                if connection.status == psutil.CONN_LISTEN or isinstance(connection.laddr, str):
                    found.add(str(connection.laddr))
    return found


def folders(cluster) -> set[Path]:
    """What is of a job in the folders for temporary files."""
    tmp = cluster.folder / "tmp"
    return set(tmp.glob("tm_*/tmp/flinker/jobs/*")) | set((cluster.folder / "java-tmp").glob("fn*"))


def test_nothing_is_left(cluster, program, run) -> None:
    job = program(
        """
        import os, sys, tempfile
        from pyflink.datastream import StreamExecutionEnvironment

        fail = "fail" in sys.argv
        env = StreamExecutionEnvironment.get_execution_environment()
        env.set_parallelism(4)

        def function(n, fail=fail):
            file = tempfile.NamedTemporaryFile(delete=False)
            if fail and n == 5:
                os._exit(3)
            return file.name

        try:
            numbers = env.from_collection(range(10)).rebalance()
            names = list(numbers.map(function).execute_and_collect())
            print(len(set(names)), names[0])
        except Exception as e:
            print(e)
        """
    )
    before = ports(cluster)
    answer = run(job)
    assert answer.stdout.startswith("10 "), answer.stderr
    assert not Path(answer.stdout.split()[1]).exists()
    assert "exit code 3" in run(job, "fail").stdout
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        left = (processes(cluster), folders(cluster), ports(cluster) - before)
        if left == ([], set(), set()):
            break
        time.sleep(0.2)
    assert left == ([], set(), set())


def direct_memory(cluster) -> int:
    """How many bytes outside of the heap the task managers hold, of which each has a limit."""
    name = "Status.JVM.Memory.Direct.MemoryUsed"
    managers = cluster.get("/taskmanagers")["taskmanagers"]
    found = [cluster.get(f"/taskmanagers/{m['id']}/metrics?get={name}") for m in managers]
    return sum(int(metric["value"]) for metrics in found for metric in metrics)


def test_jobs_in_a_row_take_no_more_and_more_memory(cluster, program, run, wait_until) -> None:
    job = program(
        """
        import sys
        from pyflink.datastream import StreamExecutionEnvironment

        for _ in range(int(sys.argv[1])):
            env = StreamExecutionEnvironment.get_execution_environment()
            env.set_parallelism(4)
            keyed = env.from_collection(range(1000)).key_by(lambda i: i % 9)
            print(len(list(keyed.reduce(lambda a, b: a + b).execute_and_collect())))
        """
    )

    def after(jobs: int) -> int:
        answer = run(job, str(jobs))
        assert answer.stdout.split() == ["1000"] * jobs, answer.stderr
        # the job manager asks for metrics every ten seconds
        time.sleep(11)
        wait_until(lambda: direct_memory(cluster))
        return direct_memory(cluster)

    before = after(1)
    # a job that left its buffers behind would take 2 MB and more
    assert after(8) - before < 8 * 2 * (1 << 20)
