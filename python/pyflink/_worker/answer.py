# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What a worker answers to a message of entries."""

from __future__ import annotations

from typing import Any

from pyflink._worker.calls import Call
from pyflink._worker.outputs import MAIN, Emit

# More goes in a message of its own: so results leave while the functions still make others.
_MESSAGE_BYTES = 1 << 16


class Answer:
    """Entries of results on their way to the engine, a message of some at a time.

    Args:
        protocol: the messages.
        call: sends them, and lets wait who makes too many.
    """

    def __init__(self, protocol: Any, call: Call) -> None:
        self._new = protocol.Elements
        self._call = call
        self._message = protocol.Elements()
        self._bytes = 0

    def of(self, bundle: str) -> Emit:
        """What takes the entries of a bundle."""

        def add(output: str, entry: bytes) -> None:
            self._message.data.add(instruction_id=bundle, transform_id=output, data=entry)
            self._bytes += len(entry)
            if self._bytes >= _MESSAGE_BYTES:
                self.send()

        return add

    def end(self, bundle: str) -> None:
        """Says that a bundle has no more results."""
        self._message.data.add(instruction_id=bundle, transform_id=MAIN, is_last=True)

    def send(self) -> None:
        """Sends what there is."""
        if self._message.data:
            self._call.put(self._message)
            self._message = self._new()
            self._bytes = 0
