# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Packages that pip installs for the workers, into a folder that later runs find again."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path

from pyflink._dependencies.options import Requirements
from pyflink._gateway.cache import cache_directory
from pyflink._gateway.errors import WorkerSetupError

# as long as large packages may take to be downloaded or built
_SECONDS = 1800
_LOCK_POLL_SECONDS = 0.1
_LAST_LINES = 5
_NESTED = re.compile(r"^(?:-r|-c|--requirement|--constraint)[ =]*(?P<file>.+)$")
# what pip takes from the disk may change without a change of these lines
_LOCAL = re.compile(r"^(?:-e|--editable|[./~]|[A-Za-z]:\\|file:)|@\s*file:")


def install(
    requirements: Requirements, executable: str, work: Path, platform: Sequence[str] = ()
) -> str:
    """The folder with the packages; they are installed unless it is there from an earlier run.

    Args:
        requirements: what to install.
        executable: the workers' interpreter.
        work: a folder of this process, where the packages go that cannot be kept.
        platform: pip's options for packages of another platform; empty for this one's.

    Raises:
        WorkerSetupError: if pip fails; with its last words.
    """
    lines = list(_lines(requirements.file, set()))
    kept = None if any(_LOCAL.search(line) for line in lines) else cache_directory()
    folder = (
        (kept or work) / "requirements" / _digest(requirements, [*lines, *platform], executable)
    )
    try:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        # a cache that cannot be written is none
        folder = work / "requirements" / folder.name
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not folder.is_dir():
        with _locked(folder.with_name(folder.name + ".lock")):
            if not folder.is_dir():
                _build(requirements, executable, folder, platform)
    return str(folder)


def _lines(file: Path, seen: set[Path]) -> Iterator[str]:
    """What a requirements file says, with the files that it names."""
    if file in seen or not file.is_file():
        return
    seen.add(file)
    for line in file.read_text("utf-8", "replace").splitlines():
        text = line.strip()
        if text and not text.startswith("#"):
            yield text
            nested = _NESTED.match(text)
            if nested is not None:
                yield from _lines(file.parent / nested["file"].strip(), seen)


def _digest(requirements: Requirements, lines: list[str], executable: str) -> str:
    digest = hashlib.sha256()
    texts = [sys.version, sys.platform, os.path.realpath(executable), *lines]
    if requirements.cached is not None:
        for file in sorted(requirements.cached.rglob("*")):
            state = file.stat()
            texts += str(file), str(state.st_size), str(state.st_mtime_ns)
    for text in texts:
        digest.update(text.encode("utf-8", "surrogateescape") + b"\0")
    return digest.hexdigest()[:24]


def _build(
    requirements: Requirements, executable: str, folder: Path, platform: Sequence[str]
) -> None:
    part = folder.with_name(f"{folder.name}.{uuid.uuid4().hex[:8]}")
    options = ["install", "--disable-pip-version-check", "--no-input", "--quiet"]
    options += ["--target", str(part), "-r", str(requirements.file), *platform]
    if requirements.cached is not None:
        options += ["--no-index", "--find-links", str(requirements.cached)]
    part.mkdir(mode=0o700)
    try:
        _pip(requirements.file, executable, options)
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _pip(file: Path, executable: str, options: list[str]) -> None:
    answer = _run(file, [executable, "-m", "pip", *options])
    if answer.returncode != 0 and "No module named pip" in answer.stdout:
        # many virtual environments are made without one
        answer = _run(file, [sys.executable, "-m", "pip", "--python", executable, *options])
    if answer.returncode == 0:
        return
    if "No module named pip" in answer.stdout:
        raise WorkerSetupError(
            f"The packages of {file} cannot be installed, as neither {executable} nor "
            f"{sys.executable} has pip. Run '{shlex.quote(executable)} -m ensurepip'."
        )
    said = [line.strip() for line in answer.stdout.splitlines() if line.strip()]
    raise WorkerSetupError(
        f"pip could not install the packages of {file} for the workers (exit code "
        f"{answer.returncode}). Its last words: {' / '.join(said[-_LAST_LINES:])}"
    )


def _run(file: Path, command: list[str]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise WorkerSetupError(
            f"pip did not install the packages of {file} within {_SECONDS} seconds."
        ) from None


@contextlib.contextmanager
def _locked(file: Path) -> Iterator[None]:
    """Holds a lock that the operating system takes back from a process that ends.

    Raises:
        WorkerSetupError: if another process holds it for too long.
    """
    deadline = time.monotonic() + _SECONDS
    with file.open("ab") as lock:
        while not _try_lock(lock.fileno()):
            if time.monotonic() > deadline:
                raise WorkerSetupError(
                    f"Another process has been installing the same packages for {_SECONDS} "
                    f"seconds (it holds {file})."
                )
            time.sleep(_LOCK_POLL_SECONDS)
        yield


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
