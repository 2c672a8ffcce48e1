# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Triggers that fire again and again while a window lasts."""

from __future__ import annotations

from typing import Any

from pyflink._worker.state.api import ReducingState
from pyflink._worker.state.descriptors import ReducingStateDescriptor
from pyflink._worker.windows.lengths import millis
from pyflink._worker.windows.time_triggers import QuietTrigger
from pyflink._worker.windows.trigger import T, Trigger, TriggerResult
from pyflink._worker.windows.window import TimeWindow
from pyflink.common.time import Duration, Time
from pyflink.common.typeinfo import Types


class _ContinuousTrigger(QuietTrigger[T, TimeWindow]):
    """Keeps the time of its next timer; two windows that merge go on with the earlier one.

    Args:
        interval: the time between two timers, in milliseconds.

    Attributes:
        interval: the same.
        state_desc: names the state of the next timer's time.
    """

    def __init__(self, interval: int) -> None:
        if interval <= 0:
            raise ValueError(
                f"{type(self).__name__}: the interval is longer than 0; not {interval} ms."
            )
        self.interval = interval
        self.state_desc = ReducingStateDescriptor("fire-time", min, Types.LONG())
        #: Holds nothing: the state comes from the context. Programs may look for it.
        self.fire_timestamp_state = None

    def register_next_fire_timestamp(
        self,
        time: int,
        window: TimeWindow,
        ctx: Trigger.TriggerContext,
        fire_timestamp_state: ReducingState[int],
    ) -> None:
        """Sets the next timer, at the end of the window at the latest.

        Args:
            time: when it has fired last.
            window: the window.
            ctx: the time, timers and state.
            fire_timestamp_state: where the time of the timer is kept.
        """
        following = min(time + self.interval, window.max_timestamp())
        fire_timestamp_state.add(following)
        self._register(following, ctx)

    def can_merge(self) -> bool:
        return True

    def on_merge(self, window: TimeWindow, ctx: Trigger.OnMergeContext) -> None:
        ctx.merge_partitioned_state(self.state_desc)
        following = self._state(ctx).get()
        if following is not None:
            self._register(following, ctx)

    def clear(self, window: TimeWindow, ctx: Trigger.TriggerContext) -> None:
        state = self._state(ctx)
        following = state.get()
        if following is not None:
            self._delete(following, ctx)
            state.clear()

    def _state(self, ctx: Trigger.TriggerContext) -> ReducingState[int]:
        state = ctx.get_partitioned_state(self.state_desc)
        assert isinstance(state, ReducingState)
        return state

    def _start(self, now: int, window: TimeWindow, ctx: Trigger.TriggerContext) -> None:
        state = self._state(ctx)
        if state.get() is None:
            self.register_next_fire_timestamp(now - now % self.interval, window, ctx, state)

    def _is_due(self, time: int, window: TimeWindow, ctx: Trigger.TriggerContext) -> bool:
        """Whether a timer is the one that is kept; then the next one is set."""
        state = self._state(ctx)
        if state.get() != time:
            return False
        state.clear()
        self.register_next_fire_timestamp(time, window, ctx, state)
        return True

    def _register(self, time: int, ctx: Trigger.TriggerContext) -> None:
        raise NotImplementedError

    def _delete(self, time: int, ctx: Trigger.TriggerContext) -> None:
        raise NotImplementedError


class ContinuousEventTimeTrigger(_ContinuousTrigger[T]):
    """Fires whenever the watermark has gone on by an interval, and at the end of the window.

    Args:
        interval: the interval in milliseconds, counted from 1970-01-01T00:00:00Z.

    Raises:
        ValueError: if it is not longer than 0.
    """

    @staticmethod
    def of(interval: Time | Duration) -> ContinuousEventTimeTrigger[Any]:
        """A trigger.

        Args:
            interval: the interval.
        """
        return ContinuousEventTimeTrigger(millis(interval, "ContinuousEventTimeTrigger.of()"))

    def on_element(
        self, element: T, timestamp: int, window: TimeWindow, ctx: Trigger.TriggerContext
    ) -> TriggerResult:
        if window.max_timestamp() <= ctx.get_current_watermark():
            return TriggerResult.FIRE
        ctx.register_event_time_timer(window.max_timestamp())
        self._start(timestamp, window, ctx)
        return TriggerResult.CONTINUE

    def on_event_time(
        self, time: int, window: TimeWindow, ctx: Trigger.TriggerContext
    ) -> TriggerResult:
        if time == window.max_timestamp() or self._is_due(time, window, ctx):
            return TriggerResult.FIRE
        return TriggerResult.CONTINUE

    def _register(self, time: int, ctx: Trigger.TriggerContext) -> None:
        ctx.register_event_time_timer(time)

    def _delete(self, time: int, ctx: Trigger.TriggerContext) -> None:
        ctx.delete_event_time_timer(time)


class ContinuousProcessingTimeTrigger(_ContinuousTrigger[T]):
    """Fires whenever the clock has gone on by an interval, and at the end of the window.

    Args:
        interval: the interval in milliseconds, counted from 1970-01-01T00:00:00Z.

    Raises:
        ValueError: if it is not longer than 0.
    """

    @staticmethod
    def of(interval: Time | Duration) -> ContinuousProcessingTimeTrigger[Any]:
        """A trigger.

        Args:
            interval: the interval.
        """
        where = "ContinuousProcessingTimeTrigger.of()"
        return ContinuousProcessingTimeTrigger(millis(interval, where))

    def on_element(
        self, element: T, timestamp: int, window: TimeWindow, ctx: Trigger.TriggerContext
    ) -> TriggerResult:
        self._start(ctx.get_current_processing_time(), window, ctx)
        return TriggerResult.CONTINUE

    def on_processing_time(
        self, time: int, window: TimeWindow, ctx: Trigger.TriggerContext
    ) -> TriggerResult:
        return TriggerResult.FIRE if self._is_due(time, window, ctx) else TriggerResult.CONTINUE

    def _register(self, time: int, ctx: Trigger.TriggerContext) -> None:
        ctx.register_processing_time_timer(time)

    def _delete(self, time: int, ctx: Trigger.TriggerContext) -> None:
        ctx.delete_processing_time_timer(time)
