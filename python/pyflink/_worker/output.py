# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
r"""What a worker writes to its standard output: text, and log records between.

So the two keep their order, whatever writes the text: ``print``, a library in C, a child process.
A record is cut into parts, each short enough for the pipe to keep it in one piece::

    \0flinker:log: <process, 8 hexadecimal digits> <+ or . for the last> <length, 4 digits> <bytes>
"""

from __future__ import annotations

import os
import select
import time

_MARK = b"\0flinker:log:"
_HEAD = len(_MARK) + 8 + 1 + 4
_PART = min(getattr(select, "PIPE_BUF", 512), 4096) - _HEAD
#: How long the beginning of a line waits for its end.
PATIENCE_SECONDS = 0.1
_LONGEST_LINE = 1 << 20


def write_record(descriptor: int, record: bytes) -> None:
    """Writes a record to a pipe."""
    process = os.getpid()
    for start in range(0, len(record) or 1, _PART):
        part = record[start : start + _PART]
        more = b"+" if start + _PART < len(record) else b"."
        os.write(descriptor, b"%b%08x%b%04d%b" % (_MARK, process, more, len(part), part))


class Output:
    """Makes whole lines, and records, of what comes from a worker's pipe.

    Args:
        kind: what text of this pipe is called in the protocol.
    """

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._rest = b""
        self._parts: dict[bytes, bytes] = {}
        #: When the beginning of a line is no longer kept back.
        self.deadline: float | None = None

    def take(self, chunk: bytes) -> list[tuple[str, bytes]]:
        """What is complete now: texts, and the bytes of records, called "log"."""
        found: list[tuple[str, bytes]] = []
        data = self._rest + chunk
        at = data.find(_MARK)
        while at >= 0:
            end = at + _HEAD
            if len(data) >= end:
                end += int(data[end - 4 : end])
            if len(data) < max(end, at + _HEAD):
                break
            if at > 0:
                found.append((self._kind, data[:at]))
            record = self._part(data[at : at + _HEAD], data[at + _HEAD : end])
            if record is not None:
                found.append(("log", record))
            data = data[end:]
            at = data.find(_MARK)
        whole = data.rfind(b"\n", 0, at if at >= 0 else len(data)) + 1
        if len(data) - whole > _LONGEST_LINE:
            whole = len(data)
        if whole:
            found.append((self._kind, data[:whole]))
        self._rest = data[whole:]
        self.deadline = time.monotonic() + PATIENCE_SECONDS if self._rest else None
        return found

    def _part(self, head: bytes, part: bytes) -> bytes | None:
        process = head[len(_MARK) : len(_MARK) + 8]
        record = self._parts.pop(process, b"") + part
        if head[-5:-4] == b".":
            return record
        self._parts[process] = record
        return None

    def give_up(self) -> list[tuple[str, bytes]]:
        """The beginning of a line whose end does not come."""
        self.deadline = None
        text, self._rest = self._rest, b""
        return [(self._kind, text)] if text else []
