# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What the workers on this machine take over from the program."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from pyflink._gateway import java_class
from pyflink._graph.log_levels import log_levels

_PYTHON = "io.flinker.gateway.Python"
_ROOT = str(Path(__file__).resolve().parent.parent.parent)

_published: tuple[object, bytes, bytes] | None = None


def publish_settings() -> None:
    """Tells the JVM the interpreter, sys.path, the working directory, the environment, log levels.

    Before every job: even one without functions of the user's may print Python objects. Cheap if
    nothing has changed since the last time.
    """
    global _published
    facade = java_class(_PYTHON)
    wanted = (facade, _settings(), log_levels())
    # another facade is another JVM
    if _published is None or _published[0] is not facade or _published != wanted:
        facade.settings(wanted[1])
        facade.logLevels(wanted[2])
        _published = wanted


def _settings() -> bytes:
    """The settings as texts with NULs between them, as they may hold anything else."""
    # the folder of the script is there by its name, and '' for an interactive program
    path = [os.path.abspath(folder) for folder in sys.path]
    texts = [sys.executable, _ROOT, os.getcwd(), str(len(path)), *path]
    for name, value in os.environ.items():
        texts += name, value
    return "\0".join(texts).encode("utf-8", "replace")
