# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What tests that run jobs share."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pyflink.datastream import StreamExecutionEnvironment


@pytest.fixture
def single() -> StreamExecutionEnvironment:
    """An environment with a parallelism of 1: so what comes out has an order."""
    env = StreamExecutionEnvironment.get_execution_environment()
    env.set_parallelism(1)
    return env


@pytest.fixture(scope="session")
def interpreters() -> dict[tuple[int, int], str]:
    """Other interpreters of this machine, by their minor versions."""
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    found: dict[tuple[int, int], str] = {}
    names = [shutil.which(f"python3.{minor}") for minor in range(6, 16)]
    names += map(str, sorted(root.glob("versions/3.*/bin/python")))
    for name in filter(None, names):
        code = "import sys; print(*sys.version_info[:2])"
        answer = subprocess.run([name, "-c", code], capture_output=True, text=True, check=False)
        if answer.returncode == 0:
            major, minor = map(int, answer.stdout.split())
            found.setdefault((major, minor), name)
    return found


@pytest.fixture(scope="session")
def bare_interpreter(tmp_path_factory) -> str:
    """An interpreter of this minor version with nothing installed."""
    folder = tmp_path_factory.mktemp("bare") / "venv"
    command = [sys.executable, "-m", "venv", "--without-pip", folder]
    subprocess.run(command, check=True, capture_output=True)
    return str(folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
