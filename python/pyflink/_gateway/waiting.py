# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Waiting for Java, in slices, so that an interrupt reaches Python in between."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from pyflink._gateway.connection import java_class

_JOBS = "io.flinker.gateway.Jobs"
_SLICE_MILLIS = 500
_SERVE_SECONDS = 0.02

_serve: Callable[[float], None] | None = None


def serve_while_waiting(serve: Callable[[float], None]) -> None:
    """Lets a function do its work in the threads that wait for Java.

    Args:
        serve: is called again and again with the seconds that it may wait for work.
    """
    global _serve
    _serve = serve


def serve_once() -> bool:
    """Does such work if there is any; false if there is no such function."""
    if _serve is None:
        return False
    _serve(_SERVE_SECONDS)
    return True


def wait_a_while(j_future: Any) -> bool:
    """Waits half a second for a Java future.

    Returns:
        Whether it is done.

    Raises:
        JavaError: if it has failed.
    """
    # ``await`` is a keyword in Python
    wait = getattr(java_class(_JOBS), "await")
    if _serve is None:
        return bool(wait(j_future, _SLICE_MILLIS))
    deadline = time.monotonic() + _SLICE_MILLIS / 1000
    while time.monotonic() < deadline:
        serve_once()
        if wait(j_future, 0):
            return True
    return False
