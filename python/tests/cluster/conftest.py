# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A stock Flink cluster on which nothing is installed but Python, and programs that run on it."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from build_tools.flink_cluster import StandaloneCluster, distribution

CACHE = Path.home() / ".cache" / "flinker-tests"
PROGRAM_SECONDS = 240

_NUMBERS = """
    import sys
    from pyflink.common import Encoder, Types, WatermarkStrategy
    from pyflink.datastream import StreamExecutionEnvironment
    from pyflink.datastream.connectors.base import Source
    from pyflink.datastream.connectors.file_system import FileSink, RollingPolicy
    from pyflink.java_gateway import get_gateway

    folder, number, rate, jar = sys.argv[1:]
    env = StreamExecutionEnvironment.get_execution_environment()
    env.add_jars(jar)
    env.enable_checkpointing(500)
    jvm = get_gateway().jvm
    datagen = jvm.org.apache.flink.connector.datagen.source
    limits = jvm.org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy
    source = datagen.DataGeneratorSource(
        jvm.io.flinker.testing.SameNumber(),
        int(number),
        limits.perSecond(float(rate)),
        Types.LONG().get_java_type_info(),
    )
    numbers = env.from_source(Source(source), WatermarkStrategy.no_watermarks(), "numbers")
    numbers.uid("source")
    sink = (
        FileSink.for_row_format(folder, Encoder.simple_string_encoder())
        .with_rolling_policy(RollingPolicy.on_checkpoint_rolling_policy())
        .build()
    )
    numbers.map(lambda n: n * 3, Types.LONG()).uid("map").sink_to(sink).uid("sink")
    env.execute("numbers")
"""


@pytest.fixture(scope="session")
def bare_python(tmp_path_factory) -> Path:
    """A folder with a python3 of this minor version that has no package at all, not even pip."""
    folder = tmp_path_factory.mktemp("bare") / "venv"
    command = [sys.executable, "-m", "venv", "--without-pip", folder]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "bin"


@pytest.fixture(scope="session")
def cluster_environment(bare_python) -> dict[str, str]:
    """What the processes of a cluster have in their environment: nothing of this virtual one."""
    return {"PATH": f"{bare_python}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": ""}


@pytest.fixture(scope="session")
def cluster(tmp_path_factory, cluster_environment) -> Iterator[StandaloneCluster]:
    """Two task managers of four slots, for all tests that leave them as they are."""
    folder = tmp_path_factory.mktemp("cluster")
    home = distribution("2.3.0", CACHE)
    running = StandaloneCluster(home, folder, environment=cluster_environment)
    try:
        yield running.start(task_managers=2)
    finally:
        running.stop()


@pytest.fixture
def program(tmp_path) -> Callable[[str], Path]:
    """Writes a program into a folder of its own."""

    def write(text: str, name: str = "job.py") -> Path:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text), "utf-8")
        return file

    return write


Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def python(cluster, tmp_path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs Python, which finds the cluster by the environment variable."""

    def python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env={**os.environ, "FLINKER_TARGET": cluster.address, **environment},
            capture_output=True,
            text=True,
            timeout=PROGRAM_SECONDS,
            check=False,
        )

    return python


@pytest.fixture
def run(python) -> Run:
    """Runs a program that finds its cluster by the environment variable."""

    def run(program: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return python(str(program), *arguments, **environment)

    return run


Flinker = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def flinker(python) -> Flinker:
    """Runs the command, which finds its cluster by the environment variable."""

    def flinker(
        *arguments: object, code: int = 0, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        answer = python("-m", "pyflink", *map(str, arguments), **environment)
        assert answer.returncode == code, answer.stderr + answer.stdout
        return answer

    return flinker


@pytest.fixture
def numbers_job(program, test_jar, tmp_path) -> Callable[[int, int], list[str]]:
    """The arguments that run a job which writes the multiples of 3 into the folder 'out'.

    Takes how many, and how many a second.
    """
    file = program(_NUMBERS, "counting.py")

    def numbers_job(number: int, rate: int) -> list[str]:
        return [str(file), str(tmp_path / "out"), str(number), str(rate), str(test_jar)]

    return numbers_job


@pytest.fixture
def written(tmp_path) -> Callable[[], list[int]]:
    """The numbers in the finished files of that folder, in order."""

    def written() -> list[int]:
        files = [file for file in (tmp_path / "out").rglob("*") if file.is_file()]
        finished = [file for file in files if file.name[0] not in "._"]
        return sorted(int(line) for file in finished for line in file.read_text().splitlines())

    return written


@pytest.fixture
def wait_until() -> Callable[..., None]:
    """Waits for a condition."""

    def wait_until(condition: Callable[[], object], seconds: float = 90) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, "it has not happened in time"
            time.sleep(0.2)

    return wait_until
