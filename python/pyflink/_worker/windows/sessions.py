# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Sessions: windows that last as long as records keep coming."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from pyflink._worker.windows.assigner import (
    MergingWindowAssigner,
    SessionWindowTimeGapExtractor,
    WindowAssigner,
)
from pyflink._worker.windows.lengths import millis
from pyflink._worker.windows.serializers import TimeWindowSerializer
from pyflink._worker.windows.time_triggers import EventTimeTrigger, ProcessingTimeTrigger
from pyflink._worker.windows.trigger import T, Trigger
from pyflink._worker.windows.window import TimeWindow
from pyflink.common.time import Duration, Time


class _Sessions(MergingWindowAssigner[T, TimeWindow]):
    """Sessions that overlap or touch become one."""

    def merge_windows(
        self,
        windows: Iterable[TimeWindow],
        callback: MergingWindowAssigner.MergeCallback[TimeWindow],
    ) -> None:
        TimeWindow.merge_windows(windows, callback)

    def get_window_serializer(self) -> TimeWindowSerializer:
        return TimeWindowSerializer()

    def _gap(self, element: T) -> int:
        raise NotImplementedError


class _FixedGap(_Sessions[T]):
    def __init__(self, session_gap: int) -> None:
        if session_gap <= 0:
            name = type(self).__name__
            raise ValueError(f"{name}: the gap is longer than 0; not {session_gap} ms.")
        self._session_gap = session_gap

    def _gap(self, element: T) -> int:
        return self._session_gap

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._session_gap})"


class _DynamicGap(_Sessions[T]):
    def __init__(self, session_window_time_gap_extractor: SessionWindowTimeGapExtractor) -> None:
        # anything with the method does: programs need not derive from the class
        if not callable(getattr(session_window_time_gap_extractor, "extract", None)):
            raise TypeError(
                f"{type(self).__name__}: the extractor is a SessionWindowTimeGapExtractor, with a "
                f"method extract(element); not {session_window_time_gap_extractor!r:.100}."
            )
        self._session_window_time_gap_extractor = session_window_time_gap_extractor

    def _gap(self, element: T) -> int:
        extractor = self._session_window_time_gap_extractor
        gap = extractor.extract(element)
        if gap <= 0:
            raise ValueError(
                f"{type(extractor).__name__}.extract() returns a gap longer than 0 ms; not {gap}."
            )
        return gap

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._session_window_time_gap_extractor!r})"


class _EventTime(_Sessions[T]):
    def assign_windows(
        self, element: T, timestamp: int, context: WindowAssigner.WindowAssignerContext
    ) -> Collection[TimeWindow]:
        return [TimeWindow(timestamp, timestamp + self._gap(element))]

    def get_default_trigger(self, env: Any) -> Trigger[T, TimeWindow]:
        return EventTimeTrigger()

    def is_event_time(self) -> bool:
        return True


class _ProcessingTime(_Sessions[T]):
    def assign_windows(
        self, element: T, timestamp: int, context: WindowAssigner.WindowAssignerContext
    ) -> Collection[TimeWindow]:
        now = context.get_current_processing_time()
        return [TimeWindow(now, now + self._gap(element))]

    def get_default_trigger(self, env: Any) -> Trigger[T, TimeWindow]:
        return ProcessingTimeTrigger()

    def is_event_time(self) -> bool:
        return False


class DynamicEventTimeSessionWindows(_DynamicGap[T], _EventTime[T]):
    """Sessions by the timestamps of the records, each of which says how long a gap ends its own.

    Args:
        session_window_time_gap_extractor: says the gap after a record.

    Raises:
        TypeError: if it is no ``SessionWindowTimeGapExtractor``.
    """

    @staticmethod
    def with_dynamic_gap(
        extractor: SessionWindowTimeGapExtractor,
    ) -> DynamicEventTimeSessionWindows[Any]:
        """Sessions that end by gaps that the records say.

        Args:
            extractor: says the gap after a record.
        """
        return DynamicEventTimeSessionWindows(extractor)


class DynamicProcessingTimeSessionWindows(_DynamicGap[T], _ProcessingTime[T]):
    """Sessions by the clock, where each record says how long a gap ends its session.

    Args:
        session_window_time_gap_extractor: says the gap after a record.

    Raises:
        TypeError: if it is no ``SessionWindowTimeGapExtractor``.
    """

    @staticmethod
    def with_dynamic_gap(
        extractor: SessionWindowTimeGapExtractor,
    ) -> DynamicProcessingTimeSessionWindows[Any]:
        """Sessions that end by gaps that the records say.

        Args:
            extractor: says the gap after a record.
        """
        return DynamicProcessingTimeSessionWindows(extractor)


class EventTimeSessionWindows(_FixedGap[T], _EventTime[T]):
    """Sessions by the timestamps of the records: they end when none comes for a while.

    Args:
        session_gap: how long no record comes, in milliseconds.

    Raises:
        ValueError: if it is not longer than 0.

    Example:
        >>> from pyflink.common import Time
        >>> EventTimeSessionWindows.with_gap(Time.minutes(10))
        EventTimeSessionWindows(600000)
    """

    @staticmethod
    def with_gap(size: Time | Duration) -> EventTimeSessionWindows[Any]:
        """Sessions that end by a fixed gap.

        Args:
            size: the gap.
        """
        return EventTimeSessionWindows(millis(size, "EventTimeSessionWindows.with_gap()"))

    @staticmethod
    def with_dynamic_gap(
        extractor: SessionWindowTimeGapExtractor,
    ) -> DynamicEventTimeSessionWindows[Any]:
        """Sessions that end by gaps that the records say.

        Args:
            extractor: says the gap after a record.
        """
        return DynamicEventTimeSessionWindows(extractor)


class ProcessingTimeSessionWindows(_FixedGap[T], _ProcessingTime[T]):
    """Sessions by the clock: they end when no record comes for a while.

    Args:
        session_gap: how long no record comes, in milliseconds.

    Raises:
        ValueError: if it is not longer than 0.
    """

    @staticmethod
    def with_gap(size: Time | Duration) -> ProcessingTimeSessionWindows[Any]:
        """Sessions that end by a fixed gap.

        Args:
            size: the gap.
        """
        return ProcessingTimeSessionWindows(millis(size, "ProcessingTimeSessionWindows.with_gap()"))

    @staticmethod
    def with_dynamic_gap(
        extractor: SessionWindowTimeGapExtractor,
    ) -> DynamicProcessingTimeSessionWindows[Any]:
        """Sessions that end by gaps that the records say.

        Args:
            extractor: says the gap after a record.
        """
        return DynamicProcessingTimeSessionWindows(extractor)
