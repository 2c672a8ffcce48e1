# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Several sessions in one thread, which is not theirs alone: what debugging needs.

For each session a thread listens to the engine and puts what it hears into one queue. Who calls
:meth:`Turns.serve` does what is in there, one thing after the other, so only one function runs at a
time. Nothing in there waits for the engine: it may be waiting for another session's turn.
"""

from __future__ import annotations

import bdb
import contextlib
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from typing import Any

from pyflink._worker.protocol import Protocol
from pyflink._worker.session import Session, open_channel

_STEP_SECONDS = 0.02


class Turns:
    """The sessions of a process that is no worker.

    Args:
        protocol: the messages.
        ended: is called with the number of a worker, when its session has ended.
    """

    def __init__(self, protocol: Protocol, ended: Callable[[int], None]) -> None:
        self._protocol = protocol
        self._ended = ended
        self._events: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._sessions: dict[int, _Turn] = {}
        self._serving = threading.Lock()

    def request(self, message: bytes) -> None:
        """Takes a ``NurseryRequest``; from any thread."""
        request = self._protocol.NurseryRequest.FromString(message)
        if request.WhichOneof("request") == "start":
            turn = _Turn(self._protocol, request.start, self._events, self._forget)
            self._sessions[request.start.worker] = turn
            turn.listener.start()
        elif request.kill.worker in self._sessions:
            self._sessions[request.kill.worker].dropped = True

    def _forget(self, worker: int) -> None:
        self._sessions.pop(worker, None)
        self._ended(worker)

    def serve(self, seconds: float) -> None:
        """Does what the sessions have to do; waits for it for so long.

        One thread at a time serves; another one only waits meanwhile.

        Raises:
            KeyboardInterrupt: also if it came while a function ran, or if the user has left the
                debugger there.
        """
        deadline = time.monotonic() + seconds
        if not self._serving.acquire(timeout=seconds):
            return
        try:
            while True:
                try:
                    event = self._events.get(timeout=max(0.0, deadline - time.monotonic()))
                except Empty:
                    return
                event()
        finally:
            self._serving.release()


class _Turn:
    """A session and what it does when its turn comes."""

    def __init__(
        self,
        protocol: Protocol,
        order: Any,
        events: SimpleQueue[Callable[[], None]],
        ended: Callable[[int], None],
    ) -> None:
        self._order = order
        self._events = events
        self._ended = ended
        self._channel = open_channel(order.endpoint)
        self._session = Session(protocol, self._channel, order.token, order.worker, threaded=True)
        self._finished = threading.Event()
        # whether there is an event for what goes on between messages
        self._goes_on = False
        #: Whether the engine has given it up.
        self.dropped = False
        self.listener = threading.Thread(
            target=self._listen, daemon=True, name=f"flinker-session-{order.worker}"
        )

    def _listen(self) -> None:
        registration = self._session.registration()
        if registration is not None:
            self._events.put(lambda: self._do(lambda: self._session.begin(registration)))
            for elements in self._session.entries():
                self._events.put(lambda message=elements: self._work(message))  # type: ignore[misc]
            self._events.put(self._finish)
            self._finished.wait()
            self._session.part()
        self._channel.close()
        self._ended(self._order.worker)

    def _work(self, elements: Any) -> None:
        if not self.dropped:
            self._do(lambda: self._session.work(elements))
            if not self._goes_on:
                self._go_on()

    def _go_on(self) -> None:
        """Lets an asynchronous function work, for as long as others can wait for their turn."""
        self._goes_on = False

        def step() -> None:
            self._goes_on = self._session.step(_STEP_SECONDS)

        if not self.dropped and not self._finished.is_set():
            self._do(step)
            if self._goes_on:
                self._events.put(self._go_on)

    def _finish(self) -> None:
        try:
            self._do(self._session.finish)
        finally:
            self._finished.set()

    def _do(self, step: Callable[[], None]) -> None:
        failed = self._session.failure
        with self._surroundings():
            step()
        failure = self._session.failure
        if failure is not None and failure is not failed:
            if isinstance(failure.cause, KeyboardInterrupt):
                raise failure.cause
            if isinstance(failure.cause, bdb.BdbQuit):
                raise KeyboardInterrupt("the debugger was left") from failure.cause

    @contextlib.contextmanager
    def _surroundings(self) -> Iterator[None]:
        """The working directory and the importable modules that a worker would have."""
        here = os.getcwd()
        there = self._order.directory
        present = {os.path.abspath(folder) for folder in sys.path}
        added = [folder for folder in self._order.path if folder not in present]
        if there and there != here:
            os.chdir(there)
        sys.path[:0] = added
        try:
            yield
        finally:
            for folder in added:
                with contextlib.suppress(ValueError):
                    sys.path.remove(folder)
            if there and there != here:
                os.chdir(here)
