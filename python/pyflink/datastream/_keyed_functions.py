# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Functions of keyed streams, with state and timers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, TypeAlias

from pyflink._worker.process_context import Context as _RecordContext
from pyflink.datastream._function import Function
from pyflink.datastream.time_domain import TimeDomain


class _Context(_RecordContext):
    """The record's timestamp, its key, the time and timers; valid only while the function runs."""

    @abstractmethod
    def get_current_key(self) -> Any:
        """The key of the record or of the timer."""


class _OnTimerContext(_Context):
    """The timer's key and which time it goes by; valid only while the function runs."""

    @abstractmethod
    def time_domain(self) -> TimeDomain:
        """Whether the timer was set for event time or processing time."""


class KeyedProcessFunction(Function, ABC):
    """Makes any number of values of each record of a keyed stream, with state and timers.

    For :meth:`KeyedStream.process`. State is asked for in ``open`` and belongs to the key of the
    record or timer at hand. Timers are set and deleted by ``ctx.timer_service()``; each belongs to
    a key, too, and calls :meth:`on_timer` when its time has come. ``yield value`` goes to the
    stream that ``process`` returns, ``yield tag, value`` with an :class:`OutputTag` to a side
    output.

    Example:
        >>> from pyflink.common import Types
        >>> from pyflink.datastream.state import ValueStateDescriptor
        >>> class SilentForAMinute(KeyedProcessFunction):
        ...     def open(self, runtime_context):
        ...         self.timer = runtime_context.get_state(
        ...             ValueStateDescriptor("timer", Types.LONG())
        ...         )
        ...
        ...     def process_element(self, value, ctx):
        ...         before, now = self.timer.value(), ctx.timestamp() + 60_000
        ...         if before is not None:
        ...             ctx.timer_service().delete_event_time_timer(before)
        ...         ctx.timer_service().register_event_time_timer(now)
        ...         self.timer.update(now)
        ...
        ...     def on_timer(self, timestamp, ctx):
        ...         self.timer.clear()
        ...         yield ctx.get_current_key()
    """

    Context: TypeAlias = _Context
    OnTimerContext: TypeAlias = _OnTimerContext

    @abstractmethod
    def process_element(
        self, value: Any, ctx: KeyedProcessFunction.Context
    ) -> Iterable[Any] | None:
        """The values for a record, to be iterated over; None for no value.

        Args:
            value: the record.
            ctx: the record's timestamp and key, the current time, and timers.
        """

    def on_timer(
        self, timestamp: int, ctx: KeyedProcessFunction.OnTimerContext
    ) -> Iterable[Any] | None:
        """The values for a timer that fires, to be iterated over; None for no value.

        Args:
            timestamp: the time that it was set to, in milliseconds.
            ctx: its key, the current time, and timers.
        """
        return None


class KeyedCoProcessFunction(Function, ABC):
    """Makes values of the records of two streams with the same keys, with state and timers.

    For :meth:`ConnectedStreams.process`. As :class:`KeyedProcessFunction`, with a method for each
    stream; records of one key share their state, whichever stream they come from.

    Example:
        >>> from pyflink.common import Types
        >>> from pyflink.datastream.state import ValueStateDescriptor
        >>> class Payments(KeyedCoProcessFunction):
        ...     def open(self, runtime_context):
        ...         self.order = runtime_context.get_state(
        ...             ValueStateDescriptor("order", Types.PICKLED_BYTE_ARRAY())
        ...         )
        ...
        ...     def process_element1(self, order, ctx):
        ...         self.order.update(order)
        ...
        ...     def process_element2(self, payment, ctx):
        ...         yield self.order.value(), payment
    """

    Context: TypeAlias = _Context
    OnTimerContext: TypeAlias = _OnTimerContext

    @abstractmethod
    def process_element1(
        self, value: Any, ctx: KeyedCoProcessFunction.Context
    ) -> Iterable[Any] | None:
        """The values for a record of the first stream, to be iterated over; None for no value.

        Args:
            value: the record.
            ctx: the record's timestamp and key, the current time, and timers.
        """

    @abstractmethod
    def process_element2(
        self, value: Any, ctx: KeyedCoProcessFunction.Context
    ) -> Iterable[Any] | None:
        """The values for a record of the second stream, to be iterated over; None for no value.

        Args:
            value: the record.
            ctx: the record's timestamp and key, the current time, and timers.
        """

    def on_timer(
        self, timestamp: int, ctx: KeyedCoProcessFunction.OnTimerContext
    ) -> Iterable[Any] | None:
        """The values for a timer that fires, to be iterated over; None for no value.

        Args:
            timestamp: the time that it was set to, in milliseconds.
            ctx: its key, the current time, and timers.
        """
        return None


def has_timers(func: KeyedProcessFunction | KeyedCoProcessFunction) -> bool:
    """Whether a function has an ``on_timer`` of its own."""
    base = (
        KeyedCoProcessFunction
        if isinstance(func, KeyedCoProcessFunction)
        else (KeyedProcessFunction)
    )
    return getattr(func.on_timer, "__func__", None) is not base.on_timer
