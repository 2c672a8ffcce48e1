# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""A task in memory for keyed functions, with one value of state for each key."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable
from typing import Any

import pytest

END = 2**63 - 1


class Task:
    """What a keyed function sees of its task, and whatever calls the function."""

    def __init__(self, function: Any, batch: bool) -> None:
        self._is_batch = batch
        self._kept: dict[Any, Any] = {}
        self._key: Any = None
        self._timers: set[int] = set()
        # as a worker gets it
        self._function = pickle.loads(pickle.dumps(function))
        self._function.open(self)

    # ---- the runtime context, the state, the context and the timer service

    def get_state(self, descriptor: Any) -> Task:
        return self

    def value(self) -> Any:
        return self._kept.get(self._key)

    def update(self, value: Any) -> None:
        self._kept[self._key] = value

    def timer_service(self) -> Task:
        return self

    def register_event_time_timer(self, timestamp: int) -> None:
        self._timers.add(timestamp)

    # ----

    def process(self, records: Iterable[Any], key: Callable[[Any], Any]) -> list[Any]:
        """All results, in streaming mode as the records come, in batch mode key by key."""
        records, results = list(records), []
        if self._is_batch:
            records.sort(key=key)
        for i, record in enumerate(records):
            self._key = key(record)
            results += self._function.process_element(record, self) or ()
            last = i + 1 == len(records) or key(records[i + 1]) != self._key
            if self._is_batch and last:
                assert self._timers == {END}
                results += self._function.on_timer(self._timers.pop(), self) or ()
                self._kept.clear()
        assert not self._timers
        self._function.close()
        return results


@pytest.fixture
def results_of() -> Callable[..., list[Any]]:
    def results_of(
        function: Any,
        records: Iterable[Any],
        key: Callable[[Any], Any] = lambda record: record[0],
        batch: bool = False,
    ) -> list[Any]:
        return Task(function, batch).process(records, key)

    return results_of
