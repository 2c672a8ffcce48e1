# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Archives that are unpacked in the workers' working directory."""

from __future__ import annotations

import os
import shutil
import stat
import tarfile
from pathlib import Path

import pytest

from pyflink._gateway.errors import WorkerSetupError
from pyflink.common import Configuration, Types


def archive_of(folder: Path, format: str, text: str) -> str:
    content = folder / "content"
    (content / "sub").mkdir(parents=True)
    (content / "sub" / "a.txt").write_text(text)
    return shutil.make_archive(str(folder / "archive"), format, content)


def read(env, *paths: str) -> list[str]:
    stream = env.from_collection(list(paths), Types.STRING())
    return list(stream.map(lambda p: Path(p).read_text(), Types.STRING()).execute_and_collect())


@pytest.mark.parametrize("format", ["zip", "tar", "gztar", "bztar"])
def test_files_in_an_archive(single, tmp_path, format) -> None:
    archive = archive_of(tmp_path, format, "hello")
    single.add_python_archive(archive)
    single.add_python_archive(archive, "data")
    name = os.path.basename(archive)
    assert read(single, f"{name}/sub/a.txt", "data/sub/a.txt") == ["hello", "hello"]


def test_archives_by_configuration(single, tmp_path) -> None:
    one = archive_of(tmp_path / "1", "zip", "one")
    two = archive_of(tmp_path / "2", "zip", "two")
    single.configure(Configuration().set_string("python.archives", f"{one}#a,{two}#b"))
    assert read(single, "a/sub/a.txt", "b/sub/a.txt") == ["one", "two"]


def test_the_working_directory_has_nothing_else(single, tmp_path) -> None:
    single.add_python_archive(archive_of(tmp_path, "zip", ""), "data")

    def look(_):
        return [os.getcwd(), *os.listdir()]

    ((folder, *names),) = single.from_collection([1]).map(look).execute_and_collect()
    assert names == ["data"]
    assert folder != os.getcwd()
    assert stat.S_IMODE(os.stat(Path(folder).parents[2]).st_mode) == 0o700


def test_without_archives_it_is_the_programs(single) -> None:
    assert list(single.from_collection([1]).map(lambda _: os.getcwd()).execute_and_collect()) == [
        os.getcwd()
    ]


def test_bad_archives(single, tmp_path) -> None:
    with pytest.raises(FileNotFoundError, match=r"nothing at .*none\.zip"):
        single.add_python_archive(str(tmp_path / "none.zip"))
    archive = archive_of(tmp_path, "zip", "")
    with pytest.raises(ValueError, match=r"unpacked to '\.\./x'"):
        single.add_python_archive(archive, "../x")


def test_an_archive_that_leads_elsewhere(single, tmp_path) -> None:
    (tmp_path / "evil.txt").touch()
    with tarfile.open(tmp_path / "evil.tar", "w") as archive:
        archive.add(tmp_path / "evil.txt", "../../evil.txt")
    single.add_python_archive(str(tmp_path / "evil.tar"))
    single.from_collection([1]).map(lambda i: i).print()
    with pytest.raises(WorkerSetupError, match=r"evil\.tar cannot be unpacked"):
        single.execute()
