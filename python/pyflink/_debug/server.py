# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Fetches the engine's requests for workers, whose turns come while the program waits for Java."""

from __future__ import annotations

import atexit
import contextlib
import threading
from typing import Any

from pyflink._gateway import Py4JError, java_class, serve_while_waiting
from pyflink._gateway.errors import FlinkerError
from pyflink._worker.protocol import Protocol
from pyflink._worker.turns import Turns

_WORKERS = "io.flinker.gateway.ClientWorkers"
_FETCH_MILLIS = 500
_GOODBYE_SECONDS = 1.0

_facade: Any = None


def serve_jobs() -> None:
    """Makes this process run the functions of its jobs while it waits for one of them.

    Harmless if it does so already.
    """
    global _facade
    facade = java_class(_WORKERS)
    # another facade is another JVM
    if _facade is not facade:
        _facade = facade
        turns = Turns(Protocol(facade.protocol()), lambda worker: _tell_end(facade, worker))
        fetching = threading.Thread(
            target=_fetch, args=(facade, turns), daemon=True, name="flinker-requests"
        )
        fetching.start()
        # runs before the JVM is ended: Py4J would log that nobody answers any more
        atexit.register(_stop, facade, fetching)
        serve_while_waiting(turns.serve)


def _fetch(facade: Any, turns: Turns) -> None:
    # if the JVM is gone, who waits for a job hears that
    with contextlib.suppress(FlinkerError, Py4JError):
        while True:
            request = facade.next(_FETCH_MILLIS)
            if request == b"":
                return
            if request is not None:
                turns.request(request)


def _stop(facade: Any, fetching: threading.Thread) -> None:
    global _facade
    if fetching.is_alive():
        with contextlib.suppress(FlinkerError, Py4JError):
            facade.stop()
            fetching.join(_GOODBYE_SECONDS)
    if _facade is facade:
        _facade = None


def _tell_end(facade: Any, worker: int) -> None:
    with contextlib.suppress(FlinkerError, Py4JError):
        facade.ended(worker)
