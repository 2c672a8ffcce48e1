# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What a nursery does whichever way it starts workers: the conversation with the engine."""

from __future__ import annotations

import os
import struct
import time
from abc import ABC, abstractmethod
from typing import Any

from pyflink._worker.output import Output
from pyflink._worker.protocol import Protocol

_LENGTH = struct.Struct(">I")

#: How much is read from a pipe at once.
CHUNK = 1 << 16


class Host(ABC):
    """Starts workers, passes on what they print, and reports their ends.

    Args:
        requests: the descriptor that the engine's messages come from.
        news: the one that ours go to.
    """

    def __init__(self, requests: int, news: int) -> None:
        self.requests = requests
        self.news = news
        self.protocol: Protocol | None = None
        self.descriptors = b""
        self._received = bytearray()
        # those that keep the beginning of a line back, and whose they are
        self._waiting: dict[Output, int] = {}

    @abstractmethod
    def run(self) -> None:
        """Works until the engine closes its end."""

    @abstractmethod
    def ready(self) -> None:
        """The protocol is known; workers may be started from now on."""

    @abstractmethod
    def start(self, order: Any) -> None:
        """Starts a worker, as a ``StartWorker`` says."""

    @abstractmethod
    def kill(self, worker: int) -> None:
        """Ends a worker at once, if it is there."""

    @abstractmethod
    def kill_all(self) -> None:
        """Ends every worker at once."""

    def receive(self, chunk: bytes) -> None:
        """Takes what has come from the engine: messages, each after its length."""
        self._received += chunk
        while len(self._received) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._received)
            end = _LENGTH.size + length
            if len(self._received) < end:
                break
            message = bytes(self._received[_LENGTH.size : end])
            del self._received[:end]
            self._handle(message)

    def _handle(self, message: bytes) -> None:
        if self.protocol is None:
            self.descriptors = message
            self.protocol = Protocol(message)
            self.ready()
            return
        request = self.protocol.NurseryRequest.FromString(message)
        if request.WhichOneof("request") == "start":
            self.start(request.start)
        else:
            self.kill(request.kill.worker)

    def pass_on(self, worker: int, output: Output, chunk: bytes) -> None:
        """Tells the engine what a worker has printed and logged, as far as it is complete.

        Args:
            worker: its number.
            output: that of the pipe.
            chunk: what has come out of the pipe; empty: nothing more will.
        """
        found = output.take(chunk) if chunk else output.give_up()
        if output.deadline is None:
            self._waiting.pop(output, None)
        else:
            self._waiting[output] = worker
        assert self.protocol is not None
        for kind, data in found:
            if kind == "log":
                self.tell(worker, log=self.protocol.LogRecord.FromString(data))
            else:
                self.tell(worker, **{kind: data})

    def patience(self) -> float | None:
        """How long to wait for something to happen while the end of a line is missing."""
        deadlines = [output.deadline for output in self._waiting if output.deadline is not None]
        return max(0.0, min(deadlines) - time.monotonic()) if deadlines else None

    def lose_patience(self) -> None:
        """Passes on the lines whose ends have been waited for long enough."""
        now = time.monotonic()
        for output, worker in list(self._waiting.items()):
            if output.deadline is not None and output.deadline <= now:
                self.pass_on(worker, output, b"")

    def tell(self, worker: int, **news: Any) -> None:
        """Tells the engine what has happened to a worker."""
        assert self.protocol is not None
        message = self.protocol.WorkerNews(worker=worker, **news).SerializeToString()
        data = memoryview(framed(message))
        while data:
            data = data[os.write(self.news, data) :]


def framed(message: bytes) -> bytes:
    """A message with its length before it."""
    return _LENGTH.pack(len(message)) + message


def read_framed(stream: Any) -> bytes:
    """A message off a binary stream.

    Raises:
        EOFError: if the stream ends before the message does.
    """
    head = stream.read(_LENGTH.size)
    if len(head) == _LENGTH.size:
        (length,) = _LENGTH.unpack(head)
        data = stream.read(length)
        if len(data) == length:
            assert isinstance(data, bytes)
            return data
    raise EOFError("the nursery has ended")
