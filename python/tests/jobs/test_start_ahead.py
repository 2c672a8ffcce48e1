# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The JVM that is started before a program asks for it."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap


def run(program: str) -> str:
    answer = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        env={**os.environ, "FLINKER_JVM_OPTIONS": "-Dset.by=parent"},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert answer.stderr == ""
    return answer.stdout


PRELUDE = """
    import os, time
    from pyflink._gateway import is_running, java_class, start_ahead

    def started():
        while not is_running():
            time.sleep(0.01)
        return connection._connection.process

    from pyflink._gateway import connection
    start_ahead()
"""


def test_a_program_gets_the_jvm_that_was_started_ahead() -> None:
    program = """
    first = started()
    print(java_class("java.lang.System").getProperty("set.by"))
    print(connection._connection.process is first)
    """
    assert run(PRELUDE + program) == "parent\nTrue\n"


def test_a_program_that_changes_its_options_gets_another() -> None:
    program = """
    first = started()
    os.environ["FLINKER_JVM_OPTIONS"] = "-Dset.by=program"
    print(java_class("java.lang.System").getProperty("set.by"))
    print(first.is_alive())
    """
    assert run(PRELUDE + program) == "program\nFalse\n"


def test_a_program_that_needs_none_ends_at_once() -> None:
    assert run(PRELUDE + "    print('done')\n") == "done\n"
