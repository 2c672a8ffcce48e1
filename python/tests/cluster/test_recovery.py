# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A task manager is lost while a job with checkpoints runs."""

from __future__ import annotations

import os
import subprocess
import sys

NUMBER = 6_000


def test_every_result_is_there_once(cluster, numbers_job, written, wait_until) -> None:
    job = subprocess.Popen(
        [sys.executable, "-m", "pyflink", "submit", "-p", "4", *numbers_job(NUMBER, 400)],
        env={**os.environ, "FLINKER_TARGET": cluster.address},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        wait_until(lambda: len(written()) > 20)
        # one that has the job, or a part of it; the other one has room for all of it
        managers = cluster.get("/taskmanagers")["taskmanagers"]
        busy = [manager["id"] for manager in managers if manager["freeSlots"] < 4]
        cluster.kill_task_manager(cluster.index_of(busy[0]))
        assert len(written()) < NUMBER
        _, said = job.communicate(timeout=180)
        assert job.returncode == 0, said
        assert written() == [3 * n for n in range(NUMBER)]
    finally:
        job.kill()
        job.communicate()
        if len(cluster.task_managers) < 2:
            cluster.add_task_manager()
        cluster.await_task_managers(2)
