# SPDX-License-Identifier: Apache-2.0
# Copyright the Flinker authors
"""Triggers that fire at the end of a window, and the one that never does."""

from __future__ import annotations

from typing import Any

from pyflink._worker.windows.trigger import T, Trigger, TriggerResult, W
from pyflink._worker.windows.window import GlobalWindow, TimeWindow


class QuietTrigger(Trigger[T, W]):
    """Lets everything pass; what other triggers derive from, each for its own occasion."""

    def on_element(
        self, element: T, timestamp: int, window: W, ctx: Trigger.TriggerContext
    ) -> TriggerResult:
        return TriggerResult.CONTINUE

    def on_event_time(self, time: int, window: W, ctx: Trigger.TriggerContext) -> TriggerResult:
        return TriggerResult.CONTINUE

    def on_processing_time(
        self, time: int, window: W, ctx: Trigger.TriggerContext
    ) -> TriggerResult:
        return TriggerResult.CONTINUE

    def on_merge(self, window: W, ctx: Trigger.OnMergeContext) -> None:
        """There is nothing to merge."""

    def clear(self, window: W, ctx: Trigger.TriggerContext) -> None:
        """There is nothing to clear."""


class NeverTrigger(QuietTrigger[T, GlobalWindow]):
    """Never fires; what a global window has unless it is given another trigger."""


class EventTimeTrigger(QuietTrigger[T, TimeWindow]):
    """Fires when the watermark reaches the end of the window; what event-time windows have.

    A record that comes later, but within the allowed lateness, makes the window fire again.
    """

    @staticmethod
    def create() -> EventTimeTrigger[Any]:
        """A trigger."""
        return EventTimeTrigger()

    def on_element(
        self, element: T, timestamp: int, window: TimeWindow, ctx: Trigger.TriggerContext
    ) -> TriggerResult:
        if window.max_timestamp() <= ctx.get_current_watermark():
            return TriggerResult.FIRE
        ctx.register_event_time_timer(window.max_timestamp())
        return TriggerResult.CONTINUE

    def on_event_time(
        self, time: int, window: TimeWindow, ctx: Trigger.TriggerContext
    ) -> TriggerResult:
        if time == window.max_timestamp():
            return TriggerResult.FIRE
        return TriggerResult.CONTINUE

    def can_merge(self) -> bool:
        return True

    def on_merge(self, window: TimeWindow, ctx: Trigger.OnMergeContext) -> None:
        # else the record that has made it whole fires it
        if window.max_timestamp() > ctx.get_current_watermark():
            ctx.register_event_time_timer(window.max_timestamp())

    def clear(self, window: TimeWindow, ctx: Trigger.TriggerContext) -> None:
        ctx.delete_event_time_timer(window.max_timestamp())


class ProcessingTimeTrigger(QuietTrigger[T, TimeWindow]):
    """Fires when the clock reaches the end of the window; what processing-time windows have."""

    @staticmethod
    def create() -> ProcessingTimeTrigger[Any]:
        """A trigger."""
        return ProcessingTimeTrigger()

    def on_element(
        self, element: T, timestamp: int, window: TimeWindow, ctx: Trigger.TriggerContext
    ) -> TriggerResult:
        ctx.register_processing_time_timer(window.max_timestamp())
        return TriggerResult.CONTINUE

    def on_processing_time(
        self, time: int, window: TimeWindow, ctx: Trigger.TriggerContext
    ) -> TriggerResult:
        return TriggerResult.FIRE

    def can_merge(self) -> bool:
        return True

    def on_merge(self, window: TimeWindow, ctx: Trigger.OnMergeContext) -> None:
        if window.max_timestamp() > ctx.get_current_processing_time():
            ctx.register_processing_time_timer(window.max_timestamp())

    def clear(self, window: TimeWindow, ctx: Trigger.TriggerContext) -> None:
        ctx.delete_processing_time_timer(window.max_timestamp())
