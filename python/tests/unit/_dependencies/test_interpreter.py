# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What an interpreter says of itself, and what is made of it."""

from __future__ import annotations

import json
import os
import stat
import sys
import sysconfig

import pytest

from pyflink._dependencies import interpreter
from pyflink._gateway.errors import WorkerSetupError


@pytest.fixture
def pretend(tmp_path):
    """An interpreter that answers what it is told to."""
    if os.name == "nt":
        pytest.skip("a script is no program there")

    def pretend(**answer) -> str:
        usual = {
            "version": list(sys.version_info[:3]),
            "path": ["/lib"],
            "abi": interpreter._own_abi(),
            "missing": [],
        }
        script = tmp_path / "python"
        script.write_text(
            f"#!/bin/sh\necho hello\ncat <<'EOF'\n{json.dumps(usual | answer)}\nEOF\n"
        )
        script.chmod(stat.S_IRWXU)
        return str(script)

    return pretend


def test_one_that_has_everything(pretend) -> None:
    executable = pretend()
    found = interpreter.examine(executable)
    assert found == interpreter.Interpreter(executable, ("/lib",), ())


def test_one_that_lacks_something(pretend) -> None:
    found = interpreter.examine(pretend(missing=["grpc"]))
    assert any(os.path.isdir(os.path.join(folder, "grpc")) for folder in found.borrowed)


def test_one_that_cannot_borrow(pretend) -> None:
    with pytest.raises(WorkerSetupError, match=r"lacks grpc, msgspec, .*another kind \(pypy\)"):
        interpreter.examine(pretend(missing=["grpc", "msgspec"], abi="pypy"))


@pytest.mark.parametrize("version", [[2, 7, 18], [3, 9, 1]])
def test_one_that_is_too_old(pretend, version) -> None:
    text = ".".join(map(str, version))
    with pytest.raises(WorkerSetupError, match=f"is Python {text}, and workers need Python 3.10"):
        interpreter.examine(pretend(version=version))


def test_one_of_another_minor_version(pretend) -> None:
    other = [3, sys.version_info.minor + 1, 2]
    with pytest.raises(WorkerSetupError) as error:
        interpreter.examine(pretend(version=other))
    message = str(error.value)
    assert f"Python 3.{other[1]}.2" in message
    assert sys.executable in message
    assert f"an interpreter of Python 3.{sys.version_info.minor}." in message


def test_what_is_the_program_s_own() -> None:
    stdlib = sysconfig.get_paths()["stdlib"]
    name = f"python3{sys.version_info.minor}.zip"
    zipped = os.path.join(os.path.dirname(stdlib), name)
    site = sysconfig.get_paths()["purelib"]
    path = ["/my/job", zipped, stdlib, os.path.join(stdlib, "lib-dynload"), site, "/my/lib"]
    assert interpreter.program_folders(path) == ["/my/job", "/my/lib"]
