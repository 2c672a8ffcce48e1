# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""All of it put together: the workers that a job asks for."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pyflink._dependencies.files import import_folders, working_directory
from pyflink._dependencies.interpreter import examine, find, program_folders
from pyflink._dependencies.options import Options
from pyflink._dependencies.requirements import install
from pyflink._dependencies.workers import Workers

_lock = threading.Lock()


def set_up(workers: Workers, settings: Mapping[str, str], work: Path) -> Workers:
    """The workers of a job.

    Packages come first in ``sys.path``, then ``python.pythonpath``, then files, then what the
    program has there. With archives, the working directory is a folder that has them and nothing
    else. In the client's own process there is one interpreter only, the client's.

    Args:
        workers: those of a job that asks for nothing.
        settings: what it asks for.
        work: a folder of this process.

    Raises:
        FileNotFoundError: if there is nothing at a path.
        ValueError: if a setting makes no sense.
        WorkerSetupError: if what it asks for cannot be had.
    """
    options = Options.of(settings)
    work = work / "workers"
    with _lock:
        if options.archives:
            directory = working_directory(options.archives, work / "archives")
            workers = replace(workers, directory=directory)
        workers = _with_interpreter(workers, options)
        folders = [*options.pythonpath, *import_folders(options.files, work / "files")]
        environment = dict(workers.environment)
        if options.requirements is not None:
            packages = install(options.requirements, workers.executable, work)
            folders.insert(0, packages)
            _prepend(environment, "PATH", [os.path.join(packages, "bin")])
    if not folders:
        return workers
    # for what functions start
    _prepend(environment, "PYTHONPATH", folders)
    return replace(workers, path=(*folders, *workers.path), environment=environment)


def _with_interpreter(workers: Workers, options: Options) -> Workers:
    if options.executable is None or workers.in_client:
        return workers
    targets = [archive.target for archive in options.archives]
    executable = find(options.executable, workers.directory, targets)
    if executable == os.path.abspath(sys.executable):
        return workers
    interpreter = examine(executable)
    own = program_folders(workers.path)
    path = (*own, *(folder for folder in interpreter.path if folder not in own))
    return replace(workers, executable=executable, borrowed=interpreter.borrowed, path=path)


def _prepend(environment: dict[str, str], name: str, folders: list[str]) -> None:
    present = environment.get(name)
    environment[name] = os.pathsep.join([*folders, present] if present else folders)
