# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Messages that wait to be sent."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from queue import SimpleQueue
from typing import Any

_MOST_BYTES = 8 << 20


class Abandoned(Exception):
    """Nobody takes messages any more: the task has ended."""


class Outbox(Iterator[Any]):
    """A queue between the thread that makes messages and gRPC's, which sends them.

    It holds a bounded number of bytes: :meth:`put` waits while it is full, so a function that makes
    more than the job can take is slowed down and does not fill the memory.
    """

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._most = most_bytes
        self._queue: SimpleQueue[Any] = SimpleQueue()
        self._put = 0
        self._taken = 0
        self._full = False
        self._gone = False
        self._room = threading.Condition()

    def put(self, message: Any) -> None:
        """Adds a message; waits if there are too many.

        Raises:
            Abandoned: if nobody takes messages any more.
        """
        if self._gone:
            raise Abandoned
        self._put += message.ByteSize()
        self._queue.put(message)
        if self._put - self._taken > self._most:
            with self._room:
                self._full = True
                self._room.wait_for(lambda: self._put - self._taken <= self._most or self._gone)
                self._full = False
            if self._gone:
                raise Abandoned

    def end(self) -> None:
        """Ends the messages."""
        self._queue.put(None)

    def abandon(self) -> None:
        """Says that nobody takes messages any more."""
        with self._room:
            self._gone = True
            self._room.notify()

    def __next__(self) -> Any:
        message = self._queue.get()
        if message is None:
            raise StopIteration
        self._taken += message.ByteSize()
        if self._full:
            with self._room:
                self._room.notify()
        return message
