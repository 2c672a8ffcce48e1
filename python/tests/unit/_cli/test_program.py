# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The command runs a program as Python would."""

from __future__ import annotations

import subprocess
import sys

import pytest


def flinker(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pyflink", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture
def script(tmp_path):
    file = tmp_path / "program.py"

    def script(text: str):
        file.write_text(text)
        return file

    return script


def test_the_rest_of_the_line_is_the_programs(script) -> None:
    program = script("import sys; print(__name__, sys.argv[1:], sys.path[0])")
    answer = flinker("run", "-p", "2", program, "-p", "3", "--verbose", "x")
    assert answer.stdout == f"__main__ ['-p', '3', '--verbose', 'x'] {program.parent}\n"


def test_its_exit_code_is_the_commands(script) -> None:
    assert flinker("run", script("import sys; sys.exit(7)")).returncode == 7


def test_its_own_failure_has_its_own_traceback(script) -> None:
    answer = flinker("run", script("def f():\n    raise KeyError('mine')\nf()\n"))
    assert answer.returncode == 1
    assert answer.stderr.splitlines()[-1] == "KeyError: 'mine'"
    assert "_cli" not in answer.stderr
    assert answer.stderr.count("File ") == 2


def test_what_it_lacks_is_said_in_a_sentence(tmp_path) -> None:
    assert f"There is no program {tmp_path}" in flinker("run", tmp_path / "absent.py").stderr
    assert "Name the program" in flinker("run").stderr
    assert "There is no module no.such" in flinker("run", "-pym", "no.such").stderr
    assert "-D takes a setting" in flinker("run", "-D", "a", tmp_path).stderr


def test_a_command_without_a_cluster_asks_for_one(monkeypatch) -> None:
    monkeypatch.delenv("FLINKER_TARGET", raising=False)
    answer = flinker("list")
    assert answer.returncode == 2
    assert "Name the cluster" in answer.stderr
