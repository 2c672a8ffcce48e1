# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A stock Flink cluster on which nothing is installed but Python, and programs that run on it."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from build_tools.flink_cluster import StandaloneCluster, distribution

CACHE = Path.home() / ".cache" / "flinker-tests"
PROGRAM_SECONDS = 240


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
def run(cluster, tmp_path) -> Run:
    """Runs a program that finds its cluster by the environment variable."""

    def run(program: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(program), *arguments],
            cwd=tmp_path,
            env={**os.environ, "FLINKER_TARGET": cluster.address, **environment},
            capture_output=True,
            text=True,
            timeout=PROGRAM_SECONDS,
            check=False,
        )

    return run
