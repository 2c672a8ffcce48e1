# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What a program needs goes with its jobs: modules, packages, data, an interpreter."""

from __future__ import annotations

import zipfile
from pathlib import Path

_DIST_INFO = "shouting-1.0.dist-info"


def make_wheel(folder: Path) -> None:
    """A package that nobody else has."""
    folder.mkdir()
    with zipfile.ZipFile(folder / "shouting-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("shouting/__init__.py", "def shout(text):\n    return text.upper() + '!'\n")
        wheel.writestr(
            f"{_DIST_INFO}/METADATA", "Metadata-Version: 2.1\nName: shouting\nVersion: 1.0"
        )
        wheel.writestr(
            f"{_DIST_INFO}/WHEEL",
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        wheel.writestr(f"{_DIST_INFO}/RECORD", "")


def test_modules_packages_and_data_go_with_the_job(program, run, tmp_path) -> None:
    make_wheel(tmp_path / "wheels")
    program("shouting", "requirements.txt")
    program("import deeper\n\ndef greet(name):\n    return deeper.GREETING + name\n", "beside.py")
    program("GREETING = 'hello '\n", "deeper.py")
    program("", "parts/__init__.py")
    program("ending\n", "parts/end.txt")
    program(
        """
        from importlib.resources import files
        END = files("parts").joinpath("end.txt").read_text()
        """,
        "parts/end.py",
    )
    program("SEEN = True", "unrelated.py")
    program("EXTRA = 7\n", "elsewhere/added.py")
    with zipfile.ZipFile(tmp_path / "data.zip", "w") as data:
        data.writestr("numbers.txt", "1 2 3")
    job = program(
        """
        import importlib
        import os
        from pyflink.datastream import StreamExecutionEnvironment
        from beside import greet

        def look(name):
            import added
            import shouting
            from parts import end

            with open("data/numbers.txt") as file:
                numbers = file.read()
            try:
                # nothing in the program says this name
                importlib.import_module("un" + "related")
                seen = True
            except ImportError:
                seen = False
            return shouting.shout(greet(name)), end.END.strip(), numbers, added.EXTRA, seen

        here = os.path.dirname(os.path.abspath(__file__))
        env = StreamExecutionEnvironment.get_execution_environment()
        env.set_python_requirements(here + "/requirements.txt", here + "/wheels")
        env.add_python_archive(here + "/data.zip", "data")
        env.add_python_file(here + "/elsewhere/added.py")
        print(*env.from_collection(["you"]).map(look).execute_and_collect())
        """
    )
    answer = run(job)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout == "('HELLO YOU!', 'ending', '1 2 3', 7, False)\n"


def test_an_interpreter_that_is_not_there_is_refused_without_a_restart(program, run) -> None:
    job = program(
        """
        from pyflink.datastream import StreamExecutionEnvironment

        env = StreamExecutionEnvironment.get_execution_environment()
        env.set_python_executable("/nowhere/python3")
        try:
            list(env.from_collection([1]).map(lambda n: n).execute_and_collect())
        except Exception as e:
            print(e)
        """
    )
    answer = run(job)
    assert "'/nowhere/python3', cannot be run" in answer.stdout
    assert "NoRestartBackoffTimeStrategy" not in answer.stderr
