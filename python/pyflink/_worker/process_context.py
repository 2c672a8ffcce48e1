# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What a process function can ask about the record it is called with."""

from __future__ import annotations

from abc import ABC, abstractmethod

from pyflink._worker.timers import TimerService


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
