# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""What says which windows a record is in."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pyflink._worker.windows.trigger import T, Trigger, W
from pyflink.common.constants import MIN_LONG_VALUE

if TYPE_CHECKING:
    from pyflink._worker.context import RuntimeContext
    from pyflink.common.serializer import TypeSerializer

W2 = TypeVar("W2")


class WindowAssigner(ABC, Generic[T, W]):
    """Says which windows a record is in.

    Derive from it for windows of your own; :meth:`KeyedStream.window` takes it.

    Example:
        >>> from datetime import datetime, timedelta, timezone
        >>> from pyflink.datastream.window import EventTimeTrigger, TimeWindow, TimeWindowSerializer
        >>> class CalendarMonths(WindowAssigner):
        ...     def assign_windows(self, element, timestamp, context):
        ...         day = datetime.fromtimestamp(timestamp / 1000, timezone.utc).replace(day=1)
        ...         start = day.replace(hour=0, minute=0, second=0, microsecond=0)
        ...         end = (start + timedelta(days=32)).replace(day=1)
        ...         return [TimeWindow(*(int(t.timestamp() * 1000) for t in (start, end)))]
        ...
        ...     def get_default_trigger(self, env):
        ...         return EventTimeTrigger.create()
        ...
        ...     def get_window_serializer(self):
        ...         return TimeWindowSerializer()
        ...
        ...     def is_event_time(self):
        ...         return True
    """

    class WindowAssignerContext(ABC):
        """What an assigner can ask."""

        @abstractmethod
        def get_current_processing_time(self) -> int:
            """What the clock shows, in milliseconds since 1970-01-01T00:00:00Z."""

        @abstractmethod
        def get_runtime_context(self) -> RuntimeContext:
            """The task that the assigner runs in, with the state of the record's key."""

    @abstractmethod
    def assign_windows(
        self, element: T, timestamp: int, context: WindowAssigner.WindowAssignerContext
    ) -> Collection[W]:
        """The windows that a record is in; none drops it.

        Args:
            element: the record.
            timestamp: its timestamp in milliseconds; ``-2**63`` if it has none.
            context: the time and the task.
        """

    @abstractmethod
    def get_default_trigger(self, env: Any) -> Trigger[T, W]:
        """The trigger of the windows unless the program chooses another one.

        Args:
            env: the ``StreamExecutionEnvironment``.
        """

    @abstractmethod
    def get_window_serializer(self) -> TypeSerializer[W]:
        """Makes bytes of windows, for state and timers.

        It writes the same bytes for the same window.
        """

    @abstractmethod
    def is_event_time(self) -> bool:
        """Whether windows end by the watermark. Else they end by the clock, and nothing is late."""


class MergingWindowAssigner(WindowAssigner[T, W]):
    """Says which windows a record is in, and which windows become one.

    A trigger of such windows has to have ``can_merge()`` return True.
    """

    class MergeCallback(ABC, Generic[W2]):
        """Takes what windows become one."""

        @abstractmethod
        def merge(self, to_be_merged: Iterable[W2], merge_result: W2) -> None:
            """Says that windows become one.

            Args:
                to_be_merged: the windows.
                merge_result: what they become, which may be one of them.
            """

    @abstractmethod
    def merge_windows(
        self, windows: Iterable[W], callback: MergingWindowAssigner.MergeCallback[W]
    ) -> None:
        """Says which windows become one; called for each new window.

        Args:
            windows: the windows of a key, the new one last.
            callback: to be called for each group of windows that become one. A window is in one
                group at most.
        """


class SessionWindowTimeGapExtractor(ABC):
    """Says how long the gap after a record is that ends its session.

    Example:
        >>> class GapOfDevice(SessionWindowTimeGapExtractor):
        ...     def extract(self, element):
        ...         return element["timeout_ms"]
    """

    @abstractmethod
    def extract(self, element: Any) -> int:
        """The gap after a record in milliseconds, longer than 0.

        Args:
            element: the record.
        """


def checked_timestamp(timestamp: int) -> int:
    """The timestamp of a record for windows of event time.

    Raises:
        ValueError: if it has none.
    """
    if timestamp == MIN_LONG_VALUE:
        raise ValueError(
            "A record without a timestamp is in no window of event time: call "
            "assign_timestamps_and_watermarks() before window(), or choose windows of processing "
            "time."
        )
    return timestamp
