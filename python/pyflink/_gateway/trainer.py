# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Leaves a process behind that makes the class-data archive for the runs to come."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from typing import Any

from pyflink._gateway.class_data import Archive

_CODE = "import sys; sys.path[:] = sys.argv[2:]; import pyflink._training.__main__"


def start_trainer(archive: Archive) -> None:
    """Runs ``pyflink._training`` apart from this process, if the archive is wanted.

    Called when this process ends: nothing that goes wrong here is anybody's concern.
    """
    if not archive.is_wanted() or not _is_python(sys.executable):
        return
    with contextlib.suppress(OSError):
        archive.make_folder()
        process = subprocess.Popen(
            [sys.executable, "-c", _CODE, str(archive.path), *_module_path()],
            cwd=archive.folder,
            env=_environment(archive),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **_apart(),
        )
        # or Python warns that it is still running
        process.returncode = 0


def _environment(archive: Archive) -> dict[str, str]:
    environment = {**os.environ, "FLINKER_CACHE_DIR": str(archive.folder.parent)}
    # its jobs are for nobody's cluster but its own
    environment.pop("FLINKER_TARGET", None)
    return environment


def _is_python(executable: str | None) -> bool:
    """Not a frozen application or a server with Python inside, which would start once more."""
    name = os.path.basename(executable or "").lower()
    return not getattr(sys, "frozen", False) and name.startswith(("python", "pypy"))


def _module_path() -> list[str]:
    """Where this process finds Flinker and its libraries; the program's own folder comes last."""
    entries = [os.path.abspath(entry) for entry in sys.path]
    return [*entries[1:], *entries[:1]]


def _apart() -> dict[str, Any]:
    if sys.platform == "win32":
        flags = (
            subprocess.CREATE_NO_WINDOW
            | subprocess.CREATE_NEW_PROCESS_GROUP
            | subprocess.IDLE_PRIORITY_CLASS
        )
        return {"creationflags": flags}
    # a session of its own, so that it outlives the terminal
    return {"start_new_session": True}
