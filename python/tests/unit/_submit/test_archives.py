# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pyflink._submit import archives
from pyflink._worker import landing


def files(folder: Path) -> None:
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "tool").write_text("#!/bin/sh\n")
    (folder / "bin" / "tool").chmod(0o755)
    (folder / "bin" / "link").symlink_to("tool")
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "a.pyc").write_text("")


def test_the_same_files_make_the_same_archive(tmp_path) -> None:
    made = []
    for name in ("one", "two"):
        files(tmp_path / name)
        made.append(archives.put(tmp_path / "out", "kind", archives.tree(tmp_path / name, "x")))
        time.sleep(0.01)
    assert made[0] == made[1]
    assert [file.name for file in (tmp_path / "out").iterdir()] == [made[0].name]
    other = archives.put(tmp_path / "out", "kind", archives.tree(tmp_path / "one", "y"))
    assert other != made[0]


def test_modes_and_links_arrive_and_compiled_files_do_not(tmp_path) -> None:
    files(tmp_path / "in")
    made = archives.put(tmp_path / "out", "kind", archives.tree(tmp_path / "in", ""))
    landing.unpack(str(made), str(tmp_path / "there"))
    tool, link = (tmp_path / "there" / "bin" / name for name in ("tool", "link"))
    assert os.access(tool, os.X_OK)
    assert os.readlink(link) == "tool"
    assert not (tmp_path / "there" / "__pycache__").exists()
    assert {entry.name for entry in tmp_path.iterdir()} == {"in", "out", "there"}


def test_an_archive_is_made_once_for_a_key(tmp_path) -> None:
    made = []

    def make() -> Path:
        made.append(1)
        return archives.put(tmp_path, "kind", [("a", b"a")])

    first = archives.remembered(tmp_path, ["key"], make)
    assert archives.remembered(tmp_path, ["key"], make) == first
    assert made == [1]
    first.unlink()
    assert archives.remembered(tmp_path, ["key"], make).is_file()
    assert made == [1, 1]


def machine() -> str:
    return os.uname().machine


PYTHON = f"{sys.version_info[0]}.{sys.version_info[1]}"


@pytest.mark.skipif(sys.platform != "linux", reason="task managers run on Linux")
def test_an_interpreter_says_why_it_does_not_fit() -> None:
    assert landing.unfit(PYTHON, machine(), "") == ""
    assert landing.unfit(PYTHON, machine(), "glibc 2.2") == ""
    assert "the program runs on Python 3.99" in landing.unfit("3.99", machine(), "")
    assert "are for sparc" in landing.unfit(PYTHON, "sparc", "")
    assert "need glibc 99.9" in landing.unfit(PYTHON, machine(), "glibc 99.9")


def test_the_landing_answers_from_its_archive(tmp_path) -> None:
    source = Path(landing.__file__)
    worker = archives.put(tmp_path, "worker", [("__main__.py", source), ("data", b"1")])
    command = [sys.executable, str(worker), PYTHON, os.uname().machine, "", worker, tmp_path / "w"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    said, verdict, *path, end = answer.split("\0")
    assert (said, verdict, end) == (landing.ANSWER, "fits", "")
    assert str(worker) not in path
    assert any(entry.endswith("site-packages") for entry in path)
    assert (tmp_path / "w" / "data").read_text() == "1"
