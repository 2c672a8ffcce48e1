# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A cluster of an older Flink: the program's jobs are made with that version's jars."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from build_tools.engine import ROOT
from build_tools.flink_cluster import StandaloneCluster, distribution
from build_tools.maven import maven_executable

VERSION = "2.2.1"
CACHE = Path.home() / ".cache" / "flinker-tests"
REPOSITORY = Path.home() / ".m2" / "repository"


@pytest.fixture(scope="module")
def older_cluster(tmp_path_factory, cluster_environment) -> Iterator[StandaloneCluster]:
    # Maven fills its own repository, which the program takes for Maven Central
    command = [maven_executable(), "-q", "-B", f"-Dflink.version={VERSION}", "dependency:resolve"]
    subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=True, capture_output=True)
    home = distribution(VERSION, CACHE)
    folder = tmp_path_factory.mktemp("older")
    running = StandaloneCluster(home, folder, environment=cluster_environment)
    try:
        yield running.start(task_managers=1)
    finally:
        running.stop()


def test_functions_and_state_on_the_version_before(older_cluster, program, run, tmp_path) -> None:
    job = program(
        """
        from pyflink.common import Types
        from pyflink.datastream import StreamExecutionEnvironment

        env = StreamExecutionEnvironment.get_execution_environment()
        env.set_parallelism(2)
        pairs = env.from_collection([(n % 2, n) for n in range(10)])
        sums = pairs.key_by(lambda pair: pair[0]).reduce(lambda a, b: (a[0], a[1] + b[1]))
        print(max(sums.execute_and_collect()))
        """
    )
    answer = run(
        job,
        FLINKER_TARGET=older_cluster.address,
        FLINKER_MAVEN_REPOSITORY=REPOSITORY.as_uri(),
        FLINKER_CACHE_DIR=str(tmp_path / "cache"),
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout == "(1, 25)\n"
    jars = tmp_path / "cache" / f"flink-{VERSION}"
    assert (jars / f"flink-runtime-{VERSION}.jar").is_file()


def test_a_program_that_began_with_another_version_is_told_so(older_cluster, program, run) -> None:
    job = program(
        """
        import os
        from pyflink.datastream import StreamExecutionEnvironment

        address = os.environ.pop("FLINKER_TARGET").removeprefix("http://")
        host, port = address.split(":")
        env = StreamExecutionEnvironment.create_remote_environment(host, int(port))
        try:
            list(env.from_collection([1]).execute_and_collect())
        except RuntimeError as e:
            print(e)
        """
    )
    answer = run(job, FLINKER_TARGET=older_cluster.address)
    assert "is Flink 2.2.1, and this process has begun with 2.3.0" in answer.stdout, answer.stderr
