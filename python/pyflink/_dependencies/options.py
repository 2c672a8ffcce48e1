# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The settings that say what the workers of a job need, read and checked.

Whether they were set by a method of the environment or as configuration makes no difference.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

FILES = "python.files"
ARCHIVES = "python.archives"
REQUIREMENTS = "python.requirements"
EXECUTABLE = "python.executable"
PYTHONPATH = "python.pythonpath"

#: All of them: a job that sets none needs nothing of this room.
KEYS = (FILES, ARCHIVES, REQUIREMENTS, EXECUTABLE, PYTHONPATH)

_METHODS = {
    FILES: "add_python_file()",
    ARCHIVES: "add_python_archive()",
    REQUIREMENTS: "set_python_requirements()",
}


@dataclass(frozen=True)
class Archive:
    """An archive and the folder it is unpacked to, below the working directory."""

    path: Path
    target: str


@dataclass(frozen=True)
class Requirements:
    """A requirements file, and the folder to install from if it is not to be the index."""

    file: Path
    cached: Path | None


@dataclass(frozen=True)
class Options:
    """What the settings say; the paths are absolute and there."""

    files: tuple[Path, ...]
    archives: tuple[Archive, ...]
    requirements: Requirements | None
    executable: str | None
    pythonpath: tuple[str, ...]

    @staticmethod
    def of(settings: Mapping[str, str]) -> Options:
        """Reads them.

        Raises:
            FileNotFoundError: if there is nothing at a path.
            ValueError: if a setting makes no sense; it says which.
        """
        requirements = settings.get(REQUIREMENTS)
        folders = settings.get(PYTHONPATH, "").split(os.pathsep)
        return Options(
            tuple(local_path(part, FILES) for part in _parts(settings, FILES)),
            _distinct([_archive(part) for part in _parts(settings, ARCHIVES)]),
            _requirements(requirements) if requirements else None,
            settings.get(EXECUTABLE) or None,
            tuple(os.path.abspath(folder) for folder in folders if folder.strip()),
        )


def _parts(settings: Mapping[str, str], key: str) -> list[str]:
    return [part.strip() for part in settings.get(key, "").split(",") if part.strip()]


def _archive(setting: str) -> Archive:
    path, _, target = setting.partition("#")
    archive = local_path(path, ARCHIVES)
    target = target.strip() or archive.name
    check_target(target)
    return Archive(archive, os.path.normpath(target))


def check_target(target: str) -> None:
    """Refuses a target outside of the working directory.

    Raises:
        ValueError: if it is one.
    """
    parts = Path(target).parts
    if not parts or os.path.isabs(target) or ".." in parts or Path(target).drive:
        raise ValueError(
            f"An archive cannot be unpacked to '{target}': the target of "
            "add_python_archive() is the name of a folder, for example 'data'."
        )


def _distinct(archives: list[Archive]) -> tuple[Archive, ...]:
    targets: dict[str, Archive] = {}
    for archive in archives:
        other = targets.setdefault(archive.target, archive)
        if other != archive:
            raise ValueError(
                f"Two archives would be unpacked to '{archive.target}': {other.path} and "
                f"{archive.path}. Give one of them another target_dir in add_python_archive()."
            )
    return tuple(targets.values())


def _requirements(setting: str) -> Requirements:
    file, _, cached = setting.partition("#")
    folder = local_path(cached, REQUIREMENTS) if cached.strip() else None
    return Requirements(local_path(file, REQUIREMENTS), folder)


def local_path(text: str, key: str) -> Path:
    """The absolute path that a setting names.

    Args:
        text: a path or a ``file:`` URL.
        key: the setting, for the error.

    Raises:
        FileNotFoundError: if there is nothing.
        ValueError: if it is the URL of a place elsewhere.
    """
    path = text.strip()
    scheme, separator, _ = path.partition("://")
    if path.startswith("file:"):
        # "/C:/a.py" on Windows; urllib.request could tell, but takes long to import
        path = unquote(urlsplit(path).path).lstrip("/" if os.name == "nt" else "")
    elif separator and scheme.isalnum():
        raise ValueError(
            f"'{text}' in {_METHODS[key]} or '{key}' is not a local path; in local mode the "
            "workers use files of this machine only."
        )
    found = Path(os.path.abspath(os.path.expanduser(path)))
    if not found.exists():
        raise FileNotFoundError(
            f"There is nothing at {found}, which {_METHODS[key]} or the setting '{key}' names. "
            "Give the path of what is there, best one made of __file__."
        )
    return found
