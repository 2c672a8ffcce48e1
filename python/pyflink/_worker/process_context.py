# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What a process function can ask about the record it is called with."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from pyflink._worker.state.store import Store
from pyflink._worker.timers.domain import TimeDomain
from pyflink._worker.timers.service import NO_WATERMARK, TimerService


class Context(ABC):
    """The record's timestamp, and the time; valid only while the function runs."""

    @abstractmethod
    def timer_service(self) -> TimerService:
        """The current time and watermark."""

    @abstractmethod
    def timestamp(self) -> int | None:
        """The record's timestamp in milliseconds; None if it has none.

        Records have one from ``assign_timestamps_and_watermarks`` or their source. Flink's newer
        sources give those that have none of their own ``-2**63``.
        """


class RecordContext(Context):
    """The context of one function, for one record after the other.

    Attributes:
        time: the timestamp; the loop sets it.
    """

    __slots__ = ("_timers", "time")

    def __init__(self, timers: TimerService) -> None:
        self._timers = timers
        self.time: int | None = None

    def timer_service(self) -> TimerService:
        return self._timers

    def timestamp(self) -> int | None:
        return self.time


class KeyedContext(RecordContext):
    """The context of a function of a keyed stream, for one record or timer after the other.

    Attributes:
        namespace: what the timer belongs to that fires; empty for those of the program.
        domain: the time that the timer goes by.
        result_time: the timestamp of results, where a function sets that.
    """

    __slots__ = ("_store", "domain", "namespace", "result_time")

    def __init__(self, timers: TimerService, store: Store) -> None:
        super().__init__(timers)
        self._store = store
        self.namespace = b""
        self.domain = TimeDomain.EVENT_TIME
        self.result_time = NO_WATERMARK

    def get_current_key(self) -> Any:
        """The key of the record or timer."""
        return self._store.current_key()

    def time_domain(self) -> TimeDomain:
        """The time that the timer goes by."""
        return self.domain
