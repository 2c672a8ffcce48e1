# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Jobs for which the cluster has no slots."""

from __future__ import annotations

import json
import os
import subprocess
import sys

JOB = """
    from pyflink.datastream import StreamExecutionEnvironment

    env = StreamExecutionEnvironment.get_execution_environment()
    print(*env.from_collection([1]).map(lambda n: n + 1).execute_and_collect())
"""


def test_too_few_slots_are_said(flinker, cluster, program) -> None:
    job = program(JOB)
    said = flinker("submit", "-p", 9, "-D", "slot.request.timeout=500 ms", job, code=1).stderr
    waits, fails = said.splitlines()
    lack = f"The job needs 9 free slots, and 8 of 8 are free on {cluster.address}"
    assert waits.startswith(f"flinker: {lack}: it waits for up to 0.5 s (slot.request.timeout). ")
    assert fails.startswith(f"flinker: {lack}, after 0.5 s (slot.request.timeout). ")
    # a job of batches runs part by part
    batch = ("-D", "execution.runtime-mode=BATCH")
    assert flinker("submit", "-p", 9, *batch, job).stdout == "2\n"


def test_a_job_waits_for_slots(flinker, cluster, program, numbers_job) -> None:
    flinker("submit", "--detached", "-p", 8, *numbers_job(20_000, 200))
    (busy,) = json.loads(flinker("list", "--json").stdout)
    waiting = subprocess.Popen(
        [sys.executable, "-m", "pyflink", "submit", "-p", "2", program(JOB)],
        env={**os.environ, "FLINKER_TARGET": cluster.address},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert waiting.stderr is not None
    notice = waiting.stderr.readline()
    assert "The job needs 2 free slots, and 0 of 8 are free" in notice
    assert "waits for up to 300 s" in notice
    flinker("cancel", busy["id"])
    out, said = waiting.communicate(timeout=60)
    assert waiting.returncode == 0, said
    assert out == "2\n"
