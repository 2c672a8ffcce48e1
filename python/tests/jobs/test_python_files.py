# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Python files that travel with a job, and the modules that a program has around it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pyflink.common import Configuration, Types
from pyflink.datastream import StreamExecutionEnvironment


def imported(env: StreamExecutionEnvironment, *names: str) -> list[str]:
    """What a worker says of modules: the attribute NAME, or why there is none."""

    def name(module: str) -> str:
        try:
            return str(__import__(module).NAME)
        except ImportError as e:
            return type(e).__name__

    stream = env.from_collection(list(names), Types.STRING()).map(name, Types.STRING())
    return list(stream.execute_and_collect())


def module(folder: Path, name: str, text: str) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.py"
    file.write_text(f"NAME = {text!r}\n")
    return str(file)


@pytest.fixture
def add(single, request):
    """Adds a file by the method or by configuration."""

    def by_key(path: str) -> None:
        single.configure(Configuration().set_string("python.files", path))

    return single.add_python_file if request.param == "method" else by_key


both = pytest.mark.parametrize("add", ["method", "key"], indirect=True)


@both
def test_a_file_without_its_neighbours(single, add, tmp_path) -> None:
    module(tmp_path, "ship_beside", "beside")
    add(module(tmp_path, "ship_file", "file"))
    assert imported(single, "ship_file", "ship_beside") == ["file", "ModuleNotFoundError"]


@both
def test_a_folder_and_a_package(single, add, tmp_path) -> None:
    module(tmp_path / "ship_package", "__init__", "package")
    module(tmp_path / "ship_package", "ship_part", "part")
    add(str(tmp_path / "ship_package"))
    assert imported(single, "ship_package", "ship_part") == ["package", "part"]


@both
@pytest.mark.parametrize("suffix", ["zip", "egg", "whl"])
def test_an_archive_of_modules(single, add, tmp_path, suffix) -> None:
    with zipfile.ZipFile(tmp_path / f"modules.{suffix}", "w") as archive:
        archive.writestr("ship_zipped/__init__.py", "NAME = open(__file__).read(4)")
    add(str(tmp_path / f"modules.{suffix}"))
    # unpacked, so a module finds the files beside it
    assert imported(single, "ship_zipped") == ["NAME"]


def test_several_files_and_their_order(single, tmp_path) -> None:
    files = [module(tmp_path / str(i), "ship_order", str(i)) for i in range(3)]
    single.configure(Configuration().set_string("python.files", ",".join(files)))
    assert imported(single, "ship_order") == ["0"]
    single.add_python_file(files[2])
    assert imported(single, "ship_order") == ["2"]


def test_the_pythonpath(single, tmp_path) -> None:
    folders = [str(tmp_path / "a"), str(tmp_path / "b")]
    for folder in folders:
        module(Path(folder), "ship_on_path", folder)
    path = os.pathsep.join(folders)
    single.configure(Configuration().set_string("python.pythonpath", path))
    assert imported(single, "ship_on_path") == [folders[0]]


def test_environments_with_different_files(tmp_path) -> None:
    environments = []
    for text in ("one", "two"):
        env = StreamExecutionEnvironment.get_execution_environment()
        env.set_parallelism(1)
        env.add_python_file(module(tmp_path / text, "ship_own", text))
        environments.append(env)
    first, second = environments
    assert imported(first, "ship_own") == ["one"]
    assert imported(second, "ship_own") == ["two"]
    assert imported(first, "ship_own") == ["one"]


def test_a_missing_file(single, tmp_path) -> None:
    missing = str(tmp_path / "missing.py")
    with pytest.raises(FileNotFoundError, match=r"nothing at .*missing\.py.*add_python_file\(\)"):
        single.add_python_file(missing)
    single.configure(Configuration().set_string("python.files", missing))
    single.from_collection([1]).map(lambda i: i).print()
    with pytest.raises(FileNotFoundError, match=r"missing\.py.*'python\.files'"):
        single.execute()


def test_a_path_that_cannot_be_a_setting(single, tmp_path) -> None:
    with pytest.raises(ValueError, match="There is a ',' in the path"):
        single.add_python_file(module(tmp_path, "a,b", ""))


JOB = """
import os, sys
from pyflink.datastream import StreamExecutionEnvironment
{setup}
def late(value):
    import ship_late
    return ship_late.NAME + value
class Local:
    pass
env = StreamExecutionEnvironment.get_execution_environment()
env.set_parallelism(1)
env.from_collection(["!"]).map(late).map({function}).print()
{before}
env.execute()
"""


@pytest.mark.parametrize(
    ("setup", "function", "before", "answer"),
    [
        ("", "str.upper", "", "LATE!"),
        ("from ship_helper import double", "double", "", "late!late!"),
        ("", "lambda s: (Local(), s)[1]", "", "late!"),
        ("", "str", "os.chdir('/')", "late!"),
        ("sys.path.insert(0, 'inner'); import ship_inner", "ship_inner.shout", "", "late!?"),
    ],
    ids=["imported inside", "by reference", "by value", "chdir", "relative path"],
)
def test_modules_around_a_program(tmp_path, setup, function, before, answer) -> None:
    (tmp_path / "job.py").write_text(JOB.format(setup=setup, function=function, before=before))
    module(tmp_path, "ship_late", "late")
    (tmp_path / "ship_helper.py").write_text("def double(s):\n    return s + s\n")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "ship_inner.py").write_text("def shout(s):\n    return s + '?'\n")
    assert run(tmp_path, "job.py") == (answer + "\n", "")


def test_a_program_that_is_a_module(tmp_path) -> None:
    package = tmp_path / "ship_job"
    module(package, "__init__", "package")
    (package / "job.py").write_text(
        JOB.format(setup="from ship_job.part import double", function="double", before="")
    )
    (package / "part.py").write_text("def double(s):\n    return s + s\n")
    module(tmp_path, "ship_late", "late")
    assert run(tmp_path, "-m", "ship_job.job") == ("late!late!\n", "")


def test_modules_on_the_pythonpath(tmp_path) -> None:
    module(tmp_path / "lib", "ship_late", "path")
    (tmp_path / "job.py").write_text(JOB.format(setup="", function="str", before=""))
    assert run(tmp_path, "job.py", PYTHONPATH="lib") == ("path!\n", "")


def run(folder: Path, *arguments: str, **environment: str) -> tuple[str, str]:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.stdout, done.stderr
