# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A JVM that runs small jobs and, at its end, writes down the classes that it has loaded."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from pyflink._gateway import connection
from pyflink._gateway.class_data import Archive, lasting
from pyflink._gateway.errors import GatewayError
from pyflink._gateway.launch import Launch
from pyflink._gateway.options import JAVA_VARIABLES, USER_VARIABLE
from pyflink._gateway.process import JavaProcess
from pyflink._training.jobs import run_jobs

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_DEADLINE_SECONDS = 300
_SPACE_BYTES = 2**30
_PREFIX = "making-"


def main() -> int:
    """Makes the archive unless it is there or being made.

    Returns:
        the exit code: 0 if the archive is there now.
    """
    _be_humble()
    launch = Launch.prepare()
    archive = launch.archive
    if archive is None:
        return 1
    wanted = sys.argv[1] if len(sys.argv) > 1 else str(archive.path)
    if str(archive.path) != wanted:
        # this process does not see what its parent saw, nor will the next one
        Archive(Path(wanted), archive.is_aot_cache).fail()
        return 1
    archive.make_folder()
    with _alone(archive.folder / "training.lock") as alone:
        if alone and not archive.is_ready():
            _make(launch, archive)
    return 0 if archive.is_ready() else 1


def _be_humble() -> None:
    """Takes little of the machine, and none of the user's ports, logs and settings."""
    if sys.platform != "win32":
        os.nice(19)
    os.environ.pop("FLINK_CONF_DIR", None)
    for name in (USER_VARIABLE, *JAVA_VARIABLES):
        if name in os.environ:
            os.environ[name] = shlex.join(lasting(shlex.split(os.environ[name])))


@contextlib.contextmanager
def _alone(lock: Path) -> Iterator[bool]:
    """Whether no other process is at it; the system forgets the lock of a process that is gone."""
    with lock.open("w") as file:
        try:
            if sys.platform == "win32":
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True


def _make(launch: Launch, archive: Archive) -> None:
    # nobody else is at it, so these are of trainers that were killed
    for left in archive.folder.glob(f"{_PREFIX}*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = tempfile.mkdtemp(dir=archive.folder, prefix=_PREFIX)
    try:
        if shutil.disk_usage(folder).free < _SPACE_BYTES:
            raise OSError(f"too little space is left for {archive.path}")
        made = Archive(Path(folder, archive.path.name), archive.is_aot_cache)
        with (
            open(os.devnull, "w", encoding="utf-8") as nowhere,
            contextlib.redirect_stdout(nowhere),
            contextlib.redirect_stderr(nowhere),
        ):
            _train(launch, archive, made)
        # half an archive is not put in place, whyever it is half
        launch.check(made)
        archive.put(made.path)
    except BaseException:
        archive.fail()
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _train(launch: Launch, archive: Archive, made: Archive) -> None:
    process = launch.start_training(made, _DEADLINE_SECONDS)
    deadline = threading.Timer(_DEADLINE_SECONDS, _give_up, [archive, process])
    deadline.daemon = True
    deadline.start()
    connection.use(process)
    run_jobs(os.path.join(connection.work_directory(), "training"))
    in_order = connection.close_in_order(_DEADLINE_SECONDS)
    deadline.cancel()
    if not in_order or not made.path.is_file():
        raise GatewayError("The JVM has not written its archive.")


def _give_up(archive: Archive, process: JavaProcess) -> None:
    archive.fail()
    process.kill_with_children()
    os._exit(1)
