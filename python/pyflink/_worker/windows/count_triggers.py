# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""The trigger that counts, and the one that empties a window when another one fires it."""

from __future__ import annotations

from operator import add
from typing import Any

from pyflink._worker.state.api import ReducingState
from pyflink._worker.state.descriptors import ReducingStateDescriptor
from pyflink._worker.windows.lengths import whole
from pyflink._worker.windows.time_triggers import QuietTrigger
from pyflink._worker.windows.trigger import T, Trigger, TriggerResult, W, checked
from pyflink.common.typeinfo import Types


class CountTrigger(QuietTrigger[T, W]):
    """Fires whenever a number of records have come.

    Args:
        window_size: the number.

    Raises:
        TypeError: if it is no int.
        ValueError: if it is smaller than 1.
    """

    def __init__(self, window_size: int) -> None:
        self._window_size = whole(window_size, "CountTrigger: the window_size")
        self._count_state_descriptor = ReducingStateDescriptor("count", add, Types.LONG())

    @staticmethod
    def of(window_size: int) -> CountTrigger[Any, Any]:
        """A trigger.

        Args:
            window_size: the number of records.
        """
        return CountTrigger(window_size)

    def on_element(
        self, element: T, timestamp: int, window: W, ctx: Trigger.TriggerContext
    ) -> TriggerResult:
        state = self._state(ctx)
        state.add(1)
        count = state.get()
        assert count is not None
        if count < self._window_size:
            return TriggerResult.CONTINUE
        state.clear()
        return TriggerResult.FIRE

    def can_merge(self) -> bool:
        return True

    def on_merge(self, window: W, ctx: Trigger.OnMergeContext) -> None:
        ctx.merge_partitioned_state(self._count_state_descriptor)

    def clear(self, window: W, ctx: Trigger.TriggerContext) -> None:
        self._state(ctx).clear()

    def _state(self, ctx: Trigger.TriggerContext) -> ReducingState[int]:
        state = ctx.get_partitioned_state(self._count_state_descriptor)
        assert isinstance(state, ReducingState)
        return state


class PurgingTrigger(Trigger[T, W]):
    """Drops the records of a window whenever another trigger fires it.

    Args:
        nested_trigger: the other trigger.

    Attributes:
        nested_trigger: the same.
    """

    def __init__(self, nested_trigger: Trigger[T, W]) -> None:
        if not isinstance(nested_trigger, Trigger):
            raise TypeError(
                "PurgingTrigger: the nested_trigger is a Trigger, for example CountTrigger.of(3); "
                f"not {nested_trigger!r:.100}."
            )
        self.nested_trigger = nested_trigger

    @staticmethod
    def of(nested_trigger: Trigger[T, W]) -> PurgingTrigger[T, W]:
        """A trigger.

        Args:
            nested_trigger: the other trigger.
        """
        return PurgingTrigger(nested_trigger)

    def on_element(
        self, element: T, timestamp: int, window: W, ctx: Trigger.TriggerContext
    ) -> TriggerResult:
        result = self.nested_trigger.on_element(element, timestamp, window, ctx)
        return self._purging(result, "on_element")

    def on_event_time(self, time: int, window: W, ctx: Trigger.TriggerContext) -> TriggerResult:
        result = self.nested_trigger.on_event_time(time, window, ctx)
        return self._purging(result, "on_event_time")

    def on_processing_time(
        self, time: int, window: W, ctx: Trigger.TriggerContext
    ) -> TriggerResult:
        result = self.nested_trigger.on_processing_time(time, window, ctx)
        return self._purging(result, "on_processing_time")

    def can_merge(self) -> bool:
        return self.nested_trigger.can_merge()

    def on_merge(self, window: W, ctx: Trigger.OnMergeContext) -> None:
        self.nested_trigger.on_merge(window, ctx)

    def clear(self, window: W, ctx: Trigger.TriggerContext) -> None:
        self.nested_trigger.clear(window, ctx)

    def _purging(self, result: Any, method: str) -> TriggerResult:
        found = checked(result, self.nested_trigger, method)
        return TriggerResult.FIRE_AND_PURGE if found.is_fire() else found
