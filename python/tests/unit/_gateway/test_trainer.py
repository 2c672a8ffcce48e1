# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""When a trainer is started, and how."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pyflink._gateway.class_data import Archive
from pyflink._gateway.trainer import start_trainer


class Started:
    """Stands in for subprocess.Popen."""

    def __init__(self, command: list[str], **settings: object) -> None:
        self.command = command
        self.settings = settings
        self.returncode: int | None = None


@pytest.fixture
def started(monkeypatch) -> list[Started]:
    processes: list[Started] = []

    def popen(command: list[str], **settings: object) -> Started:
        processes.append(Started(command, **settings))
        return processes[-1]

    monkeypatch.setattr(subprocess, "Popen", popen)
    return processes


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "cache" / "class-data" / "abc.aot", is_aot_cache=True)


def test_it_is_started_apart_and_silent(archive: Archive, started: list[Started]) -> None:
    start_trainer(archive)
    (process,) = started
    assert process.command[0] == sys.executable
    assert str(archive.path) in process.command
    for stream in ("stdin", "stdout", "stderr"):
        assert process.settings[stream] == subprocess.DEVNULL
    assert process.settings["cwd"] == archive.folder
    assert process.settings["env"]["FLINKER_CACHE_DIR"] == str(archive.folder.parent)
    if os.name == "posix":
        assert process.settings["start_new_session"]


def test_it_finds_what_the_program_found(archive: Archive, started, monkeypatch) -> None:
    monkeypatch.setattr(sys, "path", ["", "/libraries", "/more"])
    start_trainer(archive)
    assert started[0].command[-3:] == ["/libraries", "/more", os.getcwd()]


def test_not_if_the_archive_is_there(archive: Archive, started: list[Started]) -> None:
    archive.make_folder()
    made = archive.folder / "made"
    made.write_bytes(b"classes")
    archive.put(made)
    start_trainer(archive)
    assert not started


def test_not_soon_after_a_failure(archive: Archive, started: list[Started]) -> None:
    archive.make_folder()
    archive.fail()
    start_trainer(archive)
    assert not started


def test_not_if_there_is_no_folder_to_be_had(archive, started, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    start_trainer(archive)
    assert not started
    assert (tmp_path / "cache").read_text() == "a file"


@pytest.mark.parametrize("executable", ["", None, "/usr/bin/uwsgi", "/opt/app/my_app"])
def test_not_by_what_is_no_python(archive, started, monkeypatch, executable: str | None) -> None:
    monkeypatch.setattr(sys, "executable", executable)
    start_trainer(archive)
    assert not started


def test_not_by_a_frozen_application(archive, started, monkeypatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    start_trainer(archive)
    assert not started


def test_a_process_that_cannot_be_started_is_nobody_s_concern(archive, monkeypatch) -> None:
    def popen(*_: object, **__: object) -> None:
        raise OSError("Resource temporarily unavailable")

    monkeypatch.setattr(subprocess, "Popen", popen)
    start_trainer(archive)
    assert archive.is_wanted()
