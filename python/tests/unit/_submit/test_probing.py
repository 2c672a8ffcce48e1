# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What is made of the answers of task managers."""

from __future__ import annotations

import platform
import subprocess
import sys

from pyflink._submit import probing
from pyflink._submit.libraries import LANDING, own_python


def said(python: str, machine: str) -> str:
    command = [sys.executable, "-c", LANDING.read_text("utf-8") + probing._DESCRIBE]
    command += [python, machine, ""]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_one_that_fits() -> None:
    for python in (own_python(), ""):
        answer = probing._answer("tm", said(python, platform.machine()), "")
        assert answer.unfit == ""
        assert answer.found.startswith(f"{platform.python_version()} ({sys.executable}), ")
        assert platform.machine() in answer.found


def test_ones_that_do_not() -> None:
    old = probing._answer("tm", said("2.7", platform.machine()), "")
    assert f"is Python {own_python()} " in old.unfit
    assert old.found.startswith(platform.python_version())
    assert "for s390x" in probing._answer("tm", said(own_python(), "s390x"), "").unfit
    assert probing._answer("tm", "", "error=2").unfit.startswith("cannot be run (error=2). ")


def test_one_that_makes_no_sense() -> None:
    unfit = probing._answer("tm", "Illegal instruction\n", "").unfit
    assert unfit == "does not answer. Its last words: Illegal instruction"
    # the first answer, and nothing after it
    assert "does not answer" in probing._answer("tm", "flinker landed\0fits\0", "").unfit
