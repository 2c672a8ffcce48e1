# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A keyed chain in batch mode, where all records of a key come one after the other."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from pyflink._worker.arrivals import Arrived
from pyflink._worker.keyed.batches import NO_KEY, KeyedProcessor
from pyflink._worker.outputs import Emit
from pyflink._worker.state.batch_store import BatchStore
from pyflink._worker.state.cells import Cells
from pyflink._worker.timers.batch import BatchTimers
from pyflink._worker.timers.domain import TimeDomain
from pyflink._worker.timers.keyed import EVENT, PROCESSING


class SortedProcessor(KeyedProcessor):
    """Keeps the state and the timers of one key at a time; timers fire after its last record.

    Args:
        arguments: those of :class:`KeyedProcessor`.
        store: holds the state.
        timers: sets the timers.
        more_arguments: those of :class:`KeyedProcessor`.
    """

    _store: BatchStore
    _keyed_timers: BatchTimers

    def __init__(
        self, *arguments: Any, store: BatchStore, timers: BatchTimers, **more_arguments: Any
    ) -> None:
        super().__init__(*arguments, store=store, timers=timers, **more_arguments)
        self._key = NO_KEY
        self._cells: Cells = []

    def _tell_watermark(self, watermark: int) -> None:
        """There is none while records come."""

    def _run_arrived(self, arrived: Arrived) -> None:
        loop = self._loop(arrived.times is not None, self._feed, self._store)
        at = 0
        for key, group in groupby(self._keys_of(arrived)):
            end = at + sum(1 for _ in group)
            if key is not NO_KEY:
                self._begin(key)
            self._run(loop, arrived.part(at, end), {key: self._cells})
            at = end

    def _begin(self, key: Any) -> None:
        # what is not a number is not equal to itself, but it is one key
        if key is self._key or key == self._key:
            return
        self._end()
        self._key = key
        given = key if self._store.form.as_is else self._store.form.given(key)
        self._cells = self._store.select(given)
        self._keyed_timers.begin()

    def _end(self) -> None:
        """Lets the timers of the current key fire."""
        key = self._key
        if key is NO_KEY:
            return
        cells_of = {key: self._cells}
        for number, domain in (
            (EVENT, TimeDomain.EVENT_TIME),
            (PROCESSING, TimeDomain.PROCESSING_TIME),
        ):
            if self._keyed_timers.has(number):
                self._fire(self._keyed_timers.fire(number, key), domain, cells_of)
        self._key = NO_KEY
        self._store.leave()

    def process_timers(self, entry: bytes, emit: Emit) -> None:
        # the engine says only that no more records come
        self._emit = emit
        self._answer(self._end)
