# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What a program needs goes with its jobs: modules, packages, data, an interpreter."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

_DIST_INFO = "shouting-1.0.dist-info"


def make_wheel(folder: Path, mark: str = "!") -> None:
    """A package that nobody else has."""
    folder.mkdir(parents=True)
    with zipfile.ZipFile(folder / "shouting-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr(
            "shouting/__init__.py", f"def shout(text):\n    return text.upper() + '{mark}'\n"
        )
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


def test_several_jobs_at_once_keep_apart(cluster, program, tmp_path) -> None:
    commands = []
    for number, mark in enumerate("!?."):
        folder = f"job{number}"
        make_wheel(tmp_path / folder / "wheels", mark)
        program("shouting", f"{folder}/requirements.txt")
        program(f"NUMBER = {number}", f"{folder}/beside.py")
        job = program(
            """
            from pyflink.datastream import StreamExecutionEnvironment
            import beside

            def look(text):
                import shouting
                return shouting.shout(text), beside.NUMBER

            env = StreamExecutionEnvironment.get_execution_environment()
            env.set_parallelism(2)
            found = env.from_collection(["a"] * 20).rebalance().map(look).execute_and_collect()
            print(set(found))
            """,
            f"{folder}/job.py",
        )
        requirements = f"{job.parent}/requirements.txt#{job.parent}/wheels"
        commands.append(["submit", "-pyreq", requirements, str(job)])
    jobs = [
        subprocess.Popen(
            [sys.executable, "-m", "pyflink", *command],
            env={**os.environ, "FLINKER_TARGET": cluster.address},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for command in commands
    ]
    said = [job.communicate(timeout=180) for job in jobs]
    assert [out for out, _ in said] == [
        "{('A!', 0)}\n",
        "{('A?', 1)}\n",
        "{('A.', 2)}\n",
    ], said


def test_an_interpreter_comes_in_an_archive(flinker, program, tmp_path) -> None:
    environment = tmp_path / "environment"
    command = [sys.executable, "-m", "venv", "--without-pip", "--copies", str(environment)]
    subprocess.run(command, check=True)
    (packages,) = environment.glob("lib/python*/site-packages")
    (packages / "only_in_it.py").write_text("VALUE = 7")
    # with modes, as the programs 'zip' and 'tar' make archives
    shutil.make_archive(str(tmp_path / "venv"), "gztar", environment)
    job = program(
        """
        import sys
        from pyflink.datastream import StreamExecutionEnvironment

        def look(_):
            import only_in_it
            return only_in_it.VALUE, sys.prefix.endswith("/venv.tar.gz")

        env = StreamExecutionEnvironment.get_execution_environment()
        print(*env.from_collection([1]).map(look).execute_and_collect())
        """
    )
    archive = tmp_path / "venv.tar.gz"
    interpreter = "venv.tar.gz/bin/python"
    answer = flinker("submit", "-pyarch", archive, "-pyexec", interpreter, job)
    assert answer.stdout == "(7, True)\n"
