# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The archive with the package pyflink and what a worker needs beside it."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path

from pyflink._gateway.errors import WorkerSetupError
from pyflink._submit import archives
from pyflink._submit.bytecode import compiled

#: What a worker imports, as pip calls it.
DISTRIBUTIONS = ("cloudpickle", "grpcio", "msgspec", "protobuf", "py4j", "typing_extensions")

_PACKAGE = Path(__file__).resolve().parent.parent

#: What a task manager's Python runs first.
LANDING = _PACKAGE / "_worker" / "landing.py"

# what else decides on what is in an archive
_FORMAT = f"1 {sys.implementation.cache_tag}"
_TAG = re.compile(r"^Tag: \S+-\S+-(?P<platform>\S+)$", re.MULTILINE)
_GLIBC = re.compile(r"manylinux_(?P<major>\d+)_(?P<minor>\d+)_")
_OLD_NAMES = {"manylinux1": (2, 5), "manylinux2010": (2, 12), "manylinux2014": (2, 17)}
_MANYLINUX = ("manylinux2014", "manylinux_2_24", "manylinux_2_28")
_SECONDS = 900


@dataclass(frozen=True)
class Platform:
    """What the task managers of a cluster run on.

    Args:
        python: the minor version of their Python, such as "3.11".
        machine: their processor, as ``platform.machine()`` says it.
    """

    python: str
    machine: str

    def is_here(self) -> bool:
        """Whether this process runs on the like, so that its own packages fit."""
        return sys.platform == "linux" and platform.machine() == self.machine and _has_glibc()


def own_python() -> str:
    """The minor version of this process's Python."""
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def _has_glibc() -> bool:
    return platform.libc_ver()[0] == "glibc"


def worker_archive(target: Platform, cache: Path) -> tuple[Path, str]:
    """The archive for workers on a platform, and the C library that it needs.

    Args:
        target: the platform.
        cache: where archives are kept.

    Raises:
        WorkerSetupError: if the libraries cannot be had for it.
    """
    files = _installed() if target.is_here() else None
    if files is None:
        folder = _downloaded(target, cache)
        files = tuple(archives.tree(folder, ""))
        libc = needed_glibc(wheel.read_text("utf-8") for wheel in folder.glob("*/WHEEL"))
    else:
        libc = needed_glibc(metadata.distribution(n).read_text("WHEEL") for n in DISTRIBUTIONS)
    entries = [*_package(), *files]
    key = [target.python, target.machine, _FORMAT, *map(_state, entries)]
    made = archives.remembered(
        cache, key, lambda: archives.put(cache, "worker", [*entries, *compiled(entries)])
    )
    return made, libc


def _state(entry: tuple[str, Path]) -> str:
    state = entry[1].stat()
    return f"{entry[0]} {state.st_size} {state.st_mtime_ns}"


def _package() -> Iterator[tuple[str, Path]]:
    yield "__main__.py", LANDING
    for name, file in archives.tree(_PACKAGE, "pyflink"):
        if not name.startswith("pyflink/lib/"):
            yield name, file


@lru_cache(maxsize=1)
def _installed() -> tuple[tuple[str, Path], ...] | None:
    """The files of this process's own libraries; None if they were not installed from wheels."""
    entries: list[tuple[str, Path]] = []
    for name in DISTRIBUTIONS:
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            return None
        tags = _TAG.findall(distribution.read_text("WHEEL") or "")
        if not tags or not all(tag == "any" or "manylinux" in tag for tag in tags):
            return None
        entries += [
            (file.as_posix(), Path(str(distribution.locate_file(file))))
            for file in distribution.files or ()
            if ".." not in file.parts and file.suffix != ".pyc"
        ]
    return tuple(entries)


def _downloaded(target: Platform, cache: Path) -> Path:
    """The folder with the libraries for another platform."""
    wanted = [f"{name}=={metadata.version(name)}" for name in DISTRIBUTIONS]
    key = archives.digest_of([target.python, target.machine, *wanted])
    folder = cache / f"libraries-{key}"
    if not folder.is_dir():
        part = cache / f"{folder.name}.{uuid.uuid4().hex[:8]}"
        try:
            install_for(target, wanted, part, "Flinker's own libraries")
            part.rename(folder)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    return folder


def platform_options(target: Platform) -> list[str]:
    """What makes pip install packages for a platform; nothing if that is this one's."""
    if target.is_here():
        return []
    options = ["--only-binary=:all:", "--python-version", target.python, "--implementation", "cp"]
    for name in _MANYLINUX:
        options += ["--platform", f"{name}_{target.machine}"]
    return options


def install_for(target: Platform, wanted: list[str], folder: Path, what: str) -> None:
    """Lets pip install packages for another platform than this.

    Args:
        target: the platform.
        wanted: pip's arguments that say what.
        folder: where to.
        what: the packages in the words of the error.

    Raises:
        WorkerSetupError: if pip fails; with its last words.
    """
    command = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    command += ["--quiet", "--no-compile", "--target", str(folder), *platform_options(target)]
    answer = subprocess.run(
        [*command, *wanted],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        timeout=_SECONDS,
        check=False,
    )
    if answer.returncode != 0:
        said = [line.strip() for line in answer.stdout.splitlines() if line.strip()]
        raise WorkerSetupError(
            f"pip could not get {what} for Python {target.python} on Linux {target.machine}, which "
            f"the cluster has (exit code {answer.returncode}). Its last words: "
            f"{' / '.join(said[-4:])}"
        )


def needed_glibc(wheels: Iterable[str | None]) -> str:
    """The oldest C library that packages run on, such as "glibc 2.17"; empty for any.

    Args:
        wheels: the text of the file WHEEL of each.
    """
    needed = (0, 0)
    for text in wheels:
        tags = _TAG.findall(text or "")
        versions = [version for tag in tags if (version := _glibc(tag)) is not None]
        if versions:
            needed = max(needed, min(versions))
    return f"glibc {needed[0]}.{needed[1]}" if needed > (0, 0) else ""


def _glibc(tag: str) -> tuple[int, int] | None:
    found = _GLIBC.match(tag)
    if found is not None:
        return int(found["major"]), int(found["minor"])
    return _OLD_NAMES.get(tag.partition("_")[0])
