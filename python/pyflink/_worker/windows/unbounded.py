# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Windows that do not end by time: those that count records, and the one that holds them all."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from pyflink._worker.state.descriptors import ValueStateDescriptor
from pyflink._worker.windows.assigner import WindowAssigner
from pyflink._worker.windows.count_triggers import CountTrigger, PurgingTrigger
from pyflink._worker.windows.lengths import whole
from pyflink._worker.windows.serializers import CountWindowSerializer, GlobalWindowSerializer
from pyflink._worker.windows.time_triggers import NeverTrigger
from pyflink._worker.windows.trigger import T, Trigger
from pyflink._worker.windows.window import CountWindow, GlobalWindow
from pyflink.common.typeinfo import Types


class _Counting(WindowAssigner[T, CountWindow]):
    """Counts the records of a key; a window that is full gets no more, so it keeps none."""

    _window_size: int
    _count_descriptor: ValueStateDescriptor

    def _number(self, context: WindowAssigner.WindowAssignerContext) -> int:
        """How many records of the key came before this one."""
        state = context.get_runtime_context().get_state(self._count_descriptor)
        count = state.value() or 0
        state.update(count + 1)
        return count

    def get_default_trigger(self, env: Any) -> Trigger[T, CountWindow]:
        return PurgingTrigger(CountTrigger(self._window_size))

    def get_window_serializer(self) -> CountWindowSerializer:
        return CountWindowSerializer()

    def is_event_time(self) -> bool:
        return False


class CountTumblingWindowAssigner(_Counting[T]):
    """Windows of a number of records, one after the other; of :meth:`KeyedStream.count_window`.

    Args:
        window_size: the number of records of a window.

    Raises:
        TypeError: if it is no int.
        ValueError: if it is smaller than 1.
    """

    def __init__(self, window_size: int) -> None:
        self._window_size = whole(window_size, "CountTumblingWindowAssigner: the window_size")
        self._count_descriptor = ValueStateDescriptor("tumble-count-assigner", Types.LONG())

    @staticmethod
    def of(window_size: int) -> CountTumblingWindowAssigner[Any]:
        """Windows of a number of records.

        Args:
            window_size: the number of records of a window.
        """
        return CountTumblingWindowAssigner(window_size)

    def assign_windows(
        self, element: T, timestamp: int, context: WindowAssigner.WindowAssignerContext
    ) -> Collection[CountWindow]:
        return [CountWindow(self._number(context) // self._window_size)]

    def __repr__(self) -> str:
        return f"CountTumblingWindowAssigner({self._window_size})"


class CountSlidingWindowAssigner(_Counting[T]):
    """Windows of a number of records, of which one starts every so many records.

    The first window starts with the first record, and only full windows fire.

    Args:
        window_size: the number of records of a window.
        window_slide: how many records after the start of a window the next one starts.

    Raises:
        TypeError: if a number is no int.
        ValueError: if it is smaller than 1.
    """

    def __init__(self, window_size: int, window_slide: int) -> None:
        self._window_size = whole(window_size, "CountSlidingWindowAssigner: the window_size")
        self._window_slide = whole(window_slide, "CountSlidingWindowAssigner: the window_slide")
        self._count_descriptor = ValueStateDescriptor("slide-count-assigner", Types.LONG())

    @staticmethod
    def of(window_size: int, window_slide: int) -> CountSlidingWindowAssigner[Any]:
        """Windows of a number of records, of which one starts every so many records.

        Args:
            window_size: the number of records of a window.
            window_slide: how many records after the start of a window the next one starts.
        """
        return CountSlidingWindowAssigner(window_size, window_slide)

    def assign_windows(
        self, element: T, timestamp: int, context: WindowAssigner.WindowAssignerContext
    ) -> Collection[CountWindow]:
        number = self._number(context)
        last = number // self._window_slide
        first = max(0, -((self._window_size - number - 1) // self._window_slide))
        return [CountWindow(id) for id in range(last, first - 1, -1)]

    def __repr__(self) -> str:
        return f"CountSlidingWindowAssigner({self._window_size}, {self._window_slide})"


class GlobalWindows(WindowAssigner[T, GlobalWindow]):
    """One window for all records of a key; it needs a trigger that fires it."""

    @staticmethod
    def create() -> GlobalWindows[Any]:
        """The assigner."""
        return GlobalWindows()

    def assign_windows(
        self, element: T, timestamp: int, context: WindowAssigner.WindowAssignerContext
    ) -> Collection[GlobalWindow]:
        return [GlobalWindow()]

    def get_default_trigger(self, env: Any) -> Trigger[T, GlobalWindow]:
        return NeverTrigger()

    def get_window_serializer(self) -> GlobalWindowSerializer:
        return GlobalWindowSerializer()

    def is_event_time(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "GlobalWindows()"
