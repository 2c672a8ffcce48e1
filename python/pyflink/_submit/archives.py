# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Zip files that are named by what is in them."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import uuid
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

_TIMESTAMP = (1980, 1, 1, 0, 0, 0)
_SKIPPED_FOLDERS = {"__pycache__", ".git", ".hg", ".svn", ".venv", "node_modules"}
_CHUNK = 1 << 20


def tree(folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    """All files below a folder, with the names that they get in an archive.

    Args:
        folder: the folder.
        prefix: precedes their paths in the folder; empty for nothing.
    """
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in _SKIPPED_FOLDERS)
        links = [name for name in folders if os.path.islink(os.path.join(root, name))]
        inner = os.path.relpath(root, folder)
        for name in sorted([*files, *links]):
            if not name.endswith((".pyc", ".pyo")):
                path = name if inner == "." else os.path.join(inner, name)
                yield os.path.join(prefix, path).replace(os.sep, "/"), Path(root, name)


def put(folder: Path, kind: str, entries: Iterable[tuple[str, Path | bytes]]) -> Path:
    """Writes an archive, unless there is one with the same in it.

    The same entries make the same bytes, whenever and wherever that is done.

    Args:
        folder: where it goes; is made.
        kind: the beginning of its name.
        entries: files, or the bytes of files, with their names.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = folder / f"{uuid.uuid4().hex}.part"
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
            for name, content in sorted(entries, key=lambda entry: entry[0]):
                _add(archive, name, content)
        target = folder / f"flinker-{kind}-{_digest(part)}.zip"
        os.replace(part, target)
        return target
    finally:
        part.unlink(missing_ok=True)


def _add(archive: zipfile.ZipFile, name: str, content: Path | bytes) -> None:
    entry = zipfile.ZipInfo(name, _TIMESTAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    mode = stat.S_IFREG | 0o600
    if isinstance(content, Path):
        if content.is_symlink() and not os.path.isabs(os.readlink(content)):
            mode = stat.S_IFLNK | 0o700
            content = os.readlink(content).encode()
        else:
            if os.access(content, os.X_OK):
                mode = stat.S_IFREG | 0o700
            content = content.read_bytes()
    entry.external_attr = mode << 16
    archive.writestr(entry, content)


def _digest(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()[:32]


def remembered(folder: Path, key: Iterable[str], make: Callable[[], Path]) -> Path:
    """An archive that is made only if nobody has made it of the same before.

    Args:
        folder: where the archives are, and what is remembered of them.
        key: tells what the archive is made of.
        make: makes it.
    """
    note = folder / f"{digest_of(key)}.made"
    with contextlib.suppress(OSError):
        made = folder / note.read_text("utf-8")
        if made.is_file():
            return made
    made = make()
    with contextlib.suppress(OSError):
        note.write_text(made.name, "utf-8")
    return made


def digest_of(texts: Iterable[str]) -> str:
    """A name for a list of texts."""
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode("utf-8", "surrogateescape") + b"\0")
    return digest.hexdigest()[:32]
