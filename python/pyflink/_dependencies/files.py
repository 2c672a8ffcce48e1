# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Python files, packages and archives of them, as folders for ``sys.path``."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from pyflink._dependencies.options import Archive
from pyflink._dependencies.unpacking import unpack

#: What is unpacked when it is given as a Python file.
ARCHIVE_SUFFIXES = (".zip", ".egg", ".whl")


def import_folders(paths: Iterable[Path], work: Path) -> list[str]:
    """The folders that make files importable.

    Args:
        paths: files, which are importable by their names without their neighbours; folders; zip
            files, eggs and wheels. All that is in a folder is importable, and if it is a package it
            is too.
        work: for links and for what is unpacked.

    Raises:
        WorkerSetupError: if an archive cannot be unpacked.
    """
    folders: list[str] = []
    for path in paths:
        if path.is_dir():
            folders.append(str(path))
            if (path / "__init__.py").is_file():
                folders.append(_alone(path, work))
        elif path.suffix.lower() in ARCHIVE_SUFFIXES:
            target = work / _identity(path) / path.stem
            if not target.exists():
                unpack(path, target)
            folders.append(str(target))
        else:
            folders.append(_alone(path, work))
    return folders


def working_directory(archives: Iterable[Archive], work: Path) -> str:
    """The folder that has all of the archives unpacked in it.

    Jobs of this process that have the same archives share it.

    Raises:
        WorkerSetupError: if one of them cannot be unpacked.
    """
    names = [f"{archive.target}={_identity(archive.path)}" for archive in archives]
    folder = work / _digest(*names)
    for archive in archives:
        target = folder / archive.target
        if not target.exists():
            unpack(archive.path, target)
    return str(folder)


def _alone(path: Path, work: Path) -> str:
    """A folder with nothing in it but a link to a file or folder."""
    folder = work / _identity(path)
    link = folder / path.name
    if not link.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(OSError):
            link.symlink_to(path)
            return str(folder)
        # Windows allows few users to make links
        if path.is_dir():
            shutil.copytree(path, link)
        else:
            shutil.copy2(path, link)
    return str(folder)


def _identity(path: Path) -> str:
    """A name for a file as it is now."""
    state = path.stat()
    return _digest(os.path.realpath(path), str(state.st_mtime_ns), str(state.st_size))


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode("utf-8", "surrogateescape")).hexdigest()[:24]
