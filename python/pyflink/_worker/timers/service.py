# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What a process function can ask about time."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from typing import NoReturn

#: The watermark before the first one, the smallest of Java's longs.
NO_WATERMARK = -(1 << 63)


class TimerService(ABC):
    """The time, and timers; a process function gets it from its context.

    All times are milliseconds since 1970-01-01T00:00:00Z.
    """

    @abstractmethod
    def current_processing_time(self) -> int:
        """What the clock of the machine that runs the function shows."""

    @abstractmethod
    def current_watermark(self) -> int:
        """The watermark that the function's inputs have reached.

        Before the first one it is ``-2**63``.
        """

    @abstractmethod
    def register_processing_time_timer(self, timestamp: int) -> None:
        """Sets a timer that fires when the clock shows a time.

        Args:
            timestamp: the time.

        Raises:
            RuntimeError: if the stream is not keyed: timers belong to keys.
        """

    @abstractmethod
    def register_event_time_timer(self, timestamp: int) -> None:
        """Sets a timer that fires when the watermark passes a time.

        Args:
            timestamp: the time.

        Raises:
            RuntimeError: if the stream is not keyed: timers belong to keys.
        """

    @abstractmethod
    def delete_processing_time_timer(self, timestamp: int) -> None:
        """Takes a timer back that has not fired yet; nothing happens if there is none.

        Args:
            timestamp: the time it was set to.

        Raises:
            RuntimeError: if the stream is not keyed: timers belong to keys.
        """

    @abstractmethod
    def delete_event_time_timer(self, timestamp: int) -> None:
        """Takes a timer back that has not fired yet; nothing happens if there is none.

        Args:
            timestamp: the time it was set to.

        Raises:
            RuntimeError: if the stream is not keyed: timers belong to keys.
        """


class UnkeyedTimerService(TimerService):
    """The time alone, as on a stream without keys there are no timers.

    Attributes:
        watermark: the current watermark.
    """

    def __init__(self) -> None:
        self.watermark = NO_WATERMARK

    def current_processing_time(self) -> int:
        return time.time_ns() // 1_000_000

    def current_watermark(self) -> int:
        return self.watermark

    def register_processing_time_timer(self, timestamp: int) -> None:
        _refuse("register_processing_time_timer")

    def register_event_time_timer(self, timestamp: int) -> None:
        _refuse("register_event_time_timer")

    def delete_processing_time_timer(self, timestamp: int) -> None:
        _refuse("delete_processing_time_timer")

    def delete_event_time_timer(self, timestamp: int) -> None:
        _refuse("delete_event_time_timer")


def _refuse(method: str) -> NoReturn:
    raise RuntimeError(
        f"{method}(): timers belong to keys, and this stream has none: "
        "call key_by() before process()"
    )
