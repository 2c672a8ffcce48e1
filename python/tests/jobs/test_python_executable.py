# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The interpreter of the workers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import cloudpickle
import pytest

import pyflink
from pyflink._gateway.errors import WorkerSetupError
from pyflink.common import Configuration, Types
from pyflink.datastream import StreamExecutionEnvironment


def told(env, function) -> list:
    return list(env.from_collection([1]).map(lambda _: function()).execute_and_collect())


def refusal(env) -> str:
    env.from_collection([1]).map(lambda i: i).print()
    with pytest.raises(WorkerSetupError) as error:
        env.execute()
    return str(error.value)


def test_an_interpreter_with_nothing_installed(single, bare_interpreter) -> None:
    single.set_python_executable(bare_interpreter)

    def look():
        package, library = map(import_module, ("pyflink", "cloudpickle"))
        return sys.prefix, package.__file__, library.__file__, find_spec("pytest")

    ((where, package, library, another),) = told(single, look)
    assert where == str(Path(bare_interpreter).parents[1])
    # lent by this interpreter; and nothing else is
    assert (package, library, another) == (pyflink.__file__, cloudpickle.__file__, None)


def test_an_interpreter_with_another_pyflink(single, bare_interpreter, tmp_path) -> None:
    shutil.copytree(Path(bare_interpreter).parents[1], tmp_path / "venv", symlinks=True)
    executable = str(
        tmp_path / "venv" / Path(bare_interpreter).relative_to(Path(bare_interpreter).parents[1])
    )
    code = "import sysconfig; print(sysconfig.get_paths()['purelib'])"
    site = subprocess.run([executable, "-c", code], capture_output=True, text=True, check=True)
    other = Path(site.stdout.strip()) / "pyflink"
    other.mkdir()
    (other / "__init__.py").write_text("raise AssertionError('another one')")
    single.set_python_executable(executable)
    assert told(single, lambda: sys.prefix) == [str(tmp_path / "venv")]


def test_the_program_s_modules_go_along(single, bare_interpreter, tmp_path, monkeypatch) -> None:
    (tmp_path / "ship_local.py").write_text("NAME = 'local'")
    monkeypatch.syspath_prepend(str(tmp_path))
    single.set_python_executable(bare_interpreter)

    def look():
        return import_module("ship_local").NAME

    assert told(single, look) == ["local"]


def test_environments_with_different_interpreters(single, bare_interpreter) -> None:
    other = StreamExecutionEnvironment.get_execution_environment()
    other.set_parallelism(1)
    other.configure(Configuration().set_string("python.executable", bare_interpreter))
    assert told(other, lambda: sys.prefix) == [str(Path(bare_interpreter).parents[1])]
    assert told(single, lambda: sys.prefix) == [sys.prefix]
    assert told(other, lambda: sys.prefix) == [str(Path(bare_interpreter).parents[1])]


def test_a_relative_path_and_a_name(single, bare_interpreter, monkeypatch) -> None:
    home = Path(bare_interpreter).parents[1]
    monkeypatch.chdir(home)
    single.set_python_executable(os.path.relpath(bare_interpreter))
    assert told(single, lambda: sys.prefix) == [str(home)]
    single.set_python_executable(Path(bare_interpreter).name)
    monkeypatch.setenv("PATH", str(Path(bare_interpreter).parent))
    assert told(single, lambda: sys.prefix) == [str(home)]


def test_an_interpreter_in_an_archive(single, tmp_path) -> None:
    venv = tmp_path / "content" / "venv"
    command = [sys.executable, "-m", "venv", "--without-pip", "--copies", venv]
    subprocess.run(command, check=True, capture_output=True)
    # a link to lib, which is not unpacked from a zip that follows links
    (venv / "lib64").unlink(missing_ok=True)
    archive = shutil.make_archive(str(tmp_path / "archive"), "zip", tmp_path / "content")
    single.add_python_archive(archive)
    single.set_python_executable("archive.zip/venv/bin/python")
    ((where, here),) = told(single, lambda: (sys.prefix, os.getcwd()))
    assert where == os.path.join(here, "archive.zip", "venv")


def test_no_interpreter(single, tmp_path) -> None:
    single.set_python_executable(str(tmp_path / "none"))
    assert "There is no file" in refusal(single)
    single.set_python_executable("no-such-python")
    assert "There is no 'no-such-python' on the PATH" in refusal(single)
    listing = shutil.which("ls")
    assert listing is not None
    single.set_python_executable(listing)
    assert "is none: it does not run Python code (exit code" in refusal(single)
    text = tmp_path / "text"
    text.write_text("hello")
    single.set_python_executable(str(text))
    assert "is none: it cannot be run (Permission denied)" in refusal(single)
    # and the environment is still good
    single.set_python_executable(sys.executable)
    assert list(single.from_collection([1], Types.INT()).execute_and_collect()) == [1]


def test_another_minor_version(single, interpreters) -> None:
    here = sys.version_info[:2]
    others = [
        name for version, name in interpreters.items() if version >= (3, 10) and version != here
    ]
    if not others:
        pytest.skip("no second interpreter of a supported version is on this machine")
    single.set_python_executable(others[0])
    message = refusal(single)
    assert f"This program runs on Python {here[0]}.{here[1]}." in message
    assert "its workers would run on Python 3." in message
    assert "functions cannot go from one minor version of Python to another" in message


def test_an_old_version(single, interpreters) -> None:
    old = [name for version, name in interpreters.items() if version < (3, 10)]
    if not old:
        pytest.skip("no interpreter older than 3.10 is on this machine")
    single.set_python_executable(old[0])
    assert "workers need Python 3.10 or newer" in refusal(single)
