# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Where the cache folder is."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from pyflink._gateway.cache import cache_directory

unix_only = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="XDG's folders")


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch) -> None:
    for name in ("FLINKER_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)


def test_the_program_s_choice_wins(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", "/elsewhere")
    monkeypatch.setenv("FLINKER_CACHE_DIR", "some/folder")
    assert cache_directory() == tmp_path / "some" / "folder"


@unix_only
def test_the_user_s_cache_folder(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_directory() == tmp_path / ".cache" / "flinker"
    monkeypatch.setenv("XDG_CACHE_HOME", "/var/cache/me")
    assert cache_directory() == Path("/var/cache/me/flinker")
    # which the XDG specification calls invalid
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert cache_directory() == tmp_path / ".cache" / "flinker"


def test_on_a_mac(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_directory() == tmp_path / "Library" / "Caches" / "flinker"


def test_on_windows(monkeypatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    assert cache_directory() is None
    monkeypatch.setenv("LOCALAPPDATA", "/Users/me/AppData/Local")
    assert cache_directory() == Path("/Users/me/AppData/Local/flinker/Cache")


@unix_only
def test_nowhere_without_a_home_of_one_s_own(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "is" / "not" / "there"))
    assert cache_directory() is None
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)
    assert cache_directory() is None


def test_nowhere_if_the_system_knows_no_home(monkeypatch) -> None:
    def unknown() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", unknown)
    monkeypatch.setattr(sys, "platform", "linux")
    assert cache_directory() is None
