# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Archives become folders, and write nothing outside of them."""

from __future__ import annotations

import os
import shutil
import stat
import tarfile
import zipfile
from pathlib import Path

from pyflink._gateway.errors import WorkerSetupError


def unpack(archive: Path, folder: Path) -> None:
    """Unpacks an archive.

    Args:
        archive: a zip file (a wheel and an egg are some), a tar file however compressed, or a
            folder, which is copied.
        folder: is made; not there if this fails.

    Raises:
        WorkerSetupError: if it is no archive, is damaged, or has a member that would go elsewhere.
    """
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        if archive.is_dir():
            shutil.copytree(archive, part, symlinks=True)
        elif zipfile.is_zipfile(archive):
            part.mkdir()
            _unzip(archive, part)
        elif tarfile.is_tarfile(archive):
            part.mkdir()
            _untar(archive, part)
        else:
            raise WorkerSetupError(f"{archive} is neither a zip nor a tar archive.")
        part.rename(folder)
    except (OSError, EOFError, zipfile.BadZipFile, tarfile.TarError, _Unsafe) as e:
        raise WorkerSetupError(f"{archive} cannot be unpacked: {e}") from e
    finally:
        shutil.rmtree(part, ignore_errors=True)


class _Unsafe(Exception):
    """A member would be written, or lead, outside."""


def _inside(root: Path, *parts: str) -> Path:
    """A path below the root, links that are there already followed."""
    path = os.path.realpath(os.path.join(root, *parts))
    top = os.path.realpath(root)
    if any(os.path.isabs(part) for part in parts) or os.path.commonpath([path, top]) != top:
        raise _Unsafe(f"its member '{os.path.join(*parts)}' leads out of it")
    return Path(path)


def _unzip(archive: Path, root: Path) -> None:
    with zipfile.ZipFile(archive) as file:
        for member in file.infolist():
            target = _inside(root, member.filename)
            mode = member.external_attr >> 16
            if member.is_dir():
                target.mkdir(parents=True, exist_ok=True)
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            if stat.S_ISLNK(mode):
                link = file.read(member).decode()
                _inside(root, os.path.dirname(member.filename), link)
                target.symlink_to(link)
                continue
            with file.open(member) as source, target.open("wb") as copy:
                shutil.copyfileobj(source, copy)
            # zipfile forgets it, and an interpreter in there must be executable
            if mode & 0o111:
                target.chmod(0o700)


def _untar(archive: Path, root: Path) -> None:
    with tarfile.open(archive) as file:
        if hasattr(tarfile, "data_filter"):
            file.extractall(root, filter="data")
            return
        # Python before 3.10.12 and 3.11.4
        for member in file:
            _check(member, root)
            file.extract(member, root)


def _check(member: tarfile.TarInfo, root: Path) -> None:
    _inside(root, member.name)
    if member.issym():
        _inside(root, os.path.dirname(member.name), member.linkname)
    elif member.islnk():
        _inside(root, member.linkname)
    elif not (member.isfile() or member.isdir()):
        raise _Unsafe(f"its member '{member.name}' is a device or a pipe")
