# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The JVM's standard output and error, shown as the user's own.

A pipe and a thread for each, instead of inherited file descriptors: so the output also reaches
notebook cells, ``contextlib.redirect_stdout`` and test runners.
"""

from __future__ import annotations

import codecs
import collections
import contextlib
import os
import re
import sys
import threading
import time

_ANNOUNCEMENT = re.compile(rb"\0flinker gateway (\d+)\0")
_LAST_WORDS = 60


class Pump(threading.Thread):
    """Moves what arrives at a pipe to ``sys.stdout`` or ``sys.stderr``, whatever they are then."""

    def __init__(self, descriptor: int, stream: str) -> None:
        super().__init__(name=f"flinker-{stream}", daemon=True)
        self._descriptor = descriptor
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._moved = 0
        self._ended = False
        self._changed = threading.Condition()
        self.last_words: collections.deque[str] = collections.deque(maxlen=_LAST_WORDS)

    def run(self) -> None:
        try:
            while chunk := self._read():
                self._receive(chunk)
        finally:
            with self._changed:
                self._ended = True
                self._changed.notify_all()

    def _read(self) -> bytes:
        try:
            return os.read(self._descriptor, 65536)
        except OSError:
            return b""

    def _receive(self, chunk: bytes) -> None:
        text = self._decoder.decode(chunk)
        self.last_words.extend(text.splitlines())
        self._show(text)
        with self._changed:
            self._moved += len(chunk)
            self._changed.notify_all()

    def _show(self, text: str) -> None:
        # a closed or broken stream is the user's affair: what matters here is that the pipe of
        # the JVM never fills up
        with contextlib.suppress(Exception):
            target = getattr(sys, self._stream)
            target.write(text)
            target.flush()

    def wait_for(self, amount: int, deadline: float) -> None:
        """Returns when so many bytes have been shown, or the pipe has ended, or at the deadline."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._moved >= amount or self._ended, deadline - time.monotonic()
            )


class OutputPump(Pump):
    """Standard output, which starts with the announcement of the gateway's port."""

    def __init__(self, descriptor: int) -> None:
        super().__init__(descriptor, "stdout")
        self._head = b""
        self._port: int | None = None

    def _receive(self, chunk: bytes) -> None:
        if self._port is not None:
            super()._receive(chunk)
            return
        self._head += chunk
        match = _ANNOUNCEMENT.search(self._head)
        if match is None:
            return
        rest = self._head[match.end() :]
        with self._changed:
            self._port = int(match.group(1))
            self._changed.notify_all()
        if rest:
            super()._receive(rest)

    def head(self) -> str:
        """What came instead of the announcement."""
        return "" if self._port is not None else self._head.decode("utf-8", "replace")

    def wait_for_port(self, deadline: float) -> int | None:
        """The port, or None if the pipe ended or the deadline passed before it was announced."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._port is not None or self._ended, deadline - time.monotonic()
            )
            return self._port


class ErrorPump(Pump):
    """Standard error; what comes before the gateway is up is kept for the error message only."""

    def __init__(self, descriptor: int) -> None:
        super().__init__(descriptor, "stderr")
        self.quiet = True

    def _show(self, text: str) -> None:
        if not self.quiet:
            super()._show(text)
