# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The task managers' Python is looked at before a job runs, once."""

from __future__ import annotations

from pathlib import Path

import pytest

# What the engine calls the job that asks.
NAME = "flinker: which Python is here"

# An interpreter that says it is an old one.
_OLD = """#!/bin/sh
exec python3 -c 'import sys
sys.version_info = (3, 8, 1, "final", 0)
sys.argv = sys.argv[1:]
exec(sys.argv.pop(1))' "$@"
"""

JOB = """
    from pyflink.datastream import StreamExecutionEnvironment

    env = StreamExecutionEnvironment.get_execution_environment()
    env.from_collection([1]).map(lambda n: n + 1).print()
    env.execute("probed")
"""


@pytest.fixture
def jobs(cluster):
    """How many jobs of a name there have been."""

    def jobs(name: str) -> int:
        return [job["name"] for job in cluster.get("/jobs/overview")["jobs"]].count(name)

    return jobs


@pytest.fixture
def old_python(tmp_path) -> Path:
    file = tmp_path / "python3.8"
    file.write_text(_OLD)
    file.chmod(0o755)
    return file


def test_a_python_that_does_not_fit_is_refused_before_the_job(
    flinker, jobs, program, old_python
) -> None:
    job = program(JOB)
    said = flinker("submit", "-pyexec", old_python, job, code=1).stderr
    assert said.startswith("flinker: The Python of task manager manager-")
    assert "is Python 3.8" in said
    assert said.count("\n") == 1
    said = flinker("submit", "-pyexec", "python3.99", job, code=1).stderr
    assert "'python3.99', cannot be run" in said
    assert said.count("\n") == 1
    assert jobs("probed") == 0


def test_a_cluster_is_asked_once(flinker, jobs, program, tmp_path) -> None:
    cache = {"FLINKER_CACHE_DIR": str(tmp_path / "cache"), "FLINKER_CLASS_DATA": "off"}
    before = jobs(NAME), jobs("probed")
    job = program(JOB)
    flinker("submit", job, **cache)
    flinker("submit", job, **cache)
    assert (jobs(NAME), jobs("probed")) == (before[0] + 1, before[1] + 2)


def test_a_job_of_java_alone_needs_no_python(flinker, program) -> None:
    job = program(
        """
        from pyflink.common import Types
        from pyflink.datastream import StreamExecutionEnvironment

        env = StreamExecutionEnvironment.get_execution_environment()
        print(list(env.from_collection([1, 2], Types.INT()).execute_and_collect()))
        """
    )
    answer = flinker("submit", "-pyexec", "python3.99", job)
    assert answer.stdout == "[1, 2]\n"
