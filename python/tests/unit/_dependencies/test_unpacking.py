# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Archives become folders, and write nothing outside of them."""

from __future__ import annotations

import io
import os
import stat
import tarfile
import zipfile

import pytest

from pyflink._dependencies.unpacking import unpack
from pyflink._gateway.errors import WorkerSetupError


@pytest.fixture(params=["data filter", "without it"])
def _filter(request, monkeypatch) -> None:
    """Python has the filter or is a patch version without it."""
    if request.param == "without it":
        monkeypatch.delattr(tarfile, "data_filter", raising=False)
        # as those versions do
        extract = tarfile.TarFile.extract
        monkeypatch.setattr(
            tarfile.TarFile,
            "extract",
            lambda self, member, path: extract(self, member, path, filter="fully_trusted"),
        )
    elif not hasattr(tarfile, "data_filter"):
        pytest.skip("this Python has no data filter")


def tar(path, *members: tuple[str, bytes, str]) -> None:
    with tarfile.open(path, "w") as archive:
        for name, kind, link in members:
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, link
            member.mode = 0o755
            archive.addfile(member, io.BytesIO())


@pytest.mark.usefixtures("_filter")
def test_a_tar_file(tmp_path) -> None:
    members = [
        ("d", tarfile.DIRTYPE, ""),
        ("d/run", tarfile.REGTYPE, ""),
        ("link", tarfile.SYMTYPE, "d/run"),
    ]
    tar(tmp_path / "a.tar", *members)
    unpack(tmp_path / "a.tar", tmp_path / "deep" / "out")
    assert os.access(tmp_path / "deep" / "out" / "d" / "run", os.X_OK)
    assert os.readlink(tmp_path / "deep" / "out" / "link") == "d/run"


@pytest.mark.usefixtures("_filter")
@pytest.mark.parametrize(
    "members",
    [
        [("../evil", tarfile.REGTYPE, "")],
        [("link", tarfile.SYMTYPE, ".."), ("link/evil", tarfile.REGTYPE, "")],
        [("link", tarfile.SYMTYPE, "/etc")],
        [("link", tarfile.LNKTYPE, "../other")],
        [("pipe", tarfile.FIFOTYPE, "")],
    ],
    ids=["path", "through a link", "absolute link", "hard link", "pipe"],
)
def test_a_tar_file_that_leads_elsewhere(tmp_path, members) -> None:
    tar(tmp_path / "a.tar", *members)
    with pytest.raises(WorkerSetupError, match=r"a\.tar cannot be unpacked"):
        unpack(tmp_path / "a.tar", tmp_path / "in" / "out")
    assert os.listdir(tmp_path / "in") == []
    assert not (tmp_path / "in" / "evil").exists()


def zipped(path, name: str, mode: int, text: str = "") -> None:
    with zipfile.ZipFile(path, "a") as archive:
        member = zipfile.ZipInfo(name)
        member.external_attr = mode << 16
        archive.writestr(member, text)


def test_a_zip_file(tmp_path) -> None:
    archive = tmp_path / "a.zip"
    zipped(archive, "bin/run", stat.S_IFREG | 0o755)
    zipped(archive, "plain", stat.S_IFREG | 0o644, "text")
    zipped(archive, "bin/link", stat.S_IFLNK | 0o777, "../plain")
    unpack(archive, tmp_path / "out")
    assert os.access(tmp_path / "out" / "bin" / "run", os.X_OK)
    assert (tmp_path / "out" / "bin" / "link").read_text() == "text"


@pytest.mark.parametrize(
    ("name", "mode", "text"),
    [
        ("../evil", stat.S_IFREG | 0o644, ""),
        ("/tmp/evil", stat.S_IFREG | 0o644, ""),
        ("link", stat.S_IFLNK | 0o777, "../.."),
        ("link", stat.S_IFLNK | 0o777, "/etc"),
    ],
    ids=["path", "absolute", "link", "absolute link"],
)
def test_a_zip_file_that_leads_elsewhere(tmp_path, name, mode, text) -> None:
    zipped(tmp_path / "a.zip", name, mode, text)
    with pytest.raises(WorkerSetupError, match=r"its member '.*' leads out of it"):
        unpack(tmp_path / "a.zip", tmp_path / "in" / "out")
    assert os.listdir(tmp_path / "in") == []


def test_no_archive(tmp_path) -> None:
    (tmp_path / "a.zip").write_text("no zip")
    with pytest.raises(WorkerSetupError, match="is neither a zip nor a tar archive"):
        unpack(tmp_path / "a.zip", tmp_path / "out")


def test_a_damaged_archive(tmp_path) -> None:
    with tarfile.open(tmp_path / "whole.tar.gz", "w:gz") as archive:
        member = tarfile.TarInfo("a")
        member.size = 100_000
        archive.addfile(member, io.BytesIO(os.urandom(member.size)))
    (tmp_path / "a.tar.gz").write_bytes((tmp_path / "whole.tar.gz").read_bytes()[:50_000])
    with pytest.raises(WorkerSetupError, match="cannot be unpacked"):
        unpack(tmp_path / "a.tar.gz", tmp_path / "out")
    assert not (tmp_path / "out").exists()
