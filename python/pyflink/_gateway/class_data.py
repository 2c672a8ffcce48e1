# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The archive of loaded classes that lets a JVM start in a third of the time.

Java 25 has its AOT cache, older ones a dynamic class-data archive; ``pyflink._training`` makes
either. An archive is good for the very same Java, jars and options, so they are its name. Whatever
is wrong with it or its folder costs time and nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pyflink._gateway.cache import cache_directory
from pyflink._gateway.java_home import Java
from pyflink._gateway.options import common_options, inherited_options, user_options

_AOT_CACHE_VERSION = 25
_KEPT = 2
_RETRY_SECONDS = 24 * 60 * 60
# An agent may change classes, a file may hold any option, a recording overwrites the program's; and
# who names an archive of his own, has one.
_NOT_WITH = (
    "-agent",
    "-javaagent",
    "-Xrun",
    "@",
    "-XX:Flags",
    "-XX:VMOptionsFile",
    "-XX:StartFlightRecording",
    "-Xshare",
    "-XX:SharedArchiveFile",
    "-XX:ArchiveClassesAtExit",
    "-XX:+AutoCreateSharedArchive",
    "-XX:AOT",
)
# Neither does it depend on these, nor may they be repeated when it is made: ports, log files.
_PASSING = ("-D", "-Xlog", "-verbose")


@dataclass(frozen=True)
class Archive:
    """The archive for one engine on one Java with one set of options, there or not."""

    path: Path
    is_aot_cache: bool

    @property
    def folder(self) -> Path:
        return self.path.parent

    @property
    def _stamp(self) -> Path:
        """Tells size and time of the finished archive; its own time is that of the last use."""
        return self.path.with_suffix(".stamp")

    @property
    def _failure(self) -> Path:
        return self.path.with_suffix(".failed")

    def options(self) -> list[str]:
        """The JVM's options to use it; if it cannot, it keeps that to itself."""
        if self.is_aot_cache:
            return [f"-XX:AOTCache={self.path}", "-Xlog:aot*=off,cds*=off:stderr"]
        return [f"-XX:SharedArchiveFile={self.path}", "-Xlog:cds*=off:stderr"]

    def training_options(self) -> list[str]:
        """The JVM's options to write it at its end."""
        if not self.is_aot_cache:
            return [f"-XX:ArchiveClassesAtExit={self.path}"]
        return [
            f"-XX:AOTCacheOutput={self.path}",
            # without the record of what was hot: it sets the optimizing compiler to work at once,
            # which costs a short job 0.1 s of processor time
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-AOTRecordTraining",
        ]

    def checking_options(self) -> list[str]:
        """The JVM's options to end with an error if it cannot use the archive."""
        return [*self.options(), "-XX:AOTMode=on" if self.is_aot_cache else "-Xshare:on"]

    def is_ready(self) -> bool:
        """Whether it is there, as it was made, in a folder that nobody else can write to."""
        try:
            # the JVM executes what is in there
            if not _is_private(self.folder):
                return False
            if self._stamp.read_text(encoding="ascii") != _fingerprint(self.path):
                return False
        except (OSError, ValueError):
            return False
        with contextlib.suppress(OSError):
            os.utime(self._stamp)
        return True

    def is_wanted(self) -> bool:
        """Whether it is worth while to make it: it is not there, nor has it failed lately."""
        if self.is_ready():
            return False
        try:
            return time.time() - self._failure.stat().st_mtime > _RETRY_SECONDS
        except OSError:
            return True

    def make_folder(self) -> None:
        """Makes its folder.

        Raises:
            OSError: if that is impossible, or only others or others as well can write to it.
        """
        self.folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.mkdir(mode=0o700, exist_ok=True)
        if not _is_private(self.folder):
            raise PermissionError(f"others can write to {self.folder}")
        if not os.access(self.folder, os.W_OK):
            raise PermissionError(f"{self.folder} is read-only")

    def put(self, made: Path) -> None:
        """Puts a finished archive in place, and removes those that have not been used longest."""
        self._stamp.unlink(missing_ok=True)
        os.replace(made, self.path)
        half_done = self.path.with_suffix(".tmp")
        half_done.write_text(_fingerprint(self.path), encoding="ascii")
        os.replace(half_done, self._stamp)
        self._failure.unlink(missing_ok=True)
        newest = sorted(self.folder.glob("*.stamp"), key=lambda file: file.stat().st_mtime)
        kept = {file.stem for file in newest[-_KEPT:]}
        for file in self.folder.iterdir():
            if file.stem not in kept and file.suffix in (".aot", ".jsa", ".stamp"):
                _remove(file)

    def fail(self) -> None:
        """Remembers that it could not be made or used, so that it is left alone for a day."""
        _remove(self._stamp)
        _remove(self.path)
        with contextlib.suppress(OSError):
            self._failure.write_text("", encoding="ascii")


def find_archive(java: Java, jars: Sequence[str]) -> Archive | None:
    """The archive for this Java, these jars and the options set; None where there shall be none."""
    if os.environ.get("FLINKER_CLASS_DATA", "").lower() == "off":
        return None
    try:
        options = [*common_options(java.version), *user_options(), *inherited_options()]
    except ValueError:
        return None
    cache = cache_directory()
    # with a path separator in it, the JVM would take the path for two
    if cache is None or os.pathsep in str(cache):
        return None
    if any(option.startswith(_NOT_WITH) for option in options):
        return None
    digest = hashlib.sha256()
    try:
        for part in (*_identity(java), *lasting(options), *map(_identity_of_jar, jars)):
            digest.update(part.encode("utf-8", "surrogateescape") + b"\0")
    except OSError:
        return None
    is_aot_cache = java.version >= _AOT_CACHE_VERSION
    name = digest.hexdigest()[:24] + (".aot" if is_aot_cache else ".jsa")
    return Archive(cache / "class-data" / name, is_aot_cache)


def lasting(options: Sequence[str]) -> list[str]:
    """The options that an archive depends on."""
    return [option for option in options if not option.startswith(_PASSING)]


def _identity_of_jar(jar: str) -> str:
    return f"{jar} {_fingerprint(Path(jar))}"


def _identity(java: Java) -> list[str]:
    home = Path(java.executable).resolve().parent.parent
    # the JVM itself refuses an archive that was made with other modules
    identity = [str(home), str(java.version), _fingerprint(home / "lib" / "modules")]
    with contextlib.suppress(OSError):
        identity.append((home / "release").read_text(encoding="utf-8", errors="replace"))
    return identity


def _fingerprint(file: Path) -> str:
    status = file.stat()
    return f"{status.st_size} {status.st_mtime_ns}"


def _is_private(folder: Path) -> bool:
    """Whether nobody but this user, and the system's, can write to it."""
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode):
        return False
    return os.name == "nt" or (
        status.st_uid in (0, os.geteuid()) and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    )


def _remove(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.unlink()
