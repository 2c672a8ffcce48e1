# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The kinds of windows."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pyflink.common.constants import MAX_LONG_VALUE

if TYPE_CHECKING:
    from pyflink._worker.windows.assigner import MergingWindowAssigner


class Window(ABC):
    """A finite group of records.

    Derive from it for a custom ``WindowAssigner``. Two windows are the same if the window
    serializer of their assigner makes the same bytes of them.
    """

    @abstractmethod
    def max_timestamp(self) -> int:
        """The largest timestamp, in milliseconds, that a record of the window may have.

        When the watermark has reached it, and the allowed lateness has passed, the window is
        removed. It is also the timestamp of the window's results.
        """


class TimeWindow(Window):
    """The records of a span of time.

    Windows are equal if both ends are, and are ordered by their starts and then by their ends.

    Args:
        start: where it starts, in milliseconds since 1970-01-01T00:00:00Z.
        end: where it ends; the first millisecond that is not in it.

    Example:
        >>> window = TimeWindow(0, 10)
        >>> window.max_timestamp()
        9
        >>> window.cover(TimeWindow(5, 15))
        TimeWindow(start=0, end=15)
    """

    __slots__ = ("start", "end")

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end

    def max_timestamp(self) -> int:
        """The last millisecond of the window."""
        return self.end - 1

    def intersects(self, other: TimeWindow) -> bool:
        """Whether this window and another overlap or touch.

        Args:
            other: the other window.
        """
        return self.start <= other.end and self.end >= other.start

    def cover(self, other: TimeWindow) -> TimeWindow:
        """The smallest window that this one and another fit into.

        Args:
            other: the other window.
        """
        return TimeWindow(min(self.start, other.start), max(self.end, other.end))

    @staticmethod
    def get_window_start_with_offset(timestamp: int, offset: int, window_size: int) -> int:
        """Where the window starts that a timestamp is in.

        Args:
            timestamp: the timestamp in milliseconds.
            offset: how far the windows are shifted, in milliseconds.
            window_size: the size of the windows in milliseconds.

        Example:
            >>> TimeWindow.get_window_start_with_offset(17, 3, 10)
            13
        """
        return timestamp - (timestamp - offset) % window_size

    @staticmethod
    def merge_windows(
        windows: Iterable[TimeWindow],
        callback: MergingWindowAssigner.MergeCallback[TimeWindow],
    ) -> None:
        """Tells which windows overlap or touch, and what they become together.

        Args:
            windows: the windows.
            callback: is called for each group of two windows or more that become one, with those
                windows, from the earliest to the latest, and the one that covers them.
        """
        groups: list[tuple[TimeWindow, list[TimeWindow]]] = []
        for window in sorted(set(windows)):
            if groups and groups[-1][0].intersects(window):
                cover, group = groups[-1]
                group.append(window)
                groups[-1] = cover.cover(window), group
            else:
                groups.append((window, [window]))
        for cover, group in groups:
            if len(group) > 1:
                callback.merge(group, cover)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TimeWindow) and self.start == other.start and self.end == other.end

    def __hash__(self) -> int:
        return hash((self.start, self.end))

    def __lt__(self, other: Any) -> bool:
        if not isinstance(other, TimeWindow):
            return NotImplemented
        return (self.start, self.end) < (other.start, other.end)

    def __le__(self, other: Any) -> bool:
        if not isinstance(other, TimeWindow):
            return NotImplemented
        return (self.start, self.end) <= (other.start, other.end)

    def __repr__(self) -> str:
        return f"TimeWindow(start={self.start}, end={self.end})"


class CountWindow(Window):
    """A number of records that come one after the other.

    Args:
        id: tells the windows of a key apart.
    """

    __slots__ = ("id",)

    def __init__(self, id: int) -> None:
        self.id = id

    def max_timestamp(self) -> int:
        """The end of time, ``2**63 - 1``: it does not end by time."""
        return MAX_LONG_VALUE

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CountWindow) and self.id == other.id

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"CountWindow(id={self.id})"


class GlobalWindow(Window):
    """The one window that all records of a key are in."""

    __slots__ = ()

    @staticmethod
    def get() -> GlobalWindow:
        """The window."""
        return GlobalWindow()

    def max_timestamp(self) -> int:
        """The end of time, ``2**63 - 1``: it does not end by time."""
        return MAX_LONG_VALUE

    def __eq__(self, other: object) -> bool:
        return isinstance(other, GlobalWindow)

    def __hash__(self) -> int:
        return 0

    def __repr__(self) -> str:
        return "GlobalWindow"
