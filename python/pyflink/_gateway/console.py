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
import select
import sys
import threading
import time

from pyflink._gateway import log_records

_ANNOUNCEMENT = re.compile(rb"\0flinker gateway (\d+)\0")
_RECORD = re.compile(rb"\0flinker log (\d+)\0")
_RECORD_BEGINS = b"\0flinker log "
_LONGEST_HEAD = 32
_LAST_WORDS = 60
_LONGEST_LINE = 1 << 20
_PATIENCE_SECONDS = 0.02


class Pump(threading.Thread):
    """Moves what arrives at a pipe to ``sys.stdout`` or ``sys.stderr``, whatever they are then.

    Whole lines at a time, so that nothing the program prints meanwhile comes between. The
    beginning of a line waits for its end for a moment only.
    """

    def __init__(self, descriptor: int, stream: str) -> None:
        super().__init__(name=f"flinker-{stream}", daemon=True)
        self._descriptor = descriptor
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._line = ""
        self._received = 0
        self._moved = 0
        self._ended = False
        self._changed = threading.Condition()
        self.last_words: collections.deque[str] = collections.deque(maxlen=_LAST_WORDS)

    def run(self) -> None:
        try:
            while chunk := self._read():
                self._received += len(chunk)
                self._receive(chunk)
                if self._line:
                    if self._more_comes():
                        continue
                    self._finish_line()
                with self._changed:
                    self._moved = self._received - self._incomplete()
                    self._changed.notify_all()
        finally:
            self._finish_line()
            with self._changed:
                self._ended = True
                self._changed.notify_all()

    def _read(self) -> bytes:
        try:
            return os.read(self._descriptor, 65536)
        except OSError:
            return b""

    def _more_comes(self) -> bool:
        # elsewhere select() knows sockets only
        if os.name != "posix" or len(self._line) > _LONGEST_LINE:
            return False
        try:
            poll = select.poll()
            poll.register(self._descriptor, select.POLLIN)
            return bool(poll.poll(1000 * _PATIENCE_SECONDS))
        except OSError:
            return False

    def _receive(self, chunk: bytes) -> None:
        """Deals with what has arrived."""
        self._take(chunk)

    def _incomplete(self) -> int:
        """How many bytes wait for others to follow."""
        return 0

    def _take(self, chunk: bytes) -> None:
        text = self._line + self._decoder.decode(chunk)
        whole = text.rfind("\n") + 1
        self._line = text[whole:]
        if whole:
            self._say(text[:whole])

    def _finish_line(self) -> None:
        text, self._line = self._line, ""
        if text:
            self._say(text)

    def _say(self, text: str) -> None:
        self.last_words.extend(text.splitlines())
        self._show(text)

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
    """Standard output: first the announcement of the gateway's port, then text and log records.

    A record has its length before it, see ``io.flinker.gateway.Console``.
    """

    def __init__(self, descriptor: int) -> None:
        super().__init__(descriptor, "stdout")
        self._head = b""
        self._port: int | None = None
        self._record = b""

    def _receive(self, chunk: bytes) -> None:
        if self._port is None:
            self._head += chunk
            match = _ANNOUNCEMENT.search(self._head)
            if match is None:
                return
            # Java counts from here on
            chunk = self._head[match.end() :]
            self._received = len(chunk)
            with self._changed:
                self._port = int(match.group(1))
                self._changed.notify_all()
        self._divide(self._record + chunk if self._record else chunk)

    def _divide(self, data: bytes) -> None:
        """Takes the records out."""
        self._record = b""
        at = data.find(b"\0")
        while at >= 0:
            head = _RECORD.match(data, at)
            if head is None:
                begins = data[at : at + len(_RECORD_BEGINS)]
                if _RECORD_BEGINS.startswith(begins) and len(data) - at < _LONGEST_HEAD:
                    # a head that is not all here yet, or a NUL of the user's
                    break
                at = data.find(b"\0", at + 1)
                continue
            end = head.end() + int(head.group(1))
            if len(data) < end:
                break
            if at > 0:
                self._take(data[:at])
                self._finish_line()
            log_records.log(data[head.end() : end])
            data = data[end:]
            at = data.find(b"\0")
        if at >= 0:
            data, self._record = data[:at], data[at:]
        if data:
            self._take(data)

    def _incomplete(self) -> int:
        # a NUL of the user's may be the last there is: nobody waits for more
        return len(self._record) if _RECORD.match(self._record) else 0

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
