# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What an import really loads, with every ``__init__`` on the way, which no linter looks at."""

from __future__ import annotations

import subprocess
import sys

import pytest


def loaded_by(statement: str) -> set[str]:
    program = f"{statement}\nimport sys; print(*sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(answer.stdout.split())


@pytest.mark.parametrize("room", ["pyflink._codec"])
def test_what_runs_in_a_worker_loads_nothing_of_java(room: str) -> None:
    loaded = loaded_by(f"import {room}")
    assert room in loaded
    assert not [
        name
        for name in loaded
        if name.split(".")[0] == "py4j" or name.startswith(("pyflink._gateway", "pyflink._graph"))
    ]


@pytest.mark.parametrize("package", ["pyflink.common", "pyflink.datastream"])
def test_an_import_is_light(package: str) -> None:
    heavy = {"grpc", "google.protobuf", "cloudpickle", "asyncio", "numpy", "pandas"}
    assert not heavy & loaded_by(f"import {package}")
