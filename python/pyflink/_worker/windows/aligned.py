# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Windows of one size that start at fixed times."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from pyflink._worker.windows.assigner import WindowAssigner, checked_timestamp
from pyflink._worker.windows.lengths import millis
from pyflink._worker.windows.serializers import TimeWindowSerializer
from pyflink._worker.windows.time_triggers import EventTimeTrigger, ProcessingTimeTrigger
from pyflink._worker.windows.trigger import T, Trigger
from pyflink._worker.windows.window import TimeWindow
from pyflink.common.time import Duration, Time


class _Aligned(WindowAssigner[T, TimeWindow]):
    """Windows that are described by a size, a slide and an offset, all in milliseconds."""

    _size: int
    _slide: int
    _offset: int

    def _set(self, size: int, slide: int, offset: int) -> None:
        name = type(self).__name__
        if size <= 0 or slide <= 0:
            what = "size" if size <= 0 else "slide"
            raise ValueError(f"{name}: the {what} is longer than 0; not {min(size, slide)} ms.")
        if abs(offset) >= slide:
            what = "size" if "Tumbling" in name else "slide"
            raise ValueError(
                f"{name}: the offset is shorter than the {what}, in either direction; not "
                f"{offset} ms with a {what} of {slide} ms."
            )
        self._size, self._slide, self._offset = size, slide, offset

    def _windows(self, timestamp: int) -> list[TimeWindow]:
        """The windows around a timestamp, the latest first."""
        last = TimeWindow.get_window_start_with_offset(timestamp, self._offset, self._slide)
        starts = range(last, timestamp - self._size, -self._slide)
        return [TimeWindow(start, start + self._size) for start in starts]

    def get_window_serializer(self) -> TimeWindowSerializer:
        return TimeWindowSerializer()


class _EventTime(_Aligned[T]):
    def assign_windows(
        self, element: T, timestamp: int, context: WindowAssigner.WindowAssignerContext
    ) -> Collection[TimeWindow]:
        return self._windows(checked_timestamp(timestamp))

    def get_default_trigger(self, env: Any) -> Trigger[T, TimeWindow]:
        return EventTimeTrigger()

    def is_event_time(self) -> bool:
        return True


class _ProcessingTime(_Aligned[T]):
    def assign_windows(
        self, element: T, timestamp: int, context: WindowAssigner.WindowAssignerContext
    ) -> Collection[TimeWindow]:
        return self._windows(context.get_current_processing_time())

    def get_default_trigger(self, env: Any) -> Trigger[T, TimeWindow]:
        return ProcessingTimeTrigger()

    def is_event_time(self) -> bool:
        return False


class TumblingEventTimeWindows(_EventTime[T]):
    """Windows of one size, one after the other, by the timestamps of the records.

    Args:
        size: their size in milliseconds.
        offset: how far they are shifted, in milliseconds, from starting at
            1970-01-01T00:00:00Z; shorter than the size, and may be negative.

    Raises:
        ValueError: if the size is not longer than 0 or the offset not shorter than it.

    Example:
        >>> from pyflink.common import Time
        >>> TumblingEventTimeWindows.of(Time.hours(1), Time.minutes(15))
        TumblingEventTimeWindows(3600000, 900000)
    """

    def __init__(self, size: int, offset: int) -> None:
        self._set(size, size, offset)

    @staticmethod
    def of(size: Time | Duration, offset: Time | Duration | None = None) -> Any:
        """Windows of one size.

        Args:
            size: their size.
            offset: how far they are shifted from starting at 1970-01-01T00:00:00Z; none without.
                Days of a time zone 8 hours ahead of UTC are
                ``of(Time.days(1), Time.hours(-8))``.
        """
        return TumblingEventTimeWindows(*_lengths("TumblingEventTimeWindows", size, offset))

    def __repr__(self) -> str:
        return f"TumblingEventTimeWindows({self._size}, {self._offset})"


class TumblingProcessingTimeWindows(_ProcessingTime[T]):
    """Windows of one size, one after the other, by the clock.

    Args:
        size: their size in milliseconds.
        offset: how far they are shifted, in milliseconds, from starting at
            1970-01-01T00:00:00Z; shorter than the size, and may be negative.

    Raises:
        ValueError: if the size is not longer than 0 or the offset not shorter than it.
    """

    def __init__(self, size: int, offset: int) -> None:
        self._set(size, size, offset)

    @staticmethod
    def of(size: Time | Duration, offset: Time | Duration | None = None) -> Any:
        """Windows of one size.

        Args:
            size: their size.
            offset: how far they are shifted from starting at 1970-01-01T00:00:00Z; none without.
        """
        lengths = _lengths("TumblingProcessingTimeWindows", size, offset)
        return TumblingProcessingTimeWindows(*lengths)

    def __repr__(self) -> str:
        return f"TumblingProcessingTimeWindows({self._size}, {self._offset})"


class SlidingEventTimeWindows(_EventTime[T]):
    """Windows of one size that start every so often, by the timestamps of the records.

    A record is in several if they start more often than they are long, and may be in none if less
    often.

    Args:
        size: their size in milliseconds.
        slide: the time from one start to the next, in milliseconds.
        offset: how far the starts are shifted, in milliseconds, from 1970-01-01T00:00:00Z; shorter
            than the slide, and may be negative.

    Raises:
        ValueError: if the size or the slide is not longer than 0 or the offset not shorter than
            the slide.

    Example:
        >>> from pyflink.common import Time
        >>> SlidingEventTimeWindows.of(Time.minutes(10), Time.minutes(1))
        SlidingEventTimeWindows(600000, 60000, 0)
    """

    def __init__(self, size: int, slide: int, offset: int) -> None:
        self._set(size, slide, offset)

    @staticmethod
    def of(
        size: Time | Duration, slide: Time | Duration, offset: Time | Duration | None = None
    ) -> Any:
        """Windows of one size that start every so often.

        Args:
            size: their size.
            slide: the time from one start to the next.
            offset: how far the starts are shifted from 1970-01-01T00:00:00Z; none without.
        """
        return SlidingEventTimeWindows(*_lengths("SlidingEventTimeWindows", size, slide, offset))

    def __repr__(self) -> str:
        return f"SlidingEventTimeWindows({self._size}, {self._slide}, {self._offset})"


class SlidingProcessingTimeWindows(_ProcessingTime[T]):
    """Windows of one size that start every so often, by the clock.

    Args:
        size: their size in milliseconds.
        slide: the time from one start to the next, in milliseconds.
        offset: how far the starts are shifted, in milliseconds, from 1970-01-01T00:00:00Z; shorter
            than the slide, and may be negative.

    Raises:
        ValueError: if the size or the slide is not longer than 0 or the offset not shorter than
            the slide.
    """

    def __init__(self, size: int, slide: int, offset: int) -> None:
        self._set(size, slide, offset)

    @staticmethod
    def of(
        size: Time | Duration, slide: Time | Duration, offset: Time | Duration | None = None
    ) -> Any:
        """Windows of one size that start every so often.

        Args:
            size: their size.
            slide: the time from one start to the next.
            offset: how far the starts are shifted from 1970-01-01T00:00:00Z; none without.
        """
        lengths = _lengths("SlidingProcessingTimeWindows", size, slide, offset)
        return SlidingProcessingTimeWindows(*lengths)

    def __repr__(self) -> str:
        return f"SlidingProcessingTimeWindows({self._size}, {self._slide}, {self._offset})"


def _lengths(name: str, *lengths: Time | Duration | None) -> list[int]:
    """Lengths in milliseconds; the last one may be None, for 0."""
    where = f"{name}.of()"
    *others, offset = lengths
    return [millis(length, where) for length in others] + [
        0 if offset is None else millis(offset, where)
    ]
