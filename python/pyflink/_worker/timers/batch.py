# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The timers of keys in batch mode: all fire after the key's last record."""

from __future__ import annotations

from collections.abc import Iterator

from pyflink._worker.state.store import Store
from pyflink._worker.timers.keyed import (
    EVENT,
    LAST_WATERMARK,
    PROCESSING,
    Due,
    KeyedTimers,
)
from pyflink._worker.timers.service import NO_WATERMARK


class BatchTimers(KeyedTimers):
    """Timers of the current key, which nobody else is told of.

    As in Flink, a timer that is set while others fire is dropped: time has come to its end.

    Args:
        store: knows the current key.
        heard: whether the function hears of timers; else none are set.
    """

    def __init__(self, store: Store, heard: bool = True) -> None:
        super().__init__(store, heard)
        self._set: dict[int, set[tuple[int, bytes]]] = {EVENT: set(), PROCESSING: set()}

    def register_event(self, timestamp: int, namespace: bytes = b"") -> None:
        self._register(EVENT, timestamp, namespace)

    def delete_event(self, timestamp: int, namespace: bytes = b"") -> None:
        self._set[EVENT].discard((timestamp, namespace))

    def register_processing(self, timestamp: int, namespace: bytes = b"") -> None:
        self._register(PROCESSING, timestamp, namespace)

    def delete_processing(self, timestamp: int, namespace: bytes = b"") -> None:
        self._set[PROCESSING].discard((timestamp, namespace))

    def _register(self, domain: int, timestamp: int, namespace: bytes) -> None:
        if self._heard and self.watermark != LAST_WATERMARK:
            self._set[domain].add((timestamp, namespace))

    def fire(self, domain: int, key: object) -> Iterator[Due]:
        """The timers of the current key, in the order of their times; it is the end of time then.

        Args:
            domain: the kind of time.
            key: the key, as it is held.
        """
        self.watermark = LAST_WATERMARK
        there = self._set[domain]
        for timestamp, namespace in sorted(there):
            # unless one before has taken it back
            if (timestamp, namespace) in there:
                there.discard((timestamp, namespace))
                yield key, timestamp, 0, namespace

    def has(self, domain: int) -> bool:
        """Whether there are timers."""
        return bool(self._set[domain])

    def begin(self) -> None:
        """Makes it the beginning of time, for another key."""
        self.watermark = NO_WATERMARK
