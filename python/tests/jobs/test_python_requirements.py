# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Packages that pip installs for the workers."""

from __future__ import annotations

import subprocess
import time
import zipfile
from importlib import import_module
from pathlib import Path

import pytest

from pyflink._gateway.errors import WorkerSetupError
from pyflink.common import Configuration


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("FLINKER_CACHE_DIR", str(tmp_path / "cache"))


def wheel(folder: Path, name: str, version: str) -> None:
    folder.mkdir(exist_ok=True)
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as file:
        file.writestr(f"{name}.py", f"VERSION = {version!r}\n")
        metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        file.writestr(f"{info}/METADATA", metadata)
        tags = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        file.writestr(f"{info}/WHEEL", tags)
        file.writestr(f"{info}/RECORD", "")


@pytest.fixture
def cached(tmp_path) -> Path:
    wheel(tmp_path / "cached", "shiptiny", "1.5")
    return tmp_path / "cached"


@pytest.fixture
def requirements(tmp_path) -> Path:
    file = tmp_path / "requirements.txt"
    file.write_text("# what the job needs\nshiptiny\n")
    return file


def version(env) -> str:
    def version(_):
        return import_module("shiptiny").VERSION

    (answer,) = env.from_collection([1]).map(version).execute_and_collect()
    return answer


def test_a_package_is_installed_once(single, requirements, cached, tmp_path) -> None:
    single.set_python_requirements(str(requirements), str(cached))
    assert version(single) == "1.5"
    (folder,) = (path for path in (tmp_path / "cache" / "requirements").iterdir() if path.is_dir())
    made = folder.stat().st_mtime_ns
    start = time.monotonic()
    assert version(single) == "1.5"
    assert folder.stat().st_mtime_ns == made
    assert time.monotonic() - start < 5


def test_another_content_of_the_folder(single, requirements, cached) -> None:
    single.configure(Configuration().set_string("python.requirements", f"{requirements}#{cached}"))
    assert version(single) == "1.5"
    wheel(cached, "shiptiny", "2.0")
    assert version(single) == "2.0"


def test_a_path_in_the_file_is_not_kept(single, requirements, cached, tmp_path) -> None:
    (file,) = cached.iterdir()
    requirements.write_text(f"{file}\n")
    single.set_python_requirements(str(requirements))
    assert version(single) == "1.5"
    assert not (tmp_path / "cache" / "requirements").exists()


def test_an_interpreter_without_pip(single, requirements, cached, bare_interpreter) -> None:
    command = [bare_interpreter, "-m", "pip", "--version"]
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0
    single.set_python_executable(bare_interpreter)
    single.set_python_requirements(str(requirements), str(cached))
    assert version(single) == "1.5"


def test_what_pip_cannot_install(single, requirements, cached) -> None:
    requirements.write_text("shipnowhere==1\n")
    single.set_python_requirements(str(requirements), str(cached))
    single.from_collection([1]).map(lambda i: i).print()
    with pytest.raises(WorkerSetupError, match=r"pip could not install .*shipnowhere"):
        single.execute()


def test_a_missing_file(single, requirements, tmp_path) -> None:
    with pytest.raises(FileNotFoundError, match=r"set_python_requirements\(\)"):
        single.set_python_requirements(str(tmp_path / "none.txt"))
    with pytest.raises(FileNotFoundError, match="no_folder"):
        single.set_python_requirements(str(requirements), str(tmp_path / "no_folder"))
