# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The class-data archive: its name, its options, and when it is good for something."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest

from pyflink._gateway.class_data import Archive, find_archive
from pyflink._gateway.java_home import Java
from pyflink._gateway.options import JAVA_VARIABLES

posix_only = pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")


class Installation:
    """A Java and an engine, as far as an archive depends on them."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "java"
        for name in ("bin/java", "lib/modules", "release"):
            self.file(f"java/{name}", folder)
        self.java = Java(str(self.home / "bin" / "java"), 25)
        self.jars = [str(self.file(name, folder)) for name in ("a.jar", "b.jar")]

    @staticmethod
    def file(name: str, folder: Path) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
        return path

    def archive(self) -> Archive | None:
        return find_archive(self.java, self.jars)


@pytest.fixture
def installation(tmp_path: Path, monkeypatch) -> Installation:
    for name in ("FLINKER_CLASS_DATA", "FLINKER_JVM_OPTIONS", *JAVA_VARIABLES):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FLINKER_CACHE_DIR", str(tmp_path / "cache"))
    return Installation(tmp_path)


@pytest.fixture
def archive(installation: Installation) -> Archive:
    archive = installation.archive()
    assert archive is not None
    archive.make_folder()
    return archive


def made(archive: Archive, content: bytes = b"classes") -> Path:
    file = archive.folder / "made"
    file.write_bytes(content)
    return file


# ---- the name


def test_the_same_things_have_the_same_archive(installation: Installation, tmp_path) -> None:
    archive = installation.archive()
    assert archive == installation.archive()
    assert archive.folder == tmp_path / "cache" / "class-data"
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("name", ["a.jar", "java/lib/modules", "java/release"])
def test_another_jar_or_java_has_another_archive(installation, tmp_path: Path, name: str) -> None:
    before = installation.archive()
    (tmp_path / name).write_text("something else")
    assert installation.archive() != before


@pytest.mark.parametrize("name", ["b.jar", "java/lib/modules"])
def test_a_touched_jar_or_java_has_another_archive(installation, tmp_path, name: str) -> None:
    before = installation.archive()
    os.utime(tmp_path / name, ns=(0, 0))
    assert installation.archive() != before


def test_another_class_path_has_another_archive(installation: Installation) -> None:
    before = installation.archive()
    installation.jars.reverse()
    assert installation.archive() != before


@pytest.mark.parametrize("variable", ["FLINKER_JVM_OPTIONS", *JAVA_VARIABLES])
def test_other_options_have_another_archive(installation, monkeypatch, variable: str) -> None:
    before = installation.archive()
    monkeypatch.setenv(variable, "-XX:+UseG1GC")
    assert installation.archive() != before


@pytest.mark.parametrize("variable", ["FLINKER_JVM_OPTIONS", *JAVA_VARIABLES])
def test_what_classes_do_not_depend_on_changes_nothing(installation, monkeypatch, variable) -> None:
    before = installation.archive()
    monkeypatch.setenv(variable, "-Da=b '-Dc=d e' -Xlog:gc:file=log -verbose:gc")
    assert installation.archive() == before


def test_a_file_that_tells_the_release_may_be_missing(installation: Installation) -> None:
    (installation.home / "release").unlink()
    assert installation.archive() is not None


# ---- none at all


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("FLINKER_CLASS_DATA", "off"),
        ("FLINKER_CLASS_DATA", "OFF"),
        ("FLINKER_JVM_OPTIONS", "-agentlib:jdwp=transport=dt_socket,server=y,address=5005"),
        ("FLINKER_JVM_OPTIONS", "-XX:AOTCache=mine.aot"),
        ("FLINKER_JVM_OPTIONS", "-Xshare:off"),
        ("FLINKER_JVM_OPTIONS", "-Da='never closed"),
        ("JAVA_TOOL_OPTIONS", "-Da=b -javaagent:agent.jar"),
        ("JDK_JAVA_OPTIONS", "@options.txt"),
    ],
)
def test_there_shall_be_none(installation, monkeypatch, variable: str, value: str) -> None:
    monkeypatch.setenv(variable, value)
    assert installation.archive() is None


def test_a_java_without_modules_has_none(installation: Installation) -> None:
    (installation.home / "lib" / "modules").unlink()
    assert installation.archive() is None


def test_a_folder_that_the_jvm_would_take_for_two_has_none(installation, monkeypatch) -> None:
    monkeypatch.setenv("FLINKER_CACHE_DIR", f"one{os.pathsep}two")
    assert installation.archive() is None


# ---- the JVM's options


def test_java_25_has_an_aot_cache(archive: Archive) -> None:
    assert archive.path.suffix == ".aot"
    assert archive.options()[0] == f"-XX:AOTCache={archive.path}"
    assert archive.training_options()[0] == f"-XX:AOTCacheOutput={archive.path}"


def test_older_java_has_a_dynamic_archive(installation: Installation) -> None:
    installation.java = Java(installation.java.executable, 24)
    archive = installation.archive()
    assert archive.path.suffix == ".jsa"
    assert archive.options()[0] == f"-XX:SharedArchiveFile={archive.path}"
    assert archive.training_options() == [f"-XX:ArchiveClassesAtExit={archive.path}"]


# ---- there or not


def test_one_that_was_put_is_ready(archive: Archive) -> None:
    assert not archive.is_ready()
    assert archive.is_wanted()
    archive.put(made(archive))
    assert archive.is_ready()
    assert not archive.is_wanted()
    assert archive.path.read_bytes() == b"classes"
    assert not list(archive.folder.glob("*.tmp"))


def truncate(archive: Archive) -> None:
    with archive.path.open("r+b") as file:
        file.truncate(3)


def overwrite(archive: Archive) -> None:
    archive.path.write_bytes(b"garbage"[: archive.path.stat().st_size])
    os.utime(archive.path, ns=(1, 1))


def delete(archive: Archive) -> None:
    archive.path.unlink()


def lose_stamp(archive: Archive) -> None:
    archive.path.with_suffix(".stamp").unlink()


def garble_stamp(archive: Archive) -> None:
    archive.path.with_suffix(".stamp").write_bytes(b"\xff\0")


@pytest.mark.parametrize("damage", [truncate, overwrite, delete, lose_stamp, garble_stamp])
def test_a_damaged_one_is_not_used_but_made_again(archive: Archive, damage) -> None:
    archive.put(made(archive))
    damage(archive)
    assert not archive.is_ready()
    assert archive.is_wanted()
    archive.put(made(archive))
    assert archive.is_ready()


@posix_only
def test_folders_are_private(archive: Archive) -> None:
    for folder in (archive.folder, archive.folder.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@posix_only
@pytest.mark.parametrize("mode", [0o720, 0o702])
def test_one_that_others_could_have_put_there_is_not_used(archive: Archive, mode: int) -> None:
    archive.put(made(archive))
    archive.folder.chmod(mode)
    assert not archive.is_ready()
    with pytest.raises(PermissionError):
        archive.make_folder()


@posix_only
def test_a_folder_of_another_user_is_not_used(archive: Archive, monkeypatch) -> None:
    archive.put(made(archive))
    # the system's own folders, as in a container's image, are as good as this user's
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    assert archive.is_ready() == (archive.folder.stat().st_uid == 0)
    monkeypatch.setattr(os, "lstat", lambda _: os.stat_result((0o40700, 0, 0, 0, 4712, *[0] * 5)))
    monkeypatch.setattr(Path, "lstat", os.lstat)
    assert not archive.is_ready()


def test_one_on_a_read_only_disk_is_used(archive: Archive, monkeypatch) -> None:
    def read_only(*_: object, **__: object) -> None:
        raise OSError("Read-only file system")

    archive.put(made(archive))
    monkeypatch.setattr(os, "utime", read_only)
    assert archive.is_ready()


def test_a_file_in_the_folder_s_place(installation: Installation, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("not a folder")
    archive = installation.archive()
    assert not archive.is_ready()
    with pytest.raises(OSError, match="cache"):
        archive.make_folder()


def test_a_failure_is_remembered_for_a_day(archive: Archive) -> None:
    archive.put(made(archive))
    archive.fail()
    assert not archive.is_ready()
    assert not archive.is_wanted()
    yesterday = time.time() - 25 * 60 * 60
    os.utime(archive.path.with_suffix(".failed"), (yesterday, yesterday))
    assert archive.is_wanted()
    archive.fail()
    archive.put(made(archive))
    truncate(archive)
    assert archive.is_wanted()


def test_the_one_not_used_longest_goes(installation: Installation) -> None:
    archives = []
    for version in (25, 26, 27):
        installation.java = Java(installation.java.executable, version)
        archives.append(installation.archive())
    first, second, third = archives
    for age, archive in ((20, first), (10, second)):
        archive.make_folder()
        archive.put(made(archive))
        moment = time.time() - age
        os.utime(archive.path.with_suffix(".stamp"), (moment, moment))
    # which is a use
    assert first.is_ready()
    third.put(made(third))
    assert [archive.is_ready() for archive in archives] == [True, False, True]
    assert len(list(first.folder.iterdir())) == 4
