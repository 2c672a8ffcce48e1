# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""All that the workers of a job need on machines where there is nothing but Python."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyflink._dependencies.files import ARCHIVE_SUFFIXES, working_directory
from pyflink._dependencies.options import Options, Requirements
from pyflink._dependencies.requirements import install
from pyflink._dependencies.unpacking import unpack
from pyflink._gateway.cache import cache_directory
from pyflink._submit import archives
from pyflink._submit.libraries import Platform, needed_glibc, platform_options, worker_archive
from pyflink._submit.modules import program_modules

_DEFAULT_EXECUTABLE = "python3"


@dataclass(frozen=True)
class Shipment:
    """What a job takes along; ``io.flinker.harness.Shipment`` is the other side.

    Args:
        executable: the interpreter on the task managers.
        target: what they run on.
        libc: the C library that the packages need.
        worker: the archive with the worker.
        packages: archives with packages that the job asks for.
        program: archives with the program's modules and data.
    """

    executable: str
    target: Platform
    libc: str
    worker: Path
    packages: tuple[Path, ...]
    program: tuple[Path, ...]

    def name(self) -> str:
        """The name of the workers' settings, by which the task managers know all of it."""
        packages = [file.name for file in self.packages]
        texts = ["shipped", self.executable, self.target.python, self.target.machine, self.libc]
        texts += [self.worker.name, str(len(packages)), *packages]
        return "\0".join([*texts, *(file.name for file in self.program)])

    def brings_interpreter(self) -> bool:
        """Whether the interpreter is in an archive of the job's, and not on the task managers."""
        return "/" in self.executable and not self.executable.startswith("/")

    def files(self) -> list[str]:
        """The names of the files, each with its path behind it."""
        files = (self.worker, *self.packages, *self.program)
        return [text for file in files for text in (file.name, str(file))]


def pack(settings: Mapping[str, str], target: Platform, work: Path) -> Shipment:
    """Makes the archives of a job, as far as they are not there from an earlier one.

    Args:
        settings: of the job.
        target: what the task managers run on.
        work: a folder of this process.

    Raises:
        FileNotFoundError: if there is nothing at a path that the settings name.
        ValueError: if a setting makes no sense.
        WorkerSetupError: if what the settings ask for cannot be had.
    """
    options = Options.of(settings)
    cache = cache_directory()
    kept = (cache or work) / "shipping"
    worker, libc = worker_archive(target, kept)
    packages: tuple[Path, ...] = ()
    if options.requirements is not None:
        archive, needed = _packages(options.requirements, target, kept, work)
        packages, libc = (archive,), max(libc, needed, key=_version)
    program = tuple(_program(options, work))
    executable = options.executable or _DEFAULT_EXECUTABLE
    return Shipment(executable, target, libc, worker, packages, program)


def _version(libc: str) -> list[int]:
    return [int(part) for part in libc.rpartition(" ")[2].split(".") if part]


def _packages(
    requirements: Requirements, target: Platform, kept: Path, work: Path
) -> tuple[Path, str]:
    folder = Path(
        install(requirements, sys.executable, work / "shipping", platform_options(target))
    )
    entries = list(archives.tree(folder, ""))
    made = archives.remembered(kept, [str(folder)], lambda: archives.put(kept, "packages", entries))
    wheels = (wheel.read_text("utf-8", "replace") for wheel in folder.glob("*.dist-info/WHEEL"))
    return made, needed_glibc(wheels)


def _program(options: Options, work: Path) -> Iterator[Path]:
    """The archive of the program's own files, if it has some."""
    entries = [
        (f"path/{number:03}/{name}", file)
        for number, files in enumerate(_import_folders(options, work / "shipping"))
        for name, file in files
    ]
    if options.archives:
        folder = Path(working_directory(options.archives, work / "workers" / "archives"))
        entries += archives.tree(folder, "work")
    if entries:
        yield archives.put(work / "shipping", "program", entries)


def _import_folders(options: Options, work: Path) -> Iterator[list[tuple[str, Path]]]:
    """The files in each folder of ``sys.path``, in its order."""
    for path in (*map(Path, options.pythonpath), *options.files):
        if path.is_dir():
            yield list(archives.tree(path, ""))
            if (path / "__init__.py").is_file():
                yield list(archives.tree(path, path.name))
        elif path.suffix.lower() in ARCHIVE_SUFFIXES:
            folder = work / archives.digest_of([str(path), str(path.stat().st_mtime_ns)])
            if not folder.exists():
                unpack(path, folder)
            yield list(archives.tree(folder, ""))
        elif path.is_file():
            yield [(path.name, path)]
    own = program_modules()
    if own:
        yield own


def platform_of(arch: str) -> str:
    """What Python calls a processor, from what Java calls it.

    Args:
        arch: the system property ``os.arch``.
    """
    return {"amd64": "x86_64", "arm64": "aarch64"}.get(arch, arch or os.uname().machine)
